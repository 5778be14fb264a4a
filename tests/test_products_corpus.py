"""The products corpus: drawn the same each time, nobody real in it."""

from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from stdnum import ean, iban
from stdnum.nl import bsn, btw

from benchmarks.products_corpus.corpus import products_tables
from igmap.vocabulary import CATEGORIES

DOCUMENTATION = [ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]


@cache
def corpus() -> Any:
    """The corpus, drawn once."""
    return products_tables(1)


def cells_of(category: str, *fields: str) -> list[str]:
    """What stands in fields of a category, without blanks and what only says that nothing does."""
    cells = [
        str(cell).strip()
        for table in corpus()
        for row in table.truth
        if row.category == category and (row.field in fields or not fields)
        for cell in table.frame[row.field].dropna()
    ]
    told = [cell for cell in cells if any(sign.isdigit() for sign in cell) or "@" in cell]
    assert len(told) >= 20, category
    return told


def test_the_corpus_is_the_same_each_time_and_half_of_it_is_nobodys() -> None:
    once, again, other = corpus(), products_tables(1), products_tables(2)
    assert all(a.frame.equals(b.frame) and a.hidden == b.hidden for a, b in zip(once, again, strict=True))
    assert not any(a.frame.equals(b.frame) for a, b in zip(once, other, strict=True))
    assert [sum(table.half == part for table in once) for part in ("first", "further")] == [67, 31]
    truth = [row.category for table in once for row in table.truth]
    assert (len(truth) >= 1300, truth.count("none") >= 0.48 * len(truth)) == (True, True)
    assert set(truth) == set(CATEGORIES)
    assert all(list(table.frame.columns) == [row.field for row in table.truth] for table in once)
    assert all(30 <= len(table.frame) <= 120 for table in once)


def test_a_cell_holds_no_template_that_was_not_drawn() -> None:
    cells = [str(cell) for table in corpus() for name in table.frame for cell in table.frame[name].dropna()]
    assert not any(f"${kind}" in cell for cell in cells for kind in ("one(", "n(", "pat(", "say(", "full", "@"))


def test_what_is_hidden_stands_in_its_record() -> None:
    hidden = [(h, table.frame[h.field][h.record - 1]) for table in corpus() for h in table.hidden]
    assert {h.category for h, _ in hidden} == {"email", "phone", "bank_account", "bsn", "name", "postcode"}
    assert all("@" in cell for h, cell in hidden if h.category == "email")
    assert all(any(sign.isdigit() for sign in cell) for h, cell in hidden if h.category in {"bsn", "phone"})


@pytest.mark.parametrize("category", ["email"])
def test_mail_goes_nowhere(category: str) -> None:
    hosts = {cell.lower().rpartition("@")[2] for cell in cells_of(category)}
    assert all(host.endswith(".example") for host in hosts)


def test_numbers_have_their_check_digits_and_were_given_to_nobody() -> None:
    numbers = cells_of("bsn")
    assert all(bsn.is_valid(number) and number[0] == "9" for number in numbers)
    assert all(
        iban.is_valid(number, check_country=False) for number in cells_of("bank_account", "IBAN", "Tegenrekening")
    )
    assert all(btw.is_valid(number) for number in cells_of("none", "Btw-nummer"))
    assert all(ean.is_valid(number) for number in cells_of("none", "UPC", "Variant Barcode", "EAN11"))
    addresses = [ip_address(cell) for cell in cells_of("ip_address", "ipaddr", "lastip", "c-ip", "Public IP")]
    assert all(any(address in net for net in DOCUMENTATION) for address in addresses)
