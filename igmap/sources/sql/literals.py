"""Literals of SQL as a person reads them: escapes undone, bytes told; what is no literal stays as it is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from igmap.sources.sql.dialect import Dialect
from igmap.sources.text.encodings import MARK, raw_text

NULLS = pa.array([b"NULL", b"null", b"Null"], pa.binary())
HEX_BEGINS = pa.array([b"0x", b"0X"], pa.binary())
LAST = 2**31 - 1  # of a slice that goes to the end
PREFIX = rb"(?P<prefix>[A-Za-z_]\w*+&?)?+\s*+"
STANDARD = re.compile(PREFIX + rb"(?:'(?P<text>[^']*+(?:''[^']*+)*+)'|\"(?P<double>[^\"]*+(?:\"\"[^\"]*+)*+)\")")
ESCAPED = re.compile(
    PREFIX + rb"(?:'(?P<text>[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+)'|\"(?P<double>[^\"\\]*+(?:(?:\\.|\"\")[^\"\\]*+)*+)\")",
    re.DOTALL,
)
CAST = re.compile(rb"(.*')\s*+::\s*+[\w\"\[\]. ]++(?:\([\d, ]++\))?+[\w\[\] ]*+", re.DOTALL)
HEX = re.compile(rb"0[xX]((?:[0-9A-Fa-f]{2})*+)")
REPLACED = re.compile(rb"replace\((.*),'([^']*+)',char\((\d{1,3})\)\)", re.DOTALL | re.IGNORECASE)
ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
MYSQL_ESCAPE = {b"'": re.compile(rb"\\(.)|''", re.DOTALL), b'"': re.compile(rb"\\(.)|\"\"", re.DOTALL)}
UNICODE_ESCAPE = re.compile(rb"\\(?:u?([0-9A-Fa-f]{4})|\+([0-9A-Fa-f]{6})|U([0-9A-Fa-f]{8})|\\)")
LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
MYSQL_LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"0": b"\0", b"Z": b"\x1a"}
SHOWN_BYTES = 32
LAST_CHARACTER = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Literals:
    """How the values of a dump are read.

    Args:
        dialect: of the dump.
        encoding: of the file: strings of bytes are told as they were before they were taken for text.
    """

    dialect: Dialect
    encoding: str

    def values(self, tokens: Sequence[bytes]) -> pa.Array:
        """Values as text, NULL as null."""
        raw = pa.array(tokens, pa.binary())
        quoted = pc.starts_with(raw, b"'")
        texts, odd = raw, pc.match_substring(raw, b"'")
        if pc.any(quoted).as_py():
            inner = pc.binary_slice(raw, 1, -1)
            texts = inner if pc.all(quoted).as_py() else pc.if_else(quoted, inner, raw)
            odd = pc.match_substring(texts, b"'")
        if self.dialect.escapes:
            odd = pc.or_(odd, pc.match_substring(texts, b"\\"))
        if not pc.all(quoted).as_py():
            odd = pc.or_(odd, pc.is_in(pc.binary_slice(raw, 0, 2), HEX_BEGINS))
            odd = pc.or_(odd, pc.starts_with(raw, b'"'))
            odd = pc.or_(odd, pc.less_equal(pc.binary_slice(raw, -1, LAST), b" "))
            texts = pc.if_else(pc.is_in(raw, NULLS), None, texts)
        return _replaced(texts, odd, [self.value(tokens[i].rstrip()) for i in pc.indices_nonzero(odd).to_pylist()])

    def value(self, token: bytes) -> bytes | None:
        """One value as text; what is no literal stays as it is."""
        escapes = self.dialect.escapes or token[:2] in {b"E'", b"e'"}
        literal = (ESCAPED if escapes else STANDARD).fullmatch(token)
        if literal:
            return self._string(literal)
        cast = CAST.fullmatch(token)
        return self.value(cast[1]) if cast else self._expression(token)

    def _expression(self, token: bytes) -> bytes | None:
        """NULL, bytes in hexadecimal, what SQLite writes for line ends, or the text of an expression as it is."""
        told, replaced = HEX.fullmatch(token), REPLACED.fullmatch(token)
        if told:
            return _bytes_told(bytes.fromhex(told[1].decode()), token)
        if replaced:
            return (self.value(replaced[1]) or b"").replace(replaced[2], chr(int(replaced[3])).encode())
        if token.startswith(b"unistr(") and (literal := STANDARD.fullmatch(token[7:-1])):
            return UNICODE_ESCAPE.sub(_of_unicode, self._string(literal))
        return None if token.upper() == b"NULL" else token

    def _string(self, literal: re.Match[bytes]) -> bytes:
        double, prefix = literal["double"], (literal["prefix"] or b"").upper()
        quote, text = (b"'", literal["text"]) if double is None else (b'"', double)
        if prefix == b"X" and (told := HEX.fullmatch(b"0x" + text)):
            return _bytes_told(bytes.fromhex(told[1].decode()), told[0])
        escape, undone = {b"E": (ESCAPE, _of_escape), b"U&": (UNICODE_ESCAPE, _of_unicode)}.get(prefix, (None, None))
        if self.dialect.escapes:
            text = MYSQL_ESCAPE[quote].sub(_of_mysql, text)
        else:
            text = text.replace(quote * 2, quote)
            text = escape.sub(undone, text) if escape and undone else text
        if prefix == b"_BINARY":
            original = self._original(text)
            return _bytes_told(original, b"0x" + original.hex().upper().encode())
        return literal[0] if prefix == b"B" else text

    def _original(self, text: bytes) -> bytes:
        """The bytes as they stood in the file."""
        if self.encoding.startswith("utf"):
            return re.sub(rb"\xef[\x9c-\x9f][\x80-\xbf]", lambda mark: bytes([ord(mark[0].decode()) - 0xF700]), text)
        told = text.decode("utf-8", "replace")
        return b"".join(
            bytes([ord(ch) - 0xF700]) if MARK.match(ch) else ch.encode(self.encoding, "replace") for ch in told
        )


def lines_cells(tokens: Sequence[bytes]) -> pa.Array:
    r"""Cells of PostgreSQL's COPY as text, `\N` as null."""
    raw = pa.array(tokens, pa.binary())
    odd = pc.match_substring(raw, b"\\")
    texts = pc.if_else(pc.equal(raw, rb"\N"), None, raw)
    odd = pc.and_(odd, pc.is_valid(texts))
    return _replaced(texts, odd, [ESCAPE.sub(_of_escape, tokens[i]) for i in pc.indices_nonzero(odd).to_pylist()])


