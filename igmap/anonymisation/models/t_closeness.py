"""t-closeness: what a class tells about a sensitive column is close to what the whole table tells."""

from dataclasses import dataclass
from typing import ClassVar

from igmap.anonymisation.groups import Flags, Groups, Histogram, Shares
from igmap.anonymisation.models.model import CLOSE


def equal_distance(held: Histogram) -> Shares:
    """[class], half the sum of absolute differences of the shares, 0-1.

    Of values that a class lacks it is sum |p - q| = 1 + sum over values that it has of (|p - q| - q).
    """
    return 0.5 * (1 + held.total(abs(held.share - held.overall) - held.overall))


@dataclass(frozen=True, slots=True)
class EqualT:
    """The distance of every class from the whole table is at most `t`, all values being equally far apart.

    A distance is convex, so that a union is no farther than its parts. A blank is a value.

    Source: Li et al. 2007, doi:10.1109/ICDE.2007.367856, 3.1.
    """

    column: str
    t: float
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], its distance from the whole table, 0-1."""
        return equal_distance(groups.histogram(self.column))

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return self.figure(groups) <= self.t + CLOSE
