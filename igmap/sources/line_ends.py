"""Records of a delimited file counted by their line ends, those between quotes left out: no parser is involved."""

from pathlib import Path
from typing import Any

import numpy as np

BLOCK_BYTES = 1 << 22
NEWLINE, RETURN = 10, 13
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


def count_records(path: Path, quote: str) -> int | None:
    """The lines that are not empty; a line end is one when an even number of quotes stands before it.

    Args:
        path: a file in UTF-8 or another encoding in which line ends and quotes are bytes of their own.
        quote: around fields, or "" when quotes mean nothing.

    Returns:
        None when the last quote is never closed, or lines end in a carriage return alone.
    """
    records, quotes, before = 0, 0, bytes([NEWLINE, NEWLINE])
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK_BYTES), b""):
            part = np.frombuffer(before + block, np.uint8)
            ends = np.flatnonzero(part == NEWLINE)
            ends = ends[ends >= len(before)]
            marks = np.flatnonzero(part == ord(quote)) if quote else np.empty(0, np.int64)
            marks = marks[marks >= len(before)]
            if b"\r" in block and _has_lone_return(part):
                return None
            open_ends = (np.searchsorted(marks, ends) + quotes) % 2
            records += int(np.count_nonzero((open_ends == 0) & ~_empty(part, ends)))
            quotes += len(marks)
            before = part[-2:].tobytes()
    last_line = before.rstrip(b"\r\n") != b"" and not before.endswith(b"\n")
    return None if quotes % 2 else records + last_line


def _has_lone_return(part: Bytes) -> bool:
    """Whether a carriage return is followed by something else than a line end."""
    returns = np.flatnonzero(part[:-1] == RETURN)
    return bool((part[returns + 1] != NEWLINE).any())


def _empty(part: Bytes, ends: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether nothing stands between a line end and the one before it."""
    last = part[ends - 1]
    empty: np.ndarray[Any, np.dtype[np.bool_]] = (last == NEWLINE) | ((last == RETURN) & (part[ends - 2] == NEWLINE))
    return empty
