"""Tables of companies that trade: what is theirs is nobody's, who may be turned to there is somebody."""

from datetime import date

import pandas as pd

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"] * 2
COMPANIES = [f"Deltawerk {n} B.V." for n in range(4)] * 3
OWED = {
    "Customer No.": [str(50210 + 7 * (n % 4)) for n in range(12)],
    "Customer Name": COMPANIES,
    "Ship-to city": ["Utrecht", "Zwolle", "Breda", "Gouda"] * 3,
    "VAT ID": [f"NL8962720{n % 4:02}B01" for n in range(12)],
    "Invoice No.": [f"2026{n + 1371}" for n in range(12)],
}


def _found(columns: dict[str, list[str]]) -> dict[str, Field]:
    with open_exports({"t": pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


def test_what_companies_that_come_back_owe_is_nobodys() -> None:
    fields = _found(OWED)
    assert {field.category for field in fields.values()} == {"none"}
    assert {"code": "organisations"} in fields["VAT ID"].reasons


def test_who_may_be_turned_to_there_is_somebody() -> None:
    assert _found(OWED | {"Hoofdcontact": PERSONS})["Hoofdcontact"].category == "name"


def test_customers_who_are_persons_keep_their_number() -> None:
    assert _found(OWED | {"Customer Name": PERSONS})["VAT ID"].category == "tax_number"


def test_companies_beside_persons_are_where_these_work() -> None:
    fields = _found(OWED | {"Naam": PERSONS, "Geboortedatum": [f"{n + 1}-3-1980" for n in range(12)]})
    assert (fields["Naam"].category, fields["VAT ID"].category) == ("name", "tax_number")
