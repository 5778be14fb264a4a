"""Names with the word beside them that is a name too (`beer klaas`), or with initials without points (`av bont`)."""

import re
from collections.abc import Iterable

import polars as pl

from igmap.inventory.people.tagger.kinds import codes, lists

BEFORE = re.compile(r"(?:\A|(?<=[\s(\"“,;:/-]))([^\W\d_][\w'’-]*) \Z")
BEGUN = re.compile(r"(?:\A|[.!?:\n]\s*)\Z")  # before a word that has its capital from the sentence
BEHIND = re.compile(r" ([^\W\d_][\w'’-]*)(?=[\s.,;:!?)\"”/]|\Z)")
FAR = 30  # characters in which the word before stands
LISTED, OTHERWISE = re.compile("[gGfF]"), re.compile("[tohmcdpil]")  # titles, greetings, months, places and the like
SHORT = 4  # letters, below which an ordinary word is no name
WORDS = frozenset(["alleen", "can", "collega", "ever", "even", "may", "server", "vriend", "wil", "will"])
SMALL = frozenset("uosn")  # letters that are words
INITIALS = 2


def widened(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons, and once more those beside whom a word stands that lists have as a name, with it.

    Args:
        persons: `row`, `start`, `end`, `score`.
        texts: the texts that they are in.
    """
    spans = [one for one in persons.rows() if "\n" not in texts[one[0]][one[1] : one[2]]]
    before = [_before(texts[row][max(start - FAR, 0) : start]) for row, start, _, _ in spans]
    behind = [_word(BEHIND.match(texts[row], end)) for row, _, end, _ in spans]
    known = _known([*before, *behind])
    wider = []
    for (row, start, end, score), first, last in zip(spans, before, behind, strict=True):
        said = texts[row][start:end]
        if _is_name(first, known, said) or _is_initials(first, known):
            wider.append((row, start - len(first) - 1, end, score))
        if " " not in said and _is_name(last, known, said):
            wider.append((row, start, end + len(last) + 1, score))
    return pl.concat([persons, pl.DataFrame(wider, schema=persons.schema, orient="row")])


def _before(text: str) -> str:
    found = BEFORE.search(text)
    return "" if found is None or (found[1][0].isupper() and BEGUN.search(text, 0, found.start(1))) else found[1]


def _word(found: re.Match[str] | None) -> str:
    return found[1] if found else ""


def _known(words: Iterable[str]) -> dict[str, str]:
    """What the lists say of each word, in small letters."""
    different = list(dict.fromkeys(word.lower() for word in words))
    return dict(zip(different, codes(different, lists()), strict=True))


def _is_name(word: str, known: dict[str, str], said: str) -> bool:
    """Whether it is of the lists and written as the name beside it is."""
    code = known[word.lower()]
    is_listed = LISTED.search(code) is not None and not OTHERWISE.search(code) and word.lower() not in WORDS
    is_long = "w" not in code or len(word) >= SHORT
    return is_listed and is_long and word[0].isupper() == said[0].isupper()


def _is_initials(word: str, known: dict[str, str]) -> bool:
    if len(word) == 1:
        return word.lower() not in SMALL
    return len(word) == INITIALS and word.isupper() and not known[word.lower()]
