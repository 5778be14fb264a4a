"""What every drawn value starts from: the person and the dates of one row, words written by hand, small patterns."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 1)
LETTERS = "BCDFGHJKLMNPRSTVWXYZ"
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
WORDS: dict[str, Any] = yaml.safe_load((FOLDER / "words.yaml").read_text("utf-8"))
FORMS = {
    "iso": "%Y-%m-%d",
    "dmy": "%d-%m-%Y",
    "sap": "%Y%m%d",
    "dots": "%d.%m.%Y",
    "slash": "%d/%m/%Y",
    "us": "%m/%d/%Y",
    "isotime": "%Y-%m-%d",
    "dmytime": "%d-%m-%Y",
    "epochs": "%Y-%m-%d",
    "clf": "%d/%b/%Y",
    "year": "%Y-%m-%d",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Who and what one row is about.

    Args:
        number: of the row, from 0.
        given: name of the person.
        particle: between given and family name, or "".
        family: name without particle.
        dates: notation of the table.
        chance: draws the rest.
    """

    number: int
    given: str
    particle: str
    family: str
    dates: str
    chance: Random

    @property
    def full(self) -> str:
        """Given name, particle and family name."""
        return " ".join(filter(None, (self.given, self.particle, self.family)))

    def pick(self, words: str) -> str:
        """One of a list of words."""
        return str(self.chance.choice(WORDS[words]))

    def digits(self, count: int, first: str = "123456789") -> str:
        """A number of so many digits, as text."""
        return self.chance.choice(first) + "".join(self.chance.choices("0123456789", k=count - 1))

    def shaped(self, *forms: str) -> str:
        """One of the forms, filled in: 9 becomes a digit, A a capital, x a hexadecimal digit."""
        drawn = {"9": "0123456789", "A": LETTERS, "x": "0123456789abcdef"}
        return "".join(self.chance.choice(drawn[sign]) if sign in drawn else sign for sign in self.chance.choice(forms))

    def hexadecimal(self, count: int) -> str:
        """So many hexadecimal digits."""
        return f"{self.chance.getrandbits(4 * count):0{count}x}"

    def written(self, day: date) -> str:
        """A date in the table's notation; `mixed` differs by row, as hand-kept lists do."""
        form = self.chance.choice(["dmy", "d-m", "dMy"]) if self.dates == "mixed" else self.dates
        if form == "d-m":
            return f"{day.day}-{day.month}-{day.year % 100:02}"
        if form == "dMy":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"{day.day:02}{day:%b}{day:%y}".upper() if form == "dMon" else day.strftime(FORMS[form])

    def days_ago(self, least: int, most: int) -> date:
        """A day in the past, or with negative numbers in the future."""
        return TODAY - timedelta(days=self.chance.randint(least, most))

    def moment(self) -> datetime:
        """A moment of the last three years, on working hours mostly."""
        day = self.days_ago(0, 1100)
        return datetime(day.year, day.month, day.day, self.chance.randint(6, 22), self.chance.randrange(60))  # noqa: DTZ001 - exports have no zone


Draw = Callable[[Row], str]


def plain(text: str) -> str:
    """Small letters without accents, as logins have them."""
    spelled = text.lower().translate(str.maketrans("ışłøß", "islos"))
    folded = unicodedata.normalize("NFKD", spelled)
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())


def weighted_check(stem: str) -> bool:
    """The Dutch eleven test on nine digits."""
    return sum(int(d) * w for d, w in zip(stem, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0


def luhn(stem: str) -> str:
    """The stem with its Luhn digit."""
    total = sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(stem)))
    return stem + str(-total % 10)


def gtin(stem: str) -> str:
    """The stem with its EAN digit."""
    return stem + str(-sum(int(d) * (1 if i % 2 else 3) for i, d in enumerate(reversed(stem))) % 10)


def iban(country: str, account: str) -> str:
    """An IBAN with right check digits."""
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{account}{country}00")) % 97
    return f"{country}{check:02}{account}"
