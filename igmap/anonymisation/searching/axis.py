"""One quasi-identifier in a search."""

from dataclasses import dataclass
from functools import cached_property

from igmap.anonymisation.groups import Shares
from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.loss import label_costs
from igmap.anonymisation.tuples import Numbers


@dataclass(frozen=True, eq=False)
class Axis:
    """One quasi-identifier in the search.

    Args:
        hierarchy: over its distinct values.
        levels: the levels it may take, ascending.
        weight: how much its loss counts, relative to the others.
        prices: [leaf, level], what each label costs, 0-1; None for the NCP of the hierarchy.
    """

    hierarchy: Hierarchy
    levels: tuple[int, ...]
    weight: float = 1.0
    prices: Shares | None = None

    @cached_property
    def codes(self) -> Numbers:
        """[leaf, level], the labels of each level numbered from 0."""
        return self.hierarchy.codes()

    @cached_property
    def costs(self) -> Shares:
        """[leaf, level], what each label costs, 0 (exact) to 1 (anything)."""
        return label_costs(self.hierarchy) if self.prices is None else self.prices

    def different_levels(self) -> tuple[int, ...]:
        """The levels that part the values differently, the most specific of each."""
        groups = self.codes.max(axis=0)
        return tuple(
            level for level in self.levels if level == min(at for at in self.levels if groups[at] == groups[level])
        )
