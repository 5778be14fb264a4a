"""Values read out of a sentence: terms, dates, addresses, names. What does not stand there is None."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from igmap.policy.drafting.phrases import language, one_of, pattern

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])(?:\+|0)\d[\d\s()-]{7,14}\d")
SITE = re.compile(r"(?:https?://)?((?:www\.)[\w-]+(?:\.[\w-]+)+|(?<=://)[\w-]+(?:\.[\w-]+)+)")
VERSION = re.compile(
    r"(?:versie|version|revision)\s*(?:nummer|number|nr\.?)?\s*:?\s*(v?\d+(?:\.\d+)*)(?!\s+\w+\s+\d{4})", re.IGNORECASE
)
EXTRA = re.compile(r"\b(?:met|nog|maximaal|further|another|up to|by|extra)\b", re.IGNORECASE)
SIDES = re.compile(r"[,;:–]|\s-\s")
SHORTEST_CLAUSE = 25


class Taken(NamedTuple):
    """A sentence, where the phrase stands in it, and what follows it in its section."""

    text: str
    start: int
    end: int
    following: str = ""


@cache
def _period() -> re.Pattern[str]:
    number, unit = (
        one_of([*language()["numbers"]]),
        one_of([word for words in language()["units"].values() for word in words]),
    )
    return re.compile(
        rf"(?<!\w)(?:(?P<half>(?:een\s+)?half\s+jaar|six-month)|(?P<number>\d{{1,3}}|{number})(?:\s*\(\d+\))?[\s-]+"
        rf"(?:\w+\s+)??(?P<unit>{unit}))(?!\w)",
        re.IGNORECASE,
    )


def periods(text: str) -> list[tuple[str, int, int]]:
    """Every term in a text as ISO 8601, with where it stands.

    Example:
        >>> periods("zeven jaar, of 4 weken na afloop")
        [('P7Y', 0, 10), ('P4W', 15, 22)]
    """
    return [(_iso(found), *found.span()) for found in _period().finditer(text)]


def _iso(found: re.Match[str]) -> str:
    if found["half"]:
        return "P6M"
    count = int(found["number"]) if found["number"].isdigit() else language()["numbers"][found["number"].lower()]
    unit = next(sign for sign, words in language()["units"].items() if found["unit"].lower() in words)
    return f"P{count}{unit}"


def term(taken: Taken) -> str | None:
    """The first term from the phrase on."""
    return next((period for period, start, _ in periods(taken.text) if start >= taken.start), None)


def extension(taken: Taken) -> str | None:
    """By how much something may be longer."""
    found = ((period, taken.text[max(0, start - 22) : start]) for period, start, _ in periods(taken.text))
    return next((period for period, before in found if EXTRA.search(before)), None)


@cache
def _date() -> re.Pattern[str]:
    month = one_of([word for words in language()["months"] for word in words])
    return re.compile(
        rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|e)?[\s./-]+(?:of\s+)?(?P<m>{month}|\d{{1,2}})[\s,./-]+(?P<y>\d{{4}})"
        rf"|(?P<em>{month})\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ey>\d{{4}})",
        re.IGNORECASE,
    )


def day(taken: Taken) -> str | None:
    """The first date from the phrase on, as ISO 8601."""
    found = _date().search(taken.text, taken.start)
    if not found:
        return None
    if found["iso"]:
        return found["iso"]
    year, month, number = (
        (found["y"], found["m"], found["d"]) if found["y"] else (found["ey"], found["em"], found["ed"])
    )
    known = [i for i, words in enumerate(language()["months"], 1) if month.lower() in words]
    try:
        return date(int(year), known[0] if known else int(month), int(number)).isoformat()
    except ValueError:
        return None


def email(taken: Taken) -> str | None:
    """The first e-mail address of the sentence, else of what follows."""
    found = EMAIL.search(taken.text)
    return found[0].rstrip(".") if found else None


def officer(taken: Taken) -> Any:
    """How to reach the data protection officer."""
    found = EMAIL.search(taken.text, taken.start) or EMAIL.search(taken.following)
    return (
        found[0].rstrip(".")
        if found
        else {"open": {"nl": "wel genoemd, zonder adres", "en": "mentioned, without an address"}}
    )


def phone(taken: Taken) -> str | None:
    """The first phone number of the sentence."""
    found = PHONE.search(taken.text)
    return found[0].strip() if found else None


def websites(taken: Taken) -> list[str] | None:
    """The sites that are named, without the addresses of mail."""
    found = [one[1].rstrip(".") for one in SITE.finditer(EMAIL.sub(" ", taken.text))]
    return list(dict.fromkeys(found)) or None


def version(taken: Taken) -> str | None:
    """A version number, or the day a version is named after."""
    found = VERSION.search(taken.text, taken.start)
    return found[1] if found else day(taken)


def changed(taken: Taken) -> dict[str, Any] | None:
    """The day of the last change, which is a hint for when it was announced, and no more."""
    found = day(taken)
    why = {
        "nl": "de tekst zegt wanneer hij is gewijzigd, niet wanneer dat is aangekondigd",
        "en": "the text says when it was changed, not when that was announced",
    }
    return {"open": why, "suggest": [found]} if found else None


def clause(text: str, start: int, end: int) -> str:
    """The words around a phrase, up to the punctuation on either side."""
    before = max((mark.end() for mark in SIDES.finditer(text, 0, start) if mark.end() <= start), default=0)
    after = next((mark.start() for mark in SIDES.finditer(text, end)), len(text))
    if after - before < SHORTEST_CLAUSE:
        before = max((m.end() for m in SIDES.finditer(text, 0, max(before - 1, 0))), default=0)
    return text[before:after].strip().rstrip(".")


def _wording(taken: Taken) -> dict[str, str]:
    words = clause(taken.text, taken.start, taken.end)
    return {"nl": words, "en": words}


TAKERS: dict[str, Callable[[Taken], Any]] = {
    "term": term,
    "extension": extension,
    "date": day,
    "email": email,
    "dpo": officer,
    "changed": changed,
    "phone": phone,
    "websites": websites,
    "version": version,
    "words": lambda taken: taken.text[taken.start : taken.end],
    "wording_plain": lambda taken: taken.text[taken.start : taken.end],
    "wording": _wording,
    "clause": lambda taken: clause(taken.text, taken.start, taken.end),
}


def country(text: str) -> str | None:
    """The one country that a text names, if it names one."""
    named = {code for code, words in language()["countries"].items() if pattern("; ".join(words)).search(text)}
    return named.pop() if len(named) == 1 else None


def start_event(text: str) -> str | None:
    """The event that a term is said to start with: the first one named; of two at one place the one in fewer words."""
    found = (
        (*match.span(), name)
        for name, phrases in language()["starts"].items()
        if (match := pattern(phrases).search(text))
    )
    return min(found, default=(0, 0, None))[2]
