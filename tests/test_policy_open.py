"""igmap policy open: what is open, what is asked, and what hangs on it, computed from the checks themselves."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from typer.testing import CliRunner

from igmap.cli import app
from igmap.inventory import Inventory
from igmap.policy import Policy, open_values
from igmap.policy.asking import question
from igmap.policy.hanging import Found, Hanging, hanging
from igmap.policy.left_open import left_open, unbound
from igmap.policy.reading import checked
from igmap.stages import write_stage
from igmap.vocabulary import load_yaml
from tests.policy_cases import decisions, field, inventory, register, write_register

TODAY = date(2026, 11, 1)
SEEN = inventory(field("n", "name"), field("r", "learning_result"))
OPEN = {"open": {"nl": "niet gezegd", "en": "not said"}}


def found(seen: Inventory = SEEN, **bound: Any) -> Found:
    return Found(seen, decisions(purposes=["teaching"], **bound), TODAY)


def rules(held: Policy, path: str, on: Found | None = None) -> tuple[set[str], tuple[str, ...]]:
    """The rules and datasets that hang on a path."""
    told = hanging(held, on or found())[path]
    return {rule for rule, _ in told.rules}, told.datasets


@pytest.mark.parametrize(
    ("changes", "path", "rule"),
    [
        ({"purposes__0__legal_basis": OPEN}, "purposes.teaching.legal_basis", "R3"),
        ({"purposes__0__data_categories": OPEN}, "purposes.teaching.data_categories", "R2"),
        ({"retention__rules__0__period": OPEN}, "retention.rules.term.period", "R7"),
        ({"retention__rules__0__start": OPEN}, "retention.rules.term.start", "R7"),
    ],
)
def test_the_rules_and_datasets_that_a_value_keeps_open_are_told(changes: Any, path: str, rule: str) -> None:
    on_it, datasets = rules(checked(register(**changes)), path)
    assert rule in on_it
    assert datasets == ("learners",)


def test_a_dataset_that_goes_to_a_recipient_hangs_on_what_is_open_about_them() -> None:
    held = checked(register(recipients__0__country=OPEN))
    assert rules(held, "recipients.host.country", found(recipients=["host"]))[1] == ("learners",)
    assert rules(held, "recipients.host.country")[1] == ()


def test_a_rule_that_needs_two_open_values_hangs_on_both() -> None:
    held = checked(register(policy__announced=OPEN, policy__effective_from=OPEN))
    assert "R15" in rules(held, "policy.announced")[0]
    assert "R15" in rules(held, "policy.effective_from")[0]


def test_a_value_that_no_check_needs_has_nothing_hanging_on_it() -> None:
    held = checked(register(controller__representative=OPEN))
    assert hanging(held, found())["controller.representative"] == Hanging()


def test_what_a_suggestion_says_changes_nothing() -> None:
    plain, hinted = (
        checked(register(purposes__0__legal_basis=OPEN | more)) for more in ({}, {"suggest": ["eu-gdpr:A6-1-a"]})
    )
    assert hanging(plain, found()) == hanging(hinted, found())


def test_that_on_which_most_hangs_comes_first_and_missing_parts_are_among_it() -> None:
    held = checked(register(purposes__0__data_categories=OPEN, controller__representative=OPEN))
    rows = [one.path for one in left_open(held, found())]
    assert rows[0] == "purposes.teaching.data_categories"
    assert rows[-1] == "controller.representative"
    assert {"transfers", "measures", "requests"} <= set(rows)


def test_datasets_without_a_purpose_and_undecided_fields_are_counted() -> None:
    seen = inventory(field("n", "name"), field("x", "none", verdict="undecided"))
    assert unbound(Found(seen, decisions(purposes=None), TODAY)) == (1, 1)
    assert unbound(found()) == (0, 0)


def test_every_open_value_is_asked_in_words_of_its_own() -> None:
    held = checked(register(purposes__0__legal_basis=OPEN, retention__rules__0__period=OPEN))
    asked = [question(held, one.path) for one in open_values(held)]
    assert asked[0].nl == "Op welke grondslag van AVG art. 6 rust 'lesgeven'?"
    assert asked[1].nl == "Hoe lang bewaart u de gegevens voor 'lesgeven' na 'afgerond'?"
    assert asked[1].en == "How long do you keep the data for 'teaching' after 'completed'?"


def test_every_question_speaks_both_languages() -> None:
    for pattern, told in load_yaml("igmap.policy", "questions.yaml").items():
        assert set(told) == {"nl", "en"}, pattern
        assert all(text.endswith("?") for text in told.values()), pattern


def workspace(folder: Path, **changes: Any) -> Path:
    """A workspace whose last run found one dataset."""
    write_register(folder, **changes)
    write_stage(folder / "out" / "inventory.json", SEEN)
    said = {"by": "a", "on": "2026-01-01", "why": "b"}
    bound = {"id": "all", "files": "*", "role": "controller", "purposes": ["teaching"]} | said
    (folder / "decisions.yaml").write_text(yaml.safe_dump({"datasets": [bound]}), "utf-8")
    return folder


def test_the_command_lists_questions_reasons_and_consequences(tmp_path: Path) -> None:
    place = workspace(tmp_path, purposes__0__data_categories=OPEN | {"suggest": ["name"]})
    told = CliRunner().invoke(app, ["policy", "open", str(place)])
    words = " ".join(told.output.split())
    assert told.exit_code == 3
    for expected in ("niet gezegd", "Welke gegevens zijn nodig voor 'lesgeven'", "R2", "bestanden: 1", "policy answer"):
        assert expected in words


def test_the_list_is_written_as_a_spreadsheet_and_as_csv_without_formulas(tmp_path: Path) -> None:
    place = workspace(tmp_path, purposes__0__data_categories={"open": "=cmd()"})
    for name in ("open.xlsx", "open.csv"):
        CliRunner().invoke(app, ["policy", "open", str(place), "--lang", "en", "--out", str(tmp_path / name)])
    sheet = load_workbook(tmp_path / "open.xlsx").worksheets[0]
    assert [cell.value for cell in next(sheet.iter_rows())][:2] == ["where", "what is asked"]
    text = (tmp_path / "open.csv").read_text("utf-8-sig")
    assert "purposes.teaching.data_categories" in text
    assert ";'=cmd();" in text


def test_without_an_inventory_exports_are_left_alone_when_it_has_to_be_quick(tmp_path: Path) -> None:
    write_register(tmp_path, purposes__0__legal_basis=OPEN)
    told = CliRunner().invoke(app, ["policy", "open", str(tmp_path), "--quick", "--lang", "en"])
    assert "The datasets were not looked at" in told.output
    assert told.exit_code == 3
