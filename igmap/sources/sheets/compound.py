"""Compound files, in which XLS lies: sectors in chains. One that bites its tail would keep a reader busy for ever."""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA  # this number and those above it end a chain
HEADER_BYTES = 512
LISTED_IN_HEADER = 109
STREAM = 2


def has_sound_chains(path: Path) -> bool:
    """Whether every chain of sectors ends; True for a file of another form."""
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            return True
    content = path.read_bytes().ljust(HEADER_BYTES, b"\0")
    power, first_small, first_listed = struct.unpack_from("<30xH28xI4xI", content)
    if power not in {9, 12}:
        return False
    size = 1 << power
    table = _table(content, first_listed, size)
    if not _ends(table):
        return False
    return _ends([n for place in _chain(table, first_small) for n in _numbers(_sector(content, place, size))])


def stream_of(path: Path, names: Sequence[str]) -> bytes:
    """The content of the first stream of these names, in a file whose chains are sound.

    Returns:
        b"" when there is none, and for streams so small that they share sectors: no spreadsheet program writes those.
    """
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            return b""
    content = path.read_bytes().ljust(HEADER_BYTES, b"\0")
    power, first, smallest, first_listed = struct.unpack_from("<30xH16xI4xI8xI", content)
    size = 1 << power
    table = _table(content, first_listed, size)
    listed = b"".join(_sector(content, place, size) for place in _chain(table, first))
    streams = dict(_streams(listed))
    start, length = next((streams[name] for name in names if name in streams), (LAST, 0))
    if length < smallest:
        return b""
    return b"".join(_sector(content, place, size) for place in _chain(table, start))[:length]


def _streams(listed: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each stream by name: its first sector and its length."""
    for name, size, kind, start, length in struct.iter_unpack("<64sHB49xII4x", listed[: len(listed) // 128 * 128]):
        if kind == STREAM:
            yield name[: max(size - 2, 0)].decode("utf-16-le", "replace"), (start, length)


def _table(content: bytes, first_listed: int, size: int) -> list[int]:
    """What comes behind each sector."""
    places = [*_numbers(content[76:HEADER_BYTES]), *_listed(content, first_listed, size)]
    return [number for place in places if place < LAST for number in _numbers(_sector(content, place, size))]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _sector(content: bytes, place: int, size: int) -> bytes:
    start = (place + 1) * size
    return content[start : start + size]


def _listed(content: bytes, first: int, size: int) -> Iterator[int]:
    """Where the table lies beyond what the header lists: sectors whose last number is the next of their kind."""
    seen: set[int] = set()
    while first < LAST and first not in seen and (numbers := _numbers(_sector(content, first, size))):
        seen.add(first)
        yield from numbers[:-1]
        first = numbers[-1]


def _chain(table: Sequence[int], first: int) -> Iterator[int]:
    while first < len(table):
        yield first
        first = table[first]


def _ends(table: Sequence[int]) -> bool:
    """Whether no chain comes back to a sector of its own."""
    done = bytearray(len(table))
    for start in range(len(table)):
        own: set[int] = set()
        place = start
        while place < len(table) and not done[place]:
            if place in own:
                return False
            own.add(place)
            place = table[place]
        for place in own:
            done[place] = 1
    return True
