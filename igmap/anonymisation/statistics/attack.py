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
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

Figures: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Places: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Truths: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

CLOSE = 0.1  # of the least rise that is asked for: what all figures together may be off
PASSES, PATIENCE, SLOW = 300, 10, 0.9  # it ends when that many passes do not bring it a tenth closer
ROOM = 4_000_000  # groups that are divided at once


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
    """The targets for which no other division was found: first one for all at once is sought, then one for each.

    Args:
        start: [smallest group], what it is.
        knowns: all tables.
        targets: groups that are not told.
    """
    if not targets or _reachable(start, knowns, [targets])[0]:
        return []
    at_once, lost = max(1, ROOM // max(len(start), 1)), list[Target]()
    for first in range(0, len(targets), at_once):
        some = targets[first : first + at_once]
        reached = _reachable(start, knowns, [[target] for target in some])
        lost += [target for target, one in zip(some, reached, strict=True) if not one]
    return lost


def _reachable(start: Figures, knowns: Sequence[Known], asked: Sequence[Sequence[Target]]) -> Truths:
    """For each list of targets, whether a division exists in which all of them have their goals at once."""
    close = np.array([CLOSE * min(target.rise for target in targets) for targets in asked])
    lows = [_raised(known, number, asked) for number, known in enumerate(knowns)]
    groups, alive = np.tile(start, (len(asked), 1)), np.arange(len(asked))
    reached, before = np.zeros(len(asked), dtype=bool), np.full(len(asked), np.inf)
    for number in range(1, PASSES + 1):
        off = np.zeros(len(alive))
        for known, low in zip(knowns, lows, strict=True):
            off += _fit(groups, known, low)
        reached[alive[off < close[alive]]] = True
        open_still = off >= close[alive]
        if number % PATIENCE == 0:
            open_still &= off < SLOW * before[alive]
            before[alive] = off
        if not open_still.all():
            groups, alive, lows = groups[open_still], alive[open_still], [low[open_still] for low in lows]
        if not alive.size:
            break
    return reached


def _raised(known: Known, number: int, asked: Sequence[Sequence[Target]]) -> Figures:
    """[list of targets, cell], what it must have at least."""
    low = np.tile(known.low, (len(asked), 1))
    for row, targets in enumerate(asked):
        own = [target for target in targets if target.known == number]
        low[row, [target.cell for target in own]] = [target.goal for target in own]
    return low


def _fit(groups: Figures, known: Known, low: Figures) -> Figures:
    """Scale the groups, in place, to what one table tells; how far they were off."""
    cells = len(known.low)
    places = known.part + cells * np.arange(len(groups))[:, None]
    sums = np.bincount(places.ravel(), groups.ravel(), cells * len(groups)).reshape(-1, cells)
    aims = np.minimum(np.maximum(sums, low), known.high)
    groups *= np.divide(aims, sums, out=np.ones_like(sums), where=sums > 0)[:, known.part]
    off: Figures = np.abs(aims - sums).sum(axis=1)
    return off
