"""Classes that grow in many blocks at once, a tuple in each at every step."""

import time
from collections.abc import Sequence

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.searching.atoms import Atoms
from igmap.anonymisation.tuples import Numbers, Tuples


class Growing:
    """The blocks, side by side: [block, place], filled up with nothing to the longest.

    Args:
        work: the tuples, in an order that depends on their values only.
        numbers: [column, tuple], the atoms.
        columns: their atoms and weights.
        blocks: the tuples of each block.
    """

    def __init__(
        self, work: Tuples, numbers: Numbers, columns: tuple[list[Atoms], Shares], blocks: Sequence[Numbers]
    ) -> None:
        """Lay out what tuples would add to a class: penalties of sets, distances on scales."""
        blocks = sorted(blocks, key=lambda block: (-len(block), int(block[0])))  # those that end first stand last
        self.work, self.blocks = work, len(blocks)
        sizes = np.array([len(block) for block in blocks])
        self.open = [int((sizes > step).sum()) for step in range(sizes[0] + 1)]
        self.tuple = np.full((len(blocks), sizes[0]), -1, np.int64)
        for at, block in enumerate(blocks):
            self.tuple[at, : len(block)] = block
        self.rows = np.where(self.tuple >= 0, work.rows[self.tuple], 0).astype(np.float64)
        self.free = self.tuple >= 0
        chosen = list(zip(*columns, numbers, strict=True))
        sets = [(one, weight, here) for one, weight, here in chosen if not one.low.size]
        scales = [(one, weight, here) for one, weight, here in chosen if one.low.size]
        starts = np.cumsum([0, *(len(one.share) for one, _, _ in sets)])
        self.atom = [here[self.tuple] + start for (_, _, here), start in zip(sets, starts[:-1], strict=True)]
        self.share = np.concatenate([[0.0], *(weight * one.share for one, weight, _ in sets)])[1:]
        self.first = float(sum(weight * one.first for one, weight, _ in sets))
        self.low = [(weight * one.low[here])[self.tuple] for one, weight, here in scales]
        self.high = [(weight * one.high[here])[self.tuple] for one, weight, here in scales]
        self.most = [weight for _, weight, _ in scales]
        self.penalty = np.tile(self.share, (len(blocks), 1))
        self.sets, self.held = np.full(len(blocks), -self.first), np.zeros(len(blocks))
        self.lowest = np.full((len(scales), len(blocks)), np.inf)
        self.highest = -self.lowest

    def grow(self, models: Sequence[Model], classes: Numbers, until: float) -> None:
        """Give classes to the tuples, numbered on from those that are there.

        Args:
            models: that a class has to meet.
            classes: [tuple], -1 where it has none yet; changed.
            until: when to stop, on the monotonic clock.
        """
        block_of, found = np.full(len(classes), -1, np.int64), int(classes.max(initial=-1)) + 1
        chosen = np.zeros(self.blocks, np.int64)  # the first tuple of each block begins
        for left in self.open[1:]:
            if not len(chosen) or time.monotonic() > until:
                return
            block_of[self._take(chosen)] = np.arange(len(chosen))
            members = np.flatnonzero(block_of >= 0)
            blocks = block_of[members]
            done = met(models, Groups(self.work.only(members), blocks, len(chosen)))
            complete = done[blocks]
            classes[members[complete]] = found + (np.cumsum(done) - 1)[blocks[complete]]
            found += int(done.sum())
            block_of[members[complete | (blocks >= left)]] = -1
            chosen = self._next(done[:left])

    def _take(self, chosen: Numbers) -> Numbers:
        """Let a place of each of the first blocks into its class; the tuples that these are."""
        at = np.arange(len(chosen))
        for atom in self.atom:
            taken = atom[at, chosen]
            self.sets[at] += self.penalty[at, taken]
            self.penalty[at, taken] = 0.0
        for low, high, lowest, highest in zip(self.low, self.high, self.lowest, self.highest, strict=True):
            lowest[at] = np.minimum(lowest[at], low[at, chosen])
            highest[at] = np.maximum(highest[at], high[at, chosen])
        self.held[at] += self.rows[at, chosen]
        self.free[at, chosen] = False
        return self.tuple[at, chosen]

    def _next(self, done: Flags) -> Numbers:
        """The place that each of the first blocks takes next: the farthest where a class is done, else the nearest."""
        count = len(done)
        after, before = self._after(count), self.sets[:count].copy()
        for low, high, most in zip(self.lowest, self.highest, self.most, strict=True):
            before += np.minimum(high[:count] - low[:count], most)
        increase = after * (self.held[:count, None] + self.rows[:count]) - (before * self.held[:count])[:, None]
        sought = np.where(done[:, None], -after, increase)
        sought[~self.free[:count]] = np.inf
        again = np.flatnonzero(done)
        self.penalty[again], self.sets[again], self.held[again] = self.share, -self.first, 0.0
        self.lowest[:, again], self.highest[:, again] = np.inf, -np.inf
        places: Numbers = sought.argmin(axis=1)
        return places

    def _after(self, count: int) -> Shares:
        """[block, place], what a row of the class costs when the tuple joins, in the first blocks."""
        row = (np.arange(count) * len(self.share))[:, None]
        penalty, after = self.penalty.ravel(), np.repeat(self.sets[:count, None], self.tuple.shape[1], axis=1)
        for atom in self.atom:
            after += penalty[atom[:count] + row]
        columns = zip(self.low, self.high, self.lowest, self.highest, self.most, strict=True)
        for low, high, lowest, highest, most in columns:
            width = np.maximum(high[:count], highest[:count, None]) - np.minimum(low[:count], lowest[:count, None])
            after += np.minimum(width, most)
        return after
