"""What the words in a cell mean: kinds of data, a legal basis, a term, parties. What is not certain stays as it was."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from igmap.policy.drafting.phrases import PACKAGE, language, pattern
from igmap.policy.drafting.recognising import Cue, cues
from igmap.policy.drafting.takers import periods
from igmap.vocabulary import header_cue, load_yaml

_PARAGRAPH = r"\s*(?:,|\.)?\s*(?:lid|par\.?|§|\()?\s*"
_LETTER = r"\)?\s*[,.]?\s*(?:sub|onder|aanhef en onder|lit\.?|point|\()?\s*\(?"
ARTICLE = re.compile(rf"\b6{_PARAGRAPH}1?{_LETTER}([a-f])\b", re.IGNORECASE)
SPECIAL_ARTICLE = re.compile(rf"\b9{_PARAGRAPH}2{_LETTER}([a-j])\b", re.IGNORECASE)
BARE_LETTER = re.compile(r"\(?([a-f])[.)]?", re.IGNORECASE)
SEPARATORS = re.compile(r"[;\n\r•●▪◦]|(?:^|\n)\s*[-*–]\s+|,(?![^(]*\))|(?<=\s)[-–]\s(?=[A-Za-z])")
LONGEST_ITEM = 200


def known() -> dict[str, Any]:
    """The words of cells."""
    words: dict[str, Any] = load_yaml(PACKAGE, "cells.yaml")
    return words


def listed(cell: str) -> list[str]:
    r"""The items of a cell, by line, semicolon, bullet or comma; brackets hold together.

    Example:
        >>> listed("• Naam (voor-, achternaam)\n• BSN; n.v.t.")
        ['Naam (voor-, achternaam)', 'BSN']
    """
    items = (item.strip(" \t.•-–*:") for item in SEPARATORS.split(cell))
    return [item for item in items if item and not says_nothing(item)]


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty, or says that there is nothing."""
    bare = " ".join(cell.lower().strip(" .").split())
    return not bare or bare in _nothing()


@cache
def _nothing() -> frozenset[str]:
    return frozenset(word.strip().strip(".") for word in known()["nothing"].split(";"))


@cache
def _words(kind: str) -> dict[str, re.Pattern[str]]:
    """Phrases of all languages for each term of a kind."""
    first, french = load_yaml(PACKAGE + ".cues", "words.yaml")[kind], known()["french"].get(kind, {})
    return {term: pattern("; ".join([*phrases.values(), french.get(term, "")])) for term, phrases in first.items()}


@cache
def categories(item: str) -> tuple[str, ...]:
    """The kinds of data that an item names, of igmap's vocabulary."""
    named = tuple(term for term, words in _words("categories").items() if words.search(item))
    cue = None if named else header_cue(item[:LONGEST_ITEM])
    return named or (
        (cue.category,) if cue and cue.category != "none" and cue.place != "inside" and not cue.weak else ()
    )


@cache
def bases(cell: str) -> tuple[str, ...]:
    """The legal bases of Article 6 that a cell names, by letter or in words."""
    letters = {letter.lower() for letter in ARTICLE.findall(cell)} or (
        {cell.strip(" ().").lower()} if BARE_LETTER.fullmatch(cell.strip()) else set()
    )
    named = {f"eu-gdpr:A6-1-{letter}" for letter in letters}
    return tuple(sorted(named or {term for term, words in _words("bases").items() if words.search(cell)}))


@cache
def conditions(cell: str) -> tuple[str, ...]:
    """The conditions of Article 9(2) that a cell names."""
    letters = {f"eu-gdpr:A9-2-{letter.lower()}" for letter in SPECIAL_ARTICLE.findall(cell)}
    return tuple(sorted(letters or {term for term, words in _words("conditions").items() if words.search(cell)}))


def terms(cell: str) -> list[str]:
    """The different terms that a cell names, as ISO 8601."""
    return list(dict.fromkeys([*(period for period, *_ in periods(cell)), *_french(cell)]))


def is_term_alone(cell: str) -> bool:
    """Whether a cell says how long, and nothing else.

    Example:
        >>> is_term_alone("max. 7 jaar."), is_term_alone("7 jaar na sluiting")
        (True, False)
    """
    bare = re.sub(known()["around_terms"], " ", cell, flags=re.IGNORECASE)
    (_, start, end), *more = periods(bare) or [("", 0, 0)]
    return not more and end > 0 and not re.search(r"\w", bare[:start] + bare[end:])


def _french(cell: str) -> Iterator[str]:
    words = known()["french"]
    for sign, units in words["units"].items():
        for number in re.findall(
            rf"(?<!\w)(\d{{1,3}}|{'|'.join(words['numbers'])})\s+(?:{'|'.join(units)})(?!\w)", cell, re.IGNORECASE
        ):
            yield f"P{number if number.isdigit() else words['numbers'][number.lower()]}{sign}"


def country_in(item: str) -> str | None:
    """The one country an item names."""
    named = {code for code, words in language()["countries"].items() if pattern("; ".join(words)).search(item)}
    code = re.search(r"\(([A-Z]{2})\)", item)
    if code and code[1] in language()["countries"]:
        named = {code[1]}
    return named.pop() if len(named) == 1 else None


@cache
def party(kind: str, item: str) -> Cue | None:
    """The kind of recipient or data subject that an item is, by the cues of policies; of several, the first named."""
    french = known()["french"]["subjects"] if kind == "data_subjects" else {}
    found: list[tuple[int, int, Cue]] = []
    for cue in cues():
        if cue.at.startswith(f"{kind}/") and cue.at.count("/") == 1 and "child_possible" not in cue.give:
            words = "; ".join([*cue.phrases.values(), french.get(cue.at.partition("/")[2], "")])
            match = pattern(words).search(item)
            found += [(match.start(), len(found), cue)] if match else []
    return min(found)[2] if found else None


@cache
def purpose_term(text: str) -> str:
    """The DPV term of what a purpose says, or that of any purpose."""
    found = [
        (match.start(), number, cue.give["iri"])
        for number, cue in enumerate(cues())
        if cue.at.startswith("purposes/") and (match := pattern("; ".join(cue.phrases.values())).search(text))
    ]
    return str(min(found)[2]) if found else "dpv:Purpose"


def says(kind: str, cell: str) -> bool:
    """Whether a cell says yes, no, or names somebody of the organisation itself."""
    words = known()[kind]
    return bool(pattern(words).match(cell.strip()))


def wording(cell: str) -> Mapping[str, Any]:
    """An open value that shows what the register says instead of a value igmap is certain of."""
    words = " ".join(cell.split())
    return {"open": {"nl": f"in het register staat: '{words}'", "en": f"the register says: '{words}'"}}
