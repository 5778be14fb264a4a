"""Which record is the header, if any: a first record taken for a header would print a person's data as a name."""

import re
from collections import Counter
from collections.abc import Sequence

from igmap.vocabulary import header_cue

LOOKED_AT = 12
CONSISTENT = 0.8
COMES_BACK = 0.05
LONGEST_NAME = 60
UNLIKE_A_NAME = re.compile(r"[{}<>\"@]|://")  # of documents, addresses and links: no system names a field so
KINDS = [
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("date", re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?")),
    ("number", re.compile(r"[-+]?[\d.,]*\d%?")),
    ("code", re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9:\-]{6,}|\d{4} ?[A-Z]{2}")),
    ("address", re.compile(r"\d{1,3}(\.\d{1,3}){3}|https?://\S+|\+?\d[\d\s()/-]{7,}")),
]


def find_header(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """The index of the header among the first records, or None when there is none.

    Title lines above it are those that fill fewer than half of the columns. The first full record is the header if it
    does not look like the records below it: words that headers use, cells of another kind, no value that comes back.
    Where nothing speaks for a header there is none: a lost name is told, a person shown as a name is a breach.

    Args:
        rows: the first records of the table, as text.
        width: number of fields of most records.
    """
    first = next((i for i, row in enumerate(rows[:LOOKED_AT]) if _filled(row) * 2 > width), None)
    if first is None:
        return None
    below = [row for row in rows[first + 1 :] if len(row) == width]
    columns = [(cell, [row[i] for row in below if i < width]) for i, cell in enumerate(rows[first])]
    votes = (sum(_vote(*column, by_words=by_words) for column in columns) for by_words in (False, True))
    return first if any(vote > 0 for vote in votes) else None  # words only speak for it, and take long to load


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell and cell.strip()) for cell in row)


def _vote(cell: str, column: Sequence[str], *, by_words: bool) -> int:
    """For a header: 2 for a word headers use, 1 for a cell unlike those below it; -1 against, for one like them."""
    cell = (cell or "").strip()
    filled = [other for other in column if other and other.strip()]
    if not cell or filled.count(cell) > COMES_BACK * len(filled) or UNLIKE_A_NAME.search(cell):
        return -bool(cell)
    own = _kind(cell)
    if by_words and own == "text" and len(cell) <= LONGEST_NAME and header_cue(cell):
        return 2
    kinds = Counter(map(_kind, filled))
    if own != "text" and (kinds[own] > COMES_BACK * len(filled) or not filled):
        return -1
    return int(any(kind != "text" and times >= CONSISTENT * len(filled) for kind, times in kinds.items()))


def _kind(cell: str) -> str:
    cell = (cell or "").strip()
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(cell)), "text")
