"""Blocks of tuples that are near one another, all about as large.

Source: LeFevre et al. 2006, "Mondrian multidimensional k-anonymity", doi:10.1109/ICDE.2006.101.
"""

from collections.abc import Iterator

import numpy as np

from igmap.anonymisation.groups import Shares
from igmap.anonymisation.tuples import Numbers

BALANCE = 0.5  # how much an even split counts beside a wide column


def blocks_of(places: Shares, most: int) -> Iterator[Numbers]:
    """The places of the tuples of each block.

    Args:
        places: [column, tuple], where each lies, 0-1 times the weight of the column.
        most: tuples in a block.
    """
    waiting = [np.arange(places.shape[1])]
    while waiting:
        block = waiting.pop()
        if len(block) <= most:
            yield block
        else:
            waiting.extend(_halves(places[:, block], block))


def _halves(places: Shares, block: Numbers) -> tuple[Numbers, Numbers]:
    """The block parted in the column that is wide and parts evenly."""
    best = (-1.0, 0, 0.0)
    for at, column in enumerate(places):
        values, counts = np.unique(column, return_counts=True)
        if len(values) > 1:
            below = np.cumsum(counts)[:-1]
            middle = int(np.abs(2 * below - len(block)).argmin())
            even = min(below[middle], len(block) - below[middle]) / len(block)
            best = max(best, ((values[-1] - values[0]) * even**BALANCE, -at, values[middle]))
    left = places[-best[1]] <= best[2]
    return block[left], block[~left]
