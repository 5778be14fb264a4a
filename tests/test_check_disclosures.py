"""R45 to R47: what the log of disclosures and the lists of persons say."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from igmap.policy.disclosures import Disclosure, log_disclosure
from igmap.policy.findings import Findings
from igmap.policy.reading import checked
from igmap.sources import open_exports
from igmap.workspace import open_workspace
from tests.policy_cases import RULES, decisions, field, inventory, judge, only, outcomes, register

GIVEN = Disclosure(
    1,
    date(2026, 10, 2),
    "fg",
    "learners",
    ("naam",),
    "controller",
    "host",
    "teaching",
    "instruction",
    "",
    "",
    "1",
    3,
    3,
)
NAMES = inventory(field("naam", "name"))
LIST = {"by": "fg", "on": "2026-10-01", "why": "test", "files": "c.csv", "key": "wie"}


def judged(rule: str, folder: Path, *entries: Disclosure, lists: tuple[str, ...] = (), **disclosures: Any) -> Findings:
    (folder / "exports").mkdir()
    place = open_workspace(folder)
    for entry in entries:
        log_disclosure(place.out / "disclosures.jsonl", entry)
    said = {"reason_required": [], "consent_required": []} | disclosures
    held = checked(register(rules=[RULES[rule]], disclosures=said))
    named = tuple(LIST | {"id": kind, "kind": kind} for kind in lists)
    bound = decisions(purposes=["teaching"], recipients=["host"]).model_dump() | {"person_lists": named}
    with open_exports(place) as exports:
        return judge(held, NAMES, type(decisions()).model_validate(bound), exports)


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "pass"),
        ({"recipient": "stranger"}, "violation"),
        ({"ground": "curiosity"}, "violation"),
        ({"purpose": "marketing"}, "violation"),
    ],
)
def test_what_left_is_held_against_recipient_ground_and_purpose(
    tmp_path: Path, changed: dict[str, str], outcome: str
) -> None:
    assert only(judged("R45", tmp_path, replace(GIVEN, **changed))).outcome == outcome  # type: ignore[arg-type]


def test_a_ground_that_asks_for_a_reason_is_broken_without_one(tmp_path: Path) -> None:
    told = replace(GIVEN, number=2, necessity="aangifte")
    found = only(judged("R45", tmp_path, GIVEN, told, reason_required=["instruction"]))
    assert found.outcome == "violation"
    assert found.message.en.startswith("Disclosure 1 of 2026-10-02 to 'host' does not say why")


def test_sharing_on_consent_is_open_until_it_is_said_where_consents_are(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert outcomes(judged("R46", tmp_path / "a", consent_required=["instruction"])) == ["open"]
    told = judged("R46", tmp_path / "b", lists=("consent",), consent_required=["instruction"])
    assert outcomes(told) == ["pass"]


def test_an_extract_on_consent_that_joined_no_consents_is_a_violation(tmp_path: Path) -> None:
    joined = replace(GIVEN, number=2, lists=("consent",))
    found = judged("R46", tmp_path, GIVEN, joined, lists=("consent",), consent_required=["instruction"])
    assert "Disclosure 1 " in only(found).message.en


def test_where_restrictions_and_objections_are_kept_has_to_be_said(tmp_path: Path) -> None:
    found = judged("R47", tmp_path, lists=("objection",))
    assert only(found).outcome == "open"
    assert "asked for restriction" in only(found).message.en
