"""What the name of a field says. A name is evidence, not proof: `grades` is a year group in one export, marks in another."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal

from igmap.vocabulary.files import load_yaml

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
COUNTER = re.compile(r"(?<=[a-z]{2})\d+$")
NOT_WORD = re.compile(r"[^0-9a-z]+")
LONGEST_PHRASE = 6
LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the vocabulary that a name holds.

    Args:
        category: what it says, `none` included.
        phrase: the phrase, from our own list.
        place: `whole` name, its `head` (the end), or `inside`.
    """

    category: str
    phrase: str
    place: Literal["whole", "head", "inside"]


@dataclass(frozen=True, slots=True)
class Profile:
    """A known kind of export and what its fields are.

    Args:
        name: of the profile.
        fields: patterns over field names with the category, `none` included.
    """

    name: str
    fields: tuple[tuple[str, str], ...]

    def category(self, field: str) -> str | None:
        """What the field is; None when the profile does not say."""
        return next((category for pattern, category in self.fields if fnmatchcase(field, pattern)), None)


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name: camelCase and separators split, accents folded, counters dropped.

    Example:
        >>> name_tokens("profile_field_E-mailAdres2")
        ('profile', 'field', 'email', 'adres')
    """
    spaced = CAMEL.sub(" ", unicodedata.normalize("NFKC", name))
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"\be mail", "email", NOT_WORD.sub(" ", plain)).split()
    return tuple(re.sub(r"(?<=[a-z]{3})nr$", "nummer", COUNTER.sub("", word)) for word in words if not word.isdigit())


def header_cue(name: str) -> Cue | None:
    """The best phrase in a field's name: the longest, then the nearest to the end; None when no phrase is in it.

    Before a colon stands what follows is one of (`Feedback: Assignment 3`); a dotted path is judged by its last part
    unless the whole holds a longer phrase.

    Example:
        >>> header_cue("Billing Phone Number").category
        'phone'
    """
    titled = _best(name_tokens(name.partition(":")[0])) if ": " in name else None
    if titled:
        return titled
    path = [segment for segment in name.replace("[]", "").split(".") if segment]
    last = _best(name_tokens(path[-1])) if path else None
    whole = _best(name_tokens(name))
    if last is None or whole is None or len(path) == 1:
        return whole
    return whole if len(whole.phrase.split()) > len(last.phrase.split()) else last


def profile_of(names: Iterable[str]) -> Profile | None:
    """The known kind of export that a table with these fields is, if any."""
    held = set(names)
    profiles = load_yaml("igmap.vocabulary", "profiles.yaml").items()
    return next((Profile(name, tuple(entry["fields"].items())) for name, entry in profiles if held.issuperset(entry["when"])), None)


def _best(tokens: tuple[str, ...]) -> Cue | None:
    tokens = tokens[:LONGEST_NAME]
    phrases = _phrases()
    for length in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        for start in range(len(tokens) - length, -1, -1):
            phrase = " ".join(tokens[start : start + length])
            if phrase in phrases:
                at_end = start + length == len(tokens)
                return Cue(phrases[phrase], phrase, ("whole" if length == len(tokens) else "head") if at_end else "inside")
    return None


@cache
def _phrases() -> dict[str, str]:
    """Every phrase with its category; what stands later in the file wins."""
    cues = load_yaml("igmap.vocabulary", "headers.yaml")
    return {" ".join(name_tokens(str(phrase))) or str(phrase): category for category, phrases in cues.items() for phrase in phrases}
