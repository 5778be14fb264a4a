"""What the tagger sees of a word and of those around it: numbers of hashed attributes.

A word's attributes do not depend on the text, so each spelling is looked at once (`Vocabulary`); what depends on two
words or more is made of their classes for all words at once.
"""

import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from igmap.inventory.people.tagger import kinds
from igmap.inventory.people.tagger.kinds import Lists

BITS = 21
SIZE = 1 << BITS
FULL = 400_000  # spellings that are remembered; more and all are forgotten
Numbers = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]

OWN, NEAR, FAR = 14, 7, 3
COLUMNS = {0: slice(0, OWN), -1: slice(OWN, OWN + NEAR), 1: slice(OWN + NEAR, OWN + 2 * NEAR)}
COLUMNS |= {-2: slice(OWN + 2 * NEAR, OWN + 2 * NEAR + FAR), 2: slice(OWN + 2 * NEAR + FAR, OWN + 2 * (NEAR + FAR))}
CLASSES = 5
WIDTH = OWN + 2 * (NEAR + FAR)


def bucket(attribute: str) -> int:
    """The number of an attribute."""
    return zlib.crc32(attribute.encode()) & (SIZE - 1)


def shape(word: str) -> str:
    """How a word is written: runs of capitals, small letters, digits; marks as they are.

    Example:
        >>> shape("Jan"), shape("J.P."), shape("El-Khattabi"), shape("42")
        ('Xx', 'X.X.', 'Xx-Xx', '0')
    """
    signs = ""
    for letter in word[:24]:
        sign = "X" if letter.isupper() else "x" if letter.isalpha() else "0" if letter.isdigit() else letter
        if signs[-1:] != sign or (sign == "X" and signs[-2:] != "XX"):
            signs += sign
    return signs[:8]


def attributes(word: str, code: str, alike: int) -> tuple[list[int], tuple[int, ...]]:
    """The attributes of a spelling for each place it may stand at; its classes: itself, kind, how listed, case, end."""
    lower, form = word.lower()[:40], shape(word)
    named = f"{form}|{code}"
    spelled = f"{form}|{alike}"
    kind = f"{form}|{code}|{(alike + 1) // 3}" if alike else lower
    own = [
        f"w{lower}", f"s{form}", f"l{code}", f"ls{named}", f"k{alike}", f"ks{spelled}", f"kl{alike}|{code}",
        f"a{lower[-2:]}", f"b{lower[-3:]}", f"c{lower[-4:]}", f"d{lower[:2]}", f"e{lower[:3]}", f"f{lower[:4]}",
        f"n{min(len(lower), 12)}|{form}",
    ]  # fmt: skip
    near = [f"w{lower}", f"s{form}", f"l{named}", f"k{spelled}", f"b{lower[-3:]}", f"h{lower[-5:]}", f"z{kind}"]
    far = [f"w{lower}", f"l{named}", f"z{kind}"]
    places = [*own, *_at("-", near), *_at("+", near), *_at("<", far), *_at(">", far)]
    itself, sort, listed, end = (zlib.crc32(one.encode()) for one in (lower, kind, named, lower[-3:]))
    return [bucket(one) for one in places], (itself, sort, listed, case(word), end)


def case(word: str) -> int:
    """Bits: whether it is a word at all, has small letters, has capitals, begins with one, has two letters or more."""
    letters = sum(letter.isalpha() for letter in word[:40])
    lower, upper = word != word.upper(), word != word.lower()
    return word[0].isalnum() | lower << 1 | upper << 2 | word[0].isupper() << 3 | (letters > 1) << 4


def _at(place: str, given: Iterable[str]) -> list[str]:
    return [place + one for one in given]


class Vocabulary:
    """The spellings seen so far and their attributes."""

    def __init__(self, known: Lists) -> None:
        """Start with none.

        Args:
            known: the lists to look words up in.
        """
        self.known = known
        self.index: dict[str, int] = {}
        self.numbers = np.zeros((0, WIDTH), np.int32)
        self.classes = np.zeros((0, CLASSES), np.uint64)

    def codes(self, words: list[str]) -> Numbers:
        """The number of each word's spelling; those not seen before are added."""
        new = [word for word in dict.fromkeys(words) if word not in self.index]
        if len(self.index) + len(new) > FULL:
            self.index.clear()
            self.numbers, self.classes = self.numbers[:0], self.classes[:0]
            new = list(dict.fromkeys(words))
        if new:
            self._add(new)
        index = self.index
        return np.array([index[word] for word in words], np.int32)

    def _add(self, new: list[str]) -> None:
        rows = [
            attributes(word, code, alike)
            for word, code, alike in zip(new, kinds.codes(new, self.known), kinds.alike(new, self.known), strict=True)
        ]
        self.index |= {word: len(self.index) + i for i, word in enumerate(new)}
        self.numbers = np.concatenate([self.numbers, np.array([row[0] for row in rows], np.int32)])
        self.classes = np.concatenate([self.classes, np.array([row[1] for row in rows], np.uint64)])
