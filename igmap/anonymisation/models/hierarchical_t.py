"""t-closeness with the hierarchical distance: values are close when a hierarchy soon brings them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.hierarchies import build_hierarchy
from igmap.anonymisation.models.model import CLOSE
from igmap.anonymisation.models.t_closeness import equal_distance
from igmap.anonymisation.tuples import Numbers, Told


@dataclass(frozen=True, slots=True)
class HierarchicalT:
    """The distance of every class from the whole table is at most `t`, values lying in a hierarchy.

    Two values are as far apart as the level of their lowest common label over the highest level. What the paper sums
    over inner nodes telescopes: with E(level) the sum of absolute differences of the shares of the labels at a level,
    the nodes of a level move [E(level - 1) - E(level)] / 2, so that the distance is the mean of E(level) / 2 over all
    levels below the root. A blank is a value of its own below the root.

    Source: Li et al. 2007, doi:10.1109/ICDE.2007.367856, 3.3.
    """

    column: str
    t: float
    hierarchy: Mapping[str, Any]
    places: Numbers | None = field(default=None, compare=False, repr=False)
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def fitted(self, told: Told) -> "HierarchicalT":
        """The model with the labels of each value of the column, numbered: [value, level].

        Raises:
            HierarchyError: the hierarchy cannot place every value.
        """
        return replace(self, places=build_hierarchy(self.column, told.values, self.hierarchy).codes())

    def figure(self, groups: Groups) -> Shares:
        """[class], its distance from the whole table, 0-1."""
        if self.places is None:
            return self.fitted(groups.tuples.column(self.column)).figure(groups)
        held = groups.histogram(self.column)
        distances = [equal_distance(held.placed(places)) for places in self.places.T[:-1]]
        mean: Shares = np.mean(distances, axis=0)
        return mean

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return self.figure(groups) <= self.t + CLOSE
