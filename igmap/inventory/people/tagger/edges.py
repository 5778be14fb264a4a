"""Where a person named in a text begins and ends: what stands around a name is no part of it."""

import math
import re
from collections.abc import Callable, Iterator

from igmap.inventory.people.names import words_of
from igmap.inventory.people.tagger.joining import (
    FAMILY,
    INITIALLED,
    INITIALS,
    LISTED,
    NAMES,
    NEXT,
    PARTICLE,
    WORD,
    Coded,
    are_two,
    is_told,
    joined,
)
from igmap.inventory.people.tagger.kinds import told
from igmap.inventory.people.tagger.spans import Found
from igmap.inventory.people.tagger.widening import UNLIKE, Known
from igmap.inventory.people.tagger.words import WRAPPED

GAP = re.compile(r"(?i)\s*\n\s*|, ?| (?:en|and|(?-i:n)|of|or|ipv|i\.p\.v\.|via|met|with|&|/|\+) ")
BEGUN = re.compile(r"[\n.!?:>*•|-]\s*\Z")
SHARE = 0.8  # of the longest line is the next one where a text is wrapped
NEAR = 12  # characters in which a list is seen to go on


def edged(text: str, found: list[Found], coded: Coded, likeness: Callable[[str], int]) -> list[Found]:
    """The persons, each cut where a line ends or a list goes on, without the words that only stand beside a name.

    Args:
        text: the text they are in.
        found: in order, not overlapping.
        coded: which lists a word is in, as `kinds.codes` tells.
        likeness: how much a word is spelled like a name, as `kinds.alike` tells.
    """
    widest = _width(text) if any("\n" in text[one.start : one.end] for one in found) else 0
    parts = [(part, one.score) for one in found for part in _parts(text, one, coded, widest)]
    kept = [Found(*_inner(text, part, coded, likeness), score) for part, score in parts]
    return joined(text, [one for one in kept if text[one.start : one.end].lower() not in words_of("farewells")], coded)


def _width(text: str) -> float:
    """The characters of a line where a text is wrapped; none where no two lines are about as long as each other."""
    *_, second, longest = sorted(map(len, text.split("\n")))
    return longest if second >= SHARE * longest and longest >= WRAPPED else math.inf


def _parts(text: str, one: Found, coded: Coded, widest: float) -> Iterator[tuple[int, int]]:
    """A person at most a line long, and two where a comma stands between two who both have a given name."""
    start = one.start
    for found in GAP.finditer(text, one.start, one.end):
        first, last = found.span()
        before, after = text[start:first], text[last : one.end]
        if "," in found[0]:
            parted = are_two(before, after, coded) or _are_listed(text[: one.start], before, after, coded)
        else:
            parted = "\n" not in found[0] or _is_hard(text, (first, last), widest) or _is_full(before, coded)
        if parted:
            yield start, first
            start = last
    yield start, one.end


def _is_hard(text: str, gap: tuple[int, int], widest: float) -> bool:
    """Whether a line ends though the next word would have fitted in."""
    line = gap[0] - text.rfind("\n", 0, gap[0]) - 1
    after = WORD.match(text, gap[1])
    return text.count("\n", *gap) > 1 or line + 1 + len(after[0] if after else "") <= widest


def _is_full(said: str, coded: Coded) -> bool:
    """Whether a name is complete: it ends with a family name that stands behind another word."""
    *before, last = WORD.findall(said)
    return bool(before) and len(last) > 1 and bool(FAMILY & set(coded(last)))


def _are_listed(before: str, first: str, second: str, coded: Coded) -> bool:
    """Whether what stands before and behind a comma are further ones of a list, a word each: `Jan, Piet, Kees`."""
    if not LISTED.search(before[-NEAR:]) or " " in first.strip() or " " in second.strip() or INITIALS.fullmatch(second):
        return False
    return not is_told(first, second, coded)


def _inner(text: str, span: tuple[int, int], coded: Coded, likeness: Callable[[str], int]) -> tuple[int, int]:
    """A name without the words around it, if something of it is left."""
    words = list(WORD.finditer(text, *span))
    mixed = any(word[0][0].isupper() for word in words) and any(word[0].islower() for word in words)
    first, last = 0, len(words)
    while last - first > 1 and _leads(text, words[first : first + 2], (coded, likeness), mixed=mixed):
        first += 1
    while last - first > 1 and _trails(text, words[first:last], (coded, likeness), mixed=mixed):
        last -= 1
    return span if last - first == len(words) else (words[first].start(), words[last - 1].end())


def _is_word(word: str, coded: Coded, likeness: Callable[[str], int]) -> bool:
    """Whether a word is in no list of names and is not spelled like one either."""
    code = coded(word)
    if not word.isalpha() or len(word) < 3 or set(code) & (NAMES | {PARTICLE}):  # noqa: PLR2004 - no initials
        return False
    return "w" in code or likeness(word) < UNLIKE


def _leads(text: str, words: list[re.Match[str]], known: Known, *, mixed: bool) -> bool:
    """Whether the first word of a person only leads to the name: a word, a title, `van` before who it is from."""
    coded, (word, after) = known[0], (words[0][0], words[1][0])
    if word.lower() in words_of("farewells") or text[words[0].end()] == "," or not after[0].isalpha():
        return word.lower() in words_of("farewells")
    if word.lower() in told("role"):
        return True
    if PARTICLE in coded(word):
        return INITIALLED.match(after) is not None or (mixed and word.islower() and coded(after)[:2] in {"g", "G"})
    small = mixed and word[0].islower() and word.isalpha()
    return small or (_begins(text, words[0].start()) and (coded(word) == "fw" or _is_word(word, *known)))


def _begins(text: str, at: int) -> bool:
    """Whether a line or a sentence begins there, where any word has a capital."""
    return (
        BEGUN.search(text[max(at - 3, 0) : at] or "\n") is not None or text[at].islower() or text[at : at + 2].isupper()
    )


def _trails(text: str, words: list[re.Match[str]], known: Known, *, mixed: bool) -> bool:
    """Whether the last word of a person only follows the name; a particle does but behind a comma."""
    word, is_loud = words[-1][0], all(one[0].isupper() for one in words)
    if (is_loud and word.lower() in words_of("farewells")) or (word == "I" and NEXT.match(text, words[-1].end())):
        return True
    if PARTICLE in known[0](word) and not set(known[0](word)) & {"G", "F"}:
        return (word.islower() or is_loud) and "," not in text[max(words[0].start() - 2, 0) : words[-1].end()]
    small = word.islower() if mixed else not word[0].isupper()
    return small and (mixed or (_is_word(word, *known) and not INITIALS.fullmatch(word)))
