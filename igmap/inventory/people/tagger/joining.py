"""A name in parts as one person: `N. (Nobel) Lemma`, `Grace T. Antwiwaa`, `Zhou, Tao`, `BAKKER Anna`."""

import re
from collections.abc import Callable

from igmap.inventory.people.names import particles, words_of
from igmap.inventory.people.tagger.kinds import told
from igmap.inventory.people.tagger.spans import Found

Coded = Callable[[str], str]
WORD = re.compile(r"[^\s,]+")
INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,5}")
INITIALLED = re.compile(r"[^\W\d_]\. ?[^\W\d_]")
NAMES, FAMILY = frozenset("gGfF"), frozenset("fF")  # codes of listed names, of family names
PARTICLE, TITLE = "p", frozenset("th")
NEXT = re.compile(r" ([^\W\d_][\w'’-]*)")
NEAR_NAME = 24  # characters in which a word lies that tells of a name
LISTED, LISTS = re.compile(r"(?:, |& | en | and )\Z"), re.compile(r"(?:, |;? (?:en|and|&) )([^\W\d_][\w'’-]*)")
CELL_BEGINS, CELL_ENDS = re.compile(r"[\n\t;|] ?\Z"), re.compile(r" ?(?:[\n\t;|]|\Z)")
CLOSED, LINE = re.compile(r"[,.;:)]| [(–-]"), re.compile(r"[\n>|]\s*\Z")


def joined(text: str, found: list[Found], coded: Coded) -> list[Found]:
    """The same with `N. (Nobel) Lemma`, `Grace T. Antwiwaa` and `Zhou, Tao` as one person each."""
    whole: list[Found] = []
    for one in found:
        last = whole[-1] if whole else None
        if last and (_goes_on(text, last, one) or _is_turned(text, last, one, coded)):
            whole[-1] = Found(last.start, one.end, max(last.score, one.score))
        else:
            whole.append(one)
    return whole


def _goes_on(text: str, last: Found, one: Found) -> bool:
    """Whether a name goes on behind a first name in brackets, or with an initial behind a first name."""
    between, said = text[last.end : one.start], text[last.start : last.end]
    if between == ") ":
        return said.count("(") > said.count(")")
    if between == " " and len(said) > 2 and said.isupper() and is_titled(text[one.start : one.end]):  # noqa: PLR2004
        return True
    return between == " " and " " not in said and INITIALLED.match(text, one.start) is not None


def _is_turned(text: str, last: Found, one: Found, coded: Coded) -> bool:
    """Whether a family name stands before a comma and a given one, or letters, behind it, and no list goes on."""
    end = tailed(text, one.end, coded)
    before, after = text[max(last.start - NEAR_NAME, 0) : last.start], text[end : end + NEAR_NAME]
    family, given = text[last.start : last.end], text[one.start : one.end]
    if text[last.end : one.start] != ", " or "," in family or are_two(family, given, coded):
        return False
    if LISTED.search(before) or _lists_on(after, given, coded):
        return False
    is_plain = INITIALS.fullmatch(given) or (len(family) > 1 and family.isupper() and is_titled(given))
    return bool(is_plain) or _is_apart(before or "\n", after, coded, told_by=(family, given))


def _is_apart(before: str, after: str, coded: Coded, told_by: tuple[str, str]) -> bool:
    """Whether what stands around a family name and a given one says that they are of one person."""
    led, ends = (WORD.findall(before) or [""])[-1].rstrip(":").lower(), CELL_ENDS.match(after) is not None
    is_single = led in told("single")
    if TITLE & set(coded(led)) and not is_single:
        return False
    if is_told(*told_by, coded):
        return ends or is_single or bool(CLOSED.match(after) and not LINE.search(before))
    return ends and bool(CELL_BEGINS.search(before)) and not NAMES & set(coded(told_by[0].split()[-1])) <= set("gG")


def _lists_on(after: str, given: str, coded: Coded) -> bool:
    """Whether a further name follows behind a comma."""
    word = LISTS.match(after)
    return word is not None and bool(NAMES & set(coded(word[1]))) and word[1][0].isupper() == given[0].isupper()


def are_two(before: str, after: str, coded: Coded) -> bool:
    """Whether what stands before and behind a comma are two: `Jan Bakker, Piet de Vries`, and `Ta, Jan`."""
    first, second = WORD.findall(before), WORD.findall(after)
    if len(first) == 1:
        return first[0].lower() in words_of("farewells")
    given = [words[0] for words in (first, second) if len(words) > 1 and NAMES & set(coded(words[0]))]
    return len(given) == 2 and first[0].lower() not in particles() and second[-1].lower() not in particles()  # noqa: PLR2004 - both


def is_told(first: str, second: str, coded: Coded) -> bool:
    """Whether lists say that a family name is followed by a given one."""
    (*_, family), (given, *_) = first.split(), second.split()
    one, other = set(coded(family)) & NAMES, set(coded(given)) & NAMES
    return bool(one & FAMILY and other - FAMILY and not (one - FAMILY and other & FAMILY))


def tailed(text: str, end: int, coded: Coded) -> int:
    """Where a turned name ends: behind its particles, if nothing follows them."""
    behind = end
    while (word := NEXT.match(text, behind)) and word[1].islower() and PARTICLE in coded(word[1]):
        behind = word.end()
    return behind if CELL_ENDS.match(text, behind) or CLOSED.match(text, behind) else end


def is_titled(word: str) -> bool:
    """Whether it begins with a capital and goes on in small letters."""
    return word[0].isupper() and word[1:] != word[1:].upper()
