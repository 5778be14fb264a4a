"""Entropy l-diversity: the values of a class are spread as evenly as l equally frequent ones."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models.model import CLOSE


@dataclass(frozen=True, slots=True)
class EntropyL:
    """The entropy of a sensitive column is at least log `l` in every class; a blank is a value.

    Entropy is concave, so that a union has at least the lower one of its parts. A class that fails may have parts
    that do not, therefore the model is not hereditary.

    Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302, 4.1.
    """

    column: str
    l: float  # noqa: E741 - as the literature prints it
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], exp(entropy): how many equally frequent values would be as diverse."""
        held = groups.histogram(self.column)
        entropy: Shares = np.exp(-held.total(held.share * np.log(held.share)))
        return entropy

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return self.figure(groups) >= self.l - CLOSE
