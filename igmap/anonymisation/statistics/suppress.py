"""Which cells of a table are withheld beside those that hold too few persons, so that totals do not give these away.

A cell is safe in a table with its totals when it is a corner of a box of withheld cells (two cells in a table of one
dimension, four in two, eight in three): what one corner has more its neighbours have less, and no total changes. A
total is a place on its axis like others, but what a cell has more its total has more too.

Source: the hypercube method, Repsilber 2002; Giessing and Repsilber 2002, doi:10.1007/3-540-47804-3_14.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from igmap.anonymisation.statistics.attack import Figures, Places, Target, Truths, given_away, told

SMALL = 200_000  # primary cells times cells up to which each is held against the attack before a box is chosen
RECENT = 8  # boxes that are tried before others are sought
MOST_AGAIN = 4  # cells that are tried to be told after all

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
    hidden, lost = primary.copy(), list[Index]()
    if not primary.ndim or not primary.any():
        return hidden, lost
    cells = [tuple(map(int, index)) for index in np.argwhere(primary)]
    check = len(cells) * primary.size <= SMALL
    cells.sort(key=lambda index: (amounts[0].rises[index] * (1 if check else -1), index))
    boxes: deque[Index] = deque(maxlen=RECENT)
    for index in cells:
        if any(_is_saved(amounts, index, opposite, hidden) for opposite in boxes):
            continue
        price, box = _cheapest_box(amounts, index, np.where(hidden, 0.0, np.where(known, np.inf, dear)))
        if price == 0 and box is not None:
            boxes.appendleft(box)
        if price == 0 or (check and not _lost(amounts, hidden, [index])):
            continue
        if box is None:
            lost.append(index)
        else:
            boxes.appendleft(box)
            hidden[_corners(index, box)] = True
    lost = _lost(amounts, hidden, lost)
    if check and not lost:
        _show_again(amounts, hidden, cells, np.where(primary, -np.inf, dear))
    return hidden, lost


def _show_again(amounts: Sequence[Amount], hidden: Truths, cells: Sequence[Index], dear: Figures) -> None:
    """Tell cells after all that were withheld for others, the dearest first, where these are safe without."""
    secondary = [tuple(map(int, index)) for index in np.argwhere(hidden & (dear > -np.inf))]
    for index in sorted(secondary, key=lambda index: -dear[index])[:MOST_AGAIN]:
        hidden[index] = False
        hidden[index] = bool(_lost(amounts, hidden, cells))


def _lost(amounts: Sequence[Amount], hidden: Truths, cells: Sequence[Index]) -> list[Index]:
    """The cells that the table itself gives away."""
    lost = {index for amount in amounts for index in _given_away(amount, hidden, cells)}
    return [index for index in cells if index in lost]


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


def _is_saved(amounts: Sequence[Amount], index: Index, opposite: Index, hidden: Truths) -> bool:
    """Whether the box between two cells is withheld as a whole, and can give the first of them as much as it needs."""
    if any(at == other for at, other in zip(index, opposite, strict=True)):
        return False
    corners = _corners(index, opposite)
    if not hidden[corners].all():
        return False
    ends = np.array(hidden.shape).reshape(-1, 1) - 1
    turns = (np.array(corners) == ends).sum(axis=0) + (np.array(corners) != np.array(index).reshape(-1, 1)).sum(axis=0)
    falls = (turns - turns[0]) % 2 == 1
    return all((a.figures[corners][falls] >= a.floor + a.rises[index]).all() for a in amounts)


def _corners(index: Index, opposite: Index) -> tuple[Places, ...]:
    chosen = np.array(list(np.ndindex(*(2,) * len(index))))
    return tuple(np.where(chosen, opposite, index).T)


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


def _given_away(amount: Amount, hidden: Truths, cells: Sequence[Index]) -> Iterator[Index]:
    """The cells of which the figure cannot be as much more as it should."""
    shape = amount.figures.shape
    flat, rises, shown = amount.figures.ravel(), amount.rises.ravel(), ~hidden.ravel()
    inside = np.zeros(shape, dtype=bool)
    inside[tuple(slice(0, -1) for _ in shape)] = True
    atoms = np.flatnonzero(inside.ravel() & (flat > 0))
    sought = {int(np.ravel_multi_index(index, shape)): index for index in cells if amount.rises[index] > 0}
    knowns, targets, names = [], list[Target](), dict[tuple[int, int], Index]()
    for number, places in enumerate(margins_of(shape, atoms)):
        own, part = np.unique(places, return_inverse=True)
        knowns.append(told(part, flat[own], shown[own], amount.floor))
        for cell in np.flatnonzero(np.isin(own, list(sought))):
            at = int(own[cell])
            names[number, int(cell)] = sought[at]
            targets.append(Target(number, int(cell), float(flat[at] + rises[at]), float(rises[at])))
    yield from (names[target.known, target.cell] for target in given_away(flat[atoms], knowns, targets))
