"""Cells: the tuples that have the same labels at a node of the lattice, made a class, the cheapest cell first.

Every node waits with the cost of its cheapest cell that may pass. Tuples only leave, so that what a hereditary model
(k, distinct l …) refuses is refused for good: a node without a passing cell is never looked at again. Most nodes are
dismissed by one hashed count of persons, several nodes at once when few tuples are left.
"""

import time
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import KAnonymity, Model, met
from igmap.anonymisation.searching.ladder import Ladder
from igmap.anonymisation.searching.lattice import Open, cheapest_nodes
from igmap.anonymisation.tuples import Numbers, Tuples, joined

STEP = 1.06  # cells whose costs differ by less than this factor are taken as they come
AHEAD = 1.5  # a node is looked at when cells are taken that cost its mean divided by this
TOGETHER = 2**15  # tuples times nodes that are counted at once
ROOM = 2  # bins per tuple
MIXER, SHIFT = 0x9E3779B97F4A7C15 - 2**64, 20  # 2^64 over the golden ratio: its product stirs in the bits unseen so far
TIDY = 0.1  # share of taken tuples that is carried along


class Cells:
    """The taking of cells.

    Args:
        tuples: the distinct tuples.
        ranks: [column, tuple].
        ladders: of the columns.
        models: that a class has to meet.
    """

    def __init__(self, tuples: Tuples, ranks: Numbers, ladders: Sequence[Ladder], models: Sequence[Model]) -> None:
        """Lay out nodes and tuples; what passes under its finest labels is taken, for nothing costs less."""
        self.tuples, self.ranks, self.ladders, self.models = tuples, ranks, ladders, models
        self.bound_is_count = not tuples.people.shared.size and all(isinstance(one, KAnonymity) for one in models)
        self.k = max([1, *(model.k for model in models if isinstance(model, KAnonymity))])
        self.nodes = cheapest_nodes(ladders, ranks, tuples.rows)
        self.due = np.maximum(self.nodes.least, self.nodes.mean / AHEAD)
        persons = tuples.people.alone + np.bincount(tuples.people.shared[0], minlength=len(tuples.rows))
        self.at, self.persons = np.arange(len(persons)), persons.astype(np.float64)
        self.taken, self.classes = np.zeros(len(persons), np.bool_), np.full(len(persons), -1, np.int64)
        self.sizes = [int(ladder.codes.max()) + 1 for ladder in ladders]
        self.found, self.looked = 0, 1
        self._take(np.zeros(len(ladders), np.int64), self.at)
        self.open = Open(ladders, ranks[:, ~self.taken], self.nodes.places)
        self._leave_out()

    def take(self, until: float) -> Numbers:
        """[tuple], the class of each; -1 where no cell passes or time ran out."""
        while len(self.at) and self.due.min() < inf and time.monotonic() < until:
            threshold = self.due.min() * STEP
            waiting = np.flatnonzero(self.due <= threshold)
            waiting = waiting[np.argsort(self.nodes.mean[waiting], kind="stable")]
            while len(waiting) and len(self.at):
                together = max(1, TOGETHER // len(self.at))
                self._look(waiting[:together], threshold)
                waiting = waiting[together:]
        if len(self.at):
            self._look(np.array([self.nodes.places.sum(axis=1).argmax()]), inf)
        return self.classes

    def _look(self, nodes: Numbers, threshold: float) -> None:
        """Take the cells of some nodes that cost at most the threshold."""
        rows, places = self._crowded(self.open.names(nodes))
        costs = self.open.costs(nodes, rows, places)
        self.looked += len(nodes)
        self.due[nodes] = inf
        dear = costs > threshold
        _lower(self.due, nodes[rows[dear]], costs[dear])
        rows, places = rows[~dear], places[~dear]
        starts = np.flatnonzero(begins(rows)).tolist()
        for start, end in pairwise([*starts, len(rows)]):
            self._take(self.nodes.places[nodes[rows[start]]], places[start:end])
        if np.count_nonzero(self.taken) > TIDY * len(self.taken):
            self.open.only(~self.taken)
            self._leave_out()

    def _leave_out(self) -> None:
        """Forget the taken tuples."""
        left = ~self.taken
        self.at, self.persons, self.taken = self.at[left], self.persons[left], self.taken[left]

    def _crowded(self, called: Any) -> tuple[Numbers, Numbers]:
        """The pairs of a node and a tuple that stands there with enough persons, and a few others."""
        count, most = called.shape
        bins = 1 << (ROOM * most).bit_length()
        binned = (called & (bins - 1)).astype(np.int64)
        if count > 1:
            binned += np.arange(count)[:, None] * bins
        persons = self.persons if count == 1 else np.tile(self.persons, count)
        pairs = np.flatnonzero(self._full(binned.ravel(), persons, bins * count))
        bins = 1 << (ROOM * len(pairs)).bit_length()
        rows = pairs // most if count > 1 else np.zeros(len(pairs), np.int64)
        mixed = (called.ravel()[pairs].astype(np.int64) * MIXER + rows) >> SHIFT
        full = self._full(mixed & (bins - 1), persons[pairs], bins)
        rows = rows[full]
        return rows, pairs[full] - rows * most

    def _full(self, bins: Numbers, persons: Shares, count: int) -> Flags:
        """[item], whether its bin holds enough persons."""
        full: Flags = (np.bincount(bins, persons, count) >= self.k)[bins]
        return full

    def _take(self, node: Numbers, places: Numbers) -> None:
        """Take the cells of a node that pass, out of some places among the open tuples."""
        places = places[~self.taken[places]]
        if self.persons[places].sum() < self.k:
            return
        items, columns = self.at[places], zip(self.ladders, node.tolist(), self.ranks, strict=True)
        names, _ = joined([ladder.codes[at][ranks[items]] for ladder, at, ranks in columns], self.sizes)
        order = np.argsort(names, kind="stable")
        places, names = places[order], names[order]
        starts = np.flatnonzero(begins(names))
        sizes = np.diff(starts, append=len(names))
        passing = self._passing(places, starts, sizes)
        chosen = places[np.repeat(passing, sizes)]
        self.taken[chosen], self.persons[chosen] = True, 0
        found = int(passing.sum())
        self.classes[self.at[chosen]] = self.found + np.repeat(np.arange(found), sizes[passing])
        self.found += found

    def _passing(self, places: Numbers, starts: Numbers, sizes: Numbers) -> Flags:
        """[cell], whether all models hold."""
        passing: Flags = np.add.reduceat(self.persons[places], starts) >= self.k
        if self.bound_is_count or not passing.any():
            return passing
        tuples = self.tuples.only(self.at[places[np.repeat(passing, sizes)]])
        numbers = np.repeat(np.arange(passing.sum()), sizes[passing])
        passing[passing] = met(self.models, Groups(tuples, numbers, int(passing.sum())))
        return passing


def begins(values: Numbers) -> Flags:
    """Whether a value is another than the one before it."""
    differs = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def _lower(due: Shares, nodes: Numbers, costs: Shares) -> None:
    """Set the lowest cost of each node, given in runs."""
    if len(nodes):
        starts = np.flatnonzero(begins(nodes))
        due[nodes[starts]] = np.minimum.reduceat(costs, starts)
