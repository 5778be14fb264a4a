"""The best global recoding: exact branch and bound over the generalisation lattice, of any size.

A node says at which level each column stands. Searched are boxes of nodes, from a finest to a coarsest one. What a
hereditary model (k, distinct l …) suppresses at the coarsest node is suppressed everywhere in the box, and the rows
that stay cost at least what they cost at the finest node; so one count bounds a whole box:
bound = [cost at the finest node of the rows that may stay + rows that cannot] / rows.
The tuples of a box are grouped at its finest node, so that counts become cheaper as boxes become smaller. The box with
the lowest bound is split first; when no bound is below the best loss found, that loss is the optimum.

Source of the setting: Kohlmayer et al. 2012, "Flash: efficient, stable and optimal k-anonymity",
doi:10.1109/SocialCom-PASSAT.2012.52. Of the method: Land & Doig 1960, doi:10.2307/1910129 (branch and bound).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf, prod
from typing import TypeAlias

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.solution import Solution, levelled
from igmap.anonymisation.tuples import Numbers, Tuples, dense, gapless, joined
from igmap.errors import TargetError

CLOSE = 1e-12
MOST_COPIED = 20_000  # tuples that a box may have of its own, so that memory stays within some copies of them all
Node: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Nodes between a finest and a coarsest one.

    Args:
        fine: the place of each column's level in the finest node.
        coarse: the same in the coarsest.
        tuples: grouped at the finest node.
        gone: [tuple], whether no node of the box can keep it.
        spent: per column [level], what the rows that may stay cost there.
    """

    fine: Node
    coarse: Node
    tuples: Tuples
    gone: Flags
    spent: Sequence[Shares]

    def cost(self, node: Node) -> float:
        """What the rows that may stay cost at a node."""
        return float(sum(column[place] for column, place in zip(self.spent, node, strict=True)))


@dataclass(slots=True)
class Found:
    """The best node so far, and how many were counted."""

    node: Node
    loss: float = inf
    counted: int = 0
    least_gone: int = field(default=2**62)


def global_recoding(tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], limits: Limits) -> Solution:
    """The recoding with one level per column that loses least.

    Args:
        tuples: the distinct quasi-identifier tuples.
        axes: their columns.
        models: that every class has to meet.
        limits: on suppression and time; when time runs out, `figures["gap"]` says how far the loss may be above the
            optimum.

    Raises:
        TargetError: every recoding suppresses more than the limit.
    """
    lattice = GlobalSearch(tuples, axes, models, suppression_limit=limits.suppression)
    node, gap = lattice.search(seconds=limits.seconds)
    if lattice.found.loss == inf:
        raise TargetError(
            f"at least {lattice.found.least_gone / lattice.rows:.2%} of the rows must be suppressed, the limit is "
            f"{limits.suppression:.2%}; allow coarser levels, drop a column, or raise the limit"
        )
    return lattice.solution(node, gap)


