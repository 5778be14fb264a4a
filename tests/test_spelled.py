"""Values that are built like names, though no list has them: a person must look; ships and goods stay nobody's."""

import pandas as pd
import pytest

from igmap.inventory import discover
from igmap.inventory.inventory import Field
from igmap.inventory.reasons import told
from igmap.sources import open_exports

WELSH = [
    "Llywelyn Prydderch", "Angharad Gwenllian", "Rhodri Cadwaladr", "Eluned Penhaligon", "Goronwy Trevithick",
    "Ceridwen Bodfel", "Iestyn Maddocks", "Myfanwy Gwynedd", "Tegid Trahaearn", "Heledd Pryce-Wynn",
    "Caradog Meredydd", "Branwen Llwyd",
]  # fmt: skip
MALAGASY = [
    "Rakotomalala Hery", "Andrianarivo Lalaina", "Razafindrakoto Mialy", "Rasoanaivo Tiana", "Ravelomanana Faly",
    "Randriamampianina Zo", "Rabemananjara Noro", "Ratsimandresy Hasina", "Andriamihaja Soa", "Razanakolona Bako",
    "Rajaonarimampianina Ny", "Rakotoarisoa Voahangy",
]  # fmt: skip
SHIPS = [
    "Zeester Rood", "Noorderlicht II", "Vrouwe Johanna", "De Goede Hoop", "Morgenster", "Twee Gebroeders",
    "Stella Maris", "Albatros", "Drie Gezusters", "Res Nova", "Eendracht", "Jonge Jacob", "Zeehond", "Poolster",
]  # fmt: skip
GOODS = [
    "Oslo Bureaustoel", "Aurora Lamp", "Nordic Tafel", "Milano Bank", "Stockholm Kast", "Venezia Spiegel",
    "Bergen Plank", "Malmo Kruk", "Torino Stoel", "Ravenna Vaas", "Turku Bank", "Odense Hocker",
]  # fmt: skip


def _first(header: str, values: list[str]) -> Field:
    table = pd.DataFrame({header: values, "bedrag": [f"{7 + at * 3},50" for at in range(len(values))]})
    with open_exports({"lijst": table}) as exports:
        return discover(exports).datasets[0].fields[0]


@pytest.mark.parametrize("values", [WELSH, MALAGASY], ids=["welsh", "malagasy"])
@pytest.mark.parametrize("header", ["naam", "name", "Wie", "contact"])
def test_who_is_in_no_list_is_not_said_to_be_nobody(header: str, values: list[str]) -> None:
    field = _first(header, values)
    assert (field.verdict, field.runner_up) == ("undecided", "name")
    assert {"spelled", "look"} <= {reason["code"] for reason in field.reasons}


def test_without_a_name_of_the_field_more_values_must_be_spelled_so() -> None:
    assert _first("(1)", MALAGASY).verdict == "undecided"
    assert _first("(1)", WELSH).verdict == "none"


@pytest.mark.parametrize("values", [SHIPS, GOODS], ids=["ships", "goods"])
@pytest.mark.parametrize("header", ["naam", "name", "(1)"])
def test_what_is_called_otherwise_is_nobody(header: str, values: list[str]) -> None:
    assert _first(header, values).verdict == "none"


def test_a_name_that_says_what_else_stands_there_is_believed() -> None:
    assert _first("titel", MALAGASY).verdict == "none"


def test_the_doubt_is_told_in_both_languages() -> None:
    reason = next(one for one in _first("naam", MALAGASY).reasons if one["code"] == "spelled")
    assert "gespeld als een naam" in told(reason, "nl")
    assert "spelled like a name" in told(reason, "en")
