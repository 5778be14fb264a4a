"""Local recoding for models that the whole table meets and small classes do not: t-closeness, β-likeness and the like.

1. Nodes of the lattice, the cheapest first. Of every cell the largest part becomes a class that meets the models more
   strictly than asked (`parts.py`): classes that are like the table leave a rest that is like the table.
2. What strictness left room for is used: every class, the cheapest first, takes in what lies within its labels of the
   rest and of dearer classes, as far as both still meet the models.
3. The rest is suppressed, or where that is more than the limit, put together with the dearest classes: the union of
   t-close classes is t-close, and the whole table meets the model.

Sources: Li et al. 2007, doi:10.1109/ICDE.2007.367856; Cao et al. 2011, "SABRE", doi:10.1007/s00778-010-0191-9 (classes
that draw on the sensitive values in proportion).
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.parts import Parts, parts_of
from igmap.anonymisation.searching.solution import Solution, levelled
from igmap.anonymisation.tuples import Numbers, Tuples, dense, joined
from igmap.errors import TargetError

STRICT = 0.3  # of what is asked, in the first pass
MOST_NODES = 6000
DISTANCES = ("t", "beta", "delta")  # parameters that are stricter when they are lower
CLOSE = 1e-9


def top_down(tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], limits: Limits) -> Solution:
    """A recoding with labels of its own for every class, whose classes are parts of cells.

    Args:
        tuples: the distinct quasi-identifier tuples.
        axes: their columns.
        models: that every class has to meet.
        limits: on suppression and time; the seed draws nodes where the lattice has too many.

    Raises:
        TargetError: the models are not met even by all rows together, and more rows than the limit fit nowhere.
    """
    order = _canonical(tuples, axes)
    work = Taking(tuples.only(order), axes, models)
    work.take(limits.seed, time.monotonic() + limits.seconds)
    moved = work.enlarge()
    work.close(limits.suppression)
    classes = np.empty(len(order), np.int64)
    classes[order] = work.classes
    figures = {"classes": len(work.at), "evaluated": work.looked, "moved": moved}
    at = np.array(
        [[work.levels[j][place] for j, place in enumerate(row)] for row in work.tightened().tolist()], np.int64
    )
    at = at.reshape(-1, len(axes))
    return levelled(tuples, axes, classes, at, levels=None, search="top_down", figures=figures)


def _canonical(tuples: Tuples, axes: Sequence[Axis]) -> Numbers:
    """The tuples in an order that depends on their values only, those with common values first."""
    ranks, rare = [], np.zeros(len(tuples.rows))
    for axis, leaves in zip(axes, tuples.leaves.T, strict=True):
        texts = axis.hierarchy.labels[:, 0].tolist()
        rank = np.empty(len(texts), np.int64)
        said = [(text is not None, text or "") for text in texts]
        rank[sorted(range(len(texts)), key=said.__getitem__)] = np.arange(len(texts))
        ranks.append(rank[leaves])
        rows = np.bincount(leaves, tuples.rows, len(texts))
        rare -= np.log(rows[leaves])
    return np.lexsort([*ranks[::-1], np.round(rare, 6)])


class Taking:
    """Tuples that are taken into classes.

    Args:
        tuples: in the order in which they are preferred.
        axes: the columns.
        models: that every class has to meet.
    """

    def __init__(self, tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model]) -> None:
        """Lay out codes and costs of the levels that differ."""
        self.tuples, self.models, self.looked = tuples, models, 0
        self.strict: list[Any] = [_stricter(model) for model in models]
        self.least = max((getattr(model, "k", 1) for model in models), default=1)
        self.levels = [axis.different_levels() for axis in axes]
        whole = sum(axis.weight for axis in axes)
        chosen = list(zip(axes, self.levels, tuples.leaves.T, strict=True))
        self.codes = [np.asfortranarray(axis.codes[:, at][leaves]) for axis, at, leaves in chosen]
        self.costs = [
            np.asfortranarray((axis.costs[:, at] * axis.weight / whole)[leaves]) for axis, at, leaves in chosen
        ]
        self.sizes = [codes.max(axis=0) + 1 for codes in self.codes]
        self.parts: Parts = parts_of(tuples)
        self.exact = self.parts.exact
        self.fewest = max(self.least, self.parts.fewest(self.strict))
        self.classes = np.full(len(tuples.rows), -1, np.int64)
        self.at = np.empty((0, len(axes)), np.int64)

    def take(self, seed: int, until: float) -> None:
        """Classes out of the cells of all nodes, the cheapest first."""
        means = [np.einsum("i,ij->j", self.tuples.rows / self.tuples.rows.sum(), costs) for costs in self.costs]
        nodes = self._nodes(seed)
        cost = np.sum([mean[places] for mean, places in zip(means, nodes.T, strict=True)], axis=0)
        left = np.arange(len(self.classes))
        for node in nodes[np.argsort(cost, kind="stable")]:
            if not len(left) or time.monotonic() > until:
                return
            left = self._look(node, left)

    def _nodes(self, seed: int) -> Numbers:
        """[node, column], places of levels; drawn where there are too many."""
        counts = [len(levels) for levels in self.levels]
        if prod(counts) <= MOST_NODES:
            return np.array(list(product(*map(range, counts))), np.int64)
        drawn = np.random.default_rng(seed).integers(0, counts, (MOST_NODES, len(counts)))
        return np.unique(np.vstack([drawn, np.array(counts) - 1]), axis=0)

    def _look(self, node: Numbers, left: Numbers) -> Numbers:
        """Take what passes at a node out of the tuples that are left; those that are left then."""
        self.looked += 1
        sizes = [int(sizes[place]) for sizes, place in zip(self.sizes, node, strict=True)]
        columns = [codes[:, place][left] for codes, place in zip(self.codes, node, strict=True)]
        keys, bound = dense(*joined(columns, sizes))
        rich = np.bincount(keys, self.tuples.rows[left], bound) >= self.fewest
        places = np.flatnonzero(rich[keys])
        if not len(places):
            return left
        cells = (np.cumsum(rich) - 1)[keys[places]]
        chosen = self._part(cells, left[places], self.parts.of(cells, left[places], int(rich.sum())))
        if not chosen.any():
            return left
        places, cells = places[chosen], cells[chosen]
        passing = self._passing(left[places], cells, int(rich.sum()))
        places, cells = places[passing[cells]], cells[passing[cells]]
        self.classes[left[places]] = len(self.at) + (np.cumsum(passing) - 1)[cells]
        self.at = np.vstack([self.at, np.tile(node, (int(passing.sum()), 1))])
        stay = np.ones(len(left), np.bool_)
        stay[places] = False
        return left[stay]

    def _part(self, cells: Numbers, items: Numbers, whole: Shares) -> Flags:
        """[tuple], whether it is in the largest part of its cell."""
        hopeful, taken = self.parts.hopeful(self.strict, whole, self.least), np.zeros(len(cells), np.bool_)
        if hopeful.any():
            inside = np.flatnonzero(hopeful[cells])
            quota = self.parts.largest(self.strict, np.zeros_like(whole[hopeful]), whole[hopeful])
            numbers = (np.cumsum(hopeful) - 1)[cells[inside]]
            taken[inside] = self.parts.within(numbers, items[inside], quota)
        return taken

    def class_costs(self) -> Shares:
        """[class], what a row costs."""
        member = self._members()
        columns = [costs[member, place] for costs, place in zip(self.costs, self.at.T, strict=True)]
        costs: Shares = np.sum(columns, axis=0)
        return costs

    def _members(self) -> Numbers:
        member = np.zeros(len(self.at), np.int64)
        member[self.classes[self.classes >= 0]] = np.flatnonzero(self.classes >= 0)
        return member

    def enlarge(self) -> int:
        """Let every class take in what lies within its labels of the rest and of dearer classes; tuples moved."""
        costs, member, moved = self.class_costs(), self._members(), 0
        for target in np.argsort(costs, kind="stable").tolist():
            dearer = np.flatnonzero((self.classes < 0) | (costs[self.classes] > costs[target] + CLOSE))
            for codes, place in zip(self.codes, self.at[target], strict=True):
                dearer = dearer[codes[dearer, place] == codes[member[target], place]]
            sources = self.classes[dearer]
            gains = np.bincount(sources + 1, self.tuples.rows[dearer], len(costs) + 1)
            gains = gains * (np.append(1.0, costs) - costs[target])
            for source in np.argsort(-gains, kind="stable").tolist():
                if gains[source] < 1:
                    break
                moved += self._move(dearer[sources == source - 1], source - 1, target)
        return moved

    def _move(self, some: Numbers, source: int, target: int) -> int:
        """Move as many of some tuples of a class, or of the rest, as both can do with; how many."""
        base = self.parts.counts[np.flatnonzero(self.classes == target)].sum(axis=0)[None]
        inside = self.parts.counts[some].sum(axis=0)[None]
        room = self.parts.largest(self.models, base, base + inside) - base
        for _ in range(3):
            chosen = some[self.parts.within(np.zeros(len(some), np.int64), some, room)]
            if not len(chosen):
                return 0
            self.classes[chosen] = target
            if self._hold(target) and (source < 0 or self._hold(source)):
                return len(chosen)
            self.classes[chosen] = source
            room = room / 2
        return 0

    def _hold(self, number: int) -> bool:
        members = np.flatnonzero(self.classes == number)
        return bool(self._passing(members, np.zeros(len(members), np.int64), 1)[0])

    def _passing(self, items: Numbers, classes: Numbers, count: int) -> Flags:
        """[class], whether it meets the models, given the class of each of some tuples."""
        if self.exact:
            return self.parts.holds(self.models, self.parts.of(classes, items, count))
        return met(self.models, Groups(self.tuples.only(items), classes, count))

    def close(self, limit: float) -> None:
        """Put the rest together with the dearest classes where more than the limit would be suppressed."""
        rows, top = self.tuples.rows, [codes[:, -1] for codes in self.codes]
        if rows[self.classes < 0].sum() <= limit * rows.sum() + CLOSE:
            return
        keys, _ = joined(top, [int(codes.max()) + 1 for codes in top])
        for key in np.unique(keys[self.classes < 0]).tolist():
            self._gather(keys == key)
        if rows[self.classes < 0].sum() > limit * rows.sum() + CLOSE:
            share = rows[self.classes < 0].sum() / rows.sum()
            raise TargetError(
                f"{share:.2%} of the rows fit into no class and must be suppressed, the limit is {limit:.2%}; weaken "
                "the models, allow coarser levels, or raise the limit"
            )

    def _gather(self, inside: Any) -> None:
        """Make a class of the rest and of as few of the dearest classes as it takes, within the coarsest labels."""
        rest = inside & (self.classes < 0)
        own = np.unique(self.classes[inside & ~rest])
        dearest = own[np.argsort(-self.class_costs()[own], kind="stable")]
        for count in range(len(dearest) + 1):
            saved = self.classes.copy()
            together = rest | np.isin(self.classes, dearest[:count])
            self.classes[together] = len(self.at)
            if self._hold(len(self.at)):
                self.at = np.vstack([self.at, [len(levels) - 1 for levels in self.levels]])
                there, numbers = np.unique(self.classes, return_inverse=True)
                gap = int(there[0] < 0)
                self.classes, self.at = numbers - gap, self.at[there[gap:]]
                return
            self.classes = saved

    def tightened(self) -> Numbers:
        """[class, column], the place of the lowest level at which all members have the same label."""
        at, kept = self.at.copy(), self.classes >= 0
        numbers, member = self.classes[kept], self._members()
        for j, codes in enumerate(self.codes):
            for place in range(len(self.levels[j]) - 1, -1, -1):
                differs = np.bincount(numbers, codes[kept, place] != codes[member, place][numbers], len(at)) > 0
                at[~differs, j] = np.minimum(at[~differs, j], place)
        return at


def _stricter(model: Any) -> Any:
    """The model with a smaller distance, where it has one."""
    names = [name for name in DISTANCES if hasattr(model, name)]
    return replace(model, **{name: STRICT * getattr(model, name) for name in names}) if names else model
