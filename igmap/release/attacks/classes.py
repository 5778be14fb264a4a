"""Attacks on a release, one per criterion of WP216: exact counts over classes, with a control beside each.

Nearest-neighbour tools do not understand generalised labels and nearly always report 0 on such data; counting the
classes an attacker can tell apart does not have that blind spot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import polars as pl

from igmap.release.attacks.attack import Attack, counted
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


class Criteria(TypedDict):
    """One attack per criterion of WP216, and the inference of each column that a class may give away."""

    singling_out: Attack
    linkability: Attack
    inference: Attack
    inference_per_column: dict[str, Attack]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Told:
    """What a released table tells of persons.

    Args:
        table: the released rows.
        quasi: the columns whose combination is a class.
        columns: those that a class may give away.
        persons: who stands in each row.
        prefix: what stands before the names of its columns.
    """

    table: pl.DataFrame
    quasi: tuple[str, ...]
    columns: tuple[str, ...]
    persons: pl.Series
    prefix: str


def criteria(tables: Sequence[Told], *, before: pl.Series) -> Criteria:
    """The three criteria of WP216, counted over all classes.

    Args:
        tables: of the release; classes are those of the first.
        before: persons behind each quasi-identifier tuple of the source.
    """
    first = tables[0]
    who = first.table.with_columns(first.persons.alias("\0who"))
    after = who.group_by(list(first.quasi)).agg(pl.col("\0who").n_unique())["\0who"]
    columns = {f"{one.prefix}{column}": _inferred(one, column) for one in tables for column in one.columns}
    return Criteria(
        singling_out=counted(_smallest(after), _smallest(before), SINGLING_OUT),
        linkability=counted(_expected(after), _expected(before), LINKABILITY),
        inference=max(columns.values(), key=lambda one: one.risk - one.control, default=counted(0, 0, NOTHING_TOLD)),
        inference_per_column=columns,
    )


def _inferred(told: Told, column: str) -> Attack:
    known = homogeneous_share(told.table, told.quasi, column, told.persons)
    return counted(known, commonest_share(told.table[column]), INFERENCE)


def _smallest(persons: pl.Series) -> float:
    return 1 / max(smallest(persons), 1)


def _expected(persons: pl.Series) -> float:
    return len(persons) / max(int(persons.sum()), 1)
