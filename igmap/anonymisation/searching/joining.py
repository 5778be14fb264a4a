"""Classes that take in tuples and let others go, and what that costs."""

from collections.abc import Sequence

import numpy as np

from igmap.anonymisation.groups import Groups, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.searching.ladder import Ladder, spans_of
from igmap.anonymisation.tuples import Numbers, Tuples

CLOSE = 1e-9
TRIED = 50  # classes that are tried for a tuple, the cheapest first
PAIRS = 2 * 10**8  # tuples times classes that are compared at most; with more, what is left is suppressed


class Classes:
    """A class for every tuple but some, -1 for these.

    Args:
        tuples: the distinct tuples.
        ranks: [column, tuple].
        ladders: of the columns.
        models: that every class has to meet.
        classes: [tuple], from 0 without gaps, or -1.
    """

    def __init__(
        self,
        tuples: Tuples,
        ranks: Numbers,
        ladders: Sequence[Ladder],
        models: Sequence[Model],
        classes: Numbers,
    ) -> None:
        """Lay out the members and the labels of each class."""
        self.tuples, self.ranks, self.ladders, self.models, self.classes = tuples, ranks, ladders, models, classes
        self.hereditary = all(model.hereditary for model in models)
        spans = spans_of(ranks, tuples.rows, classes)
        self.rows, self.places, self.cost = spans.rows, spans.places(ladders), spans.costs(ladders)
        self.codes = [ladder.codes[:, low] for ladder, low in zip(ladders, spans.low, strict=True)]
        self.order = np.argsort(classes, kind="stable")
        self.starts = np.searchsorted(classes[self.order], np.arange(len(self.rows) + 1))
        self.changed: dict[int, list[int]] = {}

    def members(self, number: int) -> list[int]:
        """The tuples of a class."""
        if number not in self.changed:
            self.changed[number] = self.order[self.starts[number] : self.starts[number + 1]].tolist()
        return self.changed[number]

    def increases(self, item: int) -> Shares:
        """[class], how much more all rows cost together when a tuple joins; infinite where no labels are shared."""
        after = np.zeros(len(self.rows))
        for at, ladder in enumerate(self.ladders):
            rank = self.ranks[at, item]
            differ = np.add.reduce(self.codes[at] != ladder.codes[:, rank][:, None], axis=0, dtype=np.int64)
            after += ladder.costs[np.maximum(differ, self.places[at]), rank]
        increases: Shares = after * (self.rows + self.tuples.rows[item]) - self.cost * self.rows
        return increases

    def join(self, item: int, target: int) -> None:
        """Let a tuple in."""
        self._put([*self.members(target), item], target)
        self.classes[item] = target

    def fitting(self, item: int, increases: Shares) -> int:
        """The class where a tuple raises the cost least, all models still being met; -1 when there is none."""
        for target in np.argsort(increases, kind="stable")[:TRIED].tolist():
            if np.isfinite(increases[target]) and (self.hereditary or self._hold([*self.members(target), item])):
                return int(target)
        return -1

    def _hold(self, members: Sequence[int]) -> bool:
        """Whether some tuples meet the models together."""
        together = np.asarray(members, np.int64)
        groups = Groups(self.tuples.only(together), np.zeros(len(together), np.int64), 1)
        return bool(met(self.models, groups)[0])

    def _put(self, members: list[int], target: int) -> None:
        spans = spans_of(self.ranks[:, members], self.tuples.rows[members], np.zeros(len(members), np.int64))
        self.changed[target] = members
        self.rows[target], self.cost[target] = spans.rows[0], spans.costs(self.ladders)[0]
        self.places[:, target] = spans.places(self.ladders)[:, 0]
        for codes, ladder, low in zip(self.codes, self.ladders, spans.low[:, 0], strict=True):
            codes[:, target] = ladder.codes[:, low]


def settle(classes: Classes, limit: float) -> int:
    """Let the tuples that stand in no class join where it costs least; suppress those for which that costs more.

    Those that can join nowhere are suppressed first. A class that takes a tuple in has to meet the models afterwards.

    Args:
        classes: with tuples of class -1; these are changed.
        limit: share of the rows that may be suppressed by choice, 0-1.

    Returns:
        How many tuples joined a class.
    """
    rows, joined = classes.tuples.rows, 0
    left, allowed = np.flatnonzero((classes.classes < 0) & (rows > 0)), limit * rows.sum() + CLOSE
    if not len(classes.rows) or len(left) * len(classes.rows) > PAIRS:
        return 0
    least = np.array([classes.increases(int(item)).min() for item in left])
    for item in map(int, left[np.argsort(-least, kind="stable")]):
        increases = classes.increases(item)
        target = classes.fitting(item, increases)
        if target < 0 or (increases[target] > rows[item] + CLOSE and rows[item] <= allowed):
            allowed -= rows[item]
        else:
            classes.join(item, target)
            joined += 1
    return joined
