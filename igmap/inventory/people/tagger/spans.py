"""From how likely each word names a person to where persons are named."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from igmap.inventory.people.tagger.model import BEGINS, GOES_ON, NOBODY, Floats
from igmap.inventory.people.tagger.words import Words

SINGLE = 0.5  # how likely one word alone must be
SEVERAL = 0.5


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


def spans(read: Words, likely: Floats) -> Iterator[tuple[int, Found]]:
    """Runs of words that name a person, with the number of the text; a new one where a name rather begins."""
    named = 1 - likely[:, NOBODY]
    inside = named > SEVERAL
    goes_on = inside & np.append(False, inside[:-1]) & (likely[:, GOES_ON] >= likely[:, BEGINS])
    firsts = np.flatnonzero(inside & ~goes_on)
    lasts = np.flatnonzero(inside & ~np.append(goes_on[1:], False))
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        score = float(named[first : last + 1].mean())
        if first != last or score > SINGLE:
            yield int(read.text[first]), Found(int(read.starts[first]), int(read.ends[last]), score)
