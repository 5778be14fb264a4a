"""Terms and criteria of keeping, each placed with the purpose its sentence or section is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from igmap.policy.drafting.passages import Passage
from igmap.policy.drafting.phrases import language, pattern
from igmap.policy.drafting.recognising import Recognised, contexts, cues, heading_contexts
from igmap.policy.drafting.takers import clause, periods, start_event

OTHER = {"retention", "bases", "recipients", "security", "rights", "transfers"}  # sections about all purposes
PARTED = re.compile(r";|,? (?:en|and) ")
AROUND = {"rights", "minors", "changes", "cookies"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One term, or what stands instead of one.

    Args:
        passage: the sentence or row.
        purpose: the id of a purpose; none for data of any purpose.
        period: ISO 8601, if there is one.
        start: the event it starts with, if it is named.
        criterion: the words that say how long, where no period does.
        at_end: what happens then.
        span: where in the sentence it is said.
    """

    passage: Passage
    purpose: str | None
    period: str | None
    start: str | None
    criterion: str
    at_end: str
    span: tuple[int, int]


def kept(text: Recognised) -> Iterator[Kept]:
    """Every term and criterion of the text that can be placed."""
    for passage in text.passages:
        if not passage.is_heading and _is_about_keeping(passage, text.lang):
            for part, period, after in _parts(passage.text):
                found = _kept(passage, part, period, text)
                if found:
                    yield replace(found, start=start_event(after) or _start_before(part))


def _kept(passage: Passage, part: str, period: str | None, text: Recognised) -> Kept | None:
    """What is kept so long, unless nobody can say of what it is said."""
    begin = passage.text.find(part)
    span = (begin, begin + len(part)) if period else _criterion(part, text.lang)
    criterion = clause(part, *span) if span and not period else ""
    necessary = bool(criterion) and bool(_said("necessary", text.lang).search(part))
    purpose = None if necessary else _purpose(part, passage, text)
    placed = purpose or necessary or _is_general(part, text.lang, has_period=bool(period))
    if span is None or not placed:
        return None
    return Kept(passage, purpose, period, None, criterion, _at_end(passage.text), span)


def _at_end(words: str) -> str:
    ends = language()["keeping"]["at_end"].items()
    return next((end for end, phrases in ends if pattern(phrases).search(words)), "review")


def _said(what: str, lang: str) -> re.Pattern[str]:
    return pattern(language()["keeping"][what][lang])


def _is_general(part: str, lang: str, *, has_period: bool) -> bool:
    """Whether it is said of all data; a term of some data may not become the term of all."""
    of_some = has_period and _said("of_something", lang).search(part)
    return bool(_said("general", lang).search(part)) and not of_some


def _is_about_keeping(passage: Passage, lang: str) -> bool:
    around = heading_contexts(passage, lang)
    if _said("elsewhere", lang).search(passage.text) or (around & AROUND and "retention" not in around):
        return False
    return "retention" in contexts(passage, lang)


def _parts(text: str) -> Iterator[tuple[str, str | None, str]]:
    """What is kept, for how long, and what is said after it; a sentence may hold several terms."""
    found = periods(text)
    if not found:
        yield text, None, text
    begin = 0
    for number, (period, _, end) in enumerate(found):
        upto = found[number + 1][1] if number + 1 < len(found) else len(text)
        parted = PARTED.search(text, end, upto) if upto < len(text) else None
        stop = parted.start() if parted else upto
        yield text[begin:stop], period, text[end:stop]
        begin = stop


def _start_before(part: str) -> str | None:
    """The event, where it is named before the term: from the end of the treatment on."""
    begins = re.search(r"\b(?:vanaf|na|from|after)\b", part, re.IGNORECASE)
    return start_event(part[begins.start() :]) if begins else None


def _criterion(text: str, lang: str) -> tuple[int, int] | None:
    found = _said("criterion", lang).search(text)
    return found.span() if found else None


def _purpose(part: str, passage: Passage, text: Recognised) -> str | None:
    words = _data_kept(text.lang).items()
    named = min(((match.start(), purpose) for purpose, known in words if (match := known.search(part))), default=None)
    here = [hit.at.split("/")[1] for hit in text.of(passage, "purposes/")]
    return named[1] if named else here[0] if here else only_purpose(passage, text)


def only_purpose(passage: Passage, text: Recognised) -> str | None:
    """The purpose that a section is about, if it is one: its title says so, or is of no other kind."""
    beside = text.beside(passage)
    titled = [one for one in beside if one.is_heading and text.of(one, "purposes/")]
    own_title = replace(passage, lead="", headings=passage.headings[-1:])
    if not titled and (passage.lead or heading_contexts(own_title, text.lang) & OTHER):
        return None
    named = {hit.at.split("/")[1] for one in titled or beside for hit in text.of(one, "purposes/")}
    return named.pop() if len(named) == 1 else None


@cache
def _data_kept(lang: str) -> dict[str, re.Pattern[str]]:
    return {cue.at.split("/")[1]: pattern(cue.extra["kept"].get(lang, "")) for cue in cues() if "kept" in cue.extra}
