"""A generalisation hierarchy, laid out over the values that occur in one column."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import polars as pl

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
        names: what each level is, such as `month` or `interval:5`, first and last left out; () when nobody said.
        unknown: the leaves that the builder did not know: `*` at every level above the value itself.
    """

    field: str
    labels: Labels
    names: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()

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

    @property
    def least_level(self) -> int:
        """The most specific level that may be released: never the value itself where some values are unknown."""
        return int(bool(self.unknown))

    @property
    def follows_data(self) -> bool:
        """Whether its groups depend on how often the values occur, which they then give away."""
        return any(name.startswith("auto:") for name in self.names)

    def profile(self) -> pl.DataFrame:
        """One row per level: `level`, `name`, its `groups`, and the leaves in the `smallest` and the `largest`.

        Never a label: those may be values of the data.
        """
        sizes = [np.bincount(column) for column in self.codes().T]
        names = ("value", *self.names, ANYTHING) if self.levels == len(self.names) + 2 else ("",) * self.levels
        return pl.DataFrame(
            {
                "level": range(self.levels),
                "name": names,
                "groups": [len(size) for size in sizes],
                "smallest": [int(size.min(initial=self.leaves)) for size in sizes],
                "largest": [int(size.max(initial=0)) for size in sizes],
            }
        )

    def _repr_html_(self) -> str:
        from igmap.anonymisation.hierarchies.words import profile_html

        return profile_html(self)

    def first(self, count: int) -> "Hierarchy":
        """The hierarchy over the first leaves only."""
        return replace(self, labels=self.labels[:count], unknown=tuple(leaf for leaf in self.unknown if leaf < count))

    def codes(self) -> Codes:
        """The labels of each level numbered from 0: [leaf, level]."""
        return codes(self.labels)


def codes(labels: Labels) -> Codes:
    """The labels of each level numbered from 0 in order of appearance; a blank has a number of its own."""
    return np.column_stack([_numbered(column) for column in labels.T.tolist()])


def _numbered(texts: list[str | None]) -> Codes:
    seen: dict[str | None, int] = {}
    return np.fromiter((seen.setdefault(text, len(seen)) for text in texts), np.int64, len(texts))


def lay_out(field: str, values: pl.Series, levels: list[pl.Series]) -> Hierarchy:
    """The hierarchy of distinct values, blanks put in and closed by one root.

    Args:
        field: the column.
        values: its distinct values, at most one of them null.
        levels: what the non-blank values become, level by level, the values themselves left out; each named by what
            it is. A null stands for a value that is not known.

    Raises:
        HierarchyError: values that share a label at one level part again at the next.
    """
    filled = values.is_not_null().to_numpy()
    inner = levels[:-1] if levels and bool((levels[-1] == ANYTHING).all()) and not levels[-1].null_count() else levels
    labels = np.full((len(values), 2 + len(inner)), None, dtype=object)
    labels[filled, 0] = np.array(values.drop_nulls().to_list(), dtype=object)
    for level, series in enumerate(inner, start=1):
        labels[filled, level] = np.array(series.fill_null(ANYTHING).to_list(), dtype=object)
    labels[:, -1] = ANYTHING
    if parted(codes(labels)):
        raise HierarchyError(
            f"column {field!r}: its levels are not nested; each level must only merge groups of the one below"
        )
    lost = np.flatnonzero(filled)[inner[0].is_null().to_numpy()] if inner else np.empty(0, np.int64)
    return Hierarchy(field, labels, tuple(series.name for series in inner), tuple(lost.tolist()))


def parted(numbered: Codes) -> int:
    """The first level, counted from 1, that parts a group of the level below it; 0 when each only merges."""
    for level, (lower, upper) in enumerate(pairwise(numbered.T), start=1):
        above = np.zeros(int(lower.max(initial=0)) + 1, np.int64)
        above[lower] = upper
        if (above[lower] != upper).any():
            return level
    return 0
