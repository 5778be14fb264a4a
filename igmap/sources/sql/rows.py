"""Records of a dump as columns of values: all records of a piece at once, one by one where some do not fit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from igmap.sources.sql.dialect import Dialect
from igmap.sources.sql.lexemes import TAG, between_pattern, string_pattern, value_pattern
from igmap.sources.sql.statements import Form, Piece

WIDEST_AT_ONCE = 100
REASONS: dict[Form, str] = {
    "broken": "it is cut off: the file ends or a statement begins inside it",
    "between": "text between two records",
    "statement": "an INSERT that lists no values",
}
NO_VALUES = "not a list of values"


@dataclass(slots=True)
class Rows:
    """The records of a piece.

    Args:
        columns: the values as they are written, column by column.
        misfits: records that fit no row: position in the piece from 0, text and what is wrong.
        records: both together.
    """

    columns: list[list[bytes]]
    misfits: list[tuple[int, bytes, str]] = field(default_factory=list)
    records: int = 0

    def add(self, cells: Sequence[bytes] | None, raw: bytes) -> None:
        """One record, by its cells; None when it has none."""
        if cells is None or len(cells) != len(self.columns):
            many = cells is not None and len(cells) > len(self.columns)
            problem = NO_VALUES if cells is None else "too many columns" if many else "too few columns"
            self.misfits.append((self.records, raw, problem))
        else:
            for column, cell in zip(self.columns, cells, strict=True):
                column.append(cell)
        self.records += 1

    def extend(self, other: "Rows") -> None:
        """The records of another piece behind these."""
        for column, more in zip(self.columns, other.columns, strict=True):
            column.extend(more)
        self.misfits += [(self.records + offset, raw, problem) for offset, raw, problem in other.misfits]
        self.records += other.records


def rows_of(piece: Piece, dialect: Dialect, width: int) -> Rows:
    """The records of a piece as columns of so many."""
    if piece.form in REASONS:
        return Rows([[] for _ in range(width)], [(0, piece.text, REASONS[piece.form])], 1)
    at_once = _at_once(piece, dialect, width) if width <= WIDEST_AT_ONCE else None
    if at_once:
        return at_once
    rows = Rows([[] for _ in range(width)])
    for raw, cells in records_of(piece, dialect):
        rows.add(cells, raw)
    return rows


def records_of(piece: Piece, dialect: Dialect) -> Iterator[tuple[bytes, list[bytes] | None]]:
    """The records of a piece one by one, each with its values."""
    if piece.form == "lines":
        for line in piece.text.split(b"\n")[:-1]:
            yield line, line.removesuffix(b"\r").split(b"\t")
        return
    if piece.form == "tuple":
        yield piece.text, _cells(piece.text, dialect)
        return
    record, between = _record(dialect), re.compile(between_pattern(piece.head))
    found = record.match(piece.text)
    while found:
        yield found[0], _cells(found[0], dialect)
        gap = between.match(piece.text, found.end())
        found = record.match(piece.text, gap.end()) if gap else None


def _at_once(piece: Piece, dialect: Dialect, width: int) -> Rows | None:
    """All records by one pattern; None when some of them do not fit it."""
    pattern = _line(width) if piece.form == "lines" else _row(dialect, width)
    every = _lines(width) if piece.form == "lines" else _rows(dialect, width, piece.head)
    if not every.fullmatch(piece.text):
        return None
    parts = pattern.split(piece.text)
    first, *between, last = [b"", *parts[:: width + 1]] if len(parts) == 1 else parts[:: width + 1]
    allowed = re.compile(b"" if piece.form == "lines" else between_pattern(piece.head))
    if first or last or not all(map(allowed.fullmatch, set(between))):
        return None
    return Rows([parts[i :: width + 1] for i in range(1, width + 1)], records=len(parts) // (width + 1))


def _cells(record: bytes, dialect: Dialect) -> list[bytes] | None:
    """The values between the brackets of one record; comments in it are left out."""
    for text in (record, _uncommented(record, dialect)):
        inside = text[1:-1] + b","
        if _list(dialect).fullmatch(inside):
            return _cell(dialect).findall(inside)
    return None


def _uncommented(record: bytes, dialect: Dialect) -> bytes:
    """A record without comments, and with plain quotes for PostgreSQL's dollars."""
    return _comments(dialect).sub(_kept, record)


def _kept(found: re.Match[bytes]) -> bytes:
    if found["dollars"]:
        tag = found["tag"] or b""
        return b"'" + found["dollars"][len(tag) + 2 : -len(tag) - 2].replace(b"'", b"''") + b"'"
    return b" " if found["comment"] else found[0]


@cache
def _comments(dialect: Dialect) -> re.Pattern[bytes]:
    dollars = TAG.replace(rb"(?:", rb"(?P<tag>", 1) + rb".*?\$(?P=tag)\$" if not dialect.escapes else rb"(?P<tag>(?!))"
    comment = rb"/\*.*?\*/|" + (rb"#[^\n]*+|--(?!\S)[^\n]*+" if dialect.escapes else rb"--[^\n]*+")
    return re.compile(
        string_pattern(dialect) + rb"|(?P<dollars>" + dollars + rb")|(?P<comment>" + comment + rb")", re.DOTALL
    )


@cache
def _record(dialect: Dialect) -> re.Pattern[bytes]:
    return re.compile(rb"\(" + value_pattern(dialect) + rb"*+\)", re.DOTALL)


@cache
def _cell(dialect: Dialect) -> re.Pattern[bytes]:
    return re.compile(rb"\s*+(" + value_pattern(dialect, "(),") + rb"*+),", re.DOTALL)


@cache
def _list(dialect: Dialect) -> re.Pattern[bytes]:
    return re.compile(rb"(?:" + value_pattern(dialect, "(),") + rb"*+,)*+", re.DOTALL)


@cache
def _row(dialect: Dialect, width: int) -> re.Pattern[bytes]:
    """A record of so many values, with no brackets in their brackets; a string or word alone is tried first."""
    return re.compile(_row_of(dialect, width, rb"(%s)"), re.DOTALL)


@cache
def _rows(dialect: Dialect, width: int, head: bytes) -> re.Pattern[bytes]:
    """Such records with what may stand between them: matched once from the start, where a search would begin anew."""
    row = _row_of(dialect, width, rb"%s")
    return re.compile(row + rb"(?:" + between_pattern(head) + row + rb")*+", re.DOTALL)


def _row_of(dialect: Dialect, width: int, cell: bytes) -> bytes:
    """Each value is settled before the next one is looked at."""
    plain = rb"(?:" + string_pattern(dialect) + rb"|[\w.]++)(?=[,)])"
    value = rb"(?>" + plain + rb"|" + value_pattern(dialect, "(),", 1) + rb"++)"
    return rb"\(" + rb",".join([rb"\s*+" + cell.replace(rb"%s", value)] * width) + rb"\)"


@cache
def _line(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"([^\t\n]*+)\t" * (width - 1) + rb"([^\t\n\r]*+)\r?\n")


@cache
def _lines(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"(?:" + rb"[^\t\n]*+\t" * (width - 1) + rb"[^\t\n\r]*+\r?\n)*+")
