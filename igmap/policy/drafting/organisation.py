"""Names of organisations in a text: told by their legal form, or by the kind of body they are."""

import re
from collections.abc import Sequence
from functools import cache

from igmap.policy.drafting.passages import Passage
from igmap.policy.drafting.phrases import language, one_of

PLACE = re.compile(
    r"[\s,(]*(?:statutair\s+)?(?:gevestigd|based|registered|with its registered office)?\s*(?:te|in|at)\s+"
    r"([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*)"
)


@cache
def _names() -> re.Pattern[str]:
    bodies, small = language()["kinds_of_body"], one_of(language()["small_words"])
    word, run = r"[A-Z0-9][\w&.'’-]*", rf"(?:{small}|[A-Z0-9][\w&'’-]*)"
    forms = (
        rf"{word}(?:\s{run}){{0,8}}?,?\s(?:{one_of(language()['legal_forms'])})(?!\w)",
        rf"(?:{one_of(bodies['before'])})\s{run}(?:\s{run}){{0,8}}(?<=[\w’'-])",
        rf"(?:The\s)?{word}(?:\s{word}){{0,8}}?\s(?:{one_of(bodies['after'])})(?!\w)",
    )
    return re.compile("|".join(rf"(?<![\w.]){form}" for form in forms))


def _trimmed(name: str) -> str:
    small = {*language()["small_words"]}
    words = name.split()
    while words and words[-1] in small:
        words.pop()
    return " ".join(words)


def organisation(found: Sequence[Passage]) -> tuple[str, Passage, int, int] | None:
    """The organisation behind a policy, and where it is named: the first in a sentence, else in a title."""
    for passage in sorted(found, key=lambda one: one.is_heading):
        for match in _names().finditer(passage.text):
            name = _trimmed(match[0])
            if len(name.split()) > 1:
                return name, passage, match.start(), match.start() + len(name)
    return _acting(found)


def _acting(found: Sequence[Passage]) -> tuple[str, Passage, int, int] | None:
    """Who is said to process, keep or value something, and is no pronoun."""
    acts = "|".join(language()["acts"])
    named = re.compile(rf"^([A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*)*)\s(?:{acts})(?!\w)")
    for passage in found:
        match = named.match(passage.text)
        if match and not passage.is_heading and match[1].split()[0] not in language()["no_names"]:
            return match[1], passage, match.start(1), match.end(1)
    return None


def place_of(text: str, end: int) -> str | None:
    """Where it is established, when that stands right behind its name."""
    match = PLACE.match(text, end)
    return match[1] if match else None


def party(text: str, near: int) -> str | None:
    """The one organisation that a sentence about a recipient names."""
    named = {_trimmed(match[0]) for match in _names().finditer(text) if abs(match.start() - near) < 80}  # noqa: PLR2004 - characters
    return named.pop() if len(named) == 1 else None
