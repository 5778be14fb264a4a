"""k-map: nobody can be told apart from fewer than k persons of the population the release was taken from."""

from dataclasses import dataclass
from typing import ClassVar

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.population import Population


@dataclass(frozen=True, slots=True)
class KMap:
    """At least `k` different persons of a population under the labels of every class.

    Source: Sweeney 2001, "Computational disclosure control: a primer on data privacy protection" (thesis, MIT).
    """

    k: int
    population: Population
    column: ClassVar[str] = ""
    hereditary: ClassVar[bool] = True
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], its persons in the population."""
        return groups.population.astype(float)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return groups.population >= self.k
