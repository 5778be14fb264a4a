"""A SQL dump as statements: where each table's records stand, and the columns it was created with. Nothing is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from igmap.sources.reading import text_names
from igmap.sources.sql.columns import created_columns
from igmap.sources.sql.dialect import (
    BODY,
    BODY_ENDS,
    COPY,
    CREATE,
    DELIMITER,
    INSERT,
    INSERTS,
    LONGEST_ROUTINE,
    ROUTINE,
    SCHEMA,
    TAIL,
    Dialect,
    Key,
    Place,
    key_of,
    names_of,
)
from igmap.sources.sql.lexemes import run_pattern, symbol_pattern
from igmap.sources.sql.telling import GAP
from igmap.sources.sql.window import BLOCK_BYTES, Window

HEAD_BYTES = 1 << 20  # of a statement before its first value; a list of 5,000 columns is a third of it
BLANKS = re.compile(GAP)
LINES_END = re.compile(rb"\n\\\.\r?(?:\n|\Z)")
Form = Literal["table", "tuples", "tuple", "lines", "broken", "between", "statement", "skipped"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a dump: some records of one table, or what a statement says of one.

    Args:
        form: `tuples` with commas or INSERTs between, one `tuple`, `lines` of COPY, a `broken` record, what stands
            `between` records, a `statement` of another form; or a created `table`, or the verb that was `skipped`.
        key: of the table.
        columns: as listed in the statement; for a table as created, None when it does not say.
        text: what is read.
        start: where the statement begins in the file.
        end: where the text ends in the file.
        place: where the statement's names are looked up.
        head: the INSERT before the first value.
    """

    form: Form
    key: Key
    columns: tuple[str, ...] | None
    text: bytes
    start: int
    end: int
    place: Place
    head: bytes = b""

    def is_like(self, other: "Piece") -> bool:
        """Whether the values of both are written alike and go to the same columns."""
        return self.columns == other.columns and (self.form == "lines") == (other.form == "lines")


