"""Attacks on a release, one per criterion of WP216: exact counts over classes, with a control beside each.

Nearest-neighbour tools do not understand generalised labels and nearly always report 0 on such data; counting the
classes an attacker can tell apart does not have that blind spot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from igmap.release.classes import commonest_share, homogeneous_share, smallest

SINGLING_OUT = (
    "highest prosecutor risk: 1 / persons in the smallest class; the attacker knows that a person is in the release, "
    "and all of the person's quasi-identifiers; control: the same on the source; exact count over all classes, so that "
    "low = high = risk"
)
LINKABILITY = (
    "marketer risk: classes / persons (counted once per class); the share of right links when someone who holds all "
    "quasi-identifiers links everyone at random within the class; control: the same on the source; exact count"
)
INFERENCE = (
    "homogeneity: share of persons (counted once per class) in classes with a single value, a blank being a value; "
    "control: share of the commonest value in the release, what guessing without classes gets right; exact count"
)
NOTHING_TOLD = "no column but the quasi-identifiers is released; there is nothing to infer"


@dataclass(frozen=True, slots=True)
class Attack:
    """The outcome of one attack.

    Args:
        risk: its success, 0-1.
        low: lower end of the interval.
        high: upper end.
        control: the success without the release, or before anonymising.
        method: what was counted and what the attacker knows.
    """

    risk: float
    low: float
    high: float
    control: float
    method: str


@dataclass(frozen=True, slots=True)
class Attacks:
    """The three criteria of WP216.

    Args:
        singling_out: of one person.
        linkability: of all persons.
        inference: of the column that is given away most beyond guessing.
        inference_per_column: of each column that a class may give away.
    """

    singling_out: Attack
    linkability: Attack
    inference: Attack
    inference_per_column: dict[str, Attack]


def attack(
    table: pl.DataFrame, quasi: Sequence[str], told: Sequence[str], *, persons: pl.Series, before: pl.Series
) -> Attacks:
    """All attacks.

    Args:
        table: the released rows.
        quasi: its quasi-identifiers.
        told: columns that a class may give away.
        persons: who stands in each row.
        before: persons behind each quasi-identifier tuple of the source.
    """
    after = table.with_columns(persons.alias("\0who")).group_by(list(quasi)).agg(pl.col("\0who").n_unique())["\0who"]
    columns = {
        column: _exact(homogeneous_share(table, quasi, column, persons), commonest_share(table[column]), INFERENCE)
        for column in told
    }
    return Attacks(
        singling_out=_exact(_smallest(after), _smallest(before), SINGLING_OUT),
        linkability=_exact(_expected(after), _expected(before), LINKABILITY),
        inference=max(columns.values(), key=lambda one: one.risk - one.control, default=_exact(0, 0, NOTHING_TOLD)),
        inference_per_column=columns,
    )


def _exact(risk: float, control: float, method: str) -> Attack:
    return Attack(risk, risk, risk, control, method)


def _smallest(persons: pl.Series) -> float:
    return 1 / max(smallest(persons), 1)


def _expected(persons: pl.Series) -> float:
    return len(persons) / max(int(persons.sum()), 1)
