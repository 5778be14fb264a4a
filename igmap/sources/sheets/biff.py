"""The rows of XLS sheets that hold a value, counted from the records of BIFF8; another reads the cells.

An error such as #N/A is no value.

Source: [MS-XLS] 2.4 (records).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from igmap.sources.sheets.compound import stream_of
from igmap.sources.sheets.continued_strings import ContinuedStrings
from igmap.sources.sheets.sheet_rows import UnsoundSheetError

BEGIN, END, CONTINUE, SHEET, STRINGS, PASSWORD = 0x809, 0x0A, 0x3C, 0x85, 0xFC, 0x2F
FORMULA, RESULT, SHARED, TRUTH = 0x06, 0x207, 0xFD, 0x205
TEXTS = {0x204, 0xD6}  # label, and label with fonts
SEVERAL = 0xBD
NUMBERS = {0x203, 0x27E, SEVERAL, TRUTH}  # number, a short one, several short ones, truth or error
BIFF8 = 0x600
Record = tuple[int, list[bytes]]


MOST_ROWS, MOST_COLUMNS = 1 << 16, 1 << 8
EXTENT = 0x200
UNSOUND = (struct.error, IndexError, UnsoundSheetError)


class HostileBookError(ValueError):
    """A reader would drop one of two sheets of one name, or ask for more memory than there is and end the process."""


def rows_of_biff(path: Path) -> dict[str, int]:
    """The number of rows with at least one value, by sheet; nothing for older forms, locked and damaged files.

    Raises:
        HostileBookError: two sheets have one name, or a sheet or the shared strings say they are larger than can be.
    """
    try:
        stream = stream_of(path, ("Workbook", "Book"))
        return _counts(stream) if stream else {}
    except UNSOUND:
        return {}


def _counts(stream: bytes) -> dict[str, int]:
    blank: set[int] = set()
    places: dict[str, int] = {}
    for kind, parts in _part(stream, 0):
        if kind == PASSWORD:
            return {}
        if kind == STRINGS:
            blank = _blank(parts)
        elif kind == SHEET and parts[0][5] == 0:
            size, flags = parts[0][6:8]
            name = parts[0][8:].decode("utf-16-le" if flags & 1 else "latin-1", "replace")[:size].replace("\0", "")
            if name in places:
                raise HostileBookError
            places[name] = struct.unpack_from("<I", parts[0])[0]
    told = {name: _count(stream, place, blank) for name, place in places.items()}
    return {name: rows for name, rows in told.items() if rows is not None}


def _count(stream: bytes, place: int, blank: set[int]) -> int | None:
    """The rows of one sheet; None for a damaged one, so that the others are looked at all the same."""
    try:
        return len(set(_filled(_part(stream, place), blank)))
    except UNSOUND:
        return None


def _part(stream: bytes, at: int) -> Iterator[Record]:
    """The records of a part up to its end, without those of charts inside it."""
    records = _records(stream, at)
    kind, parts = next(records, (0, [b""]))
    if kind != BEGIN or struct.unpack_from("<H", parts[0])[0] != BIFF8:
        raise UnsoundSheetError
    depth = 1
    for kind, parts in records:
        depth += (kind == BEGIN) - (kind == END)
        if not depth:
            return
        if depth == 1:
            yield kind, parts
    raise UnsoundSheetError


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Each with the parts in which it goes on."""
    found: Record | None = None
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        content, at = stream[at + 4 : at + 4 + size], at + 4 + size
        if kind == CONTINUE and found:
            found[1].append(content)
            continue
        if found:
            yield found
        found = kind, [content]
    if found:
        yield found


def _filled(records: Iterable[Record], blank: set[int]) -> Iterator[int]:
    """The row of each cell that holds a value."""
    formula = -1
    for kind, parts in records:
        if kind in NUMBERS or kind in TEXTS or kind in {FORMULA, SHARED}:
            row, column = struct.unpack_from("<HH", parts[0])
            _check(column + (len(parts[0]) // 6 - 1 if kind == SEVERAL else 1) <= MOST_COLUMNS)
            if kind == FORMULA:
                formula = row
            if _is_filled(kind, parts, blank):
                yield row
        elif kind == RESULT and formula >= 0 and ContinuedStrings(parts).text().strip():
            yield formula
        elif kind == EXTENT:
            top, bottom, left, right = struct.unpack_from("<IIHH", parts[0])
            _check(top <= bottom <= MOST_ROWS and left <= right <= MOST_COLUMNS)


def _check(is_possible: bool) -> None:  # noqa: FBT001 - what it is told is one thing
    if not is_possible:
        raise HostileBookError


def _is_filled(kind: int, parts: Sequence[bytes], blank: set[int]) -> bool:
    if kind == SHARED:
        (number,) = struct.unpack_from("<I", parts[0], 6)
        return number not in blank
    if kind in TEXTS:
        return bool(ContinuedStrings([parts[0][6:], *parts[1:]]).text().strip())
    if kind == FORMULA:  # what it gave: a number, or with this mark text (told behind it), 1 truth, error or nothing
        result: bytes = struct.unpack_from("<8s", parts[0], 6)[0]
        return result[6:] != b"\xff\xff" or result[0] == 1
    return kind != TRUTH or not parts[0][7]


def _blank(parts: Sequence[bytes]) -> set[int]:
    """The numbers of shared strings that are empty."""
    strings = ContinuedStrings(parts)
    _, many = struct.unpack("<II", strings.take(8))
    _check(many <= sum(map(len, parts)))
    return {number for number in range(many) if not strings.text().strip()}
