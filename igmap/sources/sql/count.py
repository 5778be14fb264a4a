"""How many records a SQL dump holds, by its brackets, quotes and lines: the parser is not involved."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from igmap.sources.sql.dialect import (
    BEGINS,
    BODY,
    BODY_ENDS,
    COPY,
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
)
from igmap.sources.sql.telling import GAP
from igmap.sources.sql.window import BLOCK_BYTES, Window, window_at
from igmap.sources.text.encodings import Decoder

LEAD_BYTES = 1 << 20
BLANKS = re.compile(GAP)
LAST_LINE = re.compile(rb"\n\\\.\r?(?:\n|\Z)")


def count_records(decoder: Decoder, dialect: Dialect) -> Counter[Key]:
    """Records by table: bracketed lists behind VALUES, lines of COPY, and every INSERT of another form as one.

    A record that is not closed ends where a line begins a statement, or with the file; what stands between two
    records and is no comma is a record too, a broken one.
    """
    with window_at(decoder) as window:
        scan = _Scan(window, dialect)
        while scan.statement():
            pass
    return scan.counts


@cache
def _symbols(dialect: Dialect, delimiter: bytes, stops: bytes = b"()") -> re.Pattern[bytes]:
    """What stands before the next symbol, quotes and comments included, and the symbol.

    Args:
        dialect: how strings are written.
        delimiter: what ends a statement.
        stops: the brackets that are symbols; without any, lines that begin a statement are none either.
    """
    if dialect.escapes:
        quiet = [rb"'[^'\\]*+(?:\\.[^'\\]*+)*+'", rb'"(?:\\.|[^"\\]++)*+"', rb"--(?!\S)[^\n]*+", rb"#[^\n]*+"]
        opens, also = rb"'|\"|`|/\*", rb""
    else:
        tagged = rb"(?<![\w$])\$(?P<tag>[A-Za-z_]\w*+|)\$.*?\$(?P=tag)\$"
        quiet = [rb"[eE]'(?:\\.|[^'\\]++)*+'", rb"'[^']*+'", rb'"[^"]*+"', rb"--[^\n]*+", tagged]
        opens, also = rb"[eE]'|'|\"|`|/\*|(?<![\w$])\$(?:[A-Za-z_]\w*+|)\$", rb"eE"
    end = re.escape(delimiter)
    ends = [end, *([rb"\n(?=" + BEGINS + rb")"] if stops and delimiter == b";" else [])]
    ends += [rb"[" + stops + rb"]"] if stops else []
    plain = rb"[^'\"`()\n$/#;" + also + re.escape(delimiter[:1]) + rb"-]++"
    rest = rb"(?!" + rb"|".join([*ends, opens]) + rb")."
    every = rb"|".join([plain, rb"(?!" + end + rb")(?:" + rb"|".join(quiet) + rb")", rb"`[^`]*+`", rb"/\*.*?\*/", rest])
    return re.compile(rb"(?P<quiet>(?:" + every + rb")*+)(?P<symbol>" + rb"|".join(ends) + rb")", re.DOTALL)


@cache
def _plain_record(dialect: Dialect, head: bytes) -> re.Pattern[bytes]:
    quoted = rb"'[^'\\]*+(?:\\.[^'\\]*+)*+'" if dialect.escapes else rb"(?<![eE])'[^']*+'"
    record = rb"[^'\"`()\n$/#-]*+(?:" + quoted + rb"[^'\"`()\n$/#-]*+)*+\)"
    return re.compile(record + rb"(?:,\s*+|;\s*+" + re.escape(head) + rb")\(|(?P<other>.)", re.DOTALL)


class _Scan:
    """A walk through the dump, symbol by symbol.

    Attributes:
        counts: records by table so far.
    """

    def __init__(self, window: Window, dialect: Dialect) -> None:
        self.counts: Counter[Key] = Counter()
        self._window = window
        self._dialect = dialect
        self._place = Place()
        self._at = 0

    def statement(self) -> bool:
        """Count the records of one statement; False at the end of the file."""
        self._skip_blanks()
        text, at = self._window.text, self._at
        insert, copy = INSERT.match(text, at), COPY.match(text, at)
        if insert and text.startswith(b"(", insert.end()):
            self._at = insert.end()
            self.counts[key_of(insert["name"], self._place)] += self._tuples(insert[0])
        elif copy:
            self._at = copy.end()
            self.counts[key_of(copy["name"], self._place)] += self._lines()
        elif at < len(text):
            self._other()
        return self._at < len(self._window.text) or self._window.more()

    def _skip_blanks(self) -> None:
        self._forget()
        window, start = self._window, self._at
        window.ensure(start + LEAD_BYTES)
        while True:
            self._at = BLANKS.match(window.text, start).end()  # type: ignore[union-attr]
            open_end = self._at == len(window.text) or window.text.startswith(b"/*", self._at)
            if not (open_end and window.more()):
                break
        window.ensure(self._at + LEAD_BYTES)

    def _forget(self) -> None:
        if self._at > BLOCK_BYTES:
            self._window.drop(self._at)
            self._at = 0

    def _next(self, stops: bytes = b"()") -> tuple[bytes, bytes]:
        """What stands before the next symbol, and the symbol; at the end of the file all the rest, and none."""
        symbols = _symbols(self._dialect, self._place.delimiter, stops)
        while not (match := symbols.match(self._window.text, self._at)):
            if not self._window.more():
                rest, self._at = self._window.text[self._at :], len(self._window.text)
                return rest, b""
        self._at = match.end()
        return match["quiet"], match["symbol"]

    def _tuples(self, head: bytes) -> int:
        counted = 0
        while True:
            between, symbol = self._next(b"(")
            if counted and TAIL.match(between):
                self._rest(symbol)
                return counted
            if between.strip() not in {b"", b","}:
                counted += BLANKS.sub(b"", between) not in {b"", b","}
            if symbol != b"(":
                return counted
            counted += 1 + self._plain(head)
            if not self._closed():
                return counted
            self._forget()

    def _plain(self, head: bytes) -> int:
        """Records without a bracket, comment or line in them before another one, with the bracket of that one."""
        counted = 0
        for match in _plain_record(self._dialect, head).finditer(self._window.text, self._at):
            if match.lastgroup:
                break
            counted, self._at = counted + 1, match.end()
        return counted

    def _closed(self) -> bool:
        """Whether the bracket that was opened is closed; brackets in it are passed over, and what ends statements."""
        depth = 1
        while depth:
            _, symbol = self._next()
            if symbol in {b"", b"\n"}:
                return False
            depth += (symbol == b"(") - (symbol == b")")
        return True

    def _rest(self, symbol: bytes) -> None:
        """The rest of a statement, up to what ends it."""
        while symbol == b"(":
            self._forget()
            _, symbol = self._next(b"(")

    def _lines(self) -> int:
        """The lines up to the one that ends them."""
        window, counted = self._window, 0
        self._at -= 1
        while True:
            end = LAST_LINE.search(window.text, self._at)
            if end and (window.ended or end[0].endswith(b"\n")):
                counted += window.text.count(b"\n", self._at, end.start() + 1) - 1
                self._at = end.end()
                return counted
            last = window.text.rindex(b"\n", self._at)
            counted += window.text.count(b"\n", self._at, last)
            window.drop(last)
            self._at = 0
            if not window.more():
                self._at = len(window.text)
                return counted + (window.text not in {b"\n", b"\n\\.", b"\n\\.\r"})

    def _other(self) -> None:
        text, at = self._window.text, self._at
        delimiter, place, insert = (pattern.match(text, at) for pattern in (DELIMITER, SCHEMA, INSERTS))
        if place:
            self._place = self._place.after(place)
        if insert:
            self.counts[key_of(insert["name"] or b"", self._place)] += 1
        if delimiter or text.startswith(b"\\", at):
            self._place = replace(self._place, delimiter=delimiter[1]) if delimiter else self._place
            self._at = text.find(b"\n", at) + 1 or len(text)
        elif ROUTINE.match(text, at) and self._place.delimiter == b";":
            self._routine()
        else:
            self._rest(b"(")

    def _routine(self) -> None:
        """A trigger or function: up to the END of its body, if it has one."""
        begin, start = self._at, self._window.start + self._at
        part, symbol = self._next(b"")
        first, has_body = self._at, start >= self._place.bodiless and BODY.search(part)
        while has_body and symbol and self._at - begin < LONGEST_ROUTINE:
            part, symbol = self._next(b"")
            if BODY_ENDS.fullmatch(part):
                return
        if has_body:
            self._place = replace(self._place, bodiless=start + LONGEST_ROUTINE)
        self._at = first
