"""A generalisation hierarchy, laid out over the values that occur in one column."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.errors import HierarchyError

ANYTHING = "*"
Labels: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]
Codes: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hierarchy:
    """What each value of a column becomes at each level.

    Args:
        field: the column, as the inventory shows it.
        labels: [leaf, level]; level 0 is the value itself. A blank is a leaf of its own and stays blank (None)
            up to the root.
    """

    field: str
    labels: Labels

    def __repr__(self) -> str:
        """Counts only; the labels are values of the data."""
        return f"Hierarchy({self.field!r}, {self.leaves} leaves, {self.levels} levels)"

    @property
    def leaves(self) -> int:
        """Different values that occur, a blank included."""
        return int(self.labels.shape[0])

    @property
    def levels(self) -> int:
        """Levels, the value itself included."""
        return int(self.labels.shape[1])

    def codes(self) -> Codes:
        """The labels of each level numbered from 0: [leaf, level]."""
        return codes(self.labels)

    def mapping(self, level: int) -> pa.Table:
        """The table (`value`, `label`) that an engine joins to recode the column to `level`."""
        return pa.table(
            {"value": pa.array(self.labels[:, 0], pa.string()), "label": pa.array(self.labels[:, level], pa.string())}
        )


def codes(labels: Labels) -> Codes:
    """The labels of each level numbered from 0 in order of appearance; a blank has a number of its own."""
    columns = [pa.array(column, pa.string()).dictionary_encode(null_encoding="encode").indices for column in labels.T]
    return np.column_stack([column.to_numpy() for column in columns]).astype(np.int64)


def lay_out(field: str, values: pl.Series, levels: list[pl.Series]) -> Hierarchy:
    """The hierarchy of distinct values, blanks put in and closed by one root.

    Args:
        field: the column.
        values: its distinct values, at most one of them null.
        levels: what the non-blank values become, level by level, the values themselves left out.

    Raises:
        HierarchyError: values that share a label at one level part again at the next.
    """
    filled = values.is_not_null().to_numpy()
    closed = bool(levels) and bool((levels[-1] == ANYTHING).all())
    labels = np.full((len(values), 1 + len(levels) + (not closed)), None, dtype=object)
    labels[filled, 0] = np.array(values.drop_nulls().to_list(), dtype=object)
    for level, series in enumerate(levels, start=1):
        labels[filled, level] = np.array(series.to_list(), dtype=object)
    labels[:, -1] = ANYTHING
    if not nested(codes(labels)):
        raise HierarchyError(
            f"column {field!r}: its levels are not nested; each level must only merge groups of the one below"
        )
    return Hierarchy(field, labels)


def nested(numbered: Codes) -> bool:
    """Whether each level only merges groups of the level below it."""
    pairs = zip(numbered.T[:-1], numbered.T[1:], strict=True)
    return all(len(np.unique(lower)) == len(np.unique(np.stack([lower, upper]), axis=1).T) for lower, upper in pairs)
