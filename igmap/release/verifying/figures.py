"""What can be counted in a released table by itself, as the papers define it; nothing is known but its cells.

Persons are counted where a column tells them apart, else every row is one. Shares of the whole are those of the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from igmap.release.coded import Coded, Numbers, coded, numbered, ranked
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Classes:
    """The classes of a table.

    Args:
        numbers: that of each row.
        rows: in each of them.
        persons: different ones in each of them; None where no column tells them apart.
    """

    numbers: Numbers
    rows: Numbers
    persons: Numbers | None


def classes_of(quasi: Sequence[Coded], persons: Coded | None) -> Classes:
    """Rows with the same cells are a class.

    Args:
        quasi: the columns that others may know.
        persons: who stands in each row.
    """
    numbers = numbered(quasi)
    each = None if persons is None else np.bincount(different(numbers, persons)[0])
    return Classes(numbers, np.bincount(numbers), each)


def different(groups: Numbers, cells: Coded) -> tuple[Numbers, Numbers, Numbers]:
    """The different pairs of a group and the code of a cell in it, as groups and codes; and the pair of each row."""
    width = len(cells.values)
    places, pairs = ranked(groups.astype(np.int64) * width + cells.codes.to_numpy())
    return pairs // width, pairs % width, places


def sizes_of(quasi: Sequence[Coded], classes: Classes, suppressed: str) -> Sizes:
    """Count the classes.

    Args:
        quasi: the columns that others may know.
        classes: of their rows.
        suppressed: the sign that stands for all values.
    """
    gone = np.arange(len(classes.numbers))
    for cells in quasi:
        marks = (cells.values == suppressed).fill_null(value=False).to_numpy()
        gone = gone[marks[cells.codes.to_numpy()[gone]]] if marks.any() else gone[:0]
    others = np.delete(classes.rows, classes.numbers[gone[:1]])
    return Sizes(
        classes=len(classes.rows),
        k_rows=int(classes.rows.min()),
        k_persons=None if classes.persons is None else int(classes.persons.min()),
        average=len(classes.numbers) / len(classes.rows),
        alone=int((classes.rows == 1).sum()),
        suppressed=len(gone),
        k_rows_others=min(others.tolist(), default=0),
    )


def told_by(classes: Classes, cells: Coded, persons: Coded | None) -> dict[str, float]:
    """What classes tell of a column: every figure that can be counted, by the name of its condition.

    Besides those of the conditions: `alpha`, the largest share of one value in a class (Wong et al. 2006,
    doi:10.1145/1150402.1150499), and `homogeneous`, the share of those counted who are in classes with a single value.
    Of `recursive_l` the least c is told for l = `distinct_l`; without an order `t_closeness_ordered` is missing.
    """
    group, value, pairs = different(classes.numbers, cells)
    counted, overall = pairs, cells.codes.to_numpy()
    if persons is not None:
        counted, overall = different(pairs, persons)[0], different(overall, persons)[0]
    held = pl.DataFrame({"class": group, "value": cells.values.gather(value), "n": np.bincount(counted)})
    whole = pl.DataFrame({"value": cells.values, "persons": np.bincount(overall, minlength=len(cells.values))})
    told = recounted(held, whole.filter(pl.col("persons") > 0).sort("value"))
    found: dict[str, float] = {}
    for name, settings in SETTINGS.items():
        known = {"l": int(found.get("distinct_l", 1)), **settings}
        figure = COLUMN[name.removesuffix("_ordered")][1](told, known)[0]
        found |= {name: round(figure, DIGITS)} if figure != UNCOUNTED else {}
    each = classes.rows if classes.persons is None else classes.persons
    sure = each[np.bincount(group) == 1].sum() / each.sum()
    alpha = float(max(told.held["p"].to_list(), default=0.0))
    return found | {"alpha": round(alpha, DIGITS), "homogeneous": round(float(sure), DIGITS)}


def persons_of(cells: Coded) -> Coded:
    """Who stands in each row by a column that tells persons apart; all blanks are one person."""
    names = coded(cells.values.to_frame("person").select(one_person("person")).to_series())
    return names.at(cells.codes)
