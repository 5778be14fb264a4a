"""Columns in which several kinds of identifiers stand, or one kind between other things: never called nothing."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.inventory.deciding.words import what_was_seen, what_would_change
from igmap.sources import open_exports
from tests.test_names_and_values import NUMBERS

MAILS = [f"p{n}@post.example" for n in range(20)]
PHONES = [f"06-12345{n:03}" for n in range(20)]
CODES = [f"KL-{n:05}" for n in range(20)]
CARDS = ["4111111111111111", "5555555555554444", "4012888888881881", "378282246310005", "6011111111111117"]


def judged(header: str, values: list[str]) -> Field:
    with open_exports({"t": pd.DataFrame({header: values})}) as exports:
        return discover(exports, today=date(2026, 11, 1)).datasets[0].fields[0]


@pytest.mark.parametrize("header", ["contact", "x", "bereikbaar via"])
def test_addresses_and_phone_numbers_in_one_column_are_found(header: str) -> None:
    field = judged(header, [*MAILS, *PHONES])
    assert (field.verdict, field.category, field.identifiability) == ("found", "email", "direct")
    assert "wordt herkend als e-mailadres of telefoonnummer" in " ".join(what_was_seen(field, "nl"))


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("waarde", [*MAILS[:10], *CODES], "email"),
        ("omschrijving", [*MAILS[:10], *CODES], "email"),
        ("kenmerk", [*NUMBERS, *CODES[:10]], "bsn"),
        ("x", [*CARDS, *CODES[:10]], "payment_card"),
        ("x", [*PHONES[:8], *CODES], "phone"),
    ],
)
def test_identifiers_among_other_values_leave_a_column_to_a_person(header: str, values: list[str], kind: str) -> None:
    field = judged(header, values)
    assert (field.verdict, field.category, field.runner_up) == ("undecided", "none", kind)
    assert "kijk waarom hier ook" in " ".join(what_would_change(field, "nl"))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("waarde", [*MAILS[:3], *CODES]),  # they are counted and located, as few in a column are
        ("factuurnummer", [*PHONES[:8], *CODES]),  # numbers of invoices may look like them
        ("versie", [f"{n}.{n % 7}.{n % 3}.{n % 11}" for n in range(1, 30)]),
        ("x", [str(100_000_000 + 7919 * n) for n in range(60)]),  # one in eleven passes the test of a BSN
    ],
)
def test_what_looks_alike_by_chance_or_seldom_leaves_no_column_to_a_person(header: str, values: list[str]) -> None:
    field = judged(header, values)
    assert "look_among" not in {reason["code"] for reason in field.reasons}


def test_blanks_in_words_do_not_make_one_value_inside_a_text_most_of_a_column() -> None:
    field = judged("opm", ["zie paspoort van p1@post.example aub", "nvt", "onbekend", "nvt"])
    assert (field.verdict, field.category) == ("found", "message_content")


@pytest.mark.parametrize(
    ("header", "values", "category"),
    [
        ("email_sha256", [f"{n:064x}" for n in range(10**70, 10**70 + 12)], "account_id"),
        ("hashedEmail", [f"{n:032x}" for n in range(10**36, 10**36 + 12)], "account_id"),
        ("sha256", [f"{n:064x}" for n in range(10**70, 10**70 + 12)], "none"),
        ("token", [f"{n:032x}" for n in range(10**36, 10**36 + 12)], "password"),
        ("gironummer", [f"{4_100_000 + 7919 * n}" for n in range(12)], "bank_account"),
        ("nickname", ["zonnetje12", "gamer88", "xavi3", "bloem", "turbo9", "mus44"], "username"),
        ("nickname", ["Bas", "Fleur", "Mo", "Sjaak", "Truus", "Kees"], "name"),
        ("handtekening", [f"handtekening_{n}.png" for n in range(12)], "photo"),
        ("postgiro", [f"P{4_100_000 + 7919 * n}" for n in range(12)], "bank_account"),
    ],
)
def test_a_word_and_a_form_say_together_what_neither_says_alone(header: str, values: list[str], category: str) -> None:
    assert judged(header, values).category == category