class GlobalSearch:
    """The lattice of some columns over some tuples.

    Args:
        tuples: what is counted.
        axes: the columns.
        models: that every class has to meet.
        suppression_limit: share of the rows that may be suppressed, 0-1.
    """

    def __init__(
        self, tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], *, suppression_limit: float
    ) -> None:
        """Lay out codes and costs of the levels that differ."""
        self.tuples, self.axes, self.models = tuples, axes, models
        self.hereditary = [model for model in models if model.hereditary]
        self.rows = int(tuples.rows.sum())
        self.most_rows = suppression_limit * self.rows + CLOSE
        self.levels = [axis.different_levels() for axis in axes]
        self.top: Node = tuple(len(levels) - 1 for levels in self.levels)
        self.nodes = prod(len(levels) for levels in self.levels)
        whole = sum(axis.weight for axis in axes)
        chosen = list(zip(axes, self.levels, strict=True))
        self.codes = [np.asfortranarray(axis.codes[:, levels]) for axis, levels in chosen]
        self.sizes = [code.max(axis=0) + 1 for code in self.codes]
        self.costs = [np.asfortranarray(axis.costs[:, levels] * axis.weight / whole) for axis, levels in chosen]
        self.found = Found(self.top)
        self.order = count()

    def search(self, *, seconds: float = inf) -> tuple[Node, float]:
        """The best node, and how far its loss may be above the optimum: 0 unless time ran out."""
        until = time.monotonic() + seconds
        boxes: list[tuple[float, int, Box]] = []
        self._push(boxes, self._box((0,) * len(self.axes), self.top, self.tuples))
        while boxes:
            bound, _, box = heappop(boxes)
            if bound >= self.found.loss - CLOSE:
                break
            if time.monotonic() > until:
                return self.found.node, self.found.loss - bound
            for half in self._halves(box):
                self._push(boxes, half)
        return self.found.node, 0.0

    def classes(self, node: Node, tuples: Tuples) -> tuple[Numbers, int]:
        """The class of each tuple at a node, and a bound on the class numbers."""
        columns = [
            code[:, place][tuples.leaves[:, i]] for i, (code, place) in enumerate(zip(self.codes, node, strict=True))
        ]
        return dense(*joined(columns, [int(size[place]) for size, place in zip(self.sizes, node, strict=True)]))

    def solution(self, node: Node, gap: float) -> Solution:
        """The recoding that a node stands for."""
        numbers, bound = self.classes(node, self.tuples)
        kept = met(self.models, Groups(self.tuples, numbers, bound))[numbers]
        classes = np.full(len(numbers), -1, np.int64)
        different, classes[kept] = np.unique(numbers[kept], return_inverse=True)
        chosen = tuple(levels[place] for levels, place in zip(self.levels, node, strict=True))
        levels = np.tile(np.array(chosen, np.int64), (len(different), 1))
        figures = {"evaluated": self.found.counted, "nodes": self.nodes, "gap": gap}
        told = {"levels": chosen, "search": "global", "figures": figures}
        return levelled(self.tuples, self.axes, classes, levels, **told)

    def _box(self, fine: Node, coarse: Node, tuples: Tuples) -> Box:
        """The box, its coarsest node counted."""
        numbers, bound = self.classes(coarse, tuples)
        groups = Groups(tuples, numbers, bound)
        gone = ~met(self.hereditary, groups)[numbers]
        box = Box(fine, coarse, tuples, gone, self._spent(tuples, ~gone))
        if len(self.hereditary) == len(self.models):
            self._count(box)
        else:
            suppressed = ~met(self.models, groups)[numbers]
            self._count(Box(fine, coarse, tuples, suppressed, self._spent(tuples, ~suppressed)))
        return box

    def _count(self, box: Box) -> None:
        """Take the coarsest node of a box if it loses less than the best so far."""
        rows = int(box.tuples.rows[box.gone].sum())
        self.found.counted += 1
        self.found.least_gone = min(self.found.least_gone, rows)
        loss = (box.cost(box.coarse) + rows) / self.rows if rows <= self.most_rows else inf
        if loss < self.found.loss - CLOSE:
            self.found.node, self.found.loss = box.coarse, loss

    def _spent(self, tuples: Tuples, kept: Flags) -> list[Shares]:
        """Per column, what some tuples cost at each level."""
        rows = tuples.rows * kept
        counts = (
            np.bincount(leaves, rows, len(cost)) for leaves, cost in zip(tuples.leaves.T, self.costs, strict=True)
        )
        return [np.einsum("i,ij->j", count, cost) for count, cost in zip(counts, self.costs, strict=True)]

    def _push(self, boxes: list[tuple[float, int, Box]], box: Box) -> None:
        """Remember a box if it may hold something better."""
        rows = int(box.tuples.rows[box.gone].sum())
        bound = (box.cost(box.fine) + rows) / self.rows if rows <= self.most_rows else inf
        if box.fine != box.coarse and bound < self.found.loss - CLOSE:
            heappush(boxes, (bound, next(self.order), box))

    def _halves(self, box: Box) -> list[Box]:
        """The box split where its cost differs most: a half that is counted anew, and one that starts coarser."""
        places = zip(box.spent, box.fine, box.coarse, strict=True)
        ranges = [spent[coarse] - spent[fine] if coarse > fine else -1.0 for spent, fine, coarse in places]
        at = int(np.argmax(ranges))
        middle = (box.fine[at] + box.coarse[at]) // 2
        lower = self._box(box.fine, _with(box.coarse, at, middle), box.tuples)
        fine = _with(box.fine, at, middle + 1)
        numbers, bound = self.classes(fine, box.tuples)
        numbers, count = gapless(numbers, bound)
        if count > min(MOST_COPIED, len(numbers) // 2):
            return [lower, Box(fine, box.coarse, box.tuples, box.gone, box.spent)]
        gone = np.zeros(count, np.bool_)
        gone[numbers] = box.gone
        return [lower, Box(fine, box.coarse, box.tuples.merged(numbers, count), gone, box.spent)]


def _with(node: Node, at: int, place: int) -> Node:
    return (*node[:at], place, *node[at + 1 :])
