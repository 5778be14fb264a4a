"""Which of the eight-bit encodings a text is written in, by its letters: only where that is clear.

For every encoding it is asked how likely the words would be in the languages that are written in it. A letter counts
by its rank in its language; letters beyond ASCII rarely stand side by side in Latin words, and always in Cyrillic and
Greek ones; no small letter stands before a capital.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from math import log

from igmap.vocabulary import load_yaml

WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
ENOUGH_WORDS = 500  # different ones, of which no more are looked at
FEWEST_WORDS, FEWEST_LETTERS = 5, 8  # a text with fewer tells nothing
CLEAR, DOUBTFUL = 15.0, 6.0  # how much more likely a reading must be, as a natural logarithm
CLEAR_FOR_EACH = 0.6  # and that for each letter
SIGNS = frozenset("’‘“”„–—…€•°·«»§©®™½£\u00b4\u00a0")
OF_A_SIGN, OF_A_STRANGER, OF_NO_LETTER = log(0.02), log(0.001), log(0.00005)
FITTING = -4.0  # for each letter: what fits its language worse is no text of it
FIRST_OF_GREEK = "\u0370"
SELDOM, OFTEN = log(0.03), log(0.97)


def words_of(lines: Iterable[bytes]) -> frozenset[bytes]:
    """Different words that hold bytes beyond ASCII."""
    found: set[bytes] = set()
    for line in lines:
        found.update(WORD.findall(line))
        if len(found) >= ENOUGH_WORDS:
            break
    return frozenset(found)


def encoding_of(words: AbstractSet[bytes], usual: str) -> tuple[str, bool]:
    """The encoding of the words, and whether that is in doubt.

    Args:
        words: those with bytes beyond ASCII.
        usual: what is taken where nothing speaks clearly for another; Windows-1252 or its like. Where it has no letter
            for some of the bytes the likeliest encoding is taken, and that is in doubt.
    """
    ordered = sorted(words)
    letters = sum(byte > 0x7F for word in ordered for byte in word)  # noqa: PLR2004 - the last of ASCII
    likely = {encoding: _likelihood(ordered, encoding) for encoding in _languages()}
    best = max(likely, key=likely.__getitem__)
    ahead = likely[best] - likely[next(iter(likely))]
    if ahead < DOUBTFUL:
        return usual, False
    close = [encoding for encoding in likely if likely[best] - likely[encoding] < DOUBTFUL]
    alike = all(_read_alike(ordered, best, encoding) for encoding in close)
    clear = ahead >= max(CLEAR, CLEAR_FOR_EACH * letters) and likely[best] >= FITTING * letters
    enough = len(ordered) >= FEWEST_WORDS and letters >= FEWEST_LETTERS
    if not (alike and clear and enough) and _has_no_letters_for(ordered, usual):
        return (usual if _has_no_letters_for(ordered, best) else best), True
    return (best, False) if alike and clear and enough else (usual, True)


@cache
def _languages() -> Mapping[str, Sequence[Mapping[str, float]]]:
    """By encoding: for each of its languages, how likely each letter is."""
    told: Mapping[str, Mapping[str, str]] = load_yaml(__package__, "letters.yaml")
    return {encoding: [_by_rank(letters) for letters in of.values()] for encoding, of in told.items()}


def _by_rank(letters: str) -> Mapping[str, float]:
    whole = sum(1 / (rank + 2) for rank in range(len(letters)))
    return {letter: log(1 / (rank + 2) / whole) for rank, letter in enumerate(letters)}


def _read_alike(words: Sequence[bytes], one: str, other: str) -> bool:
    return all(word.decode(one, "replace") == word.decode(other, "replace") for word in words)


def _has_no_letters_for(words: Sequence[bytes], encoding: str) -> bool:
    """Whether an encoding leaves bytes unread, and so cannot be the one they were written in."""
    return any("\N{REPLACEMENT CHARACTER}" in word.decode(encoding, "replace") for word in words)


def _likelihood(words: Sequence[bytes], encoding: str) -> float:
    """How likely the words are in the language of the encoding that fits them best."""
    read = [word.decode(encoding, "replace") for word in words]
    of_writing = sum(_of_writing(word) for word in read)
    letters = [letter for word in read for letter in word if not letter.isascii()]
    return of_writing + max(sum(_of_letters(letters, known)) for known in _languages()[encoding])


def _of_letters(letters: Sequence[str], known: Mapping[str, float]) -> Iterator[float]:
    for letter in letters:
        if letter in SIGNS:
            yield OF_A_SIGN
        else:
            stranger = OF_A_STRANGER if letter.isalpha() else OF_NO_LETTER
            yield known.get(letter, known.get(letter.lower(), stranger))


def _of_writing(word: str) -> float:
    """How likely its letters are to stand side by side."""
    return sum(
        _side_by_side(before, letter) for before, letter in pairwise(word) if before.isalpha() and letter.isalpha()
    )


def _side_by_side(before: str, letter: str) -> float:
    if before >= FIRST_OF_GREEK or letter >= FIRST_OF_GREEK:
        likely = OFTEN if min(before, letter) >= FIRST_OF_GREEK else SELDOM
    else:
        likely = 0.0 if before.isascii() or letter.isascii() else SELDOM
    return likely + (SELDOM if before.islower() and letter.isupper() else 0.0)
