"""Which sentences hold which cue: the curated phrases of `cues/`, in the sections where they mean what they say."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from igmap.policy.drafting.passages import INTRO, Passage
from igmap.policy.drafting.phrases import PACKAGE, language, one_of, pattern
from igmap.policy.drafting.takers import TAKERS, Taken
from igmap.vocabulary import load_yaml

FILES = ("purposes", "parties", "promises")
GUARDED = ("purposes", "recipients", "cookies", "categories", "bases")  # where a `not` before the phrase undoes it
OWN_HEADING = {"bases": {"cookies", "rights", "minors", "retention", "security"}}  # where the words mean something else
NO_DATA = {"rights", "contact", "security", "cookies", "retention", "changes"}
CLAUSE = re.compile(r"[,;:.(]|\b(?:maar|but|wel)\b", re.IGNORECASE)
AFTER = 18  # characters: Dutch says niet behind what it denies


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the cues.

    Args:
        at: the place in a register, by `/`; `bases/…` and `categories/…` are placed with a purpose.
        phrases: by language.
        contexts: of which the sentence needs one; with ! only by a title or introduction; none named means anywhere.
        give: what it says.
        take: keys to read out of the sentence, with what reads them.
        veto: phrases in the sentence that undo it.
        extra: words for data kept, a ground of sharing, an item that has to be there.
    """

    at: str
    phrases: Mapping[str, str]
    contexts: frozenset[str] = frozenset()
    give: Mapping[str, Any] = field(default_factory=dict)
    take: Mapping[str, str] = field(default_factory=dict)
    veto: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence: what it gives, and where it stands."""

    cue: Cue
    passage: Passage
    start: int
    end: int
    given: Mapping[str, Any]

    @property
    def at(self) -> str:
        """The place in a register."""
        return self.cue.at


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, as the YAML files list them."""
    entries = [entry for name in FILES for entry in load_yaml(PACKAGE + ".cues", f"{name}.yaml")]
    first = {entry["at"]: entry for entry in reversed(entries)}
    listed = [
        _cue({**entry, "give": first[entry["at"]].get("give", {})} if entry.get("same") else entry) for entry in entries
    ]
    words = load_yaml(PACKAGE + ".cues", "words.yaml")
    listed += [Cue(f"categories/{name}", phrases, frozenset({"data"})) for name, phrases in words["categories"].items()]
    listed += [
        Cue(f"bases/{term}", phrases, frozenset({"bases", "purposes"})) for term, phrases in words["bases"].items()
    ]
    return tuple(listed)


