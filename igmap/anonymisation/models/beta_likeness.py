"""beta-likeness: no value is much more likely in a class than in the whole table, rare values least of all."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Histogram, Shares
from igmap.anonymisation.models.model import CLOSE


@dataclass(frozen=True, slots=True)
class BetaLikeness:
    """The gain (q - p) / p of a value's share q in every class over its share p in the whole table is at most `beta`.

    Enhanced, it is at most min(beta, -ln p), so that frequent values may not gain without bound either. Losses do not
    count. A blank is a value.

    Source: Cao & Karras 2012, doi:10.14778/2350229.2350255.
    """

    column: str
    beta: float
    enhanced: bool = True
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], the largest gain."""
        held = groups.histogram(self.column)
        gains: Shares = held.most(_gains(held))
        return gains

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        held = groups.histogram(self.column)
        bounds = np.minimum(self.beta, -np.log(held.overall)) if self.enhanced else self.beta
        over: Flags = held.most(_gains(held) > bounds + CLOSE)
        return ~over


def _gains(held: Histogram) -> Shares:
    return np.maximum(held.share / held.overall - 1, 0)
