"""Where a person named in a text begins and ends: what stands around a name is no part of it."""

import math
import re
from collections.abc import Callable, Iterator

from igmap.inventory.people.names import particles, words_of
from igmap.inventory.people.tagger.spans import Found
from igmap.inventory.people.tagger.words import WRAPPED

Coded = Callable[[str], str]
Known = tuple[Coded, Callable[[str], int]]
WORD = re.compile(r"[^\s,]+")
GAP = re.compile(r"\s*\n\s*|, ?")
INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,5}")
INITIALLED = re.compile(r"[^\W\d_]\. ?[^\W\d_]")
NAMES, UNLIKE = frozenset("gGfF"), 4  # codes of listed names; least likeness of what is spelled like one
BEGUN = re.compile(r"[\n.!?:>*•|-]\s*\Z")
PARTICLE, TITLE = "p", frozenset("th")
NEXT, LAST = re.compile(r" ([^\W\d_][\w'’-]*)"), re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w'’-]+) \Z")
NEAR_NAME = 24  # characters in which a given name lies before a family name
SHARE = 0.8  # of the longest line is the next one where a text is wrapped
FAMILY = frozenset("fF")
NEAR = 12  # characters in which a list or a cell of a table is seen to go on
LISTED, LISTS = re.compile(r"(?:, |& | en | and )\Z"), re.compile(r",|;? (?:en|and|&) ")
CELL_BEGINS, CELL_ENDS = re.compile(r"[\n\t;|] ?\Z"), re.compile(r" ?(?:[\n\t;|]|\Z)")


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
    return _joined(text, [one for one in kept if text[one.start : one.end].lower() not in words_of("farewells")], coded)


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
        before = wider[-1].end if wider else 0
        wider.append(Found(start if start >= before else one.start, end if end <= bound else one.end, one.score))
    return wider


def _further(text: str, one: Found, known: Known) -> int:
    """Where a name ends whose particle or family name was missed."""
    coded, (*before, last) = known[0], text[one.start : one.end].split()
    end, is_open = one.end, bool(before) and _opens(last, coded)
    is_given = not before and last[0].isupper() and bool(NAMES & set(coded(last))) and "w" not in coded(last)
    while word := NEXT.match(text, end):
        if _opens(word[1], coded) or (is_open and PARTICLE in coded(word[1])):
            end, is_open, is_given = word.end(), True, False
        else:
            goes_on = is_open and word[1][0].isupper()
            return word.end() if goes_on or (is_given and _is_unknown(word[1], *known)) else one.end
    return one.end


def _opens(word: str, coded: Coded) -> bool:
    """Whether it is a particle with a capital: behind a given name a family name follows."""
    return PARTICLE in coded(word) and _is_titled(word)


def _earlier(text: str, one: Found, coded: Coded) -> int:
    """Where a name of one word begins whose given name was missed."""
    word = LAST.search(text, max(one.start - NEAR_NAME, 0), one.start)
    if word and text[one.start].isupper() and " " not in text[one.start : one.end] and "G" in coded(word[1]):
        return word.start(1) if set(coded(word[1])) <= NAMES else one.start
    return one.start


def _is_unknown(word: str, coded: Coded, likeness: Callable[[str], int]) -> bool:
    """Whether a word is written and spelled like a name and in no list but those of names."""
    return _is_titled(word) and set(coded(word)) <= NAMES and likeness(word) >= UNLIKE


def _is_titled(word: str) -> bool:
    """Whether it begins with a capital and goes on in small letters."""
    return word[0].isupper() and word[1:] != word[1:].upper()


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
        if _is_hard(text, (first, last), widest) if "\n" in found[0] else _are_two(before, after, coded):
            yield start, first
            start = last
    yield start, one.end


def _is_hard(text: str, gap: tuple[int, int], widest: float) -> bool:
    """Whether a line ends though the next word would have fitted in."""
    line = gap[0] - text.rfind("\n", 0, gap[0]) - 1
    after = WORD.match(text, gap[1])
    return text.count("\n", *gap) > 1 or line + 1 + len(after[0] if after else "") <= widest


def _are_two(before: str, after: str, coded: Coded) -> bool:
    """Whether what stands before and behind a comma are two: `Jan Bakker, Piet de Vries`, and `Ta, Jan`."""
    first, second = WORD.findall(before), WORD.findall(after)
    if len(first) == 1:
        return first[0].lower() in words_of("farewells")
    given = [words[0] for words in (first, second) if len(words) > 1 and NAMES & set(coded(words[0]))]
    return len(given) == 2 and first[0].lower() not in particles() and second[-1].lower() not in particles()  # noqa: PLR2004 - both


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
    word = words[-1][0]
    if PARTICLE in known[0](word) and not set(known[0](word)) & {"G", "F"}:
        return word.islower() and "," not in text[max(words[0].start() - 2, 0) : words[-1].end()]
    small = word.islower() if mixed else not word[0].isupper()
    return small and (mixed or (_is_word(word, *known) and not INITIALS.fullmatch(word)))


def _joined(text: str, found: list[Found], coded: Coded) -> list[Found]:
    """The same with `N. (Nobel) Lemma`, `Grace T. Antwiwaa` and `Zhou, Tao` as one person each."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and (_goes_on(text, last, one) or _is_turned(text, last, one, coded)):
            joined[-1] = Found(last.start, one.end, max(last.score, one.score))
        else:
            joined.append(one)
    return joined


def _goes_on(text: str, last: Found, one: Found) -> bool:
    """Whether a name goes on behind a first name in brackets, or with an initial behind a first name."""
    between, said = text[last.end : one.start], text[last.start : last.end]
    if between == ") ":
        return said.count("(") > said.count(")")
    return between == " " and " " not in said and INITIALLED.match(text, one.start) is not None


def _is_turned(text: str, last: Found, one: Found, coded: Coded) -> bool:
    """Whether a family name stands before a comma and a given one, or letters, behind it, and no list goes on."""
    before, after = text[max(last.start - NEAR, 0) : last.start], text[one.end : one.end + NEAR]
    family, given = text[last.start : last.end], text[one.start : one.end]
    if (
        text[last.end : one.start] != ", "
        or _are_two(family, given, coded)
        or "," in family
        or LISTED.search(before)
        or LISTS.match(after)
    ):
        return False
    first, second = set(coded(family.split()[-1])) & NAMES, set(coded(given.split()[0])) & NAMES
    if INITIALS.fullmatch(given):
        return True
    if not CELL_ENDS.match(after) or TITLE & set(coded((WORD.findall(before) or [""])[-1])):
        return False
    is_told = first & FAMILY and second - FAMILY and not (first - FAMILY and second & FAMILY)
    return bool(is_told or (CELL_BEGINS.search(before or "\n") and not first <= set("gG")))
