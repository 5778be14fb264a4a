"""Mutated files, each made from one number: `mutant(1234)` is the same on every machine with the same libraries."""

import gzip
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePath

from tests.sources.seeds import MADE, seed, zipped

Chance = random.Random
LONGEST_LINE = 2000
TIMES = 1000
MISNAMED = 0.05
SIGNS = [b'"', b"'", b";", b",", b"\t", b"|", b"\n", b"\r", b"\r\n", b'"\n', b'""', b"{", b"}", b"[", b"<", b"\\"]
FOREIGN = [
    b"\xe9",
    b"\x80\x81",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "é;ë\n".encode("utf-16"),
    b"\xc3",
    b"\xed\xa0\x80",
    b"\x1a",
]
ENCODINGS = ["utf-16", "utf-16-be", "cp1252", "utf-8-sig", "utf-32", "cp037"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutated file.

    Args:
        number: makes it again.
        name: of the file.
        content: its bytes.
        done: what was done to it.
    """

    number: int
    name: str
    content: bytes
    done: str


def _places(chance: Chance, content: bytes) -> tuple[int, int]:
    """A stretch of it, short ones more often."""
    start = chance.randint(0, len(content))
    return start, min(len(content), start + int(len(content) * chance.random() ** 3) + 1)


def cut(chance: Chance, content: bytes) -> bytes:
    """Without its tail; without all of it, once in a while."""
    return content[: int(len(content) * chance.random())]


def beheaded(chance: Chance, content: bytes) -> bytes:
    """Without its beginning."""
    return content[_places(chance, content)[0] :]


def gap(chance: Chance, content: bytes) -> bytes:
    """Without a stretch."""
    start, end = _places(chance, content)
    return content[:start] + content[end:]


def doubled(chance: Chance, content: bytes) -> bytes:
    """With a stretch twice."""
    start, end = _places(chance, content)
    return content[:end] + content[start:]


def swapped(chance: Chance, content: bytes) -> bytes:
    """With two stretches in each other's place."""
    a, b, c = sorted(chance.randint(0, len(content)) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def flipped(chance: Chance, content: bytes) -> bytes:
    """With a few bits the other way."""
    bits = bytearray(content)
    for _ in range(chance.randint(1, 8) if bits else 0):
        bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
    return bytes(bits)


def zeroed(chance: Chance, content: bytes) -> bytes:
    """With zeros for a tail, as a full disk leaves it."""
    start = _places(chance, content)[0]
    return content[:start] + bytes(len(content) - start)


def _injected(chance: Chance, content: bytes, *, what: list[bytes]) -> bytes:
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(content))
        content = content[:at] + chance.choice(what) * chance.choice([1, 1, 1, 2, 40]) + content[at:]
    return content


def repeated(chance: Chance, content: bytes) -> bytes:
    """With a line a thousand times."""
    lines = content.splitlines(keepends=True)
    short = [number for number, line in enumerate(lines) if len(line) < LONGEST_LINE]
    if short:
        number = chance.choice(short)
        lines[number] *= TIMES
    return b"".join(lines)


def recoded(chance: Chance, content: bytes) -> bytes:
    """In another encoding, where it is text."""
    with suppress(UnicodeError):
        return content.decode().encode(chance.choice(ENCODINGS), "replace")
    return content


def inside(chance: Chance, content: bytes) -> bytes:
    """Mutated within its packing, whose checksums then are right: readers of the content get to see it."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.compress(_once(chance, gzip.decompress(content))[1], mtime=0)
    if not content.startswith(b"PK"):
        return _once(chance, content)[1]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(members))
    return zipped({**members, name: _once(chance, members[name])[1]})


MUTATIONS: dict[str, Callable[[Chance, bytes], bytes]] = {
    "cut": cut,
    "beheaded": beheaded,
    "gap": gap,
    "doubled": doubled,
    "swapped": swapped,
    "flipped": flipped,
    "zeroed": zeroed,
    "nulls": partial(_injected, what=[b"\0"]),
    "signs": partial(_injected, what=SIGNS),
    "foreign": partial(_injected, what=FOREIGN),
    "repeated": repeated,
    "recoded": recoded,
}


def _once(chance: Chance, content: bytes) -> tuple[str, bytes]:
    name = chance.choice(list(MUTATIONS))
    return name, MUTATIONS[name](chance, content)


def mutant(number: int) -> Mutant:
    """The mutated file of a number: its form by turns, what is done to it by chance."""
    chance, names = random.Random(number), list(MADE)
    name = names[number % len(names)]
    content, done = seed(name), [name]
    if content.startswith((b"PK", b"\x1f\x8b")) and chance.random() < 0.7:
        content = inside(chance, content)
        done.append("inside")
    else:
        for _ in range(chance.choice([1, 1, 2, 3])):
            told, content = _once(chance, content)
            done.append(told)
    other = chance.choice(names) if chance.random() < MISNAMED else name
    return Mutant(number, PurePath(name).stem + PurePath(other).suffix, content, " ".join(done))
