"""One quasi-identifier in a search."""

from dataclasses import dataclass

from igmap.anonymisation.hierarchies import Hierarchy


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One quasi-identifier in the search.

    Args:
        hierarchy: over its distinct values.
        levels: the levels it may take, ascending.
        weight: how much its loss counts, relative to the others.
    """

    hierarchy: Hierarchy
    levels: tuple[int, ...]
    weight: float = 1.0

    def different_levels(self) -> tuple[int, ...]:
        """The levels that part the values differently, the most specific of each."""
        groups = self.hierarchy.codes().max(axis=0)
        return tuple(
            level for level in self.levels if level == min(at for at in self.levels if groups[at] == groups[level])
        )
