"""Records of a delimited file counted by their line ends, those between quotes left out: no parser is involved."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

BLOCK_BYTES = 1 << 18  # stays in the cache of a core
NEWLINE, RETURN = 10, 13
OVERLAP = 2  # bytes of the block before, to see what stands before a line end
Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Count:
    """What a file holds.

    Args:
        records: the lines that are not empty; a line end between quotes ends none.
        bare_ends: records that end in a delimiter.
        sound: whether the last quote is closed and no line ends in a carriage return alone.
    """

    records: int
    bare_ends: int
    sound: bool


def count_records(path: Path, *, quote: str, delimiter: str) -> Count:
    """Count the records.

    Args:
        path: a file in UTF-8 or another encoding in which line ends, quotes and delimiters are bytes of their own.
        quote: around fields, or "" when quotes mean nothing.
        delimiter: between fields.
    """
    records = bare_ends = 0
    sound = True
    block = _Block(np.full(OVERLAP, NEWLINE, np.uint8), np.empty(0, np.int64), 0)
    for block in _blocks(path, quote):
        ends = block.outside(NEWLINE)
        returned = block.part[ends - 1] == RETURN
        last = np.where(returned, block.part[ends - 2], block.part[ends - 1])
        records += int(np.count_nonzero(last != NEWLINE))
        bare_ends += int(np.count_nonzero(last == ord(delimiter)))
        sound &= not _has_lone_return(block.part)
    end = block.part[-OVERLAP:].tobytes()
    unended = bool(end.rstrip(b"\r\n")) and not end.endswith(b"\n")
    bare_ends += unended and end.endswith(delimiter.encode())
    return Count(records + unended, bare_ends, sound and not (block.quotes + len(block.marks)) % 2)


def count_delimiters(path: Path, *, quote: str, delimiter: str) -> int:
    """The delimiters that are not between quotes."""
    return sum(len(block.outside(ord(delimiter))) for block in _blocks(path, quote))


@dataclass(frozen=True, slots=True)
class _Block:
    """Part of a file.

    Args:
        part: its bytes, behind the last two bytes before it.
        marks: where its quotes are.
        quotes: how many stand before it.
    """

    part: Bytes
    marks: Places
    quotes: int

    def outside(self, byte: int) -> Places:
        """Where a byte stands that has an even number of quotes before it."""
        places = _places(self.part, byte)
        outer: Places = places[(np.searchsorted(self.marks, places) + self.quotes) % 2 == 0]
        return outer


def _places(part: Bytes, byte: int) -> Places:
    places: Places = np.flatnonzero(part == byte)
    return places[np.searchsorted(places, OVERLAP) :]


def _blocks(path: Path, quote: str) -> Iterator[_Block]:
    before, quotes = bytes([NEWLINE] * OVERLAP), 0
    with path.open("rb") as file:
        for content in iter(lambda: file.read(BLOCK_BYTES), b""):
            part = np.frombuffer(before + content, np.uint8)
            marks = _places(part, ord(quote)) if quote else np.empty(0, np.int64)
            yield _Block(part, marks, quotes)
            quotes += len(marks)
            before = part[-OVERLAP:].tobytes()


def _has_lone_return(part: Bytes) -> bool:
    """Whether a carriage return is followed by something else than a line end."""
    returns = np.flatnonzero(part[:-1] == RETURN)
    return bool((part[returns + 1] != NEWLINE).any())
