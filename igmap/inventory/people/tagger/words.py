"""Text as words with their places, in sentences: nothing is dropped, so that places are those of the text as given."""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

TITLES = "dhr|mw|mevr|mr|mrs|ms|dr|drs|ir|ing|prof|ds|bc|st|jr|sr|jkvr|jhr|fam|Chr|Th|Ph|Joh|Jac|tel|nr|blz|evt|bijv|bv"
PIECE = re.compile(
    rf"""
    \n(?:[^\S\n]*\n)*                              # line breaks, empty lines among them
    | [^\S\n]+                                     # spaces
    | (?:https?://|www\.)\S+                       # addresses on the web
    | [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+           # and of mail
    | [a-z0-9+/=]{{30,}}                             # base64
    | (?<=@)\w+(?:[.-]\w+)*                        # whom a message mentions: @jan.devries
    | (?:(?<![\w.])(?:{TITLES})\.)                 # abbreviations keep their point
    | (?<!\w)(?:[^\W\d_]\.-?){{1,9}}(?![^\W\d_])    # initials too
    | ['’](?:[tsnmd]\b)                            # 't, 's, 'n
    | [^\W\d_]['’](?=[^\W\d_]{{2}})[^\W_]+(?:-[^\W_]+)*  # d'Angelo
    | [^\W_]+(?:-[^\W_]+)*                         # words, with hyphens
    | .
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
BREAK = "\n"
LONGEST, LONG = 60, 40  # words of a sentence; longer ones are cut, from forty on behind a comma
WRAPPED = 45  # characters from which on a line is taken to run on in the next one
ENDS = frozenset(".!?…")
PAUSES = frozenset(",;:")
FOLLOWS = frozenset("\"'”’)]»")

Integers = npt.NDArray[np.int64]


class Words(NamedTuple):
    """The words of several texts in one row, a break before each sentence and after the last.

    Attributes:
        words: the words and breaks.
        text: which text each is of.
        starts: where each starts in its text.
        ends: where each ends.
    """

    words: list[str]
    text: Integers
    starts: Integers
    ends: Integers


def words_of(texts: list[str]) -> Words:
    """Cut texts into sentences of words; two breaks or more stand between texts."""
    words: list[str] = [BREAK, BREAK]
    number, starts, ends = [0, 0], [0, 0], [0, 0]
    for row, text in enumerate(texts):
        found, begun, ended = _read(text)
        words += found
        starts += begun
        ends += ended
        number += [row] * len(found)
    return Words(words, np.array(number), np.array(starts), np.array(ends))


def _read(text: str) -> tuple[list[str], list[int], list[int]]:
    """The words of one text with breaks between its sentences and two behind it."""
    words: list[str] = []
    starts: list[int] = []
    place = line = size = 0
    ended = paused = spaced = broken = False
    for piece in PIECE.findall(text):
        if piece[0] == BREAK:
            after = place + len(piece)
            broken = broken or not (place - line > WRAPPED and not ended and _runs_on(piece, text[after : after + 1]))
            line = after
        elif piece[0].isspace():
            spaced = True
        else:
            if broken or (ended and spaced and not piece[0].islower()) or size >= (LONG if paused else LONGEST):
                words.append(BREAK)
                starts.append(place)
                size = 0
            words.append(piece)
            starts.append(place)
            ended, paused = piece in ENDS or (ended and piece in FOLLOWS), piece in PAUSES
            spaced = broken = False
            size += 1
        place += len(piece)
    starts += [place, place, place]
    words += [BREAK, BREAK, BREAK]
    return words, starts, [start + len(word) for start, word in zip(starts, words, strict=True)]


def _runs_on(piece: str, following: str) -> bool:
    """Whether a line that was long enough goes on behind its break: no empty line, no list, no quotation."""
    return piece.count(BREAK) == 1 and following.isalpha()