def _replaced(texts: pa.Array, odd: pa.Array, values: list[bytes | None]) -> pa.Array:
    if values:
        sound = [None if value is None else value.decode("utf-8", "replace").encode() for value in values]
        texts = pc.replace_with_mask(texts, odd, pa.array(sound, pa.binary()))
    return texts.cast(pa.string())


def _of_mysql(found: re.Match[bytes]) -> bytes:
    return MYSQL_LETTERS.get(found[1], found[1]) if found[1] else found[0][:1]


def _of_escape(found: re.Match[bytes]) -> bytes:
    hexadecimal, octal, short, long, letter = found.groups()
    if letter is not None:
        return LETTERS.get(letter, letter)
    if hexadecimal or octal:
        return bytes([int(hexadecimal, 16) if hexadecimal else int(octal, 8) & 0xFF])
    return _character(int(short or long, 16))


def _of_unicode(found: re.Match[bytes]) -> bytes:
    digits = found[1] or found[2] or found[3]
    return _character(int(digits, 16)) if digits else b"\\"


def _character(number: int) -> bytes:
    return chr(number).encode("utf-8", "replace") if number <= LAST_CHARACTER else b"?"


def _bytes_told(content: bytes, written: bytes) -> bytes:
    """Bytes that are text as that text, a few others as they are written (a key, perhaps), many by their number."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if all(ch.isprintable() or ch in "\t\r\n" for ch in text):
        return raw_text(text).encode()
    return written if len(content) <= SHOWN_BYTES else f"({len(content)} bytes)".encode()
