"""What can be counted in a released table by itself, as the papers define it; nothing is known but its cells.

Persons are counted where a column tells them apart, else every row is one. Shares of the whole are those of the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from igmap.release.classes import class_sizes, homogeneous_share, smallest
from igmap.release.conditions import COLUMN, UNCOUNTED, recounted
from igmap.release.staged import one_person

DIGITS = 12
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "distinct_l": {"l": 1},
    "entropy_l": {"l": 1},
    "recursive_l": {"c": 1},
    "t_closeness": {"t": 1},
    "t_closeness_ordered": {"t": 1, "distance": "ordered"},
    "beta_likeness": {"beta": 1, "enhanced": False},
    "delta_disclosure": {"delta": 1},
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The classes of a table.

    Args:
        classes: how many there are.
        k_rows: rows in the smallest.
        k_persons: persons in the smallest; None where no column tells them apart.
        average: mean rows of a class.
        alone: rows whose class has no other.
        suppressed: rows with nothing but the sign for suppressed; they are a class too.
        k_rows_others: rows in the smallest class but theirs.
    """

    classes: int
    k_rows: int
    k_persons: int | None
    average: float
    alone: int
    suppressed: int
    k_rows_others: int

    @property
    def highest_risk(self) -> float:
        """1 / rows of the smallest class: whoever knows the quasi-identifiers of a row's person guesses right."""
        return 1 / max(self.k_rows, 1)

    @property
    def average_risk(self) -> float:
        """Classes / rows: the same, over all rows."""
        return 1 / max(self.average, 1.0)


def sizes_of(table: pl.DataFrame, quasi: Sequence[str], persons: pl.Series | None, suppressed: str) -> Sizes:
    """Count the classes.

    Args:
        table: every cell as text.
        quasi: the columns that others may know.
        persons: who stands in each row.
        suppressed: the sign that stands for all values.
    """
    starred = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(suppressed)) for name in quasi)
    gone = table.select(starred).to_series()
    sizes = class_sizes(table, quasi, persons)
    others = class_sizes(table.filter(~gone), quasi)["rows"] if gone.any() else sizes["rows"]
    return Sizes(
        classes=sizes.height,
        k_rows=smallest(sizes["rows"]),
        k_persons=None if persons is None else smallest(sizes["persons"]),
        average=table.height / sizes.height,
        alone=int((sizes["rows"] == 1).sum()),
        suppressed=int(gone.sum()),
        k_rows_others=smallest(others),
    )


def told_by(table: pl.DataFrame, quasi: Sequence[str], column: str, persons: pl.Series | None) -> dict[str, float]:
    """What classes tell of a column: every figure that can be counted, by the name of its condition.

    Besides those of the conditions: `alpha`, the largest share of one value in a class (Wong et al. 2006,
    doi:10.1145/1150402.1150499), and `homogeneous`, the share of those counted who are in classes with a single value.
    Of `recursive_l` the least c is told for l = `distinct_l`; without an order `t_closeness_ordered` is missing.
    """
    who = persons if persons is not None else pl.int_range(table.height, eager=True)
    rows = table.select(pl.struct(quasi).rank("dense").alias("class"), value=pl.col(column)).with_columns(person=who)
    overall = rows.select("value", "person").unique().group_by("value").agg(persons=pl.len()).sort("value")
    told = recounted(rows, overall)
    found: dict[str, float] = {}
    for name, settings in SETTINGS.items():
        known = {"l": int(found.get("distinct_l", 1)), **settings}
        figure = COLUMN[name.removesuffix("_ordered")][1](told, known)[0]
        found |= {name: round(figure, DIGITS)} if figure != UNCOUNTED else {}
    alpha = float(max(told.held["p"].to_list(), default=0.0))
    sure = homogeneous_share(table, quasi, column, who)
    return found | {"alpha": round(alpha, DIGITS), "homogeneous": round(sure, DIGITS)}


def persons_of(table: pl.DataFrame, column: str) -> pl.Series:
    """Who stands in each row by a column that tells persons apart; all blanks are one person."""
    return table.select(one_person(column)).to_series()
