"""What somebody can reckon from tables: whether a withheld group could, for all that was told, be a large one.

All tables of a dataset are sums over the same smallest groups. A withheld group is safe when there is another division
of the persons over the smallest groups that gives every figure that was told, and in which the group is large enough.
It is sought by iterative proportional fitting: each table in turn scales the groups to what it tells. Where none is
found the group counts as given away, so that an error is on the side of caution. In tables of one or two dimensions the
bounds of the linear system are whole numbers, and what is found is what an attacker with linear programming has.

Source: Bregman 1967, doi:10.1016/0041-5553(67)90040-7 (projections); Fischetti and Salazar 2001,
doi:10.1287/mnsc.47.7.1008.9805 (the attacker's problem).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np

Figures: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Places: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Truths: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

CLOSE = 0.1  # of the least rise that is asked for: what all figures together may be off
PASSES, PASSES_TOGETHER = 400, 60


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What one table tells.

    Args:
        part: [smallest group], its cell in the table.
        low: [cell], what it has at least: its figure where that is told.
        high: [cell], what it has at most.
    """

    part: Places
    low: Figures
    high: Figures


class Target(NamedTuple):
    """A group that must be able to be larger.

    Args:
        known: the number of the table.
        cell: in that table.
        goal: what it must be able to be.
        rise: how much more than it is.
    """

    known: int
    cell: int
    goal: float
    rise: float


def told(part: Places, figures: Figures, shown: Truths, floor: float | Figures) -> Known:
    """A table of which some figures are told; what is withheld is known to be at least `floor`, or what it is."""
    return Known(part, np.where(shown, figures, np.minimum(floor, figures)), np.where(shown, figures, np.inf))


def given_away(start: Figures, knowns: Sequence[Known], targets: Sequence[Target]) -> list[Target]:
    """The targets for which no other division was found.

    Args:
        start: [smallest group], what it is.
        knowns: all tables.
        targets: groups that are not told.
    """
    if not targets or _reachable(start, knowns, targets):
        return []
    if len(targets) == 1:
        return list(targets)
    middle = len(targets) // 2
    return given_away(start, knowns, targets[:middle]) + given_away(start, knowns, targets[middle:])


def _reachable(start: Figures, knowns: Sequence[Known], targets: Sequence[Target]) -> bool:
    """Whether a division exists in which all targets have their goals at once."""
    raised = [_raised(known, [t for t in targets if t.known == i]) for i, known in enumerate(knowns)]
    close = CLOSE * min(target.rise for target in targets)
    groups = start.copy()
    for _ in range(PASSES if len(targets) == 1 else PASSES_TOGETHER):
        off = 0.0
        for known in raised:
            sums = np.bincount(known.part, groups, len(known.low))
            aims = np.clip(sums, known.low, known.high)
            off += np.abs(aims - sums).sum()
            groups *= np.divide(aims, sums, out=np.ones_like(sums), where=sums > 0)[known.part]
        if off < close:
            return True
    return False


def _raised(known: Known, targets: Sequence[Target]) -> Known:
    if not targets:
        return known
    low = known.low.copy()
    low[[target.cell for target in targets]] = [target.goal for target in targets]
    return replace(known, low=low)
