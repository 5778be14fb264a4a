"""t-closeness: what a class tells about a sensitive column is close to what the whole table tells."""

from dataclasses import dataclass
from typing import ClassVar

from igmap.anonymisation.groups import Flags, Groups

CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class EqualT:
    """The distance of every class from the whole table is at most `t`, all values being equally far apart.

    The distance is half the sum of absolute differences of the shares. Of values that a class lacks it is
    sum |p - q| = 1 + sum over values that it has of (|p - q| - q).

    Source: Li et al. 2007, doi:10.1109/ICDE.2007.367856, 3.1.
    """

    column: str
    t: float
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        held = groups.histogram(self.column)
        gaps = held.total(abs(held.share - held.overall) - held.overall)
        return 0.5 * (1 + gaps) <= self.t + CLOSE
