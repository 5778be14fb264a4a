"""check, R1 to R6: purposes, legal bases and recipients on literal rows."""

from typing import Any

import pytest

from igmap.inventory import Decisions
from tests.policy_cases import decisions, field, inventory, judge, only, outcomes, policy

OPEN = {"open": "not said"}
NAMES = inventory(field("naam", "name"))
NOTHING = inventory(field("x", "none", verdict="none"))


@pytest.mark.parametrize(
    ("purposes", "outcome"),
    [(None, "open"), ([], "violation"), (["teaching"], "pass")],
    ids=["undeclared", "none", "declared"],
)
def test_r1_judges_whether_purposes_are_declared(purposes: list[str] | None, outcome: str) -> None:
    found = only(judge(policy("R1"), NAMES, decisions(purposes=purposes)))
    assert found.outcome == outcome


def test_r1_is_content_when_every_field_has_purposes_of_its_own() -> None:
    own = {"dataset": "all", "field": "naam", "category": "name", "purposes": ["teaching"]}
    assert outcomes(judge(policy("R1"), NAMES, decisions(purposes=[], fields=[own]))) == ["pass"]


def test_r1_gives_one_finding_per_dataset_and_none_for_data_about_nobody() -> None:
    many = inventory(field("naam", "name"), field("mail", "email"))
    found = only(judge(policy("R1"), many, Decisions()))
    assert (found.outcome, found.dataset, found.field) == ("open", "learners", "")
    assert "velden: 2" in found.message.nl
    assert outcomes(judge(policy("R1"), NOTHING, Decisions())) == ["pass"]


def test_r2_names_the_field_outside_its_purpose_with_the_purposes_sentence() -> None:
    found = only(judge(policy("R2"), inventory(field("naam", "name"), field("geb", "birth_date"))))
    assert (found.outcome, found.field, found.purpose) == ("violation", "geb", "teaching")
    assert (found.policy.section, found.policy.quote) == ("5", "om onze diensten te leveren")
    assert "geboortedatum" in found.message.nl
    assert "birth date" in found.message.en


def test_r2_is_open_when_the_purpose_does_not_say_what_it_needs_whatever_is_suggested() -> None:
    silent = policy("R2", purposes__0__data_categories=OPEN | {"suggest": ["name", "birth_date"]})
    assert outcomes(judge(silent, inventory(field("naam", "name"), field("geb", "birth_date")))) == ["open"]


def test_r2_passes_what_the_purpose_needs_and_leaves_secrets_to_r11() -> None:
    assert outcomes(judge(policy("R2"), inventory(field("naam", "name"), field("ww", "password")))) == ["pass"]


def test_r2_says_so_when_the_purpose_needs_something_less_precise() -> None:
    held = policy("R2", purposes__0__data_categories=["name", "age"])
    found = only(judge(held, inventory(field("geb", "birth_date"))))
    assert found.outcome == "violation"
    assert "preciezer dan nodig" in found.message.nl
    assert found.message.nl.endswith("Genoeg is: leeftijd.")


def test_r2_counts_undecided_fields_as_open() -> None:
    found = only(judge(policy("R2"), inventory(field("?", "none", verdict="undecided"))))
    assert found.outcome == "open"
    assert found.message.en.endswith("1.")


def test_r2_takes_the_purposes_that_were_decided_for_a_field() -> None:
    own = decisions(
        purposes=[], fields=[{"dataset": "all", "field": "geb", "category": "birth_date", "purposes": ["teaching"]}]
    )
    assert only(judge(policy("R2"), inventory(field("geb", "birth_date")), own)).outcome == "violation"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "pass"),
        ({"legal_basis": OPEN}, "open"),
        ({"legal_basis": "eu-gdpr:A6-1-a"}, "open"),
        ({"legal_basis": "eu-gdpr:A6-1-a", "consent_record": "CRM"}, "pass"),
        ({"legal_basis": "eu-gdpr:A6-1-f", "balancing_test": OPEN}, "open"),
        ({"legal_basis": "eu-gdpr:A6-1-f", "balancing_test": "LIA-1"}, "pass"),
    ],
)
def test_r3_asks_for_a_basis_and_for_the_record_behind_it(changes: dict[str, Any], outcome: str) -> None:
    held = policy("R3", **{f"purposes__0__{key}": value for key, value in changes.items()})
    assert outcomes(judge(held, NAMES)) == [outcome]


@pytest.mark.parametrize(
    ("rule", "changes", "outcome"),
    [
        ("R4", {}, "pass"),
        ("R4", {"grounds": OPEN}, "open"),
        ("R4", {"grounds": ["goodwill"]}, "violation"),
        ("R4", {"grounds": []}, "violation"),
        ("R5", {}, "pass"),
        ("R5", {"agreement": None}, "violation"),
        ("R5", {"agreement": {"required": True, "reference": OPEN}}, "open"),
        ("R5", {"role": "authority", "agreement": None}, "pass"),
        ("R6", {}, "pass"),
        ("R6", {"country": OPEN}, "open"),
        ("R6", {"country": "CH"}, "pass"),
        ("R6", {"country": "US"}, "warning"),
        ("R6", {"country": "US", "safeguards": "Data Privacy Framework"}, "pass"),
        ("R6", {"country": "CN"}, "warning"),
        ("R6", {"country": "CN", "safeguards": OPEN}, "open"),
    ],
)
def test_recipients_rest_on_ground_agreement_and_country(rule: str, changes: dict[str, Any], outcome: str) -> None:
    held = policy(rule, **{f"recipients__0__{key}": value for key, value in changes.items()})
    assert outcomes(judge(held, NAMES)) == [outcome]


def test_r4_finds_a_dataset_that_goes_to_a_recipient_for_other_purposes() -> None:
    held = policy("R4", recipients__0__purposes=[])
    found = only(judge(held, NAMES, decisions(purposes=["teaching"], recipients=["host"])))
    assert (found.outcome, found.dataset) == ("violation", "learners")
