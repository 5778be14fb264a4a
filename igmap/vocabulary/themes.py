"""What a table may be about, and what words say there: `gewicht` is a thing's in a warehouse, not in a clinic."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from igmap.vocabulary.files import load_yaml
from igmap.vocabulary.tokens import CAMEL, COUNTER, NOT_WORD

SHORT = 3  # letters of a word whose number is part of it: `OBX-5`, `phq9`
HOWS = ("told", "coded", "dated")


@dataclass(frozen=True, slots=True)
class Said:
    """What a header says in a table of some theme.

    Args:
        category: that it speaks for.
        dated: whether it does so of moments only, else of anything but moments.
        coded: whether it does so of codes and numbers too, and where the header's last word leads elsewhere.
        word: of our own lists, as they print it.
        last: whether nothing stands behind it in the header.
    """

    category: str
    dated: bool
    coded: bool
    word: str
    last: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """What a table may be about.

    Args:
        id: the word for it in a reason.
        categories: that its words speak for.
        narrow: whether only its own words say that a table is about it, and then say enough: `verzuim`.
    """

    id: str
    categories: frozenset[str]
    narrow: bool = False

    def is_of(self, name: str) -> bool:
        """Whether the name of a table or a field says that the table is about the theme."""
        return _holds(_listed(self.id, "about"), name)

    def is_not(self, name: str) -> bool:
        """Whether it says that no person is in the table, for all that its other words sound so: `dierenarts`."""
        return _holds(_listed(self.id, "unless"), name)

    def said(self, name: str) -> tuple[Said, ...]:
        """All that a header says, what is told of anything but moments first."""
        return _said(self.id, name)


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme."""
    return tuple(
        Theme(
            id_,
            frozenset(category for how in (*HOWS, "values") for category in entry.get(how, {})),
            bool(entry.get("narrow")),
        )
        for id_, entry in _lists()["themes"].items()
    )


@cache
def theme_values() -> dict[str, str]:
    """Anchored patterns of whole values in small letters, by sign: `theme:care:health`."""
    return {
        f"theme:{id_}:{category}": f"^(?:{'|'.join(patterns)})$"
        for id_, entry in _lists()["themes"].items()
        for category, patterns in entry.get("values", {}).items()
    }


def theme_name(theme: str, lang: str) -> str:
    """What a theme is called in Dutch or English."""
    return str(_lists()["themes"][theme][lang])


def leads_elsewhere(name: str) -> bool:
    """Whether a header's first or last word is that of a price, a place, a number: `behandelprijs`, `max punten`."""
    return _holds(_elsewhere(), name)


def is_a_sum(name: str) -> bool:
    """Whether a header's last word is that of an amount: `indicatiebedrag`."""
    return _ends(_listed("", "sums").pattern, name)


def is_of_another(name: str) -> bool:
    """Whether a header's last word is that of who, where or in which file: `verrichting door`."""
    return _ends(_listed("", "whose").pattern, name)


def is_staff(name: str) -> bool:
    """Whether a header names who serves the persons of a table: teachers, doctors, who entered it."""
    return _holds(_listed("", "staff"), name)


@lru_cache(maxsize=4096)
def headings(name: str) -> tuple[str, ...]:
    """A name in small letters without accents and numbers, camelCase apart and as it stands.

    Example:
        >>> headings("cmi.core.lessonStatus 2")
        ('cmi core lesson status', 'cmi core lessonstatus')
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return tuple(dict.fromkeys(_plain(one) for one in (CAMEL.sub(" ", folded), folded)))


def _plain(name: str) -> str:
    words = NOT_WORD.sub(" ", name.lower()).split()
    kept = [word for before, word in pairwise(["", *words]) if not word.isdigit() or 0 < len(before) <= SHORT]
    return " ".join(COUNTER.sub("", word) if len(word) > SHORT + 1 else word for word in kept)


def _ends(pattern: str, name: str) -> bool:
    return any(re.search(f"{pattern}$", heading) for heading in headings(name))


def _holds(pattern: re.Pattern[str], name: str) -> bool:
    return any(pattern.search(heading) for heading in headings(name))


@lru_cache(maxsize=4096)
def _said(theme: str, name: str) -> tuple[Said, ...]:
    spelled = [_untailed(heading) for heading in headings(name)]
    return tuple(
        Said(category, how == "dated", how == "coded", word, any(match.end() == len(match.string) for match in matches))
        for how in HOWS
        if any(map(_listed(theme, how).search, spelled))
        for category, word, pattern in _words(theme, how)
        if (matches := [match for one in spelled if (match := pattern.search(one))])
    )


def _untailed(heading: str) -> str:
    """Without units and codes behind it: `lengte cm`."""
    words = heading.split()
    while len(words) > 1 and words[-1] in _lists()["tails"]:
        words.pop()
    return " ".join(words)


@cache
def _words(theme: str, how: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    held = _lists()["themes"][theme].get(how, {})
    return tuple((category, str(word), _any_of([word])) for category, words in held.items() for word in words)


@cache
def _listed(theme: str, key: str) -> re.Pattern[str]:
    """One pattern of all words under a key, of a theme or of all themes."""
    held = (_lists()["themes"][theme] if theme else _lists()).get(key, ())
    return _any_of([word for words in held.values() for word in words] if isinstance(held, dict) else held)


@cache
def _elsewhere() -> re.Pattern[str]:
    first, last = _listed("", "before").pattern, _listed("", "elsewhere").pattern
    return re.compile(f"^{first} .|{last}$")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, a star any rest of one; nothing fits where there are none."""
    expressions = list(_expressions(words))
    return re.compile(rf"\b(?:{'|'.join(expressions)})\b" if expressions else r"(?!)")


def wholly(words: Iterable[str]) -> re.Pattern[str]:
    """A whole name that is any of the words, a star any rest of one."""
    return re.compile(rf"^(?:{'|'.join(_expressions(words))})$")


def _expressions(words: Iterable[str]) -> Iterator[str]:
    yield from ("[a-z0-9]*".join(map(re.escape, str(word).split("*"))) for word in words)


def _lists() -> dict[str, Any]:
    known: dict[str, Any] = load_yaml("igmap.vocabulary", "themes.yaml")
    return known
