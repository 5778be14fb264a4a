"""Texts as words with places, and one number per word: the same for all ways of writing its letters.

The number is a polynomial over the letters without accents and capitals, so that the number of several words in a row
follows from those of each: `hash(a + b) = hash(a) + BASE ** len(a) * hash(b)`, modulo 2 ** 64. What stands between the
words (spaces, points, hyphens) has no part in it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

BASE = 0x9E3779B97F4A7C15 | 1
LONGEST = 60  # letters of a form of a name; longer words are nobody's
POWERS: Hashes = np.array([pow(BASE, exponent, 1 << 64) for exponent in range(2 * LONGEST + 4)], np.uint64)
KNOWN_CODES = 1 << 16  # letters beyond them are of no living script, or mathematical
BLOCK_LETTERS, BLOCK_WORDS = 1 << 20, 1 << 17
APART, NEAR, COMMA, LINE = 0, 1, 2, 3  # what stands between two words
LONGEST_GAP, SHORT = 4, 3  # characters between words of one name; letters before a point that ends no sentence
SPACES, LINES, JOINS = " \t\u00a0\u2009\u202f", "\n\r", ".-_'\u2019\u2018\u2010\u2011\u00b4`"
PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "ð": "d", "þ": "t", "ə": "a", "ħ": "h"}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of several texts, in order; every array has one entry per word.

    Args:
        codes: the characters of all texts, a separator after each.
        begins: where each text begins in them.
        starts: where each word begins in them.
        ends: behind its last character.
        hashes: its number.
        sizes: its letters.
        gaps: what stands before the next word.
    """

    codes: npt.NDArray[np.uint32]
    begins: Integers
    starts: Integers
    ends: Integers
    hashes: Hashes
    sizes: Integers
    gaps: npt.NDArray[np.int8]

    @property
    def texts(self) -> Integers:
        """Which text each word is of."""
        return np.searchsorted(self.begins, self.starts, "right") - 1

    @property
    def upper(self) -> Flags:
        """Which begin with a capital."""
        return _tables()[2][np.minimum(self.codes[self.starts], KNOWN_CODES - 1)]

    def written(self, which: Integers) -> pl.Series:
        """Some of the words as the lists write them: folded."""
        folded = _tables()[0][np.minimum(self.codes, KNOWN_CODES - 1)]
        pairs = zip(self.starts[which].tolist(), self.ends[which].tolist(), strict=True)
        letters = (folded[start:end].astype("<u4") for start, end in pairs)
        return pl.Series([word[word > 0].tobytes().decode("utf-32-le") for word in letters], dtype=pl.String)


@cache
def _tables() -> tuple[Hashes, Flags, Flags]:
    """Of each character: its folded letter (0 for none), whether it is part of words, whether it is a capital."""
    letters, parts, capitals = (
        np.zeros(KNOWN_CODES, np.uint64),
        np.zeros(KNOWN_CODES, bool),
        np.zeros(KNOWN_CODES, bool),
    )
    for code in range(KNOWN_CODES):
        letter = chr(code)
        if letter.isalpha():
            letters[code], parts[code] = ord(_plain(letter)), True
            capitals[code] = letter.isupper()
        elif unicodedata.category(letter) in {"Mn", "Cf"}:
            parts[code] = True
    return letters, parts, capitals


def _plain(letter: str) -> str:
    """The first of the letters it is made of, small and without marks."""
    lower = letter.lower()[0]
    return PLAIN.get(lower) or unicodedata.normalize("NFKD", lower).lower()[0] or lower


def blocks(values: pl.Series) -> Iterator[tuple[int, Words]]:
    """The words of texts, so many texts at a time that they are about a million characters; with the first's place."""
    ends = values.str.len_chars().cast(pl.Int64).cum_sum().to_numpy()
    first = 0
    while first < len(values):
        before = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + BLOCK_LETTERS, "right")))
        yield first, words_of_texts(values.slice(first, last - first))
        first = last


def words_of_texts(values: pl.Series) -> Words:
    """The words of texts that are not null.

    Example:
        >>> words = words_of_texts(pl.Series(["Zoë is er", "ZOE"]))
        >>> words.texts.tolist(), bool(words.hashes[0] == words.hashes[3])
        ([0, 0, 0, 1], True)
    """
    joined = (values.str.join("\0").item() or "") + "\0" if len(values) else ""
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    sizes = values.str.len_chars().cast(pl.Int64).to_numpy() + 1
    inside = np.zeros(len(codes) + 2, np.int8)
    inside[1:-1] = _tables()[1][np.minimum(codes, KNOWN_CODES - 1)]
    edges = np.flatnonzero(np.diff(inside))
    starts, ends = edges[::2], edges[1::2]
    hashes, letters = _hashed(codes, starts, ends)
    gaps = _gaps(codes, starts, ends, letters)
    return Words(codes, np.cumsum(sizes) - sizes, starts, ends, hashes, letters, gaps)


def _hashed(codes: npt.NDArray[np.uint32], starts: Integers, ends: Integers) -> tuple[Hashes, Integers]:
    hashes, sizes = np.zeros(len(starts), np.uint64), np.zeros(len(starts), np.int64)
    for first in range(0, len(starts), BLOCK_WORDS):
        part = slice(first, first + BLOCK_WORDS)
        begin = starts[first]
        letters = _tables()[0][np.minimum(codes[begin : ends[part][-1]], KNOWN_CODES - 1)]
        counted = np.cumsum(letters > 0)
        before = np.where(starts[part] > begin, counted[starts[part] - begin - 1], 0)
        spans = np.diff(np.append(starts[part] - begin, len(letters)))
        place = np.clip(counted - 1 - np.repeat(before, spans), 0, LONGEST)
        hashes[part] = np.add.reduceat(letters * POWERS[place], starts[part] - begin)
        sizes[part] = counted[ends[part] - begin - 1] - before
    return hashes, sizes


def _gaps(codes: npt.NDArray[np.uint32], starts: Integers, ends: Integers, sizes: Integers) -> npt.NDArray[np.int8]:
    """What stands behind each word: apart from the next, near it, with a comma or a new line between."""
    gaps = np.zeros(len(starts), np.int8)
    length = np.append(starts[1:], len(codes) + LONGEST_GAP) - ends
    seen = {kind: np.zeros(len(starts), np.int8) for kind in ("space", "line", "join", "comma", "point")}
    for place in range(LONGEST_GAP):
        some = np.flatnonzero(length > place)
        some = some[ends[some] + place < len(codes)]
        here = codes[ends[some] + place]
        for kind, characters in zip(seen, (SPACES, LINES, JOINS, ",", "."), strict=True):
            seen[kind][some] += np.isin(here, [ord(one) for one in characters])
    allowed = seen["space"] + seen["line"] + seen["join"] + seen["comma"] == length
    ended = (seen["point"] > 0) & (seen["space"] + seen["line"] > 0) & (sizes > SHORT)
    near = allowed & (length > 0) & ~ended & (seen["line"] < LONGEST_GAP - 1) & (sizes <= LONGEST)
    gaps[near] = np.where(seen["comma"] > 0, COMMA, np.where(seen["line"] > 0, LINE, NEAR))[near]
    if len(gaps):
        gaps[:-1][sizes[1:] > LONGEST] = APART
    return gaps
