"""check, R21 and R22: messages serve communication only, and the role of a dataset fits its purposes."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from igmap.inventory import DatasetInventory, Decisions, Inventory
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES, load_yaml
from igmap.vocabulary.dpv import iris
from tests.policy_cases import decisions, field, inventory, judge, only, outcomes, policy

MESSAGES = inventory(field("afzender", "email"), field("bericht", "message_content"))


def purposes(rule: str, iri: str) -> dict[str, Any]:
    """Teaching, and a second purpose of that DPV term; neither called by a name that says so."""
    teaching = policy(rule).purposes[0].model_dump(mode="json", by_alias=True, exclude_unset=True)
    second = {"id": "p2", "iri": iri, "label": {"nl": "tweede doel", "en": "second purpose"}}
    return {"purposes": [teaching, teaching | second]}


@pytest.mark.parametrize(
    ("iri", "named", "outcome"),
    [
        ("dpv:CommunicationForCustomerCare", ["p2"], "pass"),
        ("dpv:CommunicationForCustomerCare", ["p2", "teaching"], "violation"),
        ("dpv:CustomerCare", ["teaching", "p2"], "violation"),
        ("dpv:CommunicationForCustomerCare", ["teaching"], "pass"),
        ("dpv:Marketing", ["teaching", "p2"], "pass"),
    ],
)
def test_r21_finds_messages_that_serve_something_else_too(iri: str, named: list[str], outcome: str) -> None:
    held = policy("R21", **purposes("R21", iri))
    assert outcomes(judge(held, MESSAGES, decisions(purposes=named))) == [outcome]


def test_r21_finds_one_field_of_a_mailbox_that_serves_something_else() -> None:
    held = policy("R21", **purposes("R21", "dpv:CommunicationForCustomerCare"))
    own = {"dataset": "all", "field": "afzender", "category": "email", "purposes": ["teaching"]}
    found = only(judge(held, MESSAGES, decisions(purposes=["p2"], fields=[own])))
    assert (found.outcome, found.dataset, found.purpose) == ("violation", "learners", "teaching")


def test_r21_finds_a_mailbox_that_serves_everything_but_communication(workspace: Path) -> None:
    mail = "From: a@school.example\nTo: b@school.example\nSubject: vraag\n\nhallo\n"
    (workspace / "exports" / "box.mbox").write_text(f"From a@school.example Mon Oct 05 09:00:00 2026\n{mail}", "utf-8")
    found = Inventory((DatasetInventory("box.mbox", "", 1, 1, 0, "", (), MESSAGES.datasets[0].fields),))
    held = policy("R21", **purposes("R21", "dpv:CommunicationForCustomerCare"))
    with open_exports(workspace) as exports:
        one = only(judge(held, found, decisions(purposes=["teaching"]), exports))
    assert one.outcome == "violation"
    assert "postbus" in one.message.nl


@pytest.mark.parametrize(
    ("iri", "role", "outcome"),
    [
        ("dpv:ImproveExistingProductsAndServices", "processor", "violation"),
        ("dpv:ImproveExistingProductsAndServices", "controller", "pass"),
        ("dpv:DirectMarketing", "processor", "violation"),
        ("dpv:AccountManagement", "processor", "pass"),
    ],
)
def test_r22_finds_a_processor_with_a_purpose_of_its_own(iri: str, role: str, outcome: str) -> None:
    held = policy("R22", **purposes("R22", iri), controller__roles=["controller", "processor"])
    found = judge(held, MESSAGES, decisions(purposes=["teaching", "p2"], role=role))
    assert outcomes(found) == [outcome]
    assert only(found).purpose == ("p2" if outcome == "violation" else "")


def test_r22_finds_a_role_that_the_register_does_not_know_and_datasets_without_one() -> None:
    found = judge(policy("R22"), MESSAGES, decisions(purposes=["teaching"], role="processor"))
    assert (only(found).outcome, "verwerker: 1" in only(found).message.nl) == ("violation", True)
    assert only(judge(policy("R22"), MESSAGES, Decisions())).outcome == "open"


def test_kinds_of_purposes_are_known_by_terms_that_a_register_may_use() -> None:
    uses = load_yaml("igmap.policy", "uses.yaml")
    assert {*uses["communication"], *uses["own"]} <= iris().keys()
    assert {*uses["coarser"], *chain(*uses["coarser"].values())} <= CATEGORIES.keys()
    criteria = load_yaml("igmap.policy", "dpia.yaml")["criteria"]
    assert {kind for one in criteria for kind in one.get("data_subjects", ())} <= iris().keys()
