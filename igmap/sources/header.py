"""Which record is the header, if any: a first record taken for a header would print a person's data as a name."""

import re
from collections import Counter
from collections.abc import Sequence

from igmap.vocabulary import header_cue

LOOKED_AT = 12
CONSISTENT = 0.8
KINDS = [
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("date", re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?")),
    ("number", re.compile(r"[-+]?[\d.,]*\d%?")),
    ("code", re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9:\-]{6,}|\d{4} ?[A-Z]{2}")),
    ("address", re.compile(r"\d{1,3}(\.\d{1,3}){3}|https?://\S+|\+?\d[\d\s()/-]{7,}")),
]


def find_header(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """The index of the header among the first records, or None when there is none.

    Title lines above it are those that fill fewer than half of the columns. The first full record is the header
    unless it looks like the records below it: cells of the same kind, or values that come back.

    Args:
        rows: the first records of the table, as text.
        width: number of fields of most records.
    """
    first = next((i for i, row in enumerate(rows[:LOOKED_AT]) if _filled(row) * 2 > width), None)
    if first is None:
        return None
    return first if _is_header(rows[first], [row for row in rows[first + 1 :] if len(row) == width]) else None


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell and cell.strip()) for cell in row)


def _is_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    votes = sum(_vote(cell, [other[i] for other in below if i < len(other)]) for i, cell in enumerate(row))
    if votes:
        return votes > 0
    return not any(_kind(cell) in {"email", "date", "address"} for cell in row)


def _vote(cell: str, column: Sequence[str]) -> int:
    """+1: the cell is unlike the column below it or a word headers use; -1: it is one of the column's values."""
    cell = (cell or "").strip()
    if header_cue(cell):
        return 2
    filled = [_kind(other) for other in column if other and other.strip()]
    if not cell or not filled:
        return 0
    kind, times = Counter(filled).most_common(1)[0]
    if cell in column:
        return -1
    if kind == "text" or times < CONSISTENT * len(filled):
        return 0
    return -1 if _kind(cell) == kind else 1


def _kind(cell: str) -> str:
    cell = (cell or "").strip()
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(cell)), "text")
