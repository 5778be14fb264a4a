"""The largest part of a class that still meets the models, planned on histograms.

A part takes of every sensitive value at most `cap` times its share in the whole table: the lower the cap, the closer
the part is to the table. Of the equal distance that is the largest part there is; of other models a good one. What is
planned counts a person once per tuple; a search must count the persons of what it takes anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Histogram, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.tuples import Numbers, Told, Tuples

STEPS, PARTS = 2, 8  # until a cap is found, each of them three halvings
MOST_TRIED = 500  # persons of a class, until one is found that can meet the models
FEW = 10  # times the fewest persons of a class, in the part by which a cell is judged


class Planned(Groups):
    """Classes known by their histograms, all sensitive columns side by side: [class, value]."""

    def __init__(self, tuples: Tuples, counts: Shares, ends: Sequence[int]) -> None:
        """Nothing is counted; persons are the fewest that any column tells of."""
        super().__init__(tuples, np.empty(0, np.int64), len(counts))
        self.parts = np.split(counts, ends[:-1], axis=1)
        self.persons = np.min([part.sum(axis=1) for part in self.parts], axis=0)
        self.rows = self.persons

    def histogram(self, field: str) -> Histogram:
        """The values of a sensitive column in each class."""
        at = next(i for i, told in enumerate(self.tuples.told) if told.field == field)
        group, value = np.nonzero(self.parts[at] > 0)
        held = self.parts[at]
        return Histogram(self.tuples.told[at].shares, group, value, held[group, value], held.sum(axis=1))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Parts:
    """The persons of tuples by sensitive value.

    Args:
        tuples: that are counted.
        counts: [tuple, value], persons, the sensitive columns side by side.
        starts: [tuple], where its entries that are not 0 begin, and a last one where all end.
        values: [entry], the column of `counts` that it stands in.
        persons: [entry], what stands there.
        shares: [value], in the whole table.
        ends: where each column ends.
    """

    tuples: Tuples
    counts: Shares
    starts: Numbers
    values: Numbers
    persons: Shares
    shares: Shares
    ends: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """Whether nobody stands in several tuples or has several values, so that what is planned is what is counted."""
        behind = [self.tuples.people, *(told.people for told in self.tuples.told)]
        return self.tuples.population is None and not any(people.shared.size for people in behind)

    def of(self, cells: Numbers, places: Numbers, count: int) -> Shares:
        """[cell, value], the persons of some tuples, given the cell of each."""
        width, first = self.counts.shape[1], self.starts[places]
        sizes = self.starts[places + 1] - first
        entries = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        keys = np.repeat(cells * width, sizes) + self.values[entries]
        held = np.bincount(keys, self.persons[entries], count * width).reshape(count, width)
        return held.astype(np.float64, copy=False)

    def holds(self, models: Sequence[Model], counts: Shares) -> Flags:
        """[class], whether planned classes meet the models."""
        return met(models, Planned(self.tuples, counts, self.ends))

    def hopeful(self, models: Sequence[Model], whole: Shares, least: int) -> Flags:
        """[class], whether all of it meets the models, or a part of some times the fewest persons does."""
        there = np.where(whole > 0, self.shares, 0.0).sum(axis=1, keepdims=True)
        few = np.floor(np.minimum(whole, FEW * least / np.maximum(there, 1e-12) * self.shares))
        all_of_it, some = self.holds(models, np.concatenate([whole, few])).reshape(2, -1)
        return all_of_it | some

    def fewest(self, models: Sequence[Model]) -> int:
        """The persons of the smallest class that can meet the models: one shared out as the whole table is.

        Persons are shared out by largest remainders, which comes closest to the table in absolute differences.
        """
        persons = np.arange(1, MOST_TRIED + 1)[:, None]
        exact = [persons * part for part in np.split(self.shares, self.ends[:-1])]
        good = self.holds(models, np.hstack([_shared_out(part) for part in exact]))
        return int(good.argmax()) + 1 if good.any() else MOST_TRIED

    def largest(self, models: Sequence[Model], base: Shares, whole: Shares) -> Shares:
        """[class, value], the most persons that may be taken; those of `base` stand in it already."""
        highest = (whole / self.shares).max(axis=1)
        low = np.where(self.holds(models, whole), highest, 0.0)
        open_ = np.flatnonzero(low < highest)
        least, most = np.zeros(len(open_)), highest[open_]
        for _ in range(STEPS if len(open_) else 0):
            caps = least + (most - least) * np.arange(1, PARTS)[:, None] / PARTS  # of some halvings, held at once
            parts = np.floor(np.clip(caps[:, :, None] * self.shares, base[open_], whole[open_]))
            good = self.holds(models, parts.reshape(-1, len(self.shares))).reshape(caps.shape)
            at = _halved(good)
            least, most = least + (most - least) * at / PARTS, least + (most - least) * (at + 1) / PARTS
        low[open_] = least
        return np.floor(np.clip(low[:, None] * self.shares, base, whole))

    def within(self, cells: Numbers, places: Numbers, quota: Shares) -> Flags:
        """[tuple], whether it may be taken when the first ones, in the order given, use up the quota of a cell."""
        order = np.argsort(cells, kind="stable")
        held = self.counts[places[order]]
        before = np.cumsum(held, axis=0) - held
        starts = np.flatnonzero(np.diff(cells[order], prepend=-1))
        before -= np.repeat(before[starts], np.diff(starts, append=len(order)), axis=0)
        over = np.minimum(np.maximum(before + held - quota[cells[order]], 0), held).sum(axis=1)
        taken = np.empty(len(order), np.bool_)
        taken[order] = over <= held.sum(axis=1) / 2
        return taken


def _halved(good: Flags) -> Numbers:
    """[class], the last of the parts whose beginning is good, as halving finds it, given [cap, class] which are."""
    at, half = np.zeros(good.shape[1], np.int64), PARTS // 2
    while half:
        at += half * good[at + half - 1, np.arange(len(at))]
        half //= 2
    return at


def _shared_out(exact: Shares) -> Shares:
    """[class, value], whole persons by largest remainders."""
    whole = np.floor(exact)
    missing = np.rint(exact.sum(axis=1) - whole.sum(axis=1))
    rank = np.argsort(np.argsort(-(exact - whole), axis=1, kind="stable"), axis=1)
    given: Shares = whole + (rank < missing[:, None])
    return given


def parts_of(tuples: Tuples) -> Parts:
    """The persons of each tuple by sensitive value; without sensitive columns, all have one value."""
    if tuples.told:
        counts = np.hstack([_dense(told, len(tuples.rows)) for told in tuples.told])
        shares = np.concatenate([told.shares for told in tuples.told])
        ends = tuple(np.cumsum([len(told.values) for told in tuples.told]).tolist())
    else:
        persons = tuples.people.alone + np.bincount(tuples.people.shared[0], minlength=len(tuples.rows))
        counts, shares, ends = persons[:, None].astype(np.float64), np.ones(1), (1,)
    there, values = np.nonzero(counts)
    starts = np.searchsorted(there, np.arange(len(counts) + 1))
    return Parts(tuples, counts, starts, values, counts[there, values], shares, ends)


def _dense(told: Told, count: int) -> Shares:
    persons = told.people.alone + np.bincount(told.people.shared[0], minlength=len(told.tuple))
    size = len(told.values)
    return np.bincount(told.tuple * size + told.value, persons, count * size).reshape(count, size).astype(np.float64)
