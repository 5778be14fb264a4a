"""Terms and criteria of keeping, each placed with the purpose its sentence or section is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from igmap.policy.drafting.passages import Passage
from igmap.policy.drafting.phrases import language, pattern
from igmap.policy.drafting.recognising import Hit, contexts, cues, heading_contexts
from igmap.policy.drafting.takers import clause, periods, start_event

OTHER = {"retention", "bases", "recipients", "security", "rights", "transfers"}  # sections about all purposes
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


def kept(found: Sequence[Passage], hits: Mapping[Passage, Sequence[Hit]], lang: str) -> Iterator[Kept]:
    """Every term and criterion of the text that can be placed."""
    for passage in found:
        if passage.is_heading or not _is_about_keeping(passage, lang):
            continue
        for part, period, after in _parts(passage.text):
            purpose = _purpose(part, passage, found, hits, lang)
            span = (passage.text.find(part), passage.text.find(part) + len(part)) if period else _criterion(part, lang)
            criterion = "" if period or not span else clause(part, *span)
            necessary = bool(criterion) and bool(_said("necessary", lang).search(part))
            purpose = None if necessary else purpose
            if (period or criterion) and (purpose or necessary or _is_general(part, lang, has_period=bool(period))):
                end = next(
                    (
                        end
                        for end, words in language()["keeping"]["at_end"].items()
                        if pattern(words).search(passage.text)
                    ),
                    "review",
                )
                yield Kept(passage, purpose, period, start_event(after) or _start_before(part), criterion, end, span or (0, 0))


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
        stop = (
            min((m.start() for m in re.finditer(r"[;]|,? (?:en|and) ", text[end:upto])), default=upto - end)
            if upto < len(text)
            else upto - end
        )
        yield text[begin : end + stop], period, text[end : end + stop]
        begin = end + stop


def _start_before(part: str) -> str | None:
    """The event, where it is named before the term: from the end of the treatment we keep it for …"""
    begins = re.search(r"\b(?:vanaf|na|from|after)\b", part, re.IGNORECASE)
    return start_event(part[begins.start() :]) if begins else None


def _criterion(text: str, lang: str) -> tuple[int, int] | None:
    found = _said("criterion", lang).search(text)
    return found.span() if found else None


def _purpose(
    part: str, passage: Passage, found: Sequence[Passage], hits: Mapping[Passage, Sequence[Hit]], lang: str
) -> str | None:
    named = ((match.start(), purpose) for purpose, words in _data_kept(lang).items() if (match := words.search(part)))
    first = min(named, default=None)
    if first:
        return first[1]
    here = [
        hit.at.split("/")[1]
        for hit in hits.get(passage, ())
        if hit.at.startswith("purposes/") and part[:60] in passage.text
    ]
    return here[0] if here else only_purpose(passage, found, hits, lang)


def only_purpose(
    passage: Passage, found: Sequence[Passage], hits: Mapping[Passage, Sequence[Hit]], lang: str
) -> str | None:
    """The purpose that a section is about, if it is one: its title says so, or is of no other kind."""
    section = passage.section.partition("(")[0]
    alike = [one for one in found if one.section.partition("(")[0] == section and one.headings == passage.headings]
    titled = [
        one for one in alike if one.is_heading and any(hit.at.startswith("purposes/") for hit in hits.get(one, ()))
    ]
    if not titled and (
        passage.lead or heading_contexts(replace(passage, lead="", headings=passage.headings[-1:]), lang) & OTHER
    ):
        return None
    named = {
        hit.at.split("/")[1] for one in titled or alike for hit in hits.get(one, ()) if hit.at.startswith("purposes/")
    }
    return named.pop() if len(named) == 1 else None


@cache
def _data_kept(lang: str) -> dict[str, re.Pattern[str]]:
    return {cue.at.split("/")[1]: pattern(cue.extra["kept"].get(lang, "")) for cue in cues() if "kept" in cue.extra}
