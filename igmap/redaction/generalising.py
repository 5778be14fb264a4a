"""Mentions made coarser: a date is a year, an age a band, a place a province, a postcode two digits."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from igmap.inventory.people.names import folded
from igmap.vocabulary import load_table

YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)")
SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ]'?(\d{2})(?!\d)")
MONTH = re.compile(r"[^\W\d_]{3,}")
AGE = re.compile(r"\d{1,3}")
BAND = 5  # years
CENTURY = 35  # years up to it, written with two digits, are of this century
POSTCODE = re.compile(r"\b([1-9]\d)\d{2} ?[A-Za-z]{2}\b|\b([1-9]\d)\d{2,3}\b")
PLACE_WORDS = 5  # of the longest name of a place


def coarser(kind: str, text: str, language: str) -> str | None:
    """What a mention is in general, or None where nothing coarser is known.

    Args:
        kind: of mention.
        text: the mention.
        language: of the names of provinces: nl or en.

    Example:
        >>> coarser("date", "3 mei 2024", "nl"), coarser("age", "42 jaar", "nl"), coarser("place", "Vught", "nl")
        ('2024', '[40-44] jaar', 'Noord-Brabant')
    """
    return COARSER[kind](text, language) if kind in COARSER else None


def _date(text: str, _language: str) -> str | None:
    """The year; without one the month. What stands before a date of birth stays."""
    year, short = YEAR.search(text), SHORT_YEAR.search(text)
    if year or short:
        told = year[0] if year else str(int(short[1]) + (2000 if int(short[1]) <= CENTURY else 1900))  # type: ignore[index]
        begins = re.search(r"\d|\*", text)
        led = text[: begins.start()] if begins else ""
        return f"{led}{told}" if MONTH.sub("", led) != led and not _is_month(led) else told
    return next((word for word in MONTH.findall(text) if _is_month(word)), None)


def _is_month(text: str) -> bool:
    """Whether a date begins with its month, as English ones do."""
    return bool(
        re.match(r"(?i)\s*(?:jan|feb|mar|mrt|maa(?!ndag)|apr|ma[yi]|mei|jun|jul|aug|sep|o[ck]t|nov|de[ck])", text)
    )


def _age(text: str, _language: str) -> str:
    """The band of five years, in brackets so that it is read as no age; words around it stay."""
    return AGE.sub(lambda age: f"[{(low := int(age[0]) // BAND * BAND)}-{low + BAND - 1}]", text, count=1)


def _postcode(text: str, _language: str) -> str | None:
    found = POSTCODE.search(text)
    return f"{found[1] or found[2]}xx" if found else None


def _place(text: str, language: str) -> str | None:
    """The province of the last place that is named; None for a name that several provinces have."""
    words = re.findall(r"[^\s,;()]+", text)
    for begin in range(max(len(words) - PLACE_WORDS, 0), len(words)):
        found = provinces(language).get(folded(" ".join(words[begin:])))
        if found:
            return found
    return None


def _address(text: str, language: str) -> str | None:
    """The province of its place; where none is told, two digits of its postcode."""
    return _place(text, language) or (_postcode(text, language) if re.search(r"\d{4} ?[A-Za-z]{2}\b", text) else None)


@cache
def provinces(language: str) -> Mapping[str, str]:
    """The province of every place, by its name without accents and capitals; names of several provinces left out."""
    told: dict[str, set[str]] = {}
    for row in load_table("igmap.vocabulary", "places.tsv.gz"):
        province = re.sub(r"^(?:provincie|province of) ", "", row[f"province_{language}"])
        for name in (row["value"], row["municipality_nl"].removeprefix("gemeente "), *row["also"].split("|")):
            told.setdefault(folded(name), set()).add(province)
    return {name: next(iter(found)) for name, found in told.items() if len(found) == 1 and name}


COARSER: Mapping[str, Callable[[str, str], str | None]] = {
    "date": _date,
    "birth_date": _date,
    "age": _age,
    "postcode": _postcode,
    "place": _place,
    "city": _place,
    "address": _address,
}
