"""Persons of the products corpus: each is one throughout a table, whoever draws a value of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import combining, normalize

import yaml

__all__ = ["TODAY", "WORDS", "Person", "Row", "firm_of", "person_of", "plain"]

WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
TODAY = date(2026, 10, 30)
HOME_SHARE = 0.55
PARTICLES = ("van de ", "van den ", "van der ", "van ", "de ", "den ", "ter ", "te ", "in 't ", "el ", "von ", "zu ")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist.

    Args:
        key: names it; the same key is the same person.
        given: first name.
        particle: before the family name, "" for most.
        family: family name without it.
        sex: m, v or x.
        born: day of birth.
        place: town, first digits of its postcode and area code.
        firm: where this person works.
        land: nl, de or en: how addresses and numbers are written.
    """

    key: str
    given: str
    particle: str
    family: str
    sex: str
    born: date
    place: tuple[str, str, str]
    firm: str
    land: str

    def chance(self, topic: str) -> Random:
        """Drawing that returns the same value for this person and topic."""
        return Random(f"{self.key} {topic}")

    @property
    def surname(self) -> str:
        """Family name with its particle."""
        return f"{self.particle} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number, its persons by how a line names them, and the moment it stands for."""

    number: int
    key: str
    persons: dict[str, Person]
    moment: datetime
    chance: Random

    def lasting(self, topic: str) -> Random:
        """Drawing that is one for all fields of this record that ask for the same topic."""
        return Random(f"{self.key} {self.number} {topic}")

    def later(self, least: float, most: float) -> datetime:
        """The moment of the record and some hours."""
        return self.moment + timedelta(seconds=round(self.chance.uniform(least, most) * 3600))


def plain(text: str) -> str:
    """Small letters and digits only, as log-ins are made of."""
    spelt = text.lower().replace("ł", "l").replace("ß", "ss").replace("ı", "i").replace("ø", "o")
    return "".join(c for c in normalize("NFD", spelt) if not combining(c) and c.isascii() and c.isalnum())


def firm_of(chance: Random, land: str) -> str:
    """The name of an organisation that does not exist."""
    if land == "de":
        return str(chance.choice(WORDS["german_firms"]))
    stem, kind = chance.choice(WORDS["firm_stems"]), chance.choice(WORDS["firm_kinds"])
    return f"{stem}{kind[1:]}" if kind.startswith("+") else f"{stem} {kind}"


@cache
def person_of(key: str, land: str, ages: tuple[int, int] = (17, 68)) -> Person:
    """The person of a key; somewhat more than half have names of the land, as in a Dutch town."""
    chance = Random(key)
    origins = list(WORDS["people"])
    origin = land if chance.random() < HOME_SHARE else chance.choice(origins)
    people = WORDS["people"][origin]
    sex = chance.choices("mvx", (49, 49, 2))[0]
    given = chance.choice(people["men" if sex == "m" else "women"])
    family = chance.choice(people["families"])
    if origin == "nl" and chance.random() < 0.06:  # noqa: PLR2004 - some carry two names
        family = f"{family}-{chance.choice([f for f in people['families'] if ' ' not in f])}"
    particle = next((p for p in PARTICLES if family.startswith(p)), "")
    born = TODAY - timedelta(days=chance.randint(ages[0] * 365, ages[1] * 365))
    place = tuple(chance.choice(WORDS["towns" if land != "de" else "german_towns"]).split("|"))
    firm = firm_of(Random(f"{key.split('#', maxsplit=1)[0]} firm {chance.randint(1, 12)}"), land)
    return Person(key, given, particle.strip(), family[len(particle) :], sex, born, place, firm, land)
