"""Archives: ZIP, TAR, and single files packed by gzip, bzip2 or xz. Their members are exports of their own.

What is no file (a link, a device, a pipe) is neither made nor followed, and a member's name is only a name.
"""

import bz2
import gzip
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, cast

from igmap.errors import SourceError
from igmap.sources.archives import salvage
from igmap.sources.archives.pieces import Limited, Piece
from igmap.sources.reading import Inner, Reading, told
from igmap.sources.text.encodings import raw_text
from igmap.sources.unpacking import Budget

PACKED: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
DAMAGED = "is cut off or damaged, and what follows in it is not read; ask for it again"
PASSWORD = "has a password; unpack it yourself into exports/"  # noqa: S105 - words about one
METHOD = "is packed in a way that igmap does not know; unpack it yourself into exports/"
OVERLAPS = "overlaps another member, as in a bomb; ask for the file itself"
LINKS = "links, devices or pipes in it, which are neither followed nor made: {}"
LITTER = "files that macOS or Windows adds (such as .DS_Store and __MACOSX), which are not read: {}"
EMPTY = "empty archive"
LITTER_NAMES = re.compile(r"(.*/)?(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)")
LITTER_STARTS = (
    b"\x00\x05\x16\x07",
    b"\x00\x00\x00\x01Bud1",
    b"\xd0\xcf\x11\xe0",
    b"[.ShellClassInfo]",
    b"\xff\xfe[\0.\0S\0h",
)
BLOCK = 512  # bytes, of a tar
AFTER_END = 1 << 16
LARGEST_HEADER = 1 << 14  # names and attributes of a tar's member; larger ones take tarfile minutes
LOCAL_HEADER, ENCRYPTED = 30, 1
UNSOUND = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, gzip.BadGzipFile, tarfile.TarError,
    struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


def read(path: Path) -> Iterator[Reading | Inner]:
    """Every member that is a file, then what is to be said of the others. A member is counted by its own reader."""
    with path.open("rb") as file:
        start = file.read(BLOCK)
    if start.startswith(b"PK"):
        members: Iterator[Inner | None] = _zip(path)
    elif is_tar(path):
        members = _tar(path)
    else:
        yield from _single(path)
        return
    yield from _members(members)


def is_packed(start: bytes) -> bool:
    """Whether a file that begins so is packed by gzip, bzip2 or xz."""
    return start.startswith(tuple(PACKED))


def is_tar(path: Path) -> bool:
    """Whether it is a tar, packed or not: its first block says so, or it holds nothing but is called one."""
    try:
        with _unpacked(path) as file:
            start = file.read(BLOCK)
        if start and not start.strip(b"\0"):
            return bool(re.search(r"\.(tar(\.\w+)?|t[gbx]z2?)$", path.name, re.IGNORECASE))
        tarfile.TarInfo.frombuf(start, "utf-8", "surrogateescape")
    except (SourceError, tarfile.TarError):
        return False
    return True


def _members(members: Iterator[Inner | None]) -> Iterator[Reading | Inner]:
    """The members that are opened; None stands for what is no file."""
    opened = links = litter = 0
    for member in members:
        if member is None:
            links += 1
        elif LITTER_NAMES.fullmatch(member.name.replace("\\", "/")) and _is_litter(member):
            litter += 1
        else:
            opened += 1
            yield member
    counts = {LINKS: links, LITTER: litter}
    problems = [] if opened else [EMPTY]
    problems += [words.format(number) for words, number in counts.items() if number]
    if problems:
        yield told(problems)


def _is_litter(member: Inner) -> bool:
    """Whether it is what its name says: a file of data may be called so too."""
    try:
        with member.content() as content:
            return content.read(BLOCK).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").startswith(LITTER_STARTS)
    except SourceError:
        return False


@contextmanager
def _sound(words: str = "is cut off or damaged; ask for it again") -> Iterator[None]:
    """What the libraries raise on a damaged archive, in our words."""
    try:
        yield
    except UNSOUND:
        raise SourceError(words) from None


