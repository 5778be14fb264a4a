"""Which bytes are which letters: found out from the whole file, so that no record is lost to a wrong guess.

Bytes that the encoding does not know become private-use characters (`MARK`), which no export holds by itself: the
record they stand in is quarantined, and its raw text is read as Windows-1252.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MARK = re.compile("[\uf780-\uf7ff]")
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
UTF8_LINES_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Decoder:
    """How the bytes of one file become text.

    Args:
        path: the file.
        encoding: a Python codec name.
        damaged: whether some bytes do not fit the encoding.
    """

    path: Path
    encoding: str
    damaged: bool = False

    def utf8(self) -> Any:
        """The file as a binary stream of UTF-8, for parsers that know nothing else."""
        raw = self.path.open("rb")
        if self.encoding == "utf-8" and not self.damaged:
            return raw
        reader, writer = codecs.getreader(self.encoding), codecs.getwriter("utf-8")
        utf8 = codecs.lookup("utf-8")
        return codecs.StreamRecoder(raw, utf8.encode, utf8.decode, reader, writer, "igmap-mark")

    def lines(self) -> Iterator[str]:
        """The physical lines, line ends kept."""
        with self.path.open(encoding=self.encoding, errors="igmap-mark", newline="") as file:
            yield from file


def raw_text(text: str) -> str:
    """A damaged record as it reads in Windows-1252: better a wrong letter than a lost record."""
    return MARK.sub(lambda mark: bytes([ord(mark[0]) - 0xF700]).decode("cp1252", "replace"), text)


def decoder_of(path: Path) -> Decoder:
    """Find out the encoding: byte-order mark, UTF-8 throughout, UTF-16 by its zeros, Windows-1252 or what fits.

    A file that is mostly UTF-8 with a few foreign bytes stays UTF-8, and is marked as damaged.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    by_mark = next((name for mark, name in BOMS.items() if start.startswith(mark)), None)
    if by_mark:
        return Decoder(path, by_mark, damaged=not _decodes(path, by_mark))
    if start[1::2].count(0) > len(start) // 6:
        return Decoder(path, "utf-16-le")
    if start[0::2].count(0) > len(start) // 6:
        return Decoder(path, "utf-16-be")
    if _decodes(path, "utf-8"):
        return Decoder(path, "utf-8")
    return _eight_bits(path)


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


def _eight_bits(path: Path) -> Decoder:
    """UTF-8 with foreign bytes, or an eight-bit encoding: the lines beyond ASCII decide."""
    fits = beyond = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                beyond += 1
                fits += _is_utf8(line)
    if fits > UTF8_LINES_SHARE * beyond:
        return Decoder(path, "utf-8", damaged=True)
    return Decoder(path, "cp1252", damaged=not _decodes(path, "cp1252"))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(0xF700 + byte) if byte >= 0x80 else "\ufffd" for byte in wrong), error.end  # noqa: PLR2004 - ASCII ends there


codecs.register_error("igmap-mark", _mark)
