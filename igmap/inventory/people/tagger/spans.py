"""From how likely each word names a person to where persons are named."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from igmap.inventory.people.tagger.kinds import is_ordinary, told
from igmap.inventory.people.tagger.model import BEGINS, GOES_ON, Floats
from igmap.inventory.people.tagger.words import BREAK, Words

SINGLE, FIRST, SMALL = 0.6, 0.65, 0.5  # how likely one word must be, a first one, a small one
FIRST_WORD = 0.9  # how likely a first one must be that is an ordinary word too: `Rose is a flower`
WRITTEN_TO = 0.42  # how likely one word must be where somebody writes to somebody
SEVERAL = 0.2  # how likely each of several words must be
DOUBTED = 0.4  # how likely a single word must be to count as a mention of a name that is sure elsewhere
LONGEST = 40  # letters of a word of a name
MARKS = frozenset(",.;:!?-–()<>\"'/")  # end no name
BEGIN_NONE = MARKS - {"'", "("}  # begin no name


class Found(NamedTuple):
    """A person named in a text.

    Attributes:
        start: the first character.
        end: the one behind the last.
        score: how likely it is, 0–1.
    """

    start: int
    end: int
    score: float


def spans(read: Words, likely: Floats, least: float | None = None) -> Iterator[tuple[int, Found, bool]]:
    """Runs of words that name a person, a new one where a name rather begins than goes on.

    Args:
        read: the words.
        likely: how likely each label is for each word.
        least: how likely a word must be, whether it stands alone or not; by default what names persons best.

    Returns:
        The number of the text, the person, and whether it is a single word that alone is not likely enough; of these
        only those that are not too unlikely either.
    """
    several = SEVERAL if least is None else least
    named = likely[:, BEGINS] + likely[:, GOES_ON]
    letters = _letters(read)
    inside = (named > several) & (read.ends - read.starts <= LONGEST)
    goes_on = inside & np.append(False, inside[:-1]) & (likely[:, GOES_ON] >= likely[:, BEGINS])
    firsts = np.flatnonzero(inside & ~goes_on)
    lasts = np.flatnonzero(inside & ~np.append(goes_on[1:], False))
    for first, behind in zip(firsts.tolist(), lasts.tolist(), strict=True):
        first = next((at for at in range(first, behind) if read.words[at] not in BEGIN_NONE), behind)  # noqa: PLW2901
        last = next((at for at in range(behind, first, -1) if read.words[at] not in MARKS), first)
        score = round(float(named[first : last + 1].mean()), 4)  # the same whatever else is read with it
        alone = _single(read.words[first - 1 : first + 1], is_letter=int(read.text[first]) in letters)
        doubted = first == last and score <= (alone if least is None else least)
        if read.words[last] not in MARKS and (not doubted or score > DOUBTED):
            yield int(read.text[first]), Found(int(read.starts[first]), int(read.ends[last]), score), doubted


def _letters(read: Words) -> set[int]:
    """The numbers of the texts in which somebody writes to somebody."""
    letter = told("letter")
    return {int(text) for word, text in zip(read.words, read.text.tolist(), strict=True) if word.lower() in letter}


def _single(words: list[str], *, is_letter: bool) -> float:
    """How likely a word alone must be, by the word before it and the text it stands in."""
    before, word = words
    if is_letter:
        return WRITTEN_TO
    if word.islower():
        return SMALL
    if before != BREAK:
        return SINGLE
    return FIRST_WORD if is_ordinary(word.lower()) else FIRST
