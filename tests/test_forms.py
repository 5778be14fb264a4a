"""What the values of a column without a telling name are by their form: plates, dates, years, tax and order numbers."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
MONTHS = ["jan", "feb.", "maart", "April", "mei", "juni", "juli", "aug", "sept", "okt", "nov", "december"]
TWENTY = range(20)


def columns_of(columns: dict[str, list[str]]) -> dict[str, Field]:
    with open_exports({name: pd.DataFrame({"kolom": values}) for name, values in columns.items()}) as exports:
        return {d.source: d.fields[0] for d in discover(exports, today=TODAY).datasets}


CASES: dict[str, tuple[str, list[str]]] = {
    "plates of several side codes": ("licence_plate", ["12-AB-CD", "GH-345-J", "45-LNP-2", "XX-12-34", "8-KVV-19"]),
    "racks in the form of one side code": ("none", [f"{10 + i}-LNP-{i % 9 + 1}" for i in TWENTY]),
    "versions": ("none", [f"v{i}.{i % 7}" for i in TWENTY]),
    "birth dates in Dutch words": ("birth_date", [f"{i + 1} {MONTHS[i % 12]} {1955 + 2 * i}" for i in TWENTY]),
    "birth dates in English words": ("birth_date", [f"March {i + 1}, {1955 + 2 * i}" for i in TWENTY]),
    "birth dates with nothing between": ("birth_date", [f"{1955 + 2 * i}0{i % 9 + 1}1{i % 9}" for i in TWENTY]),
    "dates of this year in words": ("none", [f"{i + 1} {MONTHS[i % 12]} 2026" for i in TWENTY]),
    "words that begin like months": ("none", [f"{i} meisjes" for i in TWENTY]),
    "years of birth": ("birth_date", [str(1950 + 2 * i) for i in TWENTY]),
    "years of the last two decades": ("none", [str(2006 + i) for i in TWENTY]),
    "years too long ago": ("none", [str(1700 + 7 * i) for i in TWENTY]),
    "seats": ("none", [str(1010 + 7 * i) for i in TWENTY]),
    "wage tax numbers": ("tax_number", [f"1234.56.{782 + i}.L.01" for i in TWENTY]),
    "order numbers": ("invoice", [f"ORD-{202600 + 37 * i}" for i in TWENTY]),
    "invoices of a year": ("invoice", [f"2026-{1000 + 37 * i}" for i in TWENTY]),
    "courses": ("none", [f"EXC-{100 + i}" for i in TWENTY]),
    "lessons": ("none", [f"Les {i}" for i in TWENTY]),
    "events of lessons": ("learning_activity", [f"Les {i} afgerond" for i in TWENTY]),
    "sexes with blanks in words": ("gender", 3 * ["man", "vrouw", "onbekend", "n.v.t.", "-", "?", "NULL"]),
    "addresses with blanks in words": ("email", [*(f"a{i}@b.example" for i in range(4)), "onbekend", "geen", "-", "x"]),
    "blanks in words alone": ("none", ["onbekend", "n.v.t.", "-", "?", "NULL", "x"]),
    "results, one of them a word of progress": ("learning_result", 3 * ["geslaagd", "gezakt", "niet afgerond"]),
    "states of a project": ("none", 3 * ["afgerond", "niet afgerond", "loopt"]),
}


@pytest.fixture(scope="module")
def judged() -> dict[str, Field]:
    """Each case as a table of its own."""
    return columns_of({name: values for name, (_, values) in CASES.items()})


@pytest.mark.parametrize("case", CASES)
def test_a_column_without_a_telling_name_is_what_the_form_of_its_values_says(
    judged: dict[str, Field], case: str
) -> None:
    assert judged[case].category == CASES[case][0]
