"""Which released cells may be about whom: a cell covers a value that it is a label of, or a set that holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from igmap.release.sets import set_covers
from igmap.release.staged import Labels

Matrix: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Codes: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
AT = "\0at"  # no exported column can be called so
BLOCK = 50_000_000  # pairs of a known tuple and a class that are held at once


def covers(labels: Labels, cells: pl.Series, values: pl.Series) -> Matrix:
    """Which of some different released cells cover which of some different values, [value, cell].

    Args:
        labels: the hierarchy of the column, [leaf, level].
        cells: released, different from each other; sets are read too.
        values: of the source, different from each other; one that the hierarchy lacks is covered by its like only.
    """
    found: Matrix = np.zeros((len(values), len(cells)), dtype=bool)
    found[covered(labels, cells, values)] = True
    return found


def covered(labels: Labels | None, cells: pl.Series, values: pl.Series) -> tuple[Codes, Codes]:
    """The places of each value and cell of which the cell covers the value, each pair once; see `covers`.

    Args:
        labels: the hierarchy of the column; None where a cell covers its like only.
        cells: released, different from each other.
        values: of the source, different from each other.
    """
    numbered = values.cast(pl.String).rename("source").to_frame().with_row_index("value")
    told = [numbered.select("value", label="source")]
    if labels is not None:
        texts = {str(level): labels[:, level].tolist() for level in range(labels.shape[1])}
        own = numbered.join(
            pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)),
            left_on="source",
            right_on="0",
            nulls_equal=True,
        )
        told += [own.select("value", label=name) for name in list(texts)[1:]]
        told += [_in_sets(labels, cells, numbered)]
    places = cells.cast(pl.String).rename("label").to_frame().with_row_index("cell")
    pairs = pl.concat(told).join(places, on="label", nulls_equal=True).select("value", "cell").unique()
    return pairs["value"].to_numpy().astype(np.int64), pairs["cell"].to_numpy().astype(np.int64)


def _in_sets(labels: Labels, cells: pl.Series, numbered: pl.DataFrame) -> pl.DataFrame:
    """Each `value` with the sets (`label`) that hold it; their members are labels of any one level.

    An interval of values may read like a label: it covers what either of them does.
    """
    texts = cells.cast(pl.String).drop_nulls()
    held = [set_covers(texts.filter(texts.str.contains(r'[-."|]')), labels, 0)]
    listed = texts.filter(texts.str.contains(r'["|]'))
    held += [set_covers(listed, labels, level) for level in range(1, labels.shape[1] if len(listed) else 1)]
    return pl.concat(held).join(numbered, on="source", nulls_equal=True).select("value", label="written")


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

    def possible(self) -> Matrix:
        """About which persons asked about any class may be, by all columns."""
        found = np.full((self.asked, -(-self.height // 8)), 255, dtype=np.uint8)
        for matrix, values, cells in self.columns.values():
            found &= np.stack([np.packbits(row[cells]) for row in matrix])[values]
        return np.asarray(found.any(axis=1))

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
    matrix: Matrix = np.zeros((len(known), len(different)), dtype=bool)
    matrix[covered(labels, different, known)] = True
    return matrix, codes(values, known), codes(cells, different)


def codes(cells: pl.Series | pl.DataFrame, different: pl.Series | pl.DataFrame | None = None) -> Codes:
    """The place of each value, or row, among the different ones (by default in the order they come); a blank is one."""
    asked = cells.rename("value").to_frame() if isinstance(cells, pl.Series) else cells
    if different is None:
        different = asked.unique(maintain_order=True)
    known = different.rename("value").to_frame() if isinstance(different, pl.Series) else different
    numbered = known.with_row_index(AT)
    places = asked.join(numbered, on=asked.columns, how="left", nulls_equal=True, maintain_order="left")[AT]
    return places.to_numpy().astype(np.int64)
