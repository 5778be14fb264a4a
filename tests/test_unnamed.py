"""Fields without a name are told by their values and the fields beside them together, and by neither alone."""

from pathlib import Path

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports
from igmap.vocabulary.tokens import are_nameless

N = range(40)
GIVEN = ["Gemma", "Pieter", "Fatima", "Joost", "Sanne", "Willem", "Noor", "Daan"]
FAMILY = ["Prins", "Smit", "Amrani", "Blokland", "Veldkamp", "Griffith", "Dijkstra", "Mulder"]
PERSONS = [f"{GIVEN[n % 8]} {FAMILY[(n + n // 8) % 8]}" for n in N]
MAILS = [f"{name.lower().replace(' ', '.')}@post.example" for name in PERSONS]
BIRTHS = [f"{1 + n % 28:02}-{1 + n % 12:02}-{1950 + n}" for n in N]
TOWNS = ["Utrecht", "Zwolle", "Breda", "Almelo", "Leiden", "Gouda", "Ede", "Meppel"] * 5
CODES = [f"{3011 + 37 * n} {'AB' if n % 2 else 'KX'}" for n in N]
STREETS = ["Dorpsstraat", "Kerkweg", "Lindelaan", "Stationsstraat", "Molenweg"] * 8
SIX = [str(482_113 + 7_919 * n % 500_000) for n in N]


def _found(*columns: list[str]) -> list[Field]:
    """The fields of a table without names."""
    frame = pd.DataFrame({f"({at})": values for at, values in enumerate(columns, 1)})
    with open_exports({"export": frame}) as exports:
        return list(discover(exports).datasets[0].fields)


@pytest.mark.parametrize(
    ("values", "category"),
    [
        (SIX, "account_id"),
        ([str(19 + 31 * n % 29) for n in N], "age"),
        (["Inkoop", "Klantenservice", "HRM", "Magazijn"] * 10, "employer"),
        (["Netherlands", "Germany", "Belgium", "Poland"] * 10, "location"),
        (
            ["BHV basis", "Excel voor beginners", "Omgaan met stress", "Introductie SQL"] * 10,
            "learning_activity",
        ),
        ([f"Z-2026-{177_320 + 13 * n}" for n in N], "account_id"),
        ([f"rec/2026/{4_928_655 + n}.wav" for n in N], "photo"),
    ],
)
def test_what_says_too_little_alone_says_enough_beside_persons(values: list[str], category: str) -> None:
    assert _found(PERSONS, MAILS, BIRTHS, values)[3].category == category


@pytest.mark.parametrize("values", [SIX, ["Inkoop", "Klantenservice", "HRM", "Magazijn"] * 10])
def test_without_persons_it_is_nobodys(values: list[str]) -> None:
    assert _found([f"{n},50" for n in N], ["rood", "blauw"] * 20, values)[2].category == "none"


def test_a_number_beside_a_street_is_the_house_and_what_follows_its_addition() -> None:
    found = _found(PERSONS, MAILS, STREETS, [str(3 + 7 * n) for n in N], ["", "", "bis", "hs", "III"] * 8, CODES, TOWNS)
    assert [field.category for field in found[2:]] == ["address", "address", "address", "postcode", "city"]


def test_a_town_beside_a_birth_date_where_some_are_abroad_is_where_somebody_was_born() -> None:
    born = ["Utrecht", "Ankara", "Breda", "Paramaribo", "Leiden", "Gouda", "Ede", "Meppel", "Zwolle", "Almelo"] * 4
    assert _found(PERSONS, BIRTHS, born, MAILS, STREETS, CODES, TOWNS)[2].category == "location"


def test_a_zone_that_no_browser_tells_is_the_persons() -> None:
    zones = ["Europe/Amsterdam", "Europe/London", "Europe/Berlin", "Asia/Istanbul"] * 10
    assert _found(PERSONS, MAILS, zones)[2].category == "location"


def test_a_number_that_comes_and_goes_with_somebody_is_theirs_and_that_of_the_record_is_not() -> None:
    back = [PERSONS[n * n % 9] for n in N]
    theirs = [f"kx{PERSONS.index(name) * 37:05}q" for name in back]
    found = _found([f"{n}-log-{n * 7}" for n in N], back, theirs)
    assert [field.category for field in found] == ["none", "name", "account_id"]
    assert {"code": "companion", "field": "(2)"} in found[2].reasons


def test_under_a_name_that_says_a_thing_nothing_of_this_is_asked() -> None:
    with open_exports({"t": pd.DataFrame({"naam": PERSONS, "mail": MAILS, "voorraad": SIX})}) as exports:
        assert discover(exports).datasets[0].fields[2].category == "none"


def test_a_file_without_header_goes_the_same_way(tmp_path: Path) -> None:
    pd.DataFrame([PERSONS, MAILS, BIRTHS, SIX]).T.to_csv(tmp_path / "export.csv", index=False, header=False)
    with open_exports(tmp_path) as exports:
        fields = discover(exports).datasets[0].fields
    assert [field.name for field in fields] == ["(1)", "(2)", "(3)", "(4)"]
    assert [field.category for field in fields] == ["name", "email", "birth_date", "account_id"]


@pytest.mark.parametrize(
    "names",
    [["V1", "V2", "V3", "V4"], ["col_1", "col_2", "col_3", "col_4"], ["VAR0001", "VAR0002", "VAR0003", "VAR0004"],
     ["A", "B", "C", "D"], ["0", "1", "2", "3"]],
)  # fmt: skip
def test_fields_that_are_only_counted_have_no_name(names: list[str]) -> None:
    people = ["Jan de Vries", "Fatima Amrani", "Piet Bakker", "Anna Visser", "Kees Smit", "Lotte Mulder"] * 7
    places = ["Vught", "Tilburg", "Boxtel", "Oss", "Breda", "Best", "Uden"] * 6
    table = pd.DataFrame(
        {
            names[0]: people,
            names[1]: [f"x{at}@mail.example" for at in range(42)],
            names[2]: places,
            names[3]: [str(20 + at * 5 % 29) for at in range(42)],
        }
    )
    with open_exports({"lijst": table}) as exports:
        fields = discover(exports).datasets[0].fields
    assert [field.name for field in fields] == names
    assert [field.category for field in fields] == ["name", "email", "city", "age"]


def test_questions_of_a_survey_have_names() -> None:
    assert not are_nameless(["Q1", "Q2", "Q3"])
    assert not are_nameless(["V1", "V2", "naam"])
