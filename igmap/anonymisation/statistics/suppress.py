"""Which cells of a table are withheld beside those that hold too few persons, so that totals do not give these away.

A cell is safe in a table with its totals when it is a corner of a box of withheld cells (two cells in a table of one
dimension, four in two, eight in three): what one corner has more its neighbours have less, and no total changes. A
total is a place on its axis like others, but what a cell has more its total has more too.

Source: the hypercube method, Repsilber 2002; Giessing and Repsilber 2002, doi:10.1007/3-540-47804-3_14.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from igmap.anonymisation.statistics.attack import Figures, Places, Target, Truths, given_away, told

SMALL = 200_000  # primary cells times cells up to which each is held against the attack before a box is chosen

Index = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """A figure of every cell, totals included (the last place of each axis), that adds up.

    Args:
        figures: of each cell.
        rises: how much more each cell must be able to be when it is withheld.
        floor: what a withheld cell is known to have at least.
    """

    figures: Figures
    rises: Figures
    floor: float


def withhold(amounts: Sequence[Amount], primary: Truths, dear: Figures, known: Truths) -> tuple[Truths, list[Index]]:
    """The cells that are withheld, and those of the primary ones that nothing saves.

    Args:
        amounts: what adds up in the table; the first is that of persons or rows.
        primary: cells that must not be known.
        dear: what it costs to withhold a cell.
        known: cells that are known from elsewhere and cannot be withheld.
    """
    hidden, lost = primary.copy(), []
    cells = [tuple(map(int, index)) for index in np.argwhere(primary)]
    rises = amounts[0].rises
    cells.sort(key=lambda index: (-rises[index], index))
    check = len(cells) * primary.size <= SMALL
    for index in cells if primary.ndim else ():
        price, box = _cheapest_box(amounts, index, np.where(hidden, 0.0, np.where(known, np.inf, dear)))
        if price == 0 or (check and not any(_given_away(amount, hidden, index) for amount in amounts)):
            continue
        if box is None:
            lost.append(index)
            continue
        for corner in _corners(index, box):
            hidden[corner] = True
    return hidden, [index for index in lost if any(_given_away(amount, hidden, index) for amount in amounts)]


def _cheapest_box(amounts: Sequence[Amount], index: Index, prices: Figures) -> tuple[float, Index | None]:
    """What the cheapest box with a corner here costs, and its opposite corner; cells that hold nothing are none."""
    empty = amounts[0].figures <= 0
    total = np.where(empty, np.inf, prices)
    sign = _signs(prices.shape)
    cost = np.zeros(prices.shape)
    for size in range(1, len(index) + 1):
        for axes in combinations(range(len(index)), size):
            view = tuple(slice(None) if axis in axes else slice(at, at + 1) for axis, at in enumerate(index))
            cost = cost + total[view]
            falls = (-1) ** size * sign[index] * sign[view] < 0
            for amount in amounts:
                cost = cost + np.where(falls & (amount.figures[view] < amount.floor + amount.rises[index]), np.inf, 0)
    for axis, at in enumerate(index):
        np.moveaxis(cost, axis, 0)[at] = np.inf
    best = int(cost.argmin())
    price = float(cost.flat[best])
    return price, None if np.isinf(price) else tuple(map(int, np.unravel_index(best, cost.shape)))


def _signs(shape: tuple[int, ...]) -> Figures:
    """-1 for the cells that are a total along an odd number of axes, else 1."""
    last = [np.where(np.arange(length) == length - 1, -1.0, 1.0) for length in shape]
    signs: Figures = np.ones(shape)
    for axis, one in enumerate(last):
        signs *= one.reshape([-1 if i == axis else 1 for i in range(len(shape))])
    return signs


def _corners(index: Index, opposite: Index) -> Iterator[Index]:
    for chosen in np.ndindex(*(2,) * len(index)):
        yield tuple(o if c else i for i, o, c in zip(index, opposite, chosen, strict=True))


def margins_of(shape: tuple[int, ...], atoms: Places) -> list[Places]:
    """For the table and each of its margins: which cell each of the smallest groups falls into.

    Args:
        shape: with the totals.
        atoms: flat places of the smallest groups in it.
    """
    coordinates = np.array(np.unravel_index(atoms, shape)).reshape(len(shape), -1)
    ends = np.array(shape).reshape(-1, 1) - 1
    chosen = [np.array(axes).reshape(-1, 1) for axes in np.ndindex(*(2,) * len(shape))]
    return [
        np.ravel_multi_index(tuple(np.where(axes, ends, coordinates)), shape) if len(shape) else atoms
        for axes in chosen
    ]


def _given_away(amount: Amount, hidden: Truths, index: Index) -> bool:
    """Whether the cell is given away by the table itself."""
    if amount.rises[index] <= 0:
        return False
    shape = amount.figures.shape
    flat, shown = amount.figures.ravel(), ~hidden.ravel()
    inside = np.zeros(shape, dtype=bool)
    inside[tuple(slice(0, -1) for _ in shape)] = True
    atoms = np.flatnonzero(inside.ravel() & (flat > 0))
    knowns, targets, sought = [], [], int(np.ravel_multi_index(index, shape))
    for number, places in enumerate(margins_of(shape, atoms)):
        cells, part = np.unique(places, return_inverse=True)
        knowns.append(told(part, flat[cells], shown[cells], amount.floor))
        at = np.flatnonzero(cells == sought)
        if at.size:
            goal = float(flat[sought] + amount.rises[index])
            targets.append(Target(number, int(at[0]), goal, float(amount.rises[index])))
    return bool(given_away(flat[atoms], knowns, targets))
