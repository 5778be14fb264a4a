"""Numbers of citizens of other countries: whatever a library that knows each country's rules holds sound is found."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from stdnum.be import nn
from stdnum.ch import ssn
from stdnum.cn import ric
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.it import codicefiscale
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.tr import tckimlik

from igmap.inventory import discover
from igmap.inventory.detectors.citizen_abroad import is_citizen
from igmap.sources import open_exports

DRAWN, BY_CHANCE = 20_000, 0.04
CONTROL = "TRWAGMYFPDXBNJZSQVHLCKE"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _digits(chance: Random, many: int) -> str:
    return "".join(chance.choices("0123456789", k=many))


def _day(chance: Random, form: str) -> str:
    return (date(1930, 1, 1) + timedelta(chance.randrange(33_000))).strftime(form)


NUMBERS: dict[Any, Callable[[Random], str]] = {
    nn: lambda c: _day(c, "%y%m%d") + _digits(c, 5),
    nir: lambda c: c.choice("12") + _day(c, "%y%m") + c.choice(["75", "2A", "2B", "13"]) + _digits(c, 8),
    dni: lambda c: _digits(c, 8) + c.choice(CONTROL),
    nie: lambda c: c.choice("XYZ") + _digits(c, 7) + c.choice(CONTROL),
    pesel: lambda c: _day(c, "%y%m%d") + _digits(c, 5),
    tckimlik: lambda c: c.choice("123456789") + _digits(c, 10),
    fodselsnummer: lambda c: _day(c, "%d%m%y") + _digits(c, 5),
    ssn: lambda c: "756" + _digits(c, 10),
    cnp: lambda c: c.choice("12") + _day(c, "%y%m%d") + _digits(c, 6),
    ric: lambda c: "110101" + _day(c, "%Y%m%d") + _digits(c, 3) + c.choice("0123456789X"),
    codicefiscale: lambda c: (
        "".join(c.choices(CAPITALS, k=6))
        + _day(c, "%y")
        + c.choice("ABCDEHLMPRST")
        + _day(c, "%d")
        + "H501"
        + c.choice(CAPITALS)
    ),
}


@pytest.mark.parametrize("country", NUMBERS, ids=lambda country: country.__name__)
def test_what_is_sound_by_the_rules_of_a_country_is_found(country: Any) -> None:
    chance = Random(7)
    sound = [one for one in (NUMBERS[country](chance) for _ in range(DRAWN)) if country.is_valid(one)]
    assert len(sound) > 50
    assert is_citizen(pl.Series(sound)).all()


@pytest.mark.parametrize("length", [9, 10, 11, 12, 13, 15, 18])
def test_few_numbers_pass_by_chance(length: int) -> None:
    chance = Random(length)
    assert is_citizen(pl.Series([_digits(chance, length) for _ in range(DRAWN)])).sum() < BY_CHANCE * DRAWN


def test_a_column_of_them_needs_no_name() -> None:
    chance = Random(3)
    sound = [one for one in (NUMBERS[nn](chance) for _ in range(DRAWN)) if nn.is_valid(one)][:60]
    others = [_digits(chance, 11) for _ in sound]
    with open_exports({"lijst": pl.DataFrame({"c1": sound, "c2": others})}) as exports:
        fields = discover(exports).datasets[0].fields
    assert [field.category for field in fields] == ["bsn", "none"]