class Walk:
    """A walk from statement to statement; iterate over it once.

    Args:
        window: at the beginning of a statement.
        dialect: of the dump.
        place: where names are looked up there.
    """

    def __init__(self, window: Window, dialect: Dialect, place: Place) -> None:
        """Nothing is read yet."""
        self._window = window
        self._dialect = dialect
        self._place = place
        self._at = 0
        self._start = 0

    def __iter__(self) -> Iterator[Piece]:
        """The pieces in the order of the dump."""
        while self._to_statement():
            text, at = self._window.text, self._at
            self._start = self._window.start + at
            insert, copy = INSERT.match(text, at), COPY.match(text, at)
            if insert and text.startswith(b"(", insert.end()):
                yield from self._insert(insert)
            elif copy:
                yield from self._copy(copy)
            else:
                yield from self._other(text, at)

    def _to_statement(self) -> bool:
        """Go to the next statement, past blanks and comments; False at the end of the file."""
        self._forget()
        start = self._at
        self._window.ensure(start + HEAD_BYTES)
        while True:
            text = self._window.text
            blanks = BLANKS.match(text, start)
            self._at = blanks.end() if blanks else start
            if not (self._at == len(text) or text.startswith(b"/*", self._at)) or not self._window.more():
                break
        self._window.ensure(self._at + HEAD_BYTES)
        return self._at < len(self._window.text)

    def _forget(self) -> None:
        if self._at > BLOCK_BYTES:
            self._window.drop(self._at)
            self._at = 0

    def _piece(self, form: Form, key: Key, text: bytes, columns: tuple[str, ...] | None, head: bytes = b"") -> Piece:
        return Piece(form, key, columns, text, self._start, self._window.start + self._at, self._place, head)

    def _insert(self, insert: re.Match[bytes]) -> Iterator[Piece]:
        """The records of an INSERT, and of those like it that follow at once."""
        key, head = key_of(insert["name"], self._place), insert[0]
        columns = tuple(text_names(names_of(insert["columns"]))) if insert["columns"] else None
        self._at = insert.end()
        run, symbol = run_pattern(self._dialect, head), b"("
        while symbol == b"(":
            begin, form = self._records(run)
            yield self._piece(form, key, self._window.text[begin : self._at], columns, head)
            if form == "broken":
                return
            self._forget()
            between, symbol = self._next("(")
            if TAIL.match(between):
                self._skip(symbol)
                return
            if BLANKS.sub(b"", between) not in {b"", b","}:
                yield self._piece("between", key, between, columns)
            self._at -= symbol == b"("

    def _records(self, run: re.Pattern[bytes]) -> tuple[int, Form]:
        """Go past the records that stand here, as many as the window shows: where they begin, and their form."""
        begin = self._at
        match = run.match(self._window.text, begin)
        while not match and len(self._window.text) - begin < BLOCK_BYTES and self._window.more():
            match = run.match(self._window.text, begin)
        if match:
            self._at = match.end()
            return begin, "tuples"
        depth = 0
        while True:
            _, symbol = self._next("()")
            depth += (symbol == b"(") - (symbol == b")")
            if symbol in {b"", b"\n"}:
                return begin, "broken"
            if not depth:
                return begin, "tuple"

    def _next(self, brackets: str, *, lines: bool = True) -> tuple[bytes, bytes]:
        """Go past the next symbol: what stands before it, and it; at the end of the file all the rest and none."""
        symbols = symbol_pattern(self._dialect, self._place.delimiter, brackets, lines=lines)
        while not (match := symbols.match(self._window.text, self._at)):
            if not self._window.more():
                rest, self._at = self._window.text[self._at :], len(self._window.text)
                return rest, b""
        self._at = match.end()
        return match["quiet"], match["symbol"]

    def _skip(self, symbol: bytes) -> None:
        """Go to the end of the statement."""
        while symbol == b"(":
            self._forget()
            _, symbol = self._next("(")

    def _copy(self, copy: re.Match[bytes]) -> Iterator[Piece]:
        """The lines of a COPY, up to the one that ends them."""
        key, columns = key_of(copy["name"], self._place), copy["columns"]
        names = tuple(text_names(names_of(columns))) if columns else None
        self._at = copy.end()
        while True:
            text, begin = self._window.text, self._at
            end = LINES_END.search(text, begin - 1)
            is_end = end and (self._window.ended or end[0].endswith(b"\n"))
            last = end.start() + 1 if end and is_end else text.rfind(b"\n", begin) + 1 or begin
            self._at = last
            if last > begin or begin == copy.end():
                yield self._piece("lines", key, text[begin:last], names)
            if end and is_end:
                self._at = end.end()
                return
            self._window.drop(last - 1)
            self._at = 1
            if not self._window.more() and not LINES_END.match(self._window.text):
                rest, self._at = self._window.text[1:], len(self._window.text)
                yield from [self._piece("broken", key, rest, names)] if rest else []
                return

    def _other(self, text: bytes, at: int) -> Iterator[Piece]:
        """A statement without records that can be read one by one."""
        delimiter, place, insert = (pattern.match(text, at) for pattern in (DELIMITER, SCHEMA, INSERTS))
        create = CREATE.match(text, at)
        self._place = self._place.after(place) if place else self._place
        if delimiter or text.startswith(b"\\", at):
            self._place = replace(self._place, delimiter=delimiter[1]) if delimiter else self._place
            self._at = text.find(b"\n", at) + 1 or len(text)
        elif ROUTINE.match(text, at) and self._place.delimiter == b";":
            self._routine()
        elif insert or create:
            symbol = b"("
            while symbol == b"(":
                _, symbol = self._next("(")
            text = self._window.text[at : self._at]
            if insert:
                yield self._piece("statement", key_of(insert["name"] or b"", self._place), text, None)
            elif create:
                columns = created_columns(text[create.end() - at :], self._dialect)
                yield self._piece("table", key_of(create["name"], self._place), b"", columns)
        else:
            yield self._piece("skipped", ("", "", ""), text[at : at + 20], None)
            self._skip(b"(")

    def _routine(self) -> None:
        """A trigger or function: to the END of its body, if it has one."""
        begin, start = self._at, self._window.start + self._at
        part, symbol = self._next("", lines=False)
        first, has_body = self._at, BODY.search(part) and start >= self._place.bodiless
        while has_body and symbol and self._at - begin < LONGEST_ROUTINE:
            part, symbol = self._next("", lines=False)
            if BODY_ENDS.fullmatch(part):
                return
        self._at = first
        if has_body:
            self._place = replace(self._place, bodiless=start + LONGEST_ROUTINE)
