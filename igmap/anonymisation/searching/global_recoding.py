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
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import chain, count
from math import inf, prod
from typing import TypeAlias

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.joint import classes_at, put_together
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.solution import Solution, levelled
from igmap.anonymisation.tuples import Tuples, gapless
from igmap.errors import TargetError

CLOSE = 1e-12
MOST_COPIED = 20_000  # tuples that a box may have of its own, so that memory stays within some copies of them all
WORTH = 0.8  # share of the tuples that a copy leaves at most
Node: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Nodes between a finest and a coarsest one.

    Args:
        fine: the place of each column's level in the finest node.
        coarse: the same in the coarsest.
        tuples: those that stay, or as many more as are not worth a copy.
        grouped: the node at which these are grouped, where that was worth it, as fine as `fine` or finer.
        gone: [tuple], whether no node of the box can keep it.
        gone_rows: of all tuples that no node of the box can keep.
        spent: per column [level], what the rows that may stay cost there.
    """

    fine: Node
    coarse: Node
    tuples: Tuples
    grouped: Node
    gone: Flags
    gone_rows: int
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
        self.given, self.axes, self.models = tuples, axes, models
        self.tuples, self.joints = put_together(tuples, axes)
        self.hereditary = [model for model in models if model.hereditary]
        self.rows = int(tuples.rows.sum())
        self.most_rows = suppression_limit * self.rows + CLOSE
        self.levels = [axis.different_levels() for axis in axes]
        self.top: Node = tuple(len(levels) - 1 for levels in self.levels)
        self.nodes = prod(len(levels) for levels in self.levels)
        self.found = Found(self.top)
        self.order = count()

    def search(self, *, seconds: float = inf) -> tuple[Node, float]:
        """The best node, and how far its loss may be above the optimum: 0 unless time ran out."""
        until = time.monotonic() + seconds
        boxes: list[tuple[float, int, Box]] = []
        finest = (0,) * len(self.axes)
        whole = Box(finest, self.top, self.tuples, finest, np.zeros(len(self.tuples.rows), np.bool_), 0, ())
        self._push(boxes, self._counted(whole))
        while boxes:
            bound, _, box = heappop(boxes)
            if bound >= self.found.loss - CLOSE:
                break
            if time.monotonic() > until:
                return self.found.node, self.found.loss - bound
            for half in self._halves(self._smaller(box)):
                self._push(boxes, half)
        return self.found.node, 0.0

    def solution(self, node: Node, gap: float) -> Solution:
        """The recoding that a node stands for."""
        numbers, bound = classes_at(node, self.tuples, self.joints)
        kept = met(self.models, Groups(self.tuples, numbers, bound))[numbers]
        classes = np.full(len(numbers), -1, np.int64)
        different, classes[kept] = np.unique(numbers[kept], return_inverse=True)
        chosen = tuple(levels[place] for levels, place in zip(self.levels, node, strict=True))
        levels = np.tile(np.array(chosen, np.int64), (len(different), 1))
        figures = {"evaluated": self.found.counted, "nodes": self.nodes, "gap": gap}
        told = {"levels": chosen, "search": "global", "figures": figures}
        return levelled(self.given, self.axes, classes, levels, **told)

    def _counted(self, box: Box) -> Box:
        """The box with what its coarsest node cannot keep; that node is taken if it loses less than the best."""
        groups = Groups(box.tuples, *classes_at(box.coarse, box.tuples, self.joints))
        narrowed = self._without(box, ~met(self.hereditary, groups)[groups.numbers])
        if len(self.hereditary) == len(self.models):
            self._take(narrowed)
        else:
            self._take(self._without(box, ~met(self.models, groups)[groups.numbers]))
        return narrowed

    def _without(self, box: Box, gone: Flags) -> Box:
        """The box when some of its tuples cannot stay."""
        rows = np.where(gone, 0.0, box.tuples.rows)
        joints = zip(self.joints, box.tuples.leaves.T, strict=True)
        spent = dict(chain.from_iterable(joint.spent(leaves, rows) for joint, leaves in joints))
        costs = [spent[column] for column in range(len(spent))]
        return replace(box, gone=gone, gone_rows=self.rows - int(rows.sum()), spent=costs)

    def _take(self, box: Box) -> None:
        """Take the coarsest node of a box if it loses less than the best so far."""
        self.found.counted += 1
        self.found.least_gone = min(self.found.least_gone, box.gone_rows)
        loss = (box.cost(box.coarse) + box.gone_rows) / self.rows if box.gone_rows <= self.most_rows else inf
        if loss < self.found.loss - CLOSE:
            self.found.node, self.found.loss = box.coarse, loss

    def _push(self, boxes: list[tuple[float, int, Box]], box: Box) -> None:
        """Remember a box if it may hold something better."""
        bound = (box.cost(box.fine) + box.gone_rows) / self.rows if box.gone_rows <= self.most_rows else inf
        if box.fine != box.coarse and bound < self.found.loss - CLOSE:
            heappush(boxes, (bound, next(self.order), box))

    def _smaller(self, box: Box) -> Box:
        """The box without the tuples that cannot stay, the others grouped at its finest node, where that is worth it.

        Who cannot stay shares no class with who may: all of a class fail together.
        """
        tuples, gone = box.tuples, box.gone
        stay = np.flatnonzero(~gone)
        if len(stay) <= min(MOST_COPIED, WORTH * len(gone)):
            tuples, gone = tuples.only(stay), np.zeros(len(stay), np.bool_)
        if box.fine != box.grouped:
            numbers, count = gapless(*classes_at(box.fine, tuples, self.joints))
            if count <= min(MOST_COPIED, WORTH * len(numbers)):
                tuples, lost = tuples.merged(numbers, count), gone
                gone = np.zeros(count, np.bool_)
                gone[numbers] = lost
        return replace(box, tuples=tuples, grouped=box.fine, gone=gone)

    def _halves(self, box: Box) -> tuple[Box, Box]:
        """The box split where its cost differs most: a half that is counted anew, and one that starts coarser."""
        places = zip(box.spent, box.fine, box.coarse, strict=True)
        ranges = [spent[coarse] - spent[fine] if coarse > fine else -1.0 for spent, fine, coarse in places]
        at = int(np.argmax(ranges))
        middle = (box.fine[at] + box.coarse[at]) // 2
        lower = self._counted(replace(box, coarse=_with(box.coarse, at, middle)))
        return lower, replace(box, fine=_with(box.fine, at, middle + 1))


def _with(node: Node, at: int, place: int) -> Node:
    return (*node[:at], place, *node[at + 1 :])
