"""Identifiers as people, spreadsheets and other programs write them: masked, damaged, dressed, for human eyes."""

from itertools import cycle, islice

import pandas as pd
import pytest

from igmap.inventory import discover
from igmap.sources import open_exports

GIVEN = ["Jan", "Fatima", "Piet", "Anna", "Kees", "Lotte", "Youssef", "Eva", "Tom", "Sara"]
FAMILY = ["Visser", "Bakker", "Amrani", "Smit", "Mulder", "Jansen", "Dijkstra"]
PAIRS = list(islice(zip(cycle(GIVEN), cycle(FAMILY), strict=False), 40))
NUMBERS = [f"{12_345_678 + at * 1_234_567:08}" for at in range(40)]
FORMS = {
    "mail for people": ("e-mail", "email", [f"{g}.{f} [at] post.example" for g, f in PAIRS]),
    "mail with dots in words": ("contact", "email", [f"{g}.{f}(at)post(dot)example" for g, f in PAIRS]),
    "masked citizen number": ("BSN", "bsn", [f"*****{number[:4]}" for number in NUMBERS]),
    "masked account": ("IBAN", "bank_account", [f"NL** ABNA **** {number[:4]}" for number in NUMBERS]),
    "phone of a spreadsheet": ("telefoon", "phone", [f"3.16{number[:6]}E+10" for number in NUMBERS]),
    "phone as a link": ("(1)", "phone", [f"tel:+31-6-1{number[:7]}" for number in NUMBERS]),
    "address as a number": ("ip", "ip_address", [f"32{number}" for number in NUMBERS]),
    "married names": ("naam", "name", [f"{f}-{g}, mw. A." for (_, f), g in zip(PAIRS, FAMILY * 6, strict=False)]),
    "families": ("naam", "name", [f"fam. {f}" for _, f in PAIRS]),
    "who it is behind": ("naam", "name", [f"{g} {f} (partner)" for g, f in PAIRS]),
}


@pytest.mark.parametrize(("header", "category", "values"), FORMS.values(), ids=FORMS)
def test_an_identifier_is_found_as_it_is_written(header: str, category: str, values: list[str]) -> None:
    with open_exports({"lijst": pd.DataFrame({header: values})}) as exports:
        field = discover(exports).datasets[0].fields[0]
    assert (field.verdict, field.category) == ("found", category)
