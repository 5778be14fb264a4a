"""Which record is the header, if any: a first record taken for a header would print a person's data as a name."""

import re
from collections import Counter
from collections.abc import Sequence

from igmap.vocabulary import header_cue

LOOKED_AT = 12
CONSISTENT = 0.8
COMES_BACK = 0.05
LONGEST_NAME = 60
LEAST_NUMBERED = 3  # fields, that they are counted
UNLIKE_A_NAME = re.compile(r"[{}<>\"@]|://")  # of documents, addresses and links: no system names a field so
OF_A_RECORD = re.compile(r"(?<!\w)[+0]\d[\d ()/-]{6,}\d|:\s+\S")  # a telephone number, or a value behind its name
KINDS = [
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("date", re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?")),
    ("number", re.compile(r"[-+]?[\d.,]*\d%?")),
    ("code", re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9:\-]{6,}|\d{4} ?[A-Z]{2}")),
    ("address", re.compile(r"\d{1,3}(\.\d{1,3}){3}|https?://\S+|\+?\d[\d\s()/-]{7,}")),
]


Cell = tuple[str, Sequence[str]]  # one of the first full record, and those below it


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
    cells = [(_stripped(cell), _filled_cells(below, i)) for i, cell in enumerate(rows[first])]
    if are_numbered([cell for cell, _ in cells]) and not (below and are_numbered(below[0])):
        return first
    named = [(cell, _vote(cell, column)) for cell, column in cells if _may_be_a_name(cell, column)]
    if not below and any(OF_A_RECORD.search(cell) for cell, _ in cells):
        return None
    votes = sum(vote for _, vote in named) - sum(bool(cell) for cell, _ in cells) + len(named)
    if votes <= 0:  # words only speak for it, and their lists take long to load
        votes += sum(2 - vote for cell, vote in named if is_of_headers(cell))
    return first if votes > 0 or _is_above_blanks(cells, named, below) else None


def are_numbered(cells: Sequence[str]) -> bool:
    """Whether they count the fields from 0 or 1, as pandas does; a blank may stand over its index.

    Example:
        >>> are_numbered(["", "0", "1", "2"]), are_numbered(["3", "4", "5"])
        (True, False)
    """
    numbers = [cell for cell in cells if _stripped(cell)]
    starts = (0, 1) if len(numbers) >= LEAST_NUMBERED else ()
    return any(numbers == [str(start + at) for at in range(len(numbers))] for start in starts)


def _is_above_blanks(cells: Sequence[Cell], named: Sequence[object], below: Sequence[object]) -> bool:
    """Whether every field has a name of its own and no record has a value: a form that nobody filled in."""
    empty = bool(below) and len(named) == len(cells) == len({cell for cell, _ in cells})
    return empty and all(_kind(cell) == "text" and not column for cell, column in cells)


def _stripped(cell: str) -> str:
    return (cell or "").strip()


def _filled(row: Sequence[str]) -> int:
    return sum(bool(_stripped(cell)) for cell in row)


def _filled_cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and _stripped(row[place])]


def _may_be_a_name(cell: str, column: Sequence[str]) -> bool:
    """Whether it stands there, does not come back below and has no sign that names lack."""
    return bool(cell) and column.count(cell) <= COMES_BACK * len(column) and not UNLIKE_A_NAME.search(cell)


def is_of_headers(cell: str) -> bool:
    """Whether it holds a word that headers use: this counts 2."""
    return _kind(cell) == "text" and len(cell) <= LONGEST_NAME and header_cue(cell) is not None


def _vote(cell: str, column: Sequence[str]) -> int:
    """1 for a cell unlike those below it, -1 for one like them that is no plain text."""
    kinds: Counter[str] = Counter()
    for other, times in Counter(column).items():
        kinds[_kind(other)] += times
    own = _kind(cell)
    if own != "text" and (kinds[own] > COMES_BACK * len(column) or not column):
        return -1
    return int(any(kind != "text" and times >= CONSISTENT * len(column) for kind, times in kinds.items()))


def _kind(cell: str) -> str:
    cell = (cell or "").strip()
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(cell)), "text")
