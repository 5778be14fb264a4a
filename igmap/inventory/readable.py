"""A text as a reader sees it, with the place of every character in the text as given.

Nobody sees a joiner of no width inside a name or that one of its letters is Cyrillic; a pattern does. So finding works
on the readable text, and what it finds is told in offsets of the original, hidden characters and all.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from igmap.vocabulary import load_yaml

Offsets = npt.NDArray[np.int64]
Step = tuple[re.Pattern[str], Callable[[str], str]]
KEPT = "\t\n\x0b\x0c\r"  # control characters that part lines and columns
ALWAYS = frozenset({"wide", "narrow", "small"})  # forms that Unicode calls compatible, whatever they are of
LETTERS = frozenset({"font", "circle", "compat", "isolated", "initial", "medial", "final"})  # of letters and digits
MARKED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+", re.DOTALL)
WORD = re.compile("[\\w\u0300-\u036f]+")
NUMBER = 4  # digits by which a word is one
LATIN, OTHER = re.compile("[a-zA-Z\u00c0-\u024f]"), re.compile("[\u0370-\u052f]")


def readable(text: str) -> tuple[str, list[int] | None]:
    r"""The text without what is invisible, and everything that is written oddly written plainly.

    Gone are characters of no width, soft hyphens, marks of direction and control characters. Plain are full-width and
    other compatibility forms, digits of other scripts, odd spaces, dashes and apostrophes, accents that stand behind
    their letter, and Cyrillic or Greek letters inside a word that is otherwise Latin.

    Args:
        text: any text.

    Returns:
        The readable text, and the offset in the original of each of its characters; None when nothing changed. A span
        of the readable text is told in the original by `original_span`.

    Example:
        >>> readable("J\u200b\u0430n")
        ('Jan', [0, 2, 3])
        >>> readable("Jan")
        ('Jan', None)
    """
    seen, offsets = seen_at(text)
    return seen, None if offsets is None else offsets.tolist()


def seen_at(text: str, *first: Step) -> tuple[str, Offsets | None]:
    """The same with the offsets as an array, an eighth of the memory.

    Args:
        text: any text.
        first: what else is made plain before: a pattern, and what stands for a match.
    """
    steps = [step for step in first if step[0].search(text)]
    if steps or odd().search(text):
        steps += [(odd(), _plain), (WORD, _latin), (MARKED, _composed)]
    seen, offsets = text, np.arange(len(text) if steps else 0)
    for pattern, plain in steps:
        seen, widths = _replaced(seen, pattern, plain)
        offsets = np.repeat(offsets, widths)
    return seen, None if seen == text else offsets


def original_span(offsets: list[int] | Offsets, start: int, end: int, size: int) -> tuple[int, int]:
    """Where a span of the readable text stands in the original, with what is hidden inside it and right behind it.

    Args:
        offsets: of the readable text.
        start: of the span.
        end: of the span, more than its start.
        size: characters of the original.
    """
    behind = int(offsets[end]) if end < len(offsets) else size
    return int(offsets[start]), max(behind, int(offsets[end - 1]) + 1)


@cache
def odd() -> re.Pattern[str]:
    """Finds a character without which a text is as its reader sees it."""
    signs = {*_table(), *_letters(), *_digits(), *map(chr, range(0x300, 0x370))}
    return re.compile(f"[{_ranges(sorted(map(ord, signs)))}]")


def _replaced(text: str, pattern: re.Pattern[str], plain: Callable[[str], str]) -> tuple[str, npt.NDArray[np.int16]]:
    """The text with every match made plain, and how many characters each character of it has become."""
    widths = np.ones(len(text), np.int16)
    pieces, at = [], 0
    for match in pattern.finditer(text):
        written = plain(match[0])
        if written != match[0]:
            start, end = match.span()
            pieces += [text[at:start], written]
            at = end
            if len(written) < end - start:
                widths[start + len(written) : end] = 0
            else:
                widths[end - 1] += len(written) - (end - start)
    return "".join([*pieces, text[at:]]), widths


def _plain(sign: str) -> str:
    return _table().get(sign, sign)


def _composed(marked: str) -> str:
    return unicodedata.normalize("NFC", marked)


def _latin(word: str) -> str:
    """A word with Latin letters for their look-alikes, if that makes it Latin, or digits, if that makes it a number."""
    if word.isascii():
        return word
    for letters, has in ((_letters(), LATIN.search(word)), (_digits(), sum(map(str.isdigit, word)) >= NUMBER)):
        written = "".join(letters.get(letter, letter) for letter in word)
        if has and not OTHER.search(written) and (letters is _letters() or not LATIN.search(word)):
            return written
    return word


@cache
def _letters() -> dict[str, str]:
    scripts = load_yaml(__package__, "readable.yaml")["letters"]
    return {str(letter): str(latin) for letters in scripts.values() for letter, latin in letters.items()}


@cache
def _digits() -> dict[str, str]:
    return {str(letter): str(digit) for letter, digit in load_yaml(__package__, "readable.yaml")["digits"].items()}


@cache
def _table() -> dict[str, str]:
    """Every character that is not seen or seen plainer, with what is seen."""
    told = load_yaml(__package__, "readable.yaml")
    listed = {sign: plain for plain, ranges in told["plain"].items() for sign in _signs(ranges)}
    hidden = dict.fromkeys(_signs(told["invisible"]), "")
    forms = {sign: plain for sign in _signs(told["scripts"]) if (plain := _form(sign)) != sign}
    table = {**forms, **hidden, **listed}
    return {sign: "".join(table.get(one, one) for one in plain) for sign, plain in table.items()}


def _form(sign: str) -> str:
    """A character in its plain form: what Unicode calls compatible of letters and digits, and no control character."""
    if sign.isascii():
        return sign if sign.isprintable() or sign in KEPT else ""
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    tag = unicodedata.decomposition(sign).partition(">")[0]
    is_plainer = tag[1:] in ALWAYS or (tag[1:] in LETTERS and plain.isalnum())
    return plain if is_plainer else unicodedata.normalize("NFC", sign)


def _signs(ranges: list[str]) -> Iterator[str]:
    for one in map(str, ranges):
        first, _, last = one.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def _ranges(codes: list[int]) -> str:
    """Numbers of characters as ranges of a pattern."""
    starts = [code for code, before in zip(codes, [-2, *codes], strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], -2], strict=False) if after != code + 1]
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in zip(starts, ends, strict=True))
