"""Direct identifiers that the form of values or the table gives away, whatever the field is called."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
TWENTY = range(20)
GIVEN = ["Jan", "Fatima", "Sanne", "Kees", "Hanna", "Mohamed"]
FAMILY = ["Bakker", "de Vries", "Yilmaz", "van den Berg", "Jansen", "Visser"]
PERSONS = [f"{given} {family}" for given in GIVEN for family in FAMILY]
TOLD = [
    "Wilde graag weten of het nog kan",
    "Ze heeft niet teruggebeld",
    "I could not finish it",
    "Hij komt morgen niet",
]
SOLD = [
    "Gemaakt van gerecycled katoen",
    "Met twee jaar garantie",
    "Past in elke tas of rugzak",
    "Leverbaar in drie kleuren",
]
RARE = ["Kwarteng", "Ablordeppey", "Tuinhof", "Zwartsenberg", "Hrvatin", "Oyelowo"]
DEPARTMENTS = ["Verkoop", "Planning", "Inkoop", "Directie", "Financiën", "Techniek"]
CODES = ["KOER", "SCHJ", "BOSJ", "VISM", "JANA", "DEVR"]
PAID = ["verjaardag oma", "huur november", "contributie zoon", "cadeau juf klas", "terug van vakantie", "lening auto"]
CHIPS = [f"04:5{i % 10}:2f:b1:c3:d{i % 10}:8{i % 10}" for i in TWENTY]


def fields_of(table: dict[str, list[str]]) -> dict[str, Field]:
    with open_exports({"t": pd.DataFrame(table)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


CASES: dict[str, tuple[str, str, list[str]]] = {
    "many full names under a word of hardware": ("name", "Remote", PERSONS),
    "a few persons' names of ships": ("none", "schip", ["Johanna Maria", "Willem de Zwijger", "Anna", "Hendrika"]),
    "somebody tells": ("message_content", "veld7", 9 * TOLD),
    "something is sold": ("none", "omschrijving", 9 * SOLD),
    "colleagues in short": ("account_id", "docent_afk", CODES),
    "a few family names in no list": ("name", "behandelaar", 9 * RARE),
    "a few departments": ("none", "behandelaar", 9 * DEPARTMENTS),
    "subjects in short": ("none", "vak_afk", ["WISA", "NETL", "ENTL", "FATL", "BIOL", "NATK"]),
    "an inner line": ("phone", "agent_ext", [str(5000 + 37 * i) for i in TWENTY]),
    "particles": ("name", "k3", ["van", "de", "van den", "in 't", "onbekend"]),
    "languages": ("language", "k3", ["de", "en", "nl", "fr", "la"]),
    "files called after their writers": ("name", "upload", [f"CV_{name.replace(' ', '_')}.pdf" for name in PERSONS]),
    "files called after things": ("none", "upload", [f"factuur_{i}.pdf" for i in TWENTY]),
    "chips": ("account_id", "k4", CHIPS),
    "times of runners": ("none", "netto", [f"0:{20 + i}:05" for i in TWENTY]),
    "nothing but blanks in words": ("none", "roepnaam", ["onbekend", "n.v.t.", "-", "NULL"]),
    "a signature as a picture": ("photo", "handtekening", [f"iVBORw0KGgo{i:08d}AAAA" for i in TWENTY]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_column_is_what_its_values_and_name_say_together(case: str) -> None:
    category, name, values = CASES[case]
    assert fields_of({name: values})[name].category == category


def test_what_a_payment_is_for_is_told_beside_an_account_and_an_amount() -> None:
    table = {
        "iban": [f"NL{10 + i}INGB0001234567" for i in range(6)],
        "bedrag": [f"{i + 1}2,50" for i in range(6)],
        "k5": PAID,
    }
    accounts = ["NL91ABNA0417164300", "NL02ABNA0123456789", "NL20INGB0001234567"] * 2
    assert fields_of(table | {"iban": accounts})["k5"].category == "message_content"
    assert fields_of({"bedrag": table["bedrag"], "k5": PAID})["k5"].category == "none"


def test_records_that_are_counted_through_number_nobody() -> None:
    counted = [str(50001 + i) for i in range(len(PERSONS))]
    apart = [str(50001 + 37 * i) for i in range(len(PERSONS))]
    assert fields_of({"k6": counted, "naam": PERSONS})["k6"].category == "none"
    assert fields_of({"k6": apart, "naam": PERSONS})["k6"].category == "account_id"
