"""What is replaced in a text, and where that stands before and after: everything outside stays as it is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Swap(NamedTuple):
    """One mention and what stands in its place.

    Args:
        start: where the mention began in the text as it was, in characters.
        end: where it ended.
        kind: what it was.
        new: what stands there now.
    """

    start: int
    end: int
    kind: str
    new: str


class Aligned(NamedTuple):
    """A mention before and after: characters `start` to `end` became `new_start` to `new_end`."""

    start: int
    end: int
    new_start: int
    new_end: int
    kind: str


def applied(text: str, swaps: Sequence[Swap]) -> str:
    """The text with its mentions replaced.

    Args:
        text: as it was.
        swaps: in order, none overlapping another.

    Example:
        >>> applied("Beste Jan, dag.", [Swap(6, 9, "name", "[PERSOON-1]")])
        'Beste [PERSOON-1], dag.'
    """
    pieces, place = [], 0
    for swap in swaps:
        pieces += [text[place : swap.start], swap.new]
        place = swap.end
    return "".join([*pieces, text[place:]])


def aligned(swaps: Sequence[Swap]) -> Iterator[Aligned]:
    """Where each mention stood, and where its replacement stands."""
    moved = 0
    for swap in swaps:
        begins = swap.start + moved
        yield Aligned(swap.start, swap.end, begins, begins + len(swap.new), swap.kind)
        moved += len(swap.new) - (swap.end - swap.start)
