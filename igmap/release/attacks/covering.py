"""Which released cells may be about whom: a cell covers a value that it is a label of, or a set that holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from igmap.release.sets import set_costs
from igmap.release.staged import Labels

Matrix: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Codes: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
BLOCK = 50_000_000  # pairs of a known tuple and a class that are held at once


def covers(labels: Labels, cells: pl.Series, values: pl.Series) -> Matrix:
    """Which of some different released cells cover which of some different values, [value, cell].

    Args:
        labels: the hierarchy of the column, [leaf, level].
        cells: released, different from each other; sets are read too.
        values: of the source, different from each other; one that the hierarchy lacks is covered by its like only.
    """
    place = {cell: at for at, cell in enumerate(cells.to_list())}
    leaf = {value: at for at, value in enumerate(labels[:, 0].tolist())}
    found: Matrix = np.zeros((len(values), len(cells)), dtype=bool)
    for at, value in enumerate(values.to_list()):
        own = labels[leaf[value]].tolist() if value in leaf else [value]
        found[at, [place[label] for label in own if label in place]] = True
    sets = cells.filter(~cells.is_in(pl.Series(sorted({*labels.ravel()} - {None}), dtype=pl.String).implode()))
    if sets.drop_nulls().len():
        pairs = values.rename("source").to_frame().join(sets.drop_nulls().rename("written").to_frame(), how="cross")
        held = pairs.filter(set_costs(pairs, labels, 0).is_not_null())
        rows = {value: at for at, value in enumerate(values.to_list())}
        for written, source in held.select("written", "source").iter_rows():
            found[rows[source], place[written]] = True
    return found


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Covering:
    """The classes of a release, asked for those that may be about a person of whom some columns are known.

    Args:
        columns: of each column, which different value is covered by which different cell, the value that each person
            asked about has, and the cell of each class.
        height: classes.
        asked: persons asked about.
    """

    columns: Mapping[str, tuple[Matrix, Codes, Codes]]
    height: int
    asked: int

    def matches(self, fields: Sequence[str], asked: slice | None = None) -> Matrix:
        """Which classes may be about whom by some columns alone, [person asked about, class]."""
        rows = asked or slice(None)
        found: Matrix = np.ones((len(range(self.asked)[rows]), self.height), dtype=bool)
        for field in fields:
            matrix, values, cells = self.columns[field]
            found &= matrix[values[rows]][:, cells]
        return found

    @property
    def blocks(self) -> list[slice]:
        """Persons asked about, cut so that one block of matches fits in memory."""
        step = max(BLOCK // max(self.height, 1), 1)
        return [slice(at, at + step) for at in range(0, self.asked, step)]


def covering(classes: pl.DataFrame, known: pl.DataFrame, hierarchies: Mapping[str, Labels]) -> Covering:
    """What is needed to ask which classes may be about whom.

    Args:
        classes: the different combinations of released cells.
        known: source values of the persons asked about, a row for each, with the same columns.
        hierarchies: of each column; a column without one is known as it stands.
    """
    columns = {name: _column(classes[name], known[name], hierarchies.get(name)) for name in classes.columns}
    return Covering(columns, classes.height, known.height)


def _column(cells: pl.Series, values: pl.Series, labels: Labels | None) -> tuple[Matrix, Codes, Codes]:
    different, known = cells.unique(maintain_order=True), values.unique(maintain_order=True)
    plain: Labels = np.array([[value] for value in known.to_list()], dtype=object).reshape(len(known), 1)
    matrix = covers(plain if labels is None else labels, different, known)
    return matrix, _codes(values, known), _codes(cells, different)


def _codes(series: pl.Series, different: pl.Series) -> Codes:
    """The place of each value among the different ones; a blank is a value."""
    numbered = different.rename("value").to_frame().with_row_index("at")
    asked = series.rename("value").to_frame()
    places = asked.join(numbered, on="value", how="left", nulls_equal=True, maintain_order="left")["at"]
    return places.to_numpy().astype(np.int64)
