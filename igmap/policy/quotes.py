"""The quotes of a register, and whether the policy they are of says so: letter by letter, whatever its layout."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from igmap.policy.answers import plain
from igmap.policy.reading import dotted, places
from igmap.policy.register import Policy

if TYPE_CHECKING:
    from igmap.vocabulary.files import Place

ELLIPSIS = re.compile(r"\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
LONGEST_SHOWN, CANDIDATES = 200, 8


@dataclass(frozen=True, slots=True)
class Missing:
    """A quote that the document does not hold.

    Args:
        path: of the quote in the register.
        part: of it that is not there, or not in this place; all of it where it has no ellipsis.
        nearest: the passage of the document that is most like it, or nothing.
    """

    path: str
    part: str
    nearest: str


def quotes(policy: Policy) -> Iterator[tuple[str, str]]:
    """The paths and words of what the register quotes from its policy, not from a law."""
    content: Any = plain(policy)
    above: dict[Place, Any] = {place: value for place, value in places(content) if isinstance(value, dict)}
    for place, source in above.items():
        if place[-1:] != ("source",) or not source.get("quote") or source.get("law"):
            continue
        if above[place[:-1]].get("origin", "policy") == "policy":
            yield ".".join([*dotted(place, content), "quote"]), source["quote"]


def missing_quotes(policy: Policy, text: str) -> list[Missing]:
    """The quotes that do not occur in a document.

    An ellipsis in a quote leaves words out; its parts have to come in their order. White space, line ends, hyphens and
    punctuation are forgiven, letters and figures are not.

    Args:
        policy: the register.
        text: of the document.
    """
    whole = letters(text)
    lacking = ((path, part) for path, quote in quotes(policy) if (part := _lacking(quote, whole)))
    sentences = [found for one in SENTENCE.findall(text) if (found := " ".join(one.split()))]
    return [Missing(path, part, nearest_passage(part, sentences)) for path, part in lacking]


def letters(text: str) -> str:
    """Letters and figures of a text, without anything between them: layout, hyphens at line ends, marks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _lacking(quote: str, whole: str) -> str:
    """The first part of a quote that is not in the text behind the parts before it, or nothing."""
    at = 0
    for part in filter(None, (part.strip() for part in ELLIPSIS.split(quote))):
        wanted = letters(part)
        found = whole.find(wanted, at)
        if found < 0:
            return str(part)
        at = found + len(wanted)
    return ""


def nearest_passage(part: str, sentences: list[str]) -> str:
    """The sentence that is most like the words, shortened; nothing when none shares a word of some length."""
    words = set(re.findall(r"\w{4,}", part.lower()))
    shared = sorted(sentences, key=lambda one: -len(words & set(re.findall(r"\w{4,}", one.lower()))))[:CANDIDATES]
    likely = [one for one in shared if words & set(re.findall(r"\w{4,}", one.lower()))]
    best = max(likely, key=lambda one: SequenceMatcher(None, part.lower(), one.lower()).ratio(), default="")
    return best if len(best) <= LONGEST_SHOWN else best[: LONGEST_SHOWN - 1] + "…"
