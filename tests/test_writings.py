"""Texts about things are nobody's; what somebody writes in the same tables is."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.inventory.reasons import told
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
BOOKED = [
    f"Inkoop van {what} voor kantoor" for what in ("papier", "koffie", "stoelen", "lampen", "verf", "inkt", "zout")
]
ASKED = [
    f"ik wil graag {what} en dat lukt niet" for what in ("inloggen", "betalen", "stoppen", "ruilen", "bellen", "lezen")
]
BOOKS = {"Dagboek": ["Bank", "Kas"] * 3, "Boekstuknr": ["B1", "B2"] * 3}
WORK = {"Sprint": ["Sprint 1", "Sprint 2"] * 3, "Story points": ["1", "3"] * 3}


def of(name: str, texts: list[str], others: dict[str, list[str]]) -> Field:
    """The field of texts in a table with others."""
    size = min(len(texts), *(len(values) for values in others.values()))
    columns = {name: texts[:size]} | {other: values[:size] for other, values in others.items()}
    with open_exports({"t": pd.DataFrame(columns)}) as exports:
        return next(field for field in discover(exports, today=TODAY).datasets[0].fields if field.name == name)


@pytest.mark.parametrize(
    ("name", "texts", "others", "category"),
    [
        ("Subject", BOOKED, BOOKS, "none"),
        ("Summary", ASKED, WORK, "none"),  # what a user should be able to
        ("Opmerking", ASKED, WORK, "message_content"),
        ("Subject", ASKED, BOOKS, "message_content"),
        ("Subject", BOOKED, {"Dagboek": BOOKS["Dagboek"]}, "message_content"),
        ("Subject", BOOKED, BOOKS | {"Ticket": ["T1", "T2"] * 3}, "message_content"),
    ],
)
def test_texts_are_of_what_their_table_is_about(
    name: str, texts: list[str], others: dict[str, list[str]], category: str
) -> None:
    assert of(name, texts, others).category == category


def test_the_reason_says_what_the_table_is() -> None:
    reason = next(one for one in of("Subject", BOOKED, BOOKS).reasons if one["code"] == "of_books")
    assert told(reason, "nl") == "de tabel is boekhouding: de teksten erin gaan over niemand"
