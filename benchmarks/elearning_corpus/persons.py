"""The people and the organisations of one table of the e-learning corpus, and how a row names them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.second_corpus.corpus import TODAY

FOLDER = Path(__file__).parent
WORDS: dict[str, Any] = yaml.safe_load((FOLDER / "words.yaml").read_text("utf-8"))
YOUNGEST_DAYS, OLDEST_DAYS = 17 * 365, 66 * 365
HOSTS = ("gmail.example", "hotmail.example", "ziggo.example", "outlook.example", "live.example.nl", "proton.example")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist.

    Args:
        key: seeds whatever stays the same for this person.
        given: first name.
        particle: between first and family name, or "".
        family: name without particle.
        sex: `m`, `v` or `x`.
        born: date of birth.
        place: town, first two digits of the postcode, area code; the last is "" abroad.
        firm: who sent them to a training.
    """

    key: str
    given: str
    particle: str
    family: str
    sex: str
    born: date
    place: tuple[str, str, str]
    firm: str

    @property
    def own(self) -> Random:
        """Chance that draws the same for this person in every row."""
        return Random(self.key)

    @property
    def surname(self) -> str:
        """Particle and family name."""
        return f"{self.particle} {self.family}".strip()

    @property
    def full(self) -> str:
        """First and family name."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Row:
    """What one row is about.

    Args:
        number: of the row, from 0.
        person: whom it is about.
        others: a second person and one of the few staff.
        dates: notation of the table.
        land: `nl`, `de` or `fr`: whose addresses, numbers and firms.
        chance: draws the rest.
    """

    number: int
    person: Person
    others: tuple[Person, Person]
    dates: str
    land: str
    chance: Random

    def day(self, least: int, most: int) -> datetime:
        """A moment so many days before today (after it, when negative)."""
        start = datetime(TODAY.year, TODAY.month, TODAY.day)  # noqa: DTZ001 - the corpus prints local times
        past = timedelta(days=self.chance.randint(least, most))
        return start - past + timedelta(seconds=self.chance.randint(7 * 3600, 22 * 3600))


def plain(text: str) -> str:
    """A name as addresses and log-ins spell it."""
    flat = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ı", "i").replace("ł", "l"))
    return "".join(letter for letter in flat.lower() if letter.isascii() and letter.isalnum())


def someone(key: str, origins: Sequence[str], land: str) -> Person:
    """A person by their key: the same one for the same key."""
    chance = Random(key)
    names = WORDS["names"][chance.choice(origins)]
    sex = chance.choice("mmmmmmmmvvvvvvvvx")
    given = chance.choice(names["men"] if sex == "m" else names["women"])
    words = chance.choice(names["families"]).split()
    split = next((i for i, word in enumerate(words) if word[0].isupper()), 0)
    particle, family = " ".join(words[:split]), " ".join(words[split:])
    born = TODAY - timedelta(days=chance.randint(YOUNGEST_DAYS, OLDEST_DAYS))
    return Person(key, given, particle, family, sex, born, _place(chance, land), firm(chance, land))


def _place(chance: Random, land: str) -> tuple[str, str, str]:
    if land == "nl":
        town, digits, area = chance.choice(WORDS["towns"])
        return town, digits, area
    town, digits = chance.choice(WORDS["german_towns" if land == "de" else "french_towns"])
    return town, digits, ""


def firm(chance: Random, land: str) -> str:
    """An organisation that does not exist."""
    if land != "nl":
        return str(chance.choice(WORDS["german_firms" if land == "de" else "french_firms"]))
    return f"{chance.choice(WORDS['firms'])} {chance.choice(WORDS['sectors'])}"


def login(person: Person) -> str:
    """What somebody logs in with."""
    style = person.own.randrange(4)
    given, family = plain(person.given), plain(person.surname)
    number = person.own.randint(1, 9)
    return (
        f"{given}.{family}",
        f"{given[0]}{family}",
        f"{family[:6]}{given[0]}0{number}",
        f"{given}{family[:1]}{number}",
    )[style]


def private_mail(person: Person) -> str:
    """An address of somebody's own."""
    chance = person.own
    given, family = plain(person.given), plain(person.surname)
    local = chance.choice(
        [f"{given}.{family}", f"{given}{person.born.year % 100:02}", f"{given[0]}.{family}", f"{family}_{given}"]
    )
    return f"{local}@{chance.choice(HOSTS)}"


def office_mail(person: Person) -> str:
    """An address at whom they work for."""
    words = person.firm.split()
    house = plain("".join(words[:2] if len(words[0]) < 3 else words[:1]))  # noqa: PLR2004 - De, La
    given, family = plain(person.given), plain(person.surname)
    return f"{person.own.choice([f'{given}.{family}', f'{given[0]}.{family}', given])}@{house}.example"
