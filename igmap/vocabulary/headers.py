"""What the name of a field says. A name is evidence, not proof: `grades` is a year group here, marks there."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Literal

from igmap.vocabulary.files import load_yaml

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
COUNTER = re.compile(r"(?<=[a-z]{2})\d+$")
BRACKETS = re.compile(r"(?<=\w)\s*[\[(][^\])]*[\])]\s*$")
NOT_WORD = re.compile(r"[^0-9a-z]+")
HEADS = {
    "nummer": "nummer",
    "nr": "nummer",
    "naam": "naam",
    "id": "id",
    "code": "code",
    "mail": "email",
    "titel": "titel",
}
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

    @property
    def weak(self) -> bool:
        """Whether values must say more: `omschrijving`, `contact`."""
        return self.phrase in _listed("weak")

    @property
    def person(self) -> bool:
        """Whether it says who (`leerling`), not what of them: a name, a number, a login."""
        return self.phrase in _listed("persons")


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
    return tuple(part for word in words if not word.isdigit() for part in _parts(COUNTER.sub("", word)))


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Dutch writes `patientnr` and `toetsnaam` as one word: split before its head when both halves are known."""
    if word in {"nr", "nrs", "num", "numbers", "nummers"}:
        return ("nummer",)
    for head, plain in HEADS.items():
        first = next(
            (f for f in (word.removesuffix(head), word.removesuffix(f"s{head}")) if f != word and f in _firsts()), None
        )
        if first:
            return first, plain
    return (re.sub(r"(?<=[a-z]{3})nr$", "nummer", word),)


@cache
def _firsts() -> frozenset[str]:
    words = _words()
    return frozenset(word for word in (*words["persons"], *words["things"]) if word.isalpha())


def header_cue(name: str) -> Cue | None:
    """The best phrase in a field's name: the longest, then the nearest to the end; None when no phrase is in it.

    What stands in brackets behind is left out. Before a colon stands the kind of what follows (`Feedback: Task 3`);
    a dotted path is judged by its last part unless the whole holds a longer phrase.

    Example:
        >>> header_cue("Billing Phone Number").category
        'phone'
    """
    name = BRACKETS.sub("", name) or name
    titled = _best(name_tokens(name.partition(":")[0])) if ": " in name else None
    if titled:
        return titled
    path = [segment for segment in name.replace("[]", "").split(".") if segment]
    last = _cue(path[-1]) if path else None
    whole = _cue(name)
    if last is None or whole is None or len(path) == 1:
        return whole
    return whole if len(whole.phrase.split()) > len(last.phrase.split()) else last


def profile_of(names: Iterable[str]) -> Profile | None:
    """The known kind of export that a table with these fields is, if any."""
    held = set(names)
    profiles = load_yaml("igmap.vocabulary", "profiles.yaml").items()
    return next(
        (Profile(name, tuple(entry["fields"].items())) for name, entry in profiles if held.issuperset(entry["when"])),
        None,
    )


def _cue(name: str) -> Cue | None:
    """The best phrase of the words as printed or without capitals: `KvK` is no camel."""
    cues = [cue for tokens in {name_tokens(name): 0, name_tokens(name.lower()): 0} if (cue := _best(tokens))]
    return max(cues, key=lambda cue: len(cue.phrase.replace(" ", "")), default=None)


def _best(tokens: tuple[str, ...]) -> Cue | None:
    tokens = tokens[:LONGEST_NAME]
    phrases = _phrases()
    while len(tokens) > 1 and tokens[-1] in _listed("qualifiers") and " ".join(tokens[-2:]) not in phrases:
        tokens = tokens[:-1]
    for length in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        for start in range(len(tokens) - length, -1, -1):
            phrase = " ".join(tokens[start : start + length])
            if phrase in phrases:
                at_end = start + length == len(tokens)
                return Cue(
                    phrases[phrase], phrase, ("whole" if length == len(tokens) else "head") if at_end else "inside"
                )
    return None


@cache
def _phrases() -> dict[str, str]:
    """Every phrase with its category; phrases win over combinations, and what stands later wins."""
    words = _words()
    combined = {
        _plain(form.format(person=word, thing=word)): category
        for category, forms in words["combinations"].items()
        for form in forms
        for word in words["persons" if "{person}" in form else "things"]
    }
    return combined | {_plain(phrase): category for category, phrases in words["phrases"].items() for phrase in phrases}


def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_yaml("igmap.vocabulary", "headers.yaml")
    return words


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in _words()[name])


def _plain(phrase: str) -> str:
    return " ".join(name_tokens(str(phrase))) or str(phrase)
