"""From planned columns to the axes of a search, and back from its labels to columns.

A column that follows another (birth year and age) shares its axis: the values of the axis are the pairs that occur. A
column of a table with several rows per person is an axis per row, in which a person may have no row at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies import ANYTHING, Hierarchy, build_hierarchy
from igmap.anonymisation.plan import PlannedColumn
from igmap.anonymisation.searching import Axis, Solution
from igmap.anonymisation.searching.solution import Texts
from igmap.anonymisation.tuples import Numbers, Tuples
from igmap.errors import PlanError

BETWEEN, BLANK = "\x1f", "\x00"  # in the texts of joint values; they stand in no label
ABSENT = "\x01"  # what stands for a row that a person does not have


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Axes:
    """The axes of a search with the columns that they stand for.

    Args:
        tuples: numbered by the values of the axes.
        axes: one or more columns each.
        parts: per axis, the places of its columns.
    """

    tuples: Tuples
    axes: tuple[Axis, ...]
    parts: tuple[tuple[int, ...], ...]

    def labels(self, solution: Solution) -> tuple[Texts, ...]:
        """Per column [class], what its cells become."""
        found: dict[int, Texts] = {}
        for places, labels in zip(self.parts, solution.labels, strict=True):
            found |= {places[0]: labels} if len(places) == 1 else dict(zip(places, _parted(labels), strict=True))
        return tuple(found[place] for place in sorted(found))

    def levels(self, solution: Solution, hierarchies: Sequence[Hierarchy]) -> tuple[int, ...] | None:
        """Per column, the one level at which it stands, if there is one."""
        if solution.levels is None:
            return None
        found = {place: level for places, level in zip(self.parts, solution.levels, strict=True) for place in places}
        return tuple(min(found[place], one.levels - 1) for place, one in enumerate(hierarchies))


def column_axis(column: PlannedColumn, values: pl.Series, persons: pl.Series | None = None) -> Axis:
    """The axis of one column over its distinct values, a null being the blanks.

    Args:
        column: as planned.
        values: distinct.
        persons: different persons behind each value, which `{auto: …}` needs.

    Raises:
        HierarchyError: its hierarchy cannot place every value.
        PlanError: its least level is above all levels.
    """
    if column.treatment == "keep":
        unchanged = np.array(values.to_list(), dtype=object).reshape(-1, 1)
        return Axis(Hierarchy(column.field, unchanged), (0,), column.weight)
    hierarchy = build_hierarchy(column.field, values, column.hierarchy or {}, persons)
    levels = tuple(range(max(column.least_level, hierarchy.least_level), hierarchy.levels))
    if not levels:
        raise PlanError(
            f"column {column.field!r}: least_level {column.least_level} of {hierarchy.levels} levels; lower it"
        )
    return Axis(hierarchy, levels, column.weight)


def row_axis(whole: Axis, values: pl.Series, most: int) -> Axis:
    """The axis of a column in one of the rows of a person.

    Args:
        whole: over the values of all rows.
        values: of this row; "" for a blank and null where a person has no such row.
        most: rows per person, over which the column's weight is spread.
    """
    places = {leaf: place for place, leaf in enumerate(whole.hierarchy.labels[:, 0].tolist())}
    found = np.array([-1 if value is None else places[value or None] for value in values.to_list()], np.int64)
    own = np.full((len(found), whole.hierarchy.levels), ABSENT, dtype=object)
    costs = np.zeros(own.shape)
    if whole.levels[-1]:
        own[:, -1], costs[:, -1] = ANYTHING, 1.0
    there = found >= 0
    own[there], costs[there] = whole.hierarchy.labels[found[there]], whole.costs[found[there]]
    hierarchy = Hierarchy(whole.hierarchy.field, own)
    return replace(whole, hierarchy=hierarchy, weight=whole.weight / most, prices=costs)


def lay_axes(tuples: Tuples, axes: Sequence[Axis], follows: Mapping[int, int]) -> Axes:
    """The axes of columns, with those that follow another joined to it.

    Args:
        tuples: numbered by the values of the columns.
        axes: one per column.
        follows: place of a column by the place of the one that it follows.
    """
    parts: dict[int, tuple[int, ...]] = {place: (place,) for place in range(len(axes)) if place not in follows}
    for place, leader in follows.items():
        parts[leader] = (*parts[leader], place)
    pairs = [_joint(tuples, [axes[place] for place in places], places) for places in parts.values()]
    leaves = np.asfortranarray(np.column_stack([numbers for numbers, _ in pairs]))
    return Axes(replace(tuples, leaves=leaves), tuple(axis for _, axis in pairs), tuple(parts.values()))


def _joint(tuples: Tuples, axes: Sequence[Axis], places: tuple[int, ...]) -> tuple[Numbers, Axis]:
    """The value numbers and the axis of columns that share one."""
    leaves = tuples.leaves[:, places]
    if len(axes) == 1:
        return leaves[:, 0], axes[0]
    different, numbers = np.unique(leaves, axis=0, return_inverse=True)
    count = max(axis.hierarchy.levels for axis in axes)
    own = [[min(level, axis.hierarchy.levels - 1) for level in range(count)] for axis in axes]
    texts = [axis.hierarchy.labels[leaf][:, at] for axis, leaf, at in zip(axes, different.T, own, strict=True)]
    whole = sum(axis.weight for axis in axes)
    columns = list(zip(axes, different.T, own, strict=True))
    prices = [axis.costs[leaf][:, at] * (axis.weight / whole) for axis, leaf, at in columns]
    allowed = [{level for level in range(count) if at[level] in axis.levels} for axis, _, at in columns]
    levels = tuple(sorted(set.intersection(*allowed)))
    hierarchy = Hierarchy(axes[0].hierarchy.field, _together(texts))
    return numbers.ravel(), Axis(hierarchy, levels, whole, np.sum(prices, axis=0))


def _together(texts: Sequence[Texts]) -> Texts:
    """The labels of several columns as one, cell by cell."""
    cells = zip(*(column.ravel().tolist() for column in texts), strict=True)
    joined = [BETWEEN.join(BLANK if text is None else text for text in cell) for cell in cells]
    return np.array(joined, dtype=object).reshape(texts[0].shape)


def _parted(labels: Texts) -> list[Texts]:
    """The labels of an axis of several columns, column by column."""
    cells = [[None if text == BLANK else text for text in label.split(BETWEEN)] for label in labels.tolist()]
    return [np.array(column, dtype=object) for column in zip(*cells, strict=True)]
