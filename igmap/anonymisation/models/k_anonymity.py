"""k-anonymity: nobody is told apart from fewer than k persons."""

from dataclasses import dataclass
from typing import ClassVar

from igmap.anonymisation.groups import Flags, Groups, Shares


@dataclass(frozen=True, slots=True)
class KAnonymity:
    """At least `k` different persons in every class.

    Source: Sweeney 2002, doi:10.1142/S0218488502001648; counted in persons, not in rows.
    """

    k: int
    column: ClassVar[str] = ""
    hereditary: ClassVar[bool] = True
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], its persons."""
        return groups.persons.astype(float)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return groups.persons >= self.k
