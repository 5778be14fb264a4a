"""Distinct l-diversity: no class gives a sensitive value away by having few."""

from dataclasses import dataclass
from typing import ClassVar

from igmap.anonymisation.groups import Flags, Groups, Shares


@dataclass(frozen=True, slots=True)
class DistinctL:
    """At least `l` different values of a sensitive column in every class; a blank is a value.

    Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302.
    """

    column: str
    l: int  # noqa: E741 - as the literature prints it
    hereditary: ClassVar[bool] = True
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], its different values."""
        return groups.histogram(self.column).values.astype(float)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return groups.histogram(self.column).values >= self.l
