"""Which columns an attacker may know together: all choices of a few, as far as there is time to count them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from math import comb

SIZE = 3
MOST = 500
CELLS = 40_000_000  # rows that are grouped, over all choices together


@dataclass(frozen=True, slots=True)
class Subsets:
    """Some choices of columns, and how many there are.

    Args:
        chosen: the smaller first.
        possible: all of at most that size.
    """

    chosen: tuple[tuple[str, ...], ...]
    possible: int

    @property
    def words(self) -> str:
        """How many were tried."""
        tried = len(self.chosen)
        return f"all {tried} choices" if tried == self.possible else f"{tried} of {self.possible} choices"


def subsets(columns: Sequence[str], *, rows: int, sizes: Sequence[int] = range(1, SIZE + 1)) -> Subsets:
    """The choices of some sizes, as many as can be counted over so many rows; at least one per column.

    Args:
        columns: those that tell most first, so that what is left out tells least.
        rows: over which each is counted.
        sizes: of a choice.
    """
    most = min(MOST, max(CELLS // max(rows, 1), len(columns)))
    possible = sum(comb(len(columns), size) for size in sizes)
    return Subsets(tuple(islice(chain.from_iterable(_choices(columns, size) for size in sizes), most)), possible)


def _choices(columns: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Of a size, those of the first columns first."""
    for last in range(size - 1, len(columns)):
        for others in combinations(columns[:last], size - 1):
            yield (*others, columns[last])
