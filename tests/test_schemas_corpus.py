"""The schemas corpus: drawn the same each time, dealt by the hashes of its tables' names, nobody real in it."""

import re
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from stdnum import ean, iban
from stdnum.nl import bsn

from benchmarks.schemas_corpus.corpus import FOLDER, kept_apart, schemas_tables
from igmap.vocabulary import CATEGORIES

DOCUMENTATION = [ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
KEPT = [  # what is in the middle of a number without its dial code and zero: nobody has these
    "680\\d{6}|17139200\\d\\d|7700900\\d{3}|63998\\d{4}|3023125\\d{3}",
    "(113|115|117|118|131)4960\\d{3}|(199|261|353|465|536)\\d{6}",
    "\\d{2}0\\d{6}|\\d{3}0\\d{5}|2\\d\\d",
]


@cache
def corpus() -> Any:
    """The corpus, drawn once."""
    return schemas_tables(1)


def cells_of(category: str, *fields: str) -> list[str]:
    """What stands in fields of a category, without blanks."""
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
    once, again, other = corpus(), schemas_tables(1), schemas_tables(2)
    assert all(a.frame.equals(b.frame) and a.hidden == b.hidden for a, b in zip(once, again, strict=True))
    assert not any(a.frame.equals(b.frame) for a, b in zip(once, other, strict=True))
    assert [sum(table.half == part for table in once) for part in ("first", "further")] == [61, 29]
    truth = [row.category for table in once for row in table.truth]
    assert (len(truth) >= 1650, 0.48 <= truth.count("none") / len(truth) <= 0.56) == (True, True)
    assert set(truth) == set(CATEGORIES)
    assert all(list(table.frame.columns) == [row.field for row in table.truth] for table in once)
    assert all(30 <= len(table.frame) <= 120 for table in once)


def test_hashes_of_names_say_which_third_of_a_kind_is_only_counted() -> None:
    def names(part: str, kind: Path) -> set[str]:
        return set(yaml.safe_load((FOLDER / part / "tables" / kind.name).read_text("utf-8")))

    kinds = sorted((FOLDER / "first" / "tables").glob("*.yaml"))
    assert len(kinds) == 7
    for kind in kinds:
        assert kept_apart(names("first", kind) | names("further", kind)) == names("further", kind)


def test_a_cell_holds_no_template_that_was_not_drawn() -> None:
    cells = [str(cell) for table in corpus() for name in table.frame for cell in table.frame[name].dropna()]
    assert not any(re.search(r"\$@|\$(one|n|pat|say|full|t|uid|pick|same|nth|land)\b", cell) for cell in cells)


def test_what_is_hidden_stands_in_its_record() -> None:
    hidden = [(h, table.frame[h.field][h.record - 1]) for table in corpus() for h in table.hidden]
    assert {h.category for h, _ in hidden} == {"email", "phone", "bank_account", "bsn", "name", "postcode"}
    assert all("@" in cell for h, cell in hidden if h.category == "email")
    assert all(any(sign.isdigit() for sign in cell) for h, cell in hidden if h.category in {"bsn", "phone"})


def test_mail_goes_nowhere() -> None:
    assert {cell.lower().rpartition(".")[2] for cell in cells_of("email")} == {"example"}


def test_telephones_are_of_blocks_that_nobody_has() -> None:
    numbers = [re.sub(r"\D", "", cell) for cell in cells_of("phone")]
    assert not [n for n in numbers if not re.fullmatch(rf"(0|31|33|44|49)?({'|'.join(KEPT)})", n)]


@pytest.mark.parametrize("field", ["empfaenger_konto", "bank_ac_no", "bank_account_no"])
def test_accounts_have_their_check_digits(field: str) -> None:
    assert all(iban.is_valid(number, check_country=False) for number in cells_of("bank_account", field))


def test_numbers_have_their_check_digits_and_were_given_to_nobody() -> None:
    numbers = cells_of("bsn", "inp_bsn", "bsn", "ss", "emp_ssn_num")
    assert all(bsn.is_valid(number) and number[0] == "9" for number in numbers)
    assert all(ean.is_valid(number) for number in cells_of("none", "ean13"))
    addresses = [ip_address(cell) for cell in cells_of("ip_address", "lastip", "ipaddr", "comment_author_IP", "ip")]
    assert all(any(address in net for net in DOCUMENTATION) for address in addresses)
