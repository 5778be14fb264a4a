"""igmap policy compare: a register beside what was found and what was declared."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from igmap.cli import app
from igmap.inventory import Decisions, Inventory
from igmap.policy.drafting import compare, difference_table
from igmap.policy.reading import checked
from tests.policy_cases import decisions, field, inventory, register


def differences(found: Inventory, decided: Decisions | None = None, **changes: object) -> list[tuple[str, str]]:
    told = compare(
        checked(register(**changes)), found, decided or decisions(purposes=["teaching"], recipients=["host"])
    )
    return [(one.kind, one.name) for one in told]


AGREED = inventory(field("Naam", "name"), field("Cijfer", "learning_result"))


def test_a_register_that_says_what_was_found_differs_in_nothing() -> None:
    assert differences(AGREED) == []


def test_a_category_in_no_activity_is_told_with_its_datasets() -> None:
    found = inventory(field("Naam", "name"), field("BSN", "bsn"))
    (one,) = compare(checked(register()), found, decisions(purposes=["teaching"], recipients=["host"]))
    assert (one.kind, one.name, one.places) == ("category_unregistered", "bsn", ("learners",))


def test_what_nobody_is_sure_of_is_no_difference() -> None:
    assert differences(inventory(field("Naam", "name"), field("x", "bsn", verdict="undecided"))) == []


def test_an_activity_whose_data_are_nowhere_is_told() -> None:
    assert ("purpose_unfound", "teaching") in differences(inventory(field("Telefoon", "phone")))


def test_an_activity_without_categories_cannot_be_compared() -> None:
    found = differences(AGREED, purposes__0__data_categories={"open": "not listed"})
    assert ("purpose_open", "teaching") in found


def test_a_category_of_another_purpose_than_the_dataset_is_bound_to_is_told() -> None:
    other = register()["purposes"][0] | {"id": "billing", "data_categories": ["bank_account"]}
    found = inventory(field("Naam", "name"), field("IBAN", "bank_account"))
    told = differences(found, purposes=[*register()["purposes"], other])
    assert ("category_elsewhere", "bank_account") in told
    assert ("purpose_unbound", "billing") in told


def test_recipients_are_compared_both_ways() -> None:
    told = differences(AGREED, decisions(purposes=["teaching"], recipients=["printer"]))
    assert told == [("recipient_unregistered", "printer"), ("recipient_unused", "host")]


def test_a_purpose_that_only_decisions_know_is_told() -> None:
    assert ("purpose_unregistered", "marketing") in differences(
        AGREED, decisions(purposes=["marketing"], recipients=["host"])
    )


def test_without_decisions_nothing_is_said_of_bindings_and_recipients() -> None:
    assert differences(AGREED, Decisions()) == []


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "burgerservicenummer (bsn)"), ("en", "citizen service number (BSN) (bsn)")]
)
def test_the_table_speaks_both_languages(lang: str, words: str) -> None:
    policy = checked(register())
    found = compare(policy, inventory(field("Naam", "name"), field("BSN", "bsn")), Decisions())
    assert difference_table(found, policy, lang).rows[0][1] == words


def test_the_command_ends_with_status_three_when_something_differs(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "leden.csv").write_text(
        "Naam;BSN\nAnna de Vries;111222333\nBram Jansen;123456782\n", "utf-8"
    )
    path = tmp_path / "register.yaml"
    path.write_text(yaml.safe_dump(register(), sort_keys=False), "utf-8")
    done = CliRunner().invoke(app, ["policy", "compare", str(path), str(tmp_path), "--lang", "en"])
    assert done.exit_code == 3, done.output
    assert "citizen service number" in done.output
    assert "Vries" not in done.output


def test_an_answer_to_what_the_register_leaves_open_counts() -> None:
    said = {"path": "purposes.teaching.data_categories", "value": ["name", "learning_result"]}
    decided = decisions(purposes=["teaching"], recipients=["host"], values=[said, {"path": "elsewhere", "value": 1}])
    assert differences(AGREED, decided, purposes__0__data_categories={"open": "not listed"}) == []
