"""ZIP archives without a sound table of contents, such as half a download: their members stand one after the other."""

import mmap
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from igmap.errors import SourceError
from igmap.sources.archives.pieces import Piece
from igmap.sources.reading import Inner

MARK, TABLE_MARK = b"PK\x03\x04", b"PK\x01\x02"
HEADER = struct.Struct("<4x2xHHxxxxIIIHH")  # flags, method, CRC, packed and unpacked size, length of name and of extra
ENCRYPTED, SIZES_BEHIND, UTF8 = 1, 8, 0x800
STORED, DEFLATED = 0, 8
UNKNOWN_SIZE = 0xFFFFFFFF
RAW_DEFLATE = -15
DAMAGED = "is a ZIP archive that is cut off or damaged: only files before the damage are read; ask for it again"
HALF = "is cut off or damaged in the archive; ask for it again"
CLOSED = "has a password, or is packed in a way that igmap does not know; unpack it yourself into exports/"


@dataclass(frozen=True, slots=True)
class _Member:
    """One member, as the header before its data tells of it."""

    name: str
    flags: int
    method: int
    crc: int
    begin: int
    end: int


def members(path: Path) -> Iterator[Inner]:
    """The members whose headers are there.

    Raises:
        SourceError: at the end, always: nobody knows what is missing.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for member in _members(content):
            if not member.name.endswith("/"):
                yield Inner(member.name, partial(_content, file, member))
    raise SourceError(DAMAGED)


def names(path: Path) -> set[str]:
    """What the members are called whose headers are there."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return {member.name for member in _members(content)}


def _members(content: mmap.mmap) -> Iterator[_Member]:
    place = 0
    while content[place : place + len(MARK)] == MARK and place + HEADER.size <= len(content):
        member = _member(content, place)
        yield member
        place = member.end


def _member(content: mmap.mmap, place: int) -> _Member:
    flags, method, crc, packed, _, name_length, extra_length = HEADER.unpack_from(content, place)
    name = content[place + HEADER.size : place + HEADER.size + name_length]
    begin = place + HEADER.size + name_length + extra_length
    if flags & SIZES_BEHIND or packed == UNKNOWN_SIZE:
        found = [at for at in (content.find(MARK, begin), content.find(TABLE_MARK, begin)) if at >= 0]
        end = min(found, default=len(content))
    else:
        end = begin + packed
    return _Member(name.decode("utf-8" if flags & UTF8 else "cp437", "replace"), flags, method, crc, begin, end)


@contextmanager
def _content(file: BinaryIO, member: _Member) -> Iterator[BinaryIO]:
    if member.flags & ENCRYPTED or member.method not in {STORED, DEFLATED}:
        raise SourceError(CLOSED)
    piece = Piece(file, member.begin, member.end - member.begin)
    try:
        yield cast("BinaryIO", _Inflated(piece, member))
    except (zlib.error, EOFError):
        raise SourceError(HALF) from None


class _Inflated:
    """The data of a member; an error at its end when they are not whole."""

    def __init__(self, piece: Piece, member: _Member) -> None:
        self._piece = piece
        self._member = member
        self._inflate = zlib.decompressobj(RAW_DEFLATE)
        self._crc = 0

    def read(self, size: int) -> bytes:
        content = self._piece.read(size) if self._member.method == STORED else self._inflated(size)
        self._crc = zlib.crc32(content, self._crc)
        if not content and not self._member.flags & SIZES_BEHIND and self._crc != self._member.crc:
            raise EOFError
        return content

    def _inflated(self, size: int) -> bytes:
        content = b""
        while not content and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._piece.read(min(size, self._piece.left))
            if not packed:
                raise EOFError
            content = self._inflate.decompress(packed, size)
        return content
