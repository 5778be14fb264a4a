"""Cells: the tuples that have the same labels at a node of the lattice, made a class, the cheapest cell first.

Every node waits with the cost of its cheapest cell that may pass. Tuples only leave, so that what a hereditary model
(k, distinct l …) refuses is refused for good: a node without a passing cell is never looked at again. Most nodes are
dismissed by one hashed count of persons, several nodes at once when few tuples are left.
"""

import time
from collections.abc import Sequence
from math import inf

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import KAnonymity, Model, met
from igmap.anonymisation.searching.ladder import Ladder
from igmap.anonymisation.searching.lattice import Open, cheapest_nodes
from igmap.anonymisation.tuples import Numbers, Tuples

STEP, COARSE_STEP = 1.14, 1.25  # cells whose costs differ by less than this factor are taken as they come
LARGE = 50_000  # tuples from which the coarser step is taken: 40 % less time for 1 % more loss
AHEAD = 1.5  # a node is looked at when cells are taken that cost its mean divided by this
TOGETHER = 2**14  # tuples times nodes that are counted at once
ROOM = 4  # bins per tuple
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
        self.found = self.looked = self.counted = 0

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
        keys = self.open.keys(nodes)
        rows, places = self._crowded(keys)
        costs = self.open.costs(nodes[rows], places)
        self.looked += len(nodes)
        self.due[nodes] = inf
        dear = costs > threshold
        _lower(self.due, nodes[rows[dear]], costs[dear])
        rows, places = rows[~dear], places[~dear]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        for start, end in zip(starts, np.append(starts[1:], len(rows)), strict=False):
            self._take(keys[rows[start]], places[start:end])
        self._tidy()

    def _tidy(self) -> None:
        """Leave the taken tuples out when they are many enough to be worth it."""
        if self.taken.sum() > TIDY * len(self.taken):
            self.open.only(~self.taken)
            self.taken = np.zeros(len(self.open.at), np.bool_)
        else:
            self.open.persons[self.taken] = 0

    def _crowded(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs of a node and a tuple that may stand there with enough persons."""
        bins = 1 << (ROOM * keys.shape[1]).bit_length()
        hashed = (keys & (bins - 1)) + np.arange(len(keys))[:, None] * bins
        weights = np.broadcast_to(self.open.persons, keys.shape).ravel()
        persons = np.bincount(hashed.ravel(), weights, bins * len(keys))
        pairs = np.flatnonzero((persons >= self.k)[hashed])
        rows: Numbers = pairs // keys.shape[1]
        return rows, pairs - rows * keys.shape[1]

    def _take(self, keys: Numbers, places: Numbers) -> None:
        """Take the cells of one node that pass, out of some places among the open tuples."""
        places = places[~self.taken[places]]
        if not len(places):
            return
        self.counted += 1
        keys = keys[places]
        order = np.argsort(keys, kind="stable")
        places, keys = places[order], keys[order]
        starts = np.concatenate([[0], 1 + np.flatnonzero(keys[1:] != keys[:-1])])
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


def _lower(due: Shares, nodes: Numbers, costs: Shares) -> None:
    """Set the lowest cost of each node, given in runs."""
    if len(nodes):
        starts = np.flatnonzero(np.diff(nodes, prepend=-1))
        due[nodes[starts]] = np.minimum.reduceat(costs, starts)