@contextmanager
def _unpacked(path: Path) -> Iterator[BinaryIO]:
    """The file, without its packing when it has any."""
    with path.open("rb") as file:
        start = file.read(8)
    opener = next((opener for mark, opener in PACKED.items() if start.startswith(mark)), open)
    with _sound(), opener(path, "rb") as content:
        yield content


def _single(path: Path) -> Iterator[Inner]:
    """The one file in it, as far as it can be read."""
    damage: list[str] = []
    yield Inner("", partial(_as_far_as_sound, path, damage))
    if damage:
        raise SourceError(DAMAGED)


@contextmanager
def _as_far_as_sound(path: Path, damage: list[str]) -> Iterator[BinaryIO]:
    with _unpacked(path) as content:
        yield cast("BinaryIO", _AsFarAsSound(content, damage))


class _AsFarAsSound:
    """A packed stream that ends where the damage begins."""

    def __init__(self, stream: Any, damage: list[str]) -> None:
        self._stream = stream
        self._damage = damage

    def read(self, size: int) -> bytes:
        try:
            return bytes(self._stream.read1(size))
        except UNSOUND:
            self._damage.append(DAMAGED)
            return b""


def _zip(path: Path) -> Iterator[Inner]:
    try:
        archive = zipfile.ZipFile(path)
    except UNSOUND:
        yield from salvage.members(path)
        return
    with _sound(DAMAGED), archive:
        overlapping = _overlapping(archive.infolist())
        for info in archive.infolist():
            if not info.is_dir():
                content = partial(zipped, archive, info, overlaps=info.header_offset in overlapping)
                yield Inner(_zip_name(info), content, info.file_size)


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Where members begin that end behind the beginning of the next: one piece of data unpacked many times."""
    begins = sorted((info.header_offset, info.compress_size) for info in infos)
    return {begin for (begin, size), (following, _) in pairwise(begins) if begin + LOCAL_HEADER + size > following}


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker saw it: some write UTF-8 without saying so."""
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


@contextmanager
def zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, overlaps: bool = False) -> Iterator[BinaryIO]:
    """One member of a ZIP, as a stream.

    Raises:
        SourceError: it cannot be unpacked, or not as the archive says.
    """
    if overlaps:
        raise SourceError(OVERLAPS)
    if info.flag_bits & ENCRYPTED:
        raise SourceError(PASSWORD)
    try:
        with archive.open(info) as content:
            yield cast("BinaryIO", content)
            if content.tell() < info.file_size and not content.read(1):
                raise SourceError("is smaller than the archive says; ask for it again")
    except NotImplementedError:
        raise SourceError(METHOD) from None
    except UNSOUND:
        raise SourceError("is damaged in the archive; ask for it again") from None


def _tar(path: Path) -> Iterator[Inner | None]:
    furthest = Budget.of(path).left
    with _sound(DAMAGED), _unpacked(path) as file:
        limited = cast("BinaryIO", Limited(file, largest=LARGEST_HEADER, furthest=furthest))
        with tarfile.open(fileobj=limited, mode="r:") as archive:
            end = 0
            for info in archive:
                if archive.offset <= end:  # a negative size leads back, for ever
                    raise SourceError(DAMAGED)
                end = archive.offset
                if not info.isdir():
                    yield Inner(_tar_name(info), partial(_tarred, file, info), info.size) if info.isreg() else None
                archive.members.clear()  # type: ignore[attr-defined] # a million members would stay in memory
            _check_end(file, end)


def _check_end(file: BinaryIO, end: int) -> None:
    """Refuse an archive that does not end with blank blocks and nothing else: at a broken header tarfile just stops."""
    file.seek(end)
    rest = file.read(AFTER_END)
    if not rest or rest.strip(b"\0"):
        raise SourceError(DAMAGED)


def _tar_name(info: tarfile.TarInfo) -> str:
    return raw_text(info.name.encode("utf-8", "surrogateescape").decode("utf-8", "igmap-mark"))


@contextmanager
def _tarred(file: BinaryIO, info: tarfile.TarInfo) -> Iterator[BinaryIO]:
    if info.issparse():
        raise SourceError(METHOD)
    with _sound():
        yield cast("BinaryIO", Piece(file, info.offset_data, info.size))
