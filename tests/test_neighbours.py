"""What the columns of a table say of each other: user names made of the name beside them, places, ages."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
NAMES = ["Gemma Hargreaves", "Pieter Blokpoel", "Zoë Müller", "Willem Oosthoek", "Fatima Amrani", "Jan Quist"]
OWN = ["ghargrea", "blokpo", "zmuller", "oosthoek_w", "amran2", "jquist"]
TOWNS = ["Haarlem", "Tilburg", "Utrecht", "Breda", "Zwolle", "Assen"]
POSTCODES = ["2033 EN", "5022 WZ", "3511 AB", "4811 XC", "8011 CD", "9401 HA"]
PERSONS = [
    "Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith", "Lotte Walsh",
    "Bram Zonneveld", "Yusuf Demir", "Ilse Okkerse", "Daan Terpstra", "Noor Boersma", "Karel Kuiper", "Meike Wiersma",
]  # fmt: skip
AGES = [str(19 + 4 * i) for i in range(len(PERSONS))]


Columns = dict[str, list[str | None]]


def beside_names(handles: list[str | None], names: list[str | None] | None = None) -> Columns:
    """Handles that each come back in three records of the same person."""
    return {"naam": 3 * (names or [*NAMES]), "kolom": 3 * handles}


MADE_OF_NAMES: dict[str, Columns] = {
    "small letters": beside_names([*OWN]),
    "capitals": beside_names([own.upper() for own in OWN]),
    "blanks": beside_names([*OWN[:3], None, None, None]),
    "blanks in words": beside_names([*OWN[:3], "onbekend", "nvt", "geen"]),
    "one of nobody": beside_names([*OWN[:5], "beheer"]),
    "records without a name": beside_names([*OWN], [*NAMES[:3], None, None, None]),
}
NOT_MADE_OF_NAMES: dict[str, Columns] = {
    "of others": beside_names([*OWN[1:], OWN[0]]),
    "words": beside_names(["lamp", "stoel", "tafel", "kast", "boek", "fiets"]),
    "half": beside_names([*OWN[:3], "kast", "boek", "fiets"]),
    "patterns": beside_names(["a.*", "a[a-z", "a(((", "a\\", "a%s", "a🙂"]),
    "no letters": beside_names(["a...", "b---", "c.__", "d_-.", "e...", "f---"]),
    "blank": beside_names([None] * 6),
    "two letters, which stand in any word by chance": beside_names(
        ["lampng", "boxu", "stan", "tafelli", "kanvo", "wuft"], ["Li Xu", "Bo Ng", "An Vo", "Yu Wu", "Ko Ho", "Xi Li"]
    ),
}
PLACES: dict[str, Columns] = {
    "beside a postcode": {"k1": [*POSTCODES], "k2": [*TOWNS]},
    "beside sales": {"omzet": ["12000", "3400", "2100", "4500", "6700", "3300"], "k2": [*TOWNS]},
}
NUMBERS: dict[str, Columns] = {
    "of persons": {"k1": [*PERSONS], "k2": [*AGES]},
    "of articles": {"k1": [f"artikel {n}" for n in AGES], "k2": [*AGES]},
    "on a scale": {"k1": [*PERSONS], "k2": ["10", "20"] * 7},
}


def fields_of(columns: Columns) -> list[Field]:
    """The fields of a table."""
    with open_exports({"table": pd.DataFrame(columns)}) as exports:
        return list(discover(exports, today=TODAY).datasets[0].fields)


@pytest.fixture(scope="module")
def second() -> dict[str, Field]:
    """The verdict on the second column of each case, every case a table of its own."""
    cases = MADE_OF_NAMES | NOT_MADE_OF_NAMES | PLACES | NUMBERS
    with open_exports({name: pd.DataFrame(columns) for name, columns in cases.items()}) as exports:
        return {d.source: d.fields[1] for d in discover(exports, today=TODAY).datasets}


@pytest.mark.parametrize("case", MADE_OF_NAMES)
def test_what_is_made_of_the_name_beside_it_is_a_user_name(second: dict[str, Field], case: str) -> None:
    assert (second[case].verdict, second[case].category) == ("found", "username")
    assert [reason["field"] for reason in second[case].reasons if reason["code"] == "own_name"] == ["naam"]


@pytest.mark.parametrize("case", NOT_MADE_OF_NAMES)
def test_what_is_not_made_of_the_name_in_its_own_record_is_none(second: dict[str, Field], case: str) -> None:
    assert second[case].verdict == "none"


def test_a_town_is_somebodys_beside_a_postcode_and_nobodys_beside_sales(second: dict[str, Field]) -> None:
    assert [second[case].category for case in PLACES] == ["city", "none"]


def test_numbers_may_be_ages_only_beside_persons_and_when_they_spread(second: dict[str, Field]) -> None:
    assert [second[case].verdict for case in NUMBERS] == ["undecided", "none", "none"]
    assert second["of persons"].runner_up == "age"


def test_sex_is_an_animals_beside_an_ear_tag_and_two_digits_are_no_password() -> None:
    herd = {"oormerk": AGES, "geslacht": ["v", "m"] * 7}
    people = {"naam": PERSONS, "geslacht": ["v", "m"] * 7, "ww": AGES}
    with open_exports({"herd": pd.DataFrame(herd), "people": pd.DataFrame(people)}) as exports:
        told = [[field.category for field in d.fields] for d in discover(exports, today=TODAY).datasets]
    assert [told[0][1], told[1][1:]] == ["none", ["gender", "none"]]


def test_figures_in_many_columns_are_no_ages_of_the_person_beside_them() -> None:
    shuffled = {f"kolom{n}": [AGES[(n * i) % len(AGES)] for i in range(1, 1 + len(AGES))] for n in (1, 3, 5, 9)}
    with open_exports({"t": pd.DataFrame({"naam": PERSONS, **shuffled})}) as exports:
        fields = discover(exports, today=TODAY).datasets[0].fields
    assert {field.verdict for field in fields[1:]} == {"none"}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ([f"52.{i}71345" for i in range(14)], [f"5.{i}12345" for i in range(14)], "location"),
        ([f"5.{i}21345" for i in range(14)], [f"-55.{i}12345" for i in range(14)], "location"),
        ([f"{7 * i + 1}.{i}71345" for i in range(14)], [f"{5 * i + 2}.{i}12345" for i in range(14)], "none"),
        ([f"0.{i}71345" for i in range(14)], [f"0.{i}12345" for i in range(14)], "none"),
    ],
    ids=["the Netherlands", "Suriname", "sizes", "shares"],
)
def test_two_columns_of_fractions_are_a_place_where_one_is_a_latitude(
    first: list[str], second: list[str], found: str
) -> None:
    fields = fields_of({"naam": [*PERSONS], "k1": [*first], "k2": [*second]})
    assert [field.category for field in fields[1:]] == [found, found]


def test_letters_before_every_name_of_a_table_are_left_out_where_only_the_rest_says_anything() -> None:
    told = {"FNAME": NAMES, "STREET": [f"Rosenweg {n}" for n in range(6)], "ZIP": ["90404", "79167", "79155"] * 2}
    told |= {"CITY": TOWNS, "FAX": [f"030 2312{n}889" for n in range(6)], "COMPANY": ["Weber GmbH"] * 3 + [""] * 3}
    plain, glued = (fields_of({f"{before}{name}": [*cells] for name, cells in told.items()}) for before in ("", "OX"))
    assert [field.category for field in glued] == [field.category for field in plain]
    assert plain[4].category == "phone"


def test_a_number_with_a_plus_before_it_is_dialled_whatever_its_name_says_it_counts() -> None:
    mobiles = [f"+3168{n:07}" for n in range(140, 154)]
    fields = fields_of({"naam": [*PERSONS], "artikelnummer": [*mobiles], "bestelnr": [n[1:] for n in mobiles]})
    assert [field.category for field in fields] == ["name", "phone", "invoice"]


RARE = [
    f"{given} {family}"
    for given in ("Quirijn", "Wendelien", "Odilia", "Geesje")
    for family in ("Oosterwijker", "Bovenschulte", "Drieënhuizen", "Kwakkelstein")
]
ADDRESSES = [f"{name[0].lower()}.{name.split()[1].lower().replace('ë', 'e')}@voorbeeld.example" for name in RARE]


@pytest.mark.parametrize("header", ["naam", "kolom"])
def test_words_that_an_address_in_the_same_record_is_made_of_are_names_though_no_list_has_them(header: str) -> None:
    with open_exports({"t": pd.DataFrame({header: RARE, "e-mail": ADDRESSES})}) as exports:
        field = discover(exports, today=TODAY).datasets[0].fields[0]
    assert (field.verdict, field.category) == ("found", "name")
    assert "own_name" in {reason["code"] for reason in field.reasons}


def test_words_beside_addresses_of_others_are_no_names() -> None:
    shifted = [*ADDRESSES[5:], *ADDRESSES[:5]]
    with open_exports({"t": pd.DataFrame({"kolom": RARE, "e-mail": shifted})}) as exports:
        assert discover(exports, today=TODAY).datasets[0].fields[0].category == "none"


@pytest.mark.parametrize(("header", "category"), [("Deelnemer", "name"), ("naam cursist", "name"), ("Klant", "none")])
def test_rare_names_are_believed_under_a_word_for_a_person_who_is_no_customer(header: str, category: str) -> None:
    with open_exports({"t": pd.DataFrame({header: RARE, "cursus": ["VCA"] * len(RARE)})}) as exports:
        assert discover(exports, today=TODAY).datasets[0].fields[0].category == category


def test_amounts_beside_who_keeps_the_books_are_nobodys_wages() -> None:
    amounts = [f"{n * 137 + 1000},{n % 10}{n % 7}" for n in range(1, 41)]
    people = ["Sanne Jansen", "Piotr Nowak", "Emre Kaya", "Lotte de Vries"] * 10
    rows = pd.DataFrame({"Rekening": range(4000, 4040), "Kolom D": amounts, "Gewijzigd door": people})
    with open_exports({"grootboek": rows}) as exports:
        found = {field.name: field for field in discover(exports).datasets[0].fields}
    assert found["Kolom D"].category != "income"
    assert found["Rekening"].category != "account_id"


def test_seconds_before_persons_are_no_numbers_of_theirs() -> None:
    people = [f"{first} {last}" for first in ("Sanne", "Piotr", "Emre", "Lotte") for last in ("Jansen", "Bos", "Kaya")]
    for start, category in ((1_780_143_545, "none"), (4_180_143_545, "account_id")):
        rows = pd.DataFrame({"ts": [start + 7919 * n for n in range(12)], "van": people})
        with open_exports({"t": rows}) as exports:
            assert discover(exports).datasets[0].fields[0].category == category
