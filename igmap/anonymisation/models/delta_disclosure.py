"""delta-disclosure privacy: every value is about as likely in a class as in the whole table."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models.model import CLOSE


@dataclass(frozen=True, slots=True)
class DeltaDisclosure:
    """In every class |log2(q / p)| < `delta` for every value, q being its share there and p in the whole table.

    A value that a class lacks has q = 0, so that the class fails: every class holds every value, a blank too. (ARX
    passes over lacking values; there a class of one value may pass.) ARX's base of the logarithm is taken.

    Source: Brickell & Shmatikov 2008, doi:10.1145/1401890.1401904.
    """

    column: str
    delta: float
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], the largest |log2(q / p)|; infinite where a value lacks."""
        held = groups.histogram(self.column)
        largest = held.most(abs(np.log2(held.share / held.overall)))
        lacking = (held.values < np.count_nonzero(held.shares)) & (held.values > 0)
        return np.where(lacking, np.inf, largest)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return self.figure(groups) < self.delta - CLOSE
