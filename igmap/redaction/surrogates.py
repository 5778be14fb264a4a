"""Made-up values in place of mentions: names of nobody in the source, and numbers that nobody can have.

What is made up follows from the keyed digest of who or what is mentioned: the same within a release, and nothing to be
worked out without its secret.
"""

import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from igmap.errors import RedactionError
from igmap.inventory.people.names import folded, name_set, particles
from igmap.redaction.numbers_of_nobody import made_number
from igmap.redaction.persons import Person, words_in
from igmap.redaction.pool import SEXES, pools, sex_of, words_in_text, words_of_pools
from igmap.vocabulary import load_table, load_yaml

TRIES = 200
PART = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*\.?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Name:
    """A made-up name: given and family."""

    given: str
    family: str


class Surrogates:
    """What is made up within one release.

    Args:
        secret: key material of the release.
    """

    def __init__(self, secret: bytes) -> None:
        """Nothing is made up yet."""
        self._secret = secret
        self._avoided: set[str] = set()
        self._names: dict[str, Name] = {}
        self._made: dict[str, Callable[[str], str]] = {"address": self._address, "place": self._place}

    def avoid(self, texts: Iterable[str]) -> None:
        """Make up no name of which a word occurs in the source.

        Args:
            texts: all that the source says, a part at a time.
        """
        words = pl.Series(list(texts), dtype=pl.String).str.extract_all(r"\p{L}+").explode().unique().drop_nulls()
        self._avoided |= words_of_pools() & {word for told in words for word in words_in_text(told)}

    def draw(self, purpose: str, said: str) -> int:
        """A number from the digest of what is said."""
        message = f"{purpose} {said}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hmac.digest(self._secret, message, "sha256")[:16], "big")

    def name(self, person: Person, text: str) -> str:
        """The made-up name of a person, as the text writes the own one: in part, with initials, or as a handle."""
        if is_handle(text, person.words):
            return self.handle(person, text)
        return written_as(text, self.named(person), person.words)

    def named(self, person: Person) -> Name:
        """The made-up name of a person."""
        if person.key not in self._names:
            self._names[person.key] = self._chosen(person)
        return self._names[person.key]

    def handle(self, person: Person, text: str) -> str:
        """A made-up user name of a person, parted as the own one is and with the `@` before it."""
        parted = next((sign for sign in "._-" if sign in text), "")
        name = self.named(person)
        made = parted.join(re.sub(r"[^a-z]+", "", folded(part)) for part in (name.given, name.family))
        return f"@{made}" if text.startswith("@") else made

    def mail(self, person: Person) -> str:
        """A made-up address of a person, at a host where nobody has one."""
        name = self.named(person)
        local = ".".join(re.sub(r"[^a-z]+", "", folded(part)) for part in (name.given, name.family))
        return f"{local}@{_ranges()['email']['host']}"

    def made(self, kind: str, text: str) -> str | None:
        """A made-up value of a kind, or None where none is made."""
        plain = re.sub(r"[\s.()/-]+", "", text).lower()
        if kind in self._made:
            return self._made[kind](plain)
        return made_number(kind, text, self.draw(kind, plain))

    def _chosen(self, person: Person) -> Name:
        sex = next((sex_of(word) for word in person.words if len(word) > 1), "")
        sex = sex or SEXES[self.draw("sex", person.key) % len(SEXES)]
        country = self.draw("country", person.key) % len(pools())
        lists = {"given": getattr(pools()[country], sex), "family": pools()[country].family}
        drawn = [self._unmet(role, names, person.key) for role, names in lists.items()]
        if not all(drawn):
            raise RedactionError("nearly every name that can be made up occurs in the source; use the way placeholder")
        return Name(*drawn)

    def _one(self, purpose: str, among: Sequence[str], said: str) -> str:
        return among[self.draw(purpose, said) % len(among)]

    def _unmet(self, role: str, names: Sequence[str], said: str) -> str:
        """The first that is drawn and does not occur in the source."""
        drawn = (self._one(f"{role} {n}", names, said) for n in range(TRIES))
        return next((name for name in drawn if not words_in_text(name) & self._avoided), "")

    def _address(self, plain: str) -> str:
        street = self._one("street", pools()[0].family, plain).replace(" ", "").replace("'", "")
        number = 1 + self.draw("house", plain) % 199
        return f"{street.capitalize()}straat {number}, {made_number('postcode', '', self.draw('postcode', plain))}"

    def _place(self, plain: str) -> str:
        return self._one("place", municipalities(), plain)


@cache
def municipalities() -> tuple[str, ...]:
    """Of the Netherlands."""
    named = {row["municipality_nl"] for row in load_table("igmap.vocabulary", "places.tsv.gz")}
    return tuple(sorted(name.removeprefix("gemeente ") for name in named if name.startswith("gemeente ")))


def _ranges() -> Mapping[str, Any]:
    ranges: Mapping[str, Any] = load_yaml("igmap.redaction", "ranges.yaml")
    return ranges


def is_handle(text: str, whole: Sequence[str]) -> bool:
    """Whether a mention is a user name: with an `@` before it, or made of given and family name in one word.

    Example:
        >>> is_handle("jdevries", ("jan", "vries")), is_handle("Vries", ("jan", "vries"))
        (True, False)
    """
    if text.startswith("@"):
        return True
    plain = re.sub(r"[^a-z]+", "", folded(text))
    if len(whole) < 2 or re.search(r"\s", text) or plain in whole or any(sign.isupper() for sign in text[1:]):  # noqa: PLR2004
        return False
    return plain.startswith(whole[0][0]) and plain.endswith(whole[-1])


def written_as(text: str, name: Name, whole: tuple[str, ...]) -> str:
    """A made-up name in the form of another: what is a given name, a family name or an initial there is one here.

    Args:
        text: the mention.
        name: made up.
        whole: the words of the fullest name of the person.

    Example:
        >>> written_as("J. de Vries", Name("Emma", "Bakker"), ("j", "vries"))
        'E. Bakker'
    """
    telling = set(words_in(text))
    if telling and len(whole) > 1 and telling <= particles() and not telling & set(whole):
        return ""  # a cell with the particle of a name
    parts = [part for part in PART.findall(text) if telling & set(words_in(part))]
    initials = [part for part in parts if len(part.rstrip(".")) == 1]
    words = [part for part in parts if part not in initials]
    reversed_ = bool(re.match(r"\s*[^,]+,\s*\S", text))
    given = _given_of(initials, words, name, whole, is_reversed=reversed_)
    family = name.family if len(words) > bool(given and not initials) or not given else ""
    made = ", ".join(filter(None, (family, given))) if reversed_ else " ".join(filter(None, (given, family)))
    return made.upper() if text.isupper() and len(text) > 1 else made.lower() if text.islower() else made


def _given_of(initials: list[str], words: list[str], name: Name, whole: tuple[str, ...], *, is_reversed: bool) -> str:
    """How the given name is written in this form, or "" where only the family name is."""
    if initials:
        return f"{name.given[0]}." if initials[0].endswith(".") else name.given[0]
    if len(words) > 1 or is_reversed:
        return name.given
    word = folded(words[0]) if words else ""
    if word in whole and len(whole) > 1:
        return name.given if word == whole[0] else ""
    if len(whole) == 1 and word != whole[0]:
        word = whole[0]  # `de Jansens` of a family Jansen
    is_family = word in name_set("family") and word not in name_set("given")
    return "" if is_family or (len(whole) > 1 and word not in name_set("given")) else name.given
