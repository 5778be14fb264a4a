"""Tuples on the ladders of their columns: the label that a class of tuples shares, and what it costs.

The leaves of each column are counted in depth-first order of its hierarchy. The lowest common ancestor of a class then
follows from its lowest and highest leaf.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from igmap.anonymisation.groups import Shares
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.tuples import Numbers, Tuples, joined


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """One column.

    Args:
        levels: those that part the values differently, ascending; a place is a position in them.
        order: [rank], the leaf with each rank in depth-first order.
        codes: [place, rank], the number of the label.
        costs: [place, rank], its weighted cost; a last place of infinite cost stands for having no label in common.
    """

    levels: tuple[int, ...]
    order: Numbers
    codes: Numbers
    costs: Shares


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Classes by their lowest and highest leaf in each column.

    Args:
        low: [column, class], ranks.
        high: [column, class], ranks.
        rows: [class], records.
    """

    low: Numbers
    high: Numbers
    rows: Numbers

    def places(self, ladders: Sequence[Ladder]) -> Numbers:
        """[column, class], the place of the lowest common ancestor."""
        return np.stack([apart(*column) for column in zip(ladders, self.low, self.high, strict=True)])

    def costs(self, ladders: Sequence[Ladder]) -> Shares:
        """[class], what a row costs there, 0-1."""
        columns = zip(ladders, self.places(ladders), self.low, strict=True)
        costs: Shares = np.add.reduce([ladder.costs[places, low] for ladder, places, low in columns])
        return costs


def apart(ladder: Ladder, low: Numbers, high: Numbers) -> Numbers:
    """The place from which on two leaves have one label."""
    place: Numbers = np.add.reduce([codes[low] != codes[high] for codes in ladder.codes], dtype=np.int64)
    return place


def ladder_of(axis: Axis, whole: float) -> Ladder:
    """The ladder of a column; `whole` is the sum of all weights."""
    levels = axis.different_levels()
    codes, names = axis.codes[:, levels].T, axis.hierarchy.labels[:, 0]
    by_name = sorted(range(len(names)), key=lambda leaf: (names[leaf] is not None, names[leaf] or ""))
    first = np.argsort(by_name)  # names decide, so that the order in which leaves appear does not matter
    starts = []
    for level in codes:
        start = np.full(level.max() + 1, len(names))
        np.minimum.at(start, level, first)
        starts.append(start[level])
    order = np.lexsort([first, *starts])
    costs = np.full((len(levels) + 1, len(names)), np.inf)
    costs[:-1] = axis.costs[order][:, levels].T * axis.weight / whole
    return Ladder(levels, order, np.ascontiguousarray(codes[:, order]), costs)


def ladders_of(axes: Sequence[Axis]) -> list[Ladder]:
    """The ladders of all columns, their weights adding up to 1."""
    whole = sum(axis.weight for axis in axes)
    return [ladder_of(axis, whole) for axis in axes]


def ranked(tuples: Tuples, ladders: Sequence[Ladder]) -> tuple[Tuples, Numbers, Numbers]:
    """The tuples in an order that does not depend on theirs, their [column, tuple] ranks, and where each stood."""
    columns = [np.argsort(ladder.order)[leaves] for ladder, leaves in zip(ladders, tuples.leaves.T, strict=True)]
    keys, _ = joined(columns, [len(ladder.order) for ladder in ladders])
    stood = np.argsort(keys, kind="stable")
    return tuples.only(stood), np.stack(columns)[:, stood], stood


def spans_of(ranks: Numbers, rows: Numbers, classes: Numbers) -> Spans:
    """The spans of classes that are numbered without gaps; tuples of class -1 are left out."""
    order = np.argsort(classes, kind="stable")
    order = order[np.searchsorted(classes[order], 0) :]
    starts = np.flatnonzero(np.diff(classes[order], prepend=-1))
    if not len(starts):
        return Spans(ranks[:, :0], ranks[:, :0], rows[:0])
    low, high = (
        np.stack([extreme.reduceat(column[order], starts) for column in ranks]) for extreme in (np.minimum, np.maximum)
    )
    return Spans(low, high, np.add.reduceat(rows[order], starts))
