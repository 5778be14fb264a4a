"""`article_30`: the record says what is stated, what was found, and what is open; it makes nothing up."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from igmap.flows import Record, article_30, write_record
from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from tests.flow_cases import (
    HOSTILE,
    ON,
    binding,
    dataset,
    field,
    hostile_decisions,
    hostile_inventory,
    small_decisions,
    small_inventory,
    small_policy,
)


def small() -> Record:
    return article_30(small_inventory(), small_policy(), small_decisions())


def values(record: Record, processing: str, topic: str) -> list[tuple[str, bool]]:
    parts = [*record.processings, *record.as_processor]
    answers = next(one.answers for one in parts if one.name.en == processing)
    return [
        (value.en, value.open) for answer in answers if answer.topic == f"record.{topic}" for value in answer.values
    ]


def test_every_purpose_of_the_register_and_every_open_one_has_an_entry() -> None:
    assert [one.name.nl for one in small().processings] == [
        "contact houden", "diensten", "beveiliging", "geen doel (zo verklaard)", "open: doel niet vastgelegd",
    ]  # fmt: skip


def test_the_letters_a_to_g_are_all_there() -> None:
    record = small()
    assert {answer.letter for answer in record.organisation} == {"a", "g"}
    for processing in record.processings:
        assert {answer.letter for answer in processing.answers} - {""} == {"b", "c", "d", "e", "f"}


def test_what_the_register_leaves_open_is_open_with_its_reason() -> None:
    record = small()
    assert ("no DPO named", True) in [(value.en, value.open) for one in record.organisation for value in one.values]
    assert values(record, "Security", "legal_basis") == [("no legal basis stated", True)]
    assert values(record, "Service", "categories_stated") == [("not listed", True)]
    assert values(record, "Service", "recipients") == [("host (third party; country: not named)", True)]
    assert values(record, "Service", "terms") == [
        ("name: term open (set a term) after ‘last_access’, then anonymise", True)
    ]
    assert values(record, "Security", "terms") == [("no term set", True)]


def test_what_is_stated_is_said_in_words() -> None:
    record = small()
    assert values(record, "Keep in touch", "terms") == [
        ("all data: 1 year 6 months after ‘question_closed’, then delete", False)
    ]
    assert values(record, "Keep in touch", "categories_stated") == [("e-mail address", False)]
    assert values(record, "Keep in touch", "legal_basis") == [("contract (Art. 6(1)(b))", False)]
    assert values(record, "Keep in touch", "data_subjects") == [("learner", False)]


def test_a_purpose_is_said_as_other_programs_read_it() -> None:
    record = article_30(small_inventory(), small_policy(), small_decisions())
    told = values(record, "Security", "dpv")
    assert told
    assert all(address.startswith("https://w3id.org/dpv") for address, _ in told)


def test_found_categories_stand_beside_the_declared_ones() -> None:
    assert values(small(), "Keep in touch", "categories_found") == [
        ("e-mail address (2 fields)", False),
        ("health (1 field)", False),
    ]


def test_a_recipient_outside_the_eea_is_a_transfer_with_open_safeguards() -> None:
    assert values(small(), "Keep in touch", "transfers") == [("mailer (BR); safeguards: none stated", True)]
    assert ("police (third party; country: NL)", False) in values(small(), "Security", "recipients")
    assert values(small(), "Security", "transfers") == [("stranger: country unknown", True)]


def test_a_recipient_the_register_does_not_know_is_named_as_such() -> None:
    assert ("stranger: not in the register", True) in values(small(), "Security", "recipients")


def test_datasets_held_for_others_stand_in_the_second_part_only() -> None:
    record = small()
    assert [one.name.en for one in record.as_processor] == ["klant*"]
    assert {answer.letter for answer in record.as_processor[0].answers} - {""} == {"a", "b", "c", "d"}
    assert values(record, "klant*", "datasets") == [("klant.csv", False)]
    assert values(record, "klant*", "on_behalf")[0][1]
    assert "klant.csv" not in str(record.processings)


def test_without_a_policy_nothing_is_stated_but_what_was_found() -> None:
    record = article_30(small_inventory(), None, Decisions())
    assert [one.name.en for one in record.processings] == ["open: purpose not declared"]
    for answer in record.processings[0].answers:
        stated = answer.topic in {"record.categories_found", "record.datasets"}
        assert all(value.open != stated or "undecided" in value.en for value in answer.values), answer.topic
    assert all(value.open for answer in record.organisation for value in answer.values)


def test_a_record_without_anything_can_be_written(tmp_path: Path) -> None:
    record = article_30(Inventory(()), None, Decisions())
    write_record(record, tmp_path, "nl", on=ON)
    assert "Niets te melden" in (tmp_path / "record.html").read_text("utf-8")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_hostile_record_neither_runs_nor_loads_anything(tmp_path: Path, lang: str) -> None:
    record = article_30(hostile_inventory(), small_policy(), hostile_decisions())
    book, html = write_record(record, tmp_path, lang, on=ON)
    content = html.read_text("utf-8")
    assert "<script" not in content
    assert "&lt;script&gt;" in content
    assert not re.search(r"""(src|href)\s*=\s*["']?\s*(https?:|//)""", content)
    assert "url(" not in content
    cells = [cell for sheet in load_workbook(book) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_names_that_look_like_formulas_stay_names(tmp_path: Path) -> None:
    decisions = Decisions(datasets=(binding("=1+1*", purposes=("=2+2",), recipients=("=HYPERLINK(1)",)),))
    inventory = Inventory((dataset("=1+1.csv", field("=x", "name")),))
    book, _ = write_record(article_30(inventory, small_policy(), decisions), tmp_path, "en", on=ON)
    cells = [cell for sheet in load_workbook(book) for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=2+2" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_html_says_open_in_words(tmp_path: Path) -> None:
    _, html = write_record(small(), tmp_path, "nl", on=ON)
    content = html.read_text("utf-8")
    assert "open: no legal basis stated" in content
    assert "Privacyreglement versie 3 · Stand van 22-11-2026" in content
    assert "open: open:" not in content
    assert HOSTILE not in content


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_record(small(), tmp_path / name, "nl", on=ON) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_record_in_a_notebook_is_a_fragment_not_a_page() -> None:
    html = small()._repr_html_()
    assert "<html" not in html
    assert "<body" not in html
    assert "<table" in html
