"""What surely goes on with a name that was found: a family name, its particles, a given name before it."""

import re
from collections.abc import Callable

from igmap.inventory.people.tagger.joining import FAMILY, NAMES, NEAR_NAME, NEXT, PARTICLE, Coded, is_titled, tailed
from igmap.inventory.people.tagger.spans import Found

Known = tuple[Coded, Callable[[str], int]]
UNLIKE = 4  # least likeness of what is spelled like a name
LAST = re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w'’-]+) \Z")
SHOUTED = re.compile(r"(?:(?<=[^\w-])|\A)((?:[A-ZÀ-Þ]{2,}[ -])*[A-ZÀ-Þ]{3,}) \Z")


def widened(text: str, found: list[Found], coded: Coded, likeness: Callable[[str], int]) -> list[Found]:
    """The persons with what surely goes on with their names: `Koen` in `Koen De Brandt`, `Mehmet` in `Mehmet Brandsel`.

    Args:
        text: the text they are in.
        found: in order, not overlapping.
        coded: which lists a word is in, as `kinds.codes` tells.
        likeness: how much a word is spelled like a name, as `kinds.alike` tells.
    """
    wider: list[Found] = []
    bounds = [*(one.start for one in found), len(text)][1:]
    for one, bound in zip(found, bounds, strict=True):
        start, end = _earlier(text, one, coded), _further(text, one, (coded, likeness))
        if "," in text[one.start : one.end]:
            end = tailed(text, one.end, coded)
        before = wider[-1].end if wider else 0
        wider.append(Found(start if start >= before else one.start, end if end <= bound else one.end, one.score))
    return wider


def _further(text: str, one: Found, known: Known) -> int:
    """Where a name ends whose particle or family name was missed."""
    coded, (*before, last) = known[0], text[one.start : one.end].split()
    led = all(PARTICLE in coded(word) for word in (*before, last))
    end, is_open = one.end, led or (bool(before) and _opens(last, coded))
    is_given = not before and last[0].isupper() and bool(NAMES & set(coded(last))) and "w" not in coded(last)
    while word := NEXT.match(text, end):
        if _opens(word[1], coded) or (is_open and PARTICLE in coded(word[1])):
            end, is_open, is_given = word.end(), True, False
        else:
            goes_on = is_open and (word[1][0].isupper() or (led and bool(FAMILY & set(coded(word[1])))))
            return word.end() if goes_on or (is_given and _is_unknown(word[1], *known)) else one.end
    return one.end


def _opens(word: str, coded: Coded) -> bool:
    """Whether it is a particle with a capital: behind a given name a family name follows."""
    return PARTICLE in coded(word) and is_titled(word)


def _earlier(text: str, one: Found, coded: Coded) -> int:
    """Where a name of one word begins whose given name was missed, or its family name in capitals before it."""
    if loud := SHOUTED.search(text, max(one.start - NEAR_NAME, 0), one.start):
        return loud.start(1) if is_titled(text[one.start : one.end]) and _is_family(loud[1], coded) else one.start
    word = LAST.search(text, max(one.start - NEAR_NAME, 0), one.start)
    if word and text[one.start].isupper() and " " not in text[one.start : one.end] and "G" in coded(word[1]):
        return word.start(1) if set(coded(word[1])) <= NAMES else one.start
    return one.start


def _is_family(said: str, coded: Coded) -> bool:
    """Whether it is a family name that is no word, with its particles."""
    *before, last = said.split()
    return (
        all(PARTICLE in coded(word) for word in before) and bool(FAMILY & set(coded(last))) and "w" not in coded(last)
    )


def _is_unknown(word: str, coded: Coded, likeness: Callable[[str], int]) -> bool:
    """Whether a word is written and spelled like a name and in no list but those of names."""
    return is_titled(word) and set(coded(word)) <= NAMES and likeness(word) >= UNLIKE
