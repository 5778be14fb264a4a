"""Streets, regions and organisations that have names of persons, and letters that say what a number is: nobody."""

import re
from functools import cache

from igmap.inventory.people.names import words_of
from igmap.inventory.people.tagger.edges import NAMES, Coded
from igmap.inventory.people.tagger.kinds import told
from igmap.inventory.people.tagger.spans import Found

BEFORE, AFTER = re.compile(r"([^\W\d_][\w'’-]*) \Z"), re.compile(r" ?([^\W\d_][\w'’-]*)")
NUMBERED = re.compile(r"[.:]? ?[(+]?\d")
STANDS = re.compile(
    r"(?i)\b(?:near|nabij|langs|along|(?:aan|op|in|voor|van|bij|on|at|in|of) (?:de|het|the)) (?:\w+\. )?\Z"
)
HOUSE = re.compile(r",? \d")
FAR = 30  # characters in which the word beside a name lies


def is_thing(text: str, one: Found, coded: Coded) -> bool:
    """Whether what was taken for a person is a street, a region, an organisation, or a letter before a number.

    Args:
        text: the text it is in.
        one: what was found.
        coded: which lists a word is in, as `kinds.codes` tells.
    """
    said, after = text[one.start : one.end], text[one.end : one.end + FAR]
    if len(said.rstrip(".")) == 1:
        return NUMBERED.match(after) is not None
    if _is_compound(said, coded) or said.lower() in told("region"):
        return True
    before = text[max(one.start - FAR, 0) : one.start]
    return _is_street(before, said, after, coded) or _is_organisation(before, said, after)


def _is_compound(said: str, coded: Coded) -> bool:
    """Whether it is an ordinary word and what it is called after (`motie-Bakker`), or two such words."""
    first, *others = said.split("-")
    if " " in said or not others or not first.islower() or coded(first) != "w":
        return False
    return not said.islower() or all(coded(one) == "w" for one in others)


def _is_street(before: str, said: str, after: str, coded: Coded) -> bool:
    """Whether it ends as a street does and stands where streets do: behind `near`, `op de`, before a house number."""
    *first, last = said.split()
    if not _ending("streets").search(last.lower()):
        return False
    return (bool(first) and HOUSE.match(after) is not None) or (
        STANDS.search(before) is not None and not NAMES & set(coded(last))
    )


def _is_organisation(before: str, said: str, after: str) -> bool:
    """Whether the word before or behind it, or its last one, says that it is called after a person."""
    *first, last = said.lower().split()
    led, follows = BEFORE.search(before), AFTER.match(after)
    if first and last in words_of("housed"):
        return True
    beside = [word[1] for word in (led, follows) if word]
    if said.islower():
        return any(_ending("housed").match(word) and word not in words_of("housed") for word in beside)
    capitals = [word.lower() for word in beside if word[0].isupper()]
    return any(word in words_of("organisations") or _ending("housed").search(word) for word in capitals)


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """Words that end with one of a kind, in small letters."""
    ends = "|".join(sorted(words_of(kind)))
    return re.compile(rf"[^\W\d_]*(?:[^\W\d_]{{3}}|\b)(?:{ends})\Z")
