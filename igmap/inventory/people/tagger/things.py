"""Streets, places and organisations that have names of persons, parts of accounts, letters before numbers: nobody."""

import re
from functools import cache

from igmap.inventory.people.names import particles, places, words_of
from igmap.inventory.people.tagger.joining import NAMES, Coded
from igmap.inventory.people.tagger.kinds import told
from igmap.inventory.people.tagger.spans import Found

BEFORE = re.compile(r"(?i)([^\W\d_][\w'’-]*) (?:(?:van|de|den|der|ten?|ter|'t|el|al) )*\Z")
AFTER = re.compile(r" ?([^\W\d_][\w'’-]*)")
NUMBERED = re.compile(r"[.:]? ?[(+]?\d")
STANDS = re.compile(
    r"(?i)\b(?:near|nabij|langs|along|(?:aan|op|in|voor|van|bij|on|at|in|of) (?:de|het|the)) (?:\w+\.? )?\Z"
)
SITED = re.compile(r"(?i)(?:\b(?:in|te|naar|uit|nabij|near|from|to)|\d{4} ?[a-z]{2}) \Z")
HOUSE = re.compile(r",? \d")
POSTCODE, LETTERS = re.compile(r"(?<!\d)[1-9]\d{3} ?\Z"), re.compile(r"(?i)[a-z]{2}\b")
GLUED, GOES_ON = re.compile(r"(?i)[^\W_](?:[._]|[-_]\d*)\Z"), re.compile(r"[._][^\W_]")
DIGITS = re.compile(r"(?<!@)\b\d{2}")
LETTERED = 2  # letters of what says what a number is: `t. 030`, `IP: 192`
FAR = 30  # characters in which the word beside a name lies


def is_thing(text: str, one: Found, coded: Coded) -> bool:
    """Whether what was taken for a person is a street, a region, an organisation, or a letter before a number.

    Args:
        text: the text it is in.
        one: what was found.
        coded: which lists a word is in, as `kinds.codes` tells.
    """
    said, after = text[one.start : one.end], text[one.end : one.end + FAR]
    before = text[max(one.start - FAR, 0) : one.start]
    if _names_nothing(said) or _is_compound(said, coded) or said.lower() in told("region"):
        return True
    if len(said.rstrip(".")) <= LETTERED:
        return NUMBERED.match(after) is not None
    is_sited = _is_place(before, said, after) or _is_street(before, said, after, coded)
    return is_sited or _is_account(before, said, after) or _is_organisation(before, said, after)


def _names_nothing(said: str) -> bool:
    """Whether it is made of signs or of particles only, or is a number or an address of mail."""
    if not any(letter.isalpha() for letter in said) or "@" in said[1:] or DIGITS.search(said):
        return True
    return said.islower() and particles().issuperset(said.split())


def _is_compound(said: str, coded: Coded) -> bool:
    """Whether it is an ordinary word and what it is called after (`motie-Bakker`), or two such words."""
    first, *others = said.split("-")
    if " " in said or not others or not first.islower() or coded(first) != "w":
        return False
    return not said.islower() or all(coded(one) == "w" for one in others)


def _is_account(before: str, said: str, after: str) -> bool:
    """Whether it is a part of a user name: `jan` in `jan.bakker` and `jan_b`."""
    return said.islower() and " " not in said and bool(GLUED.search(before) or GOES_ON.match(after))


def _is_place(before: str, said: str, after: str) -> bool:
    """Whether it lies in a place of several words, or begins with the letters of a postcode."""
    if POSTCODE.search(before) and LETTERS.match(said):
        return True
    start, end = len(before), len(before) + len(said)
    return any(
        place.start() <= start and end <= place.end() and not _is_family(before, place[0])
        for place in _of_words().finditer(before + said + after)
    )


def _is_family(before: str, place: str) -> bool:
    """Whether a place may be a family name with its particle: `Ten Boer`, unless one lives in it; behind a title."""
    led, (first, *_) = BEFORE.search(before), place.lower().split()
    if led and led[1].lower() in words_of("titles"):
        return first in particles()
    return first in particles() - {"den"} and not SITED.search(before)


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
    if follows and follows[1].lower() in told("trade") and follows[1].islower() == said.islower():
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


@cache
def _of_words() -> re.Pattern[str]:
    """Listed places of several words."""
    several = sorted((place for place in places() if " " in place), key=len, reverse=True)
    return re.compile(rf"(?i)(?<![\w'’-])(?:{'|'.join(map(re.escape, several))})(?![\w-])")
