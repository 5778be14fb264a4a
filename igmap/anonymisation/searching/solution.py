"""What a search decided: which tuples stand together, and under which labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from igmap.anonymisation.groups import Shares
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.tuples import Numbers, Tuples

Texts: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Solution:
    """A recoding of all tuples.

    Args:
        classes: [tuple], the class of each, from 0; -1 where it is suppressed.
        labels: per column [class], what its cells become; None is a blank.
        costs: [class, column], the cost of the label, 0 (exact) to 1 (anything), unweighted.
        levels: the one level of each column where the recoding is global, else None.
        search: the name of the search.
        figures: what it counted (nodes, rounds, a proven gap), for people.
    """

    classes: Numbers
    labels: tuple[Texts, ...]
    costs: Shares
    levels: tuple[int, ...] | None
    search: str
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def released(self) -> Any:
        """[tuple], whether it stays."""
        return self.classes >= 0

    def suppressed_rows(self, tuples: Tuples) -> int:
        """Records that are left out."""
        return int(tuples.rows[~self.released].sum())

    def column_losses(self, tuples: Tuples) -> Shares:
        """[column], mean cost of a cell over all records, a suppressed one counted as 1 (NCP)."""
        kept, rows = self.released, tuples.rows
        spent = rows[kept] @ self.costs[self.classes[kept]] if kept.any() else np.zeros(self.costs.shape[1])
        losses: Shares = (spent + rows[~kept].sum()) / max(rows.sum(), 1)
        return losses

    def loss(self, tuples: Tuples, axes: Sequence[Axis]) -> float:
        """Weighted NCP, 0-1."""
        weights = np.array([axis.weight for axis in axes])
        return float(self.column_losses(tuples) @ weights / weights.sum())


def levelled(tuples: Tuples, axes: Sequence[Axis], classes: Numbers, at: Numbers, **told: Any) -> Solution:
    """A solution whose labels are those of the hierarchies.

    Args:
        tuples: that were recoded.
        axes: their columns.
        classes: [tuple], from 0 without gaps; -1 where it is suppressed.
        at: [class, column], the level at which every tuple of the class has the same label.
        told: what else a Solution says.
    """
    member = np.zeros(len(at), np.int64)
    member[classes[classes >= 0]] = np.flatnonzero(classes >= 0)
    leaves = tuples.leaves[member]
    labels = tuple(axis.hierarchy.labels[leaves[:, i], at[:, i]] for i, axis in enumerate(axes))
    costs = np.column_stack([axis.costs[leaves[:, i], at[:, i]] for i, axis in enumerate(axes)])
    return Solution(classes, labels, costs, **told)
