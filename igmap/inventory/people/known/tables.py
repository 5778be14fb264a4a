"""Many numbers, each with a place, to be asked for millions at a time."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from igmap.inventory.people.known.letters import Flags, Hashes, Integers

SPREAD = np.uint64(0xD6E8FEB86659FD93)
FEWEST_BITS, MOST_BITS, ROOM = 10, 26, 3  # of the sieve: it has eight places per number


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Different numbers in order, and a sieve that most others do not pass.

    Args:
        keys: the numbers, ascending.
        sieve: true where a number of that spread is.
        shift: from a spread number to its place in the sieve.
    """

    keys: Hashes
    sieve: Flags
    shift: np.uint64

    @classmethod
    def of(cls, keys: Hashes) -> Self:
        """From ascending, different numbers."""
        bits = min(max(len(keys).bit_length() + ROOM, FEWEST_BITS), MOST_BITS)
        shift = np.uint64(64 - bits)
        sieve = np.zeros(1 << bits, bool)
        sieve[(keys * SPREAD) >> shift] = True
        return cls(keys, sieve, shift)

    def find(self, asked: Hashes) -> Integers:
        """The place of each number asked for, -1 for those that are not there."""
        places = np.full(len(asked), -1, np.int64)
        maybe = np.flatnonzero(self.sieve[(asked * SPREAD) >> self.shift])
        if len(self.keys) and len(maybe):
            place = np.minimum(np.searchsorted(self.keys, asked[maybe]), len(self.keys) - 1)
            places[maybe] = np.where(self.keys[place] == asked[maybe], place, -1)
        return places
