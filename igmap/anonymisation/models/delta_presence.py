"""delta-presence: whether somebody of the population is in the table stays within bounds of uncertainty."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models.model import CLOSE
from igmap.anonymisation.population import Population


@dataclass(frozen=True, slots=True)
class DeltaPresence:
    """Of the population under the labels of every class, a share between `low` and `high` is in the table.

    It speaks for the persons under released labels. Of those under none an attacker learns that they are absent or
    were left out, which `low` does not forbid.

    Source: Nergiz et al. 2007, doi:10.1145/1247480.1247554 (delta_min, delta_max).
    """

    high: float
    population: Population
    low: float = 0.0
    column: ClassVar[str] = ""
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], the share that is in the table; infinite when the population holds nobody there."""
        shares = np.where(groups.persons, np.inf, 0.0)
        return np.divide(groups.persons, groups.population, out=shares, where=groups.population > 0)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        shares = self.figure(groups)
        return (shares >= self.low - CLOSE) & (shares <= self.high + CLOSE)