def _cue(entry: Mapping[str, Any]) -> Cue:
    known = {key: entry.get(key, {}) for key in ("give", "take")}
    phrases = {lang: entry.get(lang, "") for lang in ("nl", "en")}
    extra = {key: entry[key] for key in ("kept", "ground", "needs") if key in entry}
    return Cue(entry["at"], phrases, frozenset(entry.get("in", ())), **known, veto=entry.get("not", ""), extra=extra)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A policy with what was recognised in it.

    Args:
        passages: every sentence and title, in order.
        hits: the cues that each holds; none for those that hold none.
        sections: the passages that stand together under one title.
        lang: nl or en, which the text is in.
    """

    passages: Sequence[Passage]
    hits: Mapping[Passage, Sequence[Hit]]
    sections: Mapping[tuple[str, tuple[str, ...]], Sequence[Passage]]
    lang: str

    def of(self, passage: Passage, kind: str = "") -> list[Hit]:
        """The hits of a sentence whose place begins so."""
        return [hit for hit in self.hits.get(passage, ()) if hit.at.startswith(kind)]

    def all(self, kind: str = "") -> list[Hit]:
        """All hits whose place begins so, in the order of the text."""
        return [hit for here in self.hits.values() for hit in here if hit.at.startswith(kind)]

    def beside(self, passage: Passage) -> Sequence[Passage]:
        """What stands in the same section."""
        return self.sections[section_of(passage)]


def section_of(passage: Passage) -> tuple[str, tuple[str, ...]]:
    """The section of a passage, without the letter of its item."""
    return passage.section.partition("(")[0], passage.headings


def recognised(found: Sequence[Passage]) -> Recognised:
    """Every cue in every sentence. A title tells only of a purpose."""
    lang = language_of(found)
    hits: dict[Passage, list[Hit]] = {}
    sections: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for number, passage in enumerate(found):
        sections.setdefault(section_of(passage), []).append(passage)
        here = list(_hits(passage, _following(found, number), lang)) if passage not in hits else []
        if here:
            hits[passage] = here
    return Recognised(found, hits, sections, lang)


def _following(found: Sequence[Passage], number: int) -> str:
    later = found[number + 1 : number + 3]
    return " ".join(one.text for one in later if one.headings == found[number].headings)


def _hits(passage: Passage, following: str, lang: str) -> Iterator[Hit]:
    about, around = contexts(passage, lang), heading_contexts(passage, lang)
    about |= {"data"} if not around & NO_DATA and _names_data(passage.text, lang) else set()
    for cue in cues():
        kind = cue.at.partition("/")[0]
        if (cue.contexts and not cue.contexts & about) or (passage.is_heading and kind != "purposes"):
            continue
        if around & OWN_HEADING.get(kind, set()) and not around & {"purposes", "bases", "recipients"}:
            continue
        span = _found(cue, passage.text, lang, guarded=kind in GUARDED)
        if span:
            yield Hit(cue, passage, *span, _given(cue, Taken(passage.text, *span, following)))


@cache
def _names_data(text: str, lang: str) -> bool:
    """Whether a sentence names two kinds of data at least: then it lists them, whatever stands above it."""
    kinds = (pattern(cue.phrases[lang]).search(text) for cue in cues() if cue.at.startswith("categories/"))
    return sum(map(bool, kinds)) > 1


def _found(cue: Cue, text: str, lang: str, *, guarded: bool) -> tuple[int, int] | None:
    if cue.veto and pattern(cue.veto).search(text):
        return None
    matches = pattern(cue.phrases[lang]).finditer(text)
    return next((match.span() for match in matches if not (guarded and denied(text, *match.span()))), None)


def _given(cue: Cue, taken: Taken) -> dict[str, Any]:
    read = {key: TAKERS[name](taken) for key, name in cue.take.items()}
    return {**cue.give, **{key: value for key, value in read.items() if value is not None}}


def denied(text: str, start: int, end: int) -> bool:
    """Whether the clause says that it is not so."""
    begin = max((mark.end() for mark in CLAUSE.finditer(text, 0, start)), default=0)
    negation, exception = _negations()
    before = text[begin:start]
    return bool(negation.search(before) and not exception.search(before)) or bool(
        negation.match(text[end : end + AFTER].lstrip()) and not exception.search(text[end:])
    )


@cache
def _negations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = (language()["negations"], language()["exceptions"])
    first, second = (re.compile(rf"(?<!\w)(?:{one_of(listed)})(?!\w)", re.IGNORECASE) for listed in words)
    return first, second


def contexts(passage: Passage, lang: str) -> frozenset[str]:
    """What a sentence is about: by the titles above it, by what introduces it, and by itself."""
    introduced = _told_by(passage.lead, "sentence", lang) - {"data"}
    around = heading_contexts(passage, lang)
    listed = frozenset({"purposes"} if "bases" in around else ())  # a list of bases says what for
    return around | listed | {f"{name}!" for name in around} | _told_by(passage.text, "sentence", lang) | introduced


def heading_contexts(passage: Passage, lang: str) -> frozenset[str]:
    """What the titles above a sentence, and the words that introduce its list, say it is about."""
    titles = (*passage.headings, passage.lead)
    intro = frozenset({"intro"} if passage.section == INTRO else ())
    return intro.union(*(_told_by(title, "heading", lang) for title in titles))


@cache
def _told_by(text: str, kind: str, lang: str) -> frozenset[str]:
    known = load_yaml(PACKAGE + ".cues", "contexts.yaml")
    return frozenset(name for name, phrases in known.items() if text and pattern(phrases[kind][lang]).search(text))


def language_of(found: Sequence[Passage]) -> str:
    """Dutch or English, by the small words of the text."""
    words = Counter(word for passage in found for word in passage.text.lower().split())
    count: dict[str, int] = {
        lang: sum(words[word] for word in listed) for lang, listed in language()["telltales"].items()
    }
    return max(count, key=count.__getitem__)
