"""Recursive (c, l)-diversity: the most frequent value of a class is not too frequent, whatever is ruled out."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares


@dataclass(frozen=True, slots=True)
class RecursiveL:
    """In every class r1 < c (rl + … + rm), r1 ≥ r2 ≥ … ≥ rm being the counts of a sensitive column's values.

    A blank is a value. A class that fails may have parts that do not, therefore the model is not hereditary.

    Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302, 4.1.
    """

    column: str
    c: float
    l: int  # noqa: E741 - as the literature prints it
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def figure(self, groups: Groups) -> Shares:
        """[class], the c that is just not enough: r1 / (rl + … + rm); infinite with fewer than l values."""
        most, rest = self._counts(groups)
        return np.divide(most, rest, out=np.where(most, np.inf, 0.0), where=rest > 0)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        most, rest = self._counts(groups)
        flags: Flags = most < self.c * rest
        return flags

    def _counts(self, groups: Groups) -> tuple[Shares, Shares]:
        """[class], the largest count, and the sum of the l-th and smaller ones."""
        held = groups.histogram(self.column)
        order = np.lexsort([-held.persons, held.group])
        group, persons = held.group[order], held.persons[order]
        first = np.cumsum(held.values) - held.values
        rank = np.arange(len(group)) - first[group]
        rest = np.bincount(group, persons * (rank >= self.l - 1), groups.count)
        return held.most(held.persons).astype(np.float64), rest.astype(np.float64)
