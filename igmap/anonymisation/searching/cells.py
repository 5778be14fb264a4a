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
from igmap.anonymisation.tuples import Numbers, Tuples

STEP, COARSE_STEP = 1.06, 1.25  # cells whose costs differ by less than this factor are taken as they come
LARGE = 50_000  # tuples from which the coarser step is taken: 40 % less time for 1 % more loss
AHEAD = 1.5  # a node is looked at when cells are taken that cost its mean divided by this
TOGETHER = 2**15  # tuples times nodes that are counted at once
ROOM = 2  # bins per tuple
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
        """Lay out nodes and tuples."""
        self.tuples, self.ranks, self.ladders, self.models = tuples, ranks, ladders, models
        self.bound_is_count = not tuples.people.shared.size and all(isinstance(one, KAnonymity) for one in models)
        self.k = max([1, *(model.k for model in models if isinstance(model, KAnonymity))])
        self.nodes = cheapest_nodes(ladders, ranks, tuples.rows)
        self.due = np.maximum(self.nodes.least, self.nodes.mean / AHEAD)
        persons = tuples.people.alone + np.bincount(tuples.people.shared[0], minlength=len(tuples.rows))
        self.open = Open(ladders, ranks, persons, self.nodes.places)
        self.classes = np.full(len(tuples.rows), -1, np.int64)
        self.taken = np.zeros(len(tuples.rows), np.bool_)
        self.step = STEP if len(tuples.rows) < LARGE else COARSE_STEP
        self.found = self.looked = 0

    def take(self, until: float) -> Numbers:
        """[tuple], the class of each; -1 where no cell passes or time ran out."""
        while len(self.open.at) and self.due.min() < inf and time.monotonic() < until:
            threshold = self.due.min() * self.step
            waiting = np.flatnonzero(self.due <= threshold)
            waiting = waiting[np.argsort(self.nodes.mean[waiting], kind="stable")]
            while len(waiting) and len(self.open.at):
                together = max(1, TOGETHER // len(self.open.at))
                self._look(waiting[:together], threshold)
                waiting = waiting[together:]
        if len(self.open.at):
            self._look(np.array([self.nodes.places.sum(axis=1).argmax()]), inf)
        return self.classes

    def _look(self, nodes: Numbers, threshold: float) -> None:
        """Take the cells of some nodes that cost at most the threshold."""
        rows, places, keys = self._crowded(nodes)
        costs = self.open.costs(nodes[rows], places)
        self.looked += len(nodes)
        self.due[nodes] = inf
        dear = costs > threshold
        _lower(self.due, nodes[rows[dear]], costs[dear])
        rows, places, keys = rows[~dear], places[~dear], keys[~dear]
        starts = np.flatnonzero(begins(rows)).tolist()
        for start, end in pairwise([*starts, len(rows)]):
            self._take(keys[start:end], places[start:end])
        self._tidy()

    def _tidy(self) -> None:
        """Leave the taken tuples out when they are many enough to be worth it."""
        if self.taken.sum() > TIDY * len(self.taken):
            self.open.only(~self.taken)
            self.taken = np.zeros(len(self.open.at), np.bool_)
        else:
            self.open.persons[self.taken] = 0

    def _crowded(self, nodes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The pairs of a node and a tuple that stands there with enough persons, and what it is called."""
        rows, places = self._perhaps_crowded(self.open.halves(nodes))
        keys = self.open.keys(nodes[rows], places)
        order = np.lexsort([keys, rows])
        starts = np.flatnonzero(begins(rows[order]) | begins(keys[order]))
        if not len(starts):
            return rows, places, keys
        persons = np.add.reduceat(self.open.persons[places[order]], starts)
        order = np.sort(order[np.repeat(persons >= self.k, np.diff(starts, append=len(order)))])
        return rows[order], places[order], keys[order]

    def _perhaps_crowded(self, halves: Any) -> tuple[Numbers, Numbers]:
        """The pairs that are left when persons are counted in bins by half of the key."""
        count, most = halves.shape
        bins = 1 << (ROOM * most).bit_length()
        binned = (halves & (bins - 1)).astype(np.int64)
        if count > 1:
            binned += np.arange(count)[:, None] * bins
        persons = np.bincount(binned.ravel(), np.tile(self.open.persons, count), bins * count)
        pairs = np.flatnonzero((persons >= self.k)[binned])
        rows: Numbers = pairs // most
        return rows, pairs - rows * most

    def _take(self, keys: Numbers, places: Numbers) -> None:
        """Take the cells of one node that pass, out of some places among the open tuples."""
        open_ = ~self.taken[places]
        keys, places = keys[open_], places[open_]
        if self.open.persons[places].sum() < self.k:
            return
        order = np.argsort(keys, kind="stable")
        places, keys = places[order], keys[order]
        starts = np.flatnonzero(begins(keys))
        sizes = np.diff(starts, append=len(keys))
        passing = self._passing(places, starts, sizes)
        chosen = places[np.repeat(passing, sizes)]
        self.taken[chosen] = True
        found = int(passing.sum())
        self.classes[self.open.at[chosen]] = self.found + np.repeat(np.arange(found), sizes[passing])
        self.found += found

    def _passing(self, places: Numbers, starts: Numbers, sizes: Numbers) -> Flags:
        """[cell], whether all models hold."""
        passing: Flags = np.add.reduceat(self.open.persons[places], starts) >= self.k
        if self.bound_is_count or not passing.any():
            return passing
        tuples = self.tuples.only(self.open.at[places[np.repeat(passing, sizes)]])
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
