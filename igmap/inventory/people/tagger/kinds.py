"""What the lists and the spelling say about a word, without the words around it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import polars as pl

from igmap.inventory.people import spelling
from igmap.inventory.people.names import folded, name_set, not_names, particles, places, words_of
from igmap.vocabulary import load_yaml

PACKAGE = "igmap.inventory.people.tagger"
PART = re.compile(r"(?<=\w)[-._](?=\w)")
LATIN = re.compile(r"[a-zß-\u024f\u1e00-\u1eff'’.-]{2,30}")
STEPS = np.array([-9.0, -6.5, -4.5, -3, -2, -1, 0, 1, 2, 3, 4.5, 6.5])
BITS, HASHES = 20, 7  # of the filter of ordinary words
ELSEWHERE = {"places": 19, "brands": 16}  # bits of the filters of what is named otherwise


@dataclass(frozen=True, slots=True)
class Lists:
    """Names that are looked up, and what spelling says of those that are in no list.

    Attributes:
        given: given names, lower-cased, with and without accents.
        family: family names without particles.
        sure: those of both that are no ordinary words too.
        spelling: weights of letter groups.
    """

    given: frozenset[str]
    family: frozenset[str]
    sure: frozenset[str]
    spelling: spelling.Weights


@cache
def lists() -> Lists:
    """The lists of the package."""
    sure = name_set("given", words=False) | name_set("family", words=False)
    return Lists(name_set("given"), name_set("family"), sure, spelling.weights())


@cache
def closed() -> dict[str, str]:
    """Words of closed lists, with a letter for each list they are in."""
    own = load_yaml(PACKAGE, "words.yaml")
    groups = {
        "t": words_of("titles"), "h": words_of("greetings"), "m": words_of("months"), "p": particles(),
        "o": own["organisation"], "i": own["inhabitant"], "d": own["department"], "l": frozenset(places()),
        "c": not_names(), "v": told("trade"), "r": told("role"),
    }  # fmt: skip
    letters: dict[str, str] = {}
    for letter, group in groups.items():
        for word in group:
            letters[folded(word)] = letters.get(folded(word), "") + letter
    return letters


@cache
def told(kind: str) -> frozenset[str]:
    """Words of `words.yaml`, of one of its kinds."""
    return frozenset(load_yaml(PACKAGE, "words.yaml")[kind])


@cache
def _ordinary() -> bytes:
    with as_file(files(PACKAGE).joinpath("ordinary.npz")) as path, np.load(path) as table:
        filled: bytes = table["bits"].tobytes()
    return filled


@cache
def _elsewhere() -> dict[str, bytes]:
    with as_file(files(PACKAGE).joinpath("elsewhere.npz")) as path, np.load(path) as table:
        return {kind: table[kind].tobytes() for kind in ELSEWHERE}


def bits(word: str, size: int = BITS) -> Iterator[int]:
    """Where a filter of two to the power of `size` bits is set for a word; by default that of ordinary words."""
    text = word.encode()
    first, second = zlib.crc32(text), zlib.adler32(text[::-1] + b"w") * 0x9E3779B1 | 1
    return ((first + turn * (second >> 7)) & ((1 << size) - 1) for turn in range(HASHES))


def is_ordinary(word: str) -> bool:
    """Whether a lower-case word is an ordinary one of Dutch or English; of other words one in two hundred is too."""
    return _is_in(_ordinary(), bits(word))


def _is_in(filled: bytes, places: Iterator[int]) -> bool:
    return all(filled[bit >> 3] & (128 >> (bit & 7)) for bit in places)


def codes(words: list[str], known: Lists) -> list[str]:
    """A few letters per word: which lists it is in, as a given name, family name, particle, place and so on."""
    return [_code(word, known, closed()) for word in words]


def _code(word: str, known: Lists, closed: dict[str, str]) -> str:
    plain = folded(word)
    parts = [part for part in PART.split(plain) if len(part) > 1] if PART.search(plain) else [plain]
    given = any(part in known.given for part in parts)
    family = any(part in known.family for part in parts)
    named = ""
    if given or family:
        sure = any(part in known.sure for part in parts)
        named = ("G" if sure else "g") * given + ("F" if sure else "f") * family
    elif plain[-1:] == "s" and plain[:-1] in known.given and plain[:-1] in known.sure:
        named = "q"
    others = "".join(kind[0] for kind, filled in _elsewhere().items() if _is_in(filled, bits(plain, ELSEWHERE[kind])))
    return named + closed.get(plain, "") + others.replace("p", "x") + "w" * is_ordinary(word.lower())


def alike(words: list[str], known: Lists) -> list[int]:
    """How much each word is spelled like a name, in steps from 1; 0 for what is not made of Latin letters."""
    lower = [word.lower() for word in words]
    latin = np.array([LATIN.fullmatch(word) is not None for word in lower], np.bool_)
    steps = np.zeros(len(words), np.int64)
    if latin.any():
        odds = spelling.likeness(pl.Series(lower).filter(pl.Series(latin)), known.spelling).to_numpy()
        steps[latin] = np.searchsorted(STEPS, odds) + 1
    return steps.tolist()
