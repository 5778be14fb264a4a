"""Which bytes are which letters: found out from the whole file, so that no record is lost to a wrong guess.

Bytes that the encoding does not know become private-use characters (`MARK`), which no export holds by itself: the
record they stand in is quarantined, and its raw text is read as Windows-1252.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO, TextIOBase, TextIOWrapper
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from igmap.sources.text.letters import encoding_of, words_of

UNDECODABLE = "bytes that fit no encoding"
IN_DOUBT = (
    "its letters may be of another encoding than they were read in; look at names with accents, and export it as UTF-8 "
    "where they are wrong"
)
MARK = re.compile("[\uf700-\uf7ff]")
BOMS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32"}  # before the marks that they begin with
BOMS |= {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
UTF8_LINES_SHARE = 0.5
LATIN_9_EURO = 0xA4  # in Windows-1252 the sign of any currency, which nobody writes
COLOURS = re.compile(r"\x1b\[[\d;]*[A-Za-z]")  # what a terminal was told to show them in
START_BYTES, BLOCK_BYTES = 4096, 1 << 18  # a block stays in the cache of a core


@dataclass(frozen=True, slots=True)
class Decoder:
    """How the bytes of one file become text.

    Args:
        path: the file.
        encoding: a Python codec name.
        damaged: whether some bytes do not fit the encoding.
        mark: bytes at its start that are no text: the mark of UTF-8 before text in another encoding.
        doubt: whether its letters may be of another encoding.
        part: some of its lines, to be read in place of all of them.
    """

    path: Path
    encoding: str
    damaged: bool = False
    mark: int = 0
    doubt: bool = False
    part: str | None = None

    @contextmanager
    def utf8(self, ending: str = "") -> Iterator[Any]:
        """The file, and some text behind it, as a binary stream of UTF-8, for parsers that know nothing else."""
        if self.encoding == "utf-8" and not self.damaged and not ending and self.part is None:
            with self.path.open("rb") as raw:
                yield raw
            return
        with self._opened() as text:
            yield _Utf8(text, ending)

    def lines(self) -> Iterator[str]:
        """The physical lines, line ends kept."""
        with self._opened() as file:
            yield from file

    def _opened(self) -> TextIOBase:
        if self.part is not None:
            return StringIO(self.part, newline="")
        raw = self.path.open("rb")
        raw.seek(self.mark)
        return TextIOWrapper(raw, encoding=self.encoding, errors="igmap-mark", newline="")

    def text(self) -> str:
        """All of it; bytes that do not fit are read as Windows-1252."""
        return raw_text("".join(self.lines())).removeprefix("\ufeff")


class _Utf8:
    """What Arrow reads from: text as UTF-8 bytes, at most four for each character."""

    closed = False

    def __init__(self, text: TextIOBase, ending: str) -> None:
        self._text = text
        self._ending = ending

    def read(self, size: int) -> bytes:
        characters = self._text.read(max(size // 4, 1))
        if not characters:
            characters, self._ending = self._ending, ""
        return characters.encode()


def raw_text(text: str) -> str:
    """A damaged record as it reads in Windows-1252: better a wrong letter than a lost record."""
    return MARK.sub(lambda mark: bytes([ord(mark[0]) - 0xF700]).decode("cp1252", "replace"), text)


def decoder_of(path: Path) -> Decoder:
    """Find out the encoding: byte-order mark, UTF-16 by its zeros, UTF-8 throughout, else by the letters.

    A file that is mostly UTF-8 with a few foreign bytes stays UTF-8, and is marked as damaged.
    """
    with path.open("rb") as file:
        told = told_by_start(file.read(START_BYTES))
    if told and told != "utf-8-sig":
        return Decoder(path, told, damaged=not _decodes(path, told))
    return Decoder(path, told or "utf-8") if _is_utf8_throughout(path) else _eight_bits(path, told or "utf-8")


def told_by_start(start: bytes) -> str | None:
    """The encoding that the first bytes of a file tell: by a byte-order mark, or UTF-16 by its zeros."""
    marked = next((name for mark, name in BOMS.items() if start.startswith(mark)), None)
    zeros = {"utf-16-le": start[1::2].count(0), "utf-16-be": start[0::2].count(0)}
    return marked or next((name for name, times in zeros.items() if times > len(start) // 6), None)


def _is_utf8_throughout(path: Path) -> bool:
    """Whether all of a file is UTF-8: checked by Arrow in blocks that end at a line, at the speed of the disk."""
    rest = b""
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK_BYTES), b""):
            end = block.rfind(b"\n") + 1
            if not _is_utf8(rest + block[:end]):
                return False
            rest = (b"" if end else rest) + block[end:]
    return _is_utf8(rest)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bits(path: Path, told: str) -> Decoder:
    """UTF-8 with foreign bytes, or an eight-bit encoding: the lines beyond ASCII decide."""
    fits = beyond = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                beyond += 1
                fits += _is_utf8(line)
    if fits > UTF8_LINES_SHARE * beyond:
        return Decoder(path, told, damaged=True)
    with path.open("rb") as file:
        encoding, doubt = encoding_of(words_of(file), "iso8859-15" if _has_euro_of_latin_9(path) else "cp1252")
    mark = len(codecs.BOM_UTF8) if told == "utf-8-sig" else 0
    return Decoder(path, encoding, not _decodes(path, encoding), mark, doubt)


def _has_euro_of_latin_9(path: Path) -> bool:
    """Whether a file has the byte of the euro in ISO-8859-15, and none of those that only Windows uses for letters."""
    seen = np.zeros(256, np.bool_)
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK_BYTES), b""):
            seen[np.unique(np.frombuffer(block, np.uint8))] = True
    return bool(seen[LATIN_9_EURO] and not seen[0x80:0xA0].any())


def _is_utf8(text: bytes) -> bool:
    ends = pa.py_buffer(np.array([0, len(text)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_utf8(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xF700 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("igmap-mark", _mark)
