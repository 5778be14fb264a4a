"""check, R8 to R11 and R13 to R15: what the law guards, reuse, releases and announcements."""

from pathlib import Path
from typing import Any

import pytest

from igmap.sources import Exports
from igmap.workspace import Workspace
from tests.policy_cases import decisions, field, inventory, judge, only, opened, outcomes, policy

OPEN = {"open": "not said"}
NAMES = inventory(field("naam", "name"))


@pytest.mark.parametrize(
    ("entry", "outcome"),
    [(None, "violation"), ({"condition": OPEN}, "open"), ({"condition": "eu-gdpr:A9-2-a"}, "pass")],
    ids=["unsaid", "open", "condition"],
)
def test_r8_asks_for_a_condition_of_article_9(entry: dict[str, Any] | None, outcome: str) -> None:
    categories = [] if entry is None else [{"id": "health"} | entry]
    assert outcomes(judge(policy("R8", data_categories=categories), inventory(field("dieet", "health")))) == [outcome]


def test_r8_asks_for_a_statute_for_criminal_data() -> None:
    found = inventory(field("straf", "criminal"))
    assert outcomes(judge(policy("R8"), found)) == ["violation"]
    assert outcomes(judge(policy("R8", data_categories=[{"id": "criminal", "statute": OPEN}]), found)) == ["open"]
    assert outcomes(judge(policy("R8", data_categories=[{"id": "criminal", "statute": "Wet X"}]), found)) == ["pass"]


def test_r8_warns_of_words_about_health_in_free_text_with_counts() -> None:
    text = field("opmerking", "message_content", detections={"health": 6, "special:religion": 2, "email": 9})
    found = only(judge(policy("R8"), inventory(text)))
    assert found.outcome == "warning"
    assert found.message.nl.endswith("gezondheid (6), religie (2).")


def test_r9_counts_the_records_with_a_bsn_in_their_own_column_and_elsewhere() -> None:
    column, memo = field("BSN", "bsn", detections={"bsn": 340}), field("memo", "message_content", detections={"bsn": 1})
    found = judge(policy("R9"), inventory(column, memo))
    assert outcomes(found) == ["violation", "violation"]
    assert ["records: 340)" in found.items[0].message.nl, "records: 1)" in found.items[1].message.nl] == [True, True]


@pytest.mark.parametrize(
    ("entry", "outcome"), [({"statute": OPEN}, "open"), ({"statute": "Wab art. 2"}, "pass"), ({}, "violation")]
)
def test_r9_rests_on_the_statute_in_the_register(entry: dict[str, Any], outcome: str) -> None:
    held = policy("R9", data_categories=[{"id": "bsn"} | entry])
    assert outcomes(judge(held, inventory(field("BSN", "bsn")))) == [outcome]


@pytest.mark.parametrize(
    ("basis", "child", "outcome"),
    [
        ("eu-gdpr:A6-1-b", True, "pass"),
        ("eu-gdpr:A6-1-a", False, "pass"),
        ("eu-gdpr:A6-1-a", True, "violation"),
        ("eu-gdpr:A6-1-a", OPEN, "open"),
        ("eu-gdpr:A6-1-a", None, "open"),
        (OPEN, OPEN, "open"),
        (OPEN, False, "pass"),
    ],
)
def test_r10_asks_for_the_guardian_where_children_consent(basis: Any, child: Any, outcome: str) -> None:
    held = policy("R10", purposes__0__legal_basis=basis, data_subjects__0__child_possible=child)
    assert outcomes(judge(held, NAMES)) == [outcome]


def test_r11_finds_secrets_as_a_column_and_inside_another() -> None:
    found = judge(
        policy("R11"), inventory(field("ww", "password"), field("memo", "message_content", detections={"secret": 2}))
    )
    assert outcomes(found) == ["violation", "violation"]
    assert outcomes(judge(policy("R11"), NAMES)) == ["pass"]


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ({}, {}, "open"),
        ({"compatible_with": ["improving"]}, {}, "pass"),
        ({"compatible_with": OPEN}, {}, "open"),
        ({}, {"prefer_anonymised": True}, "warning"),
        ({}, {"legal_basis": "eu-gdpr:A6-1-c"}, "pass"),
    ],
)
def test_r13_judges_reuse_for_a_second_purpose(first: dict[str, Any], second: dict[str, Any], outcome: str) -> None:
    teaching = policy("R13").purposes[0].model_dump(mode="json", by_alias=True, exclude_unset=True)
    held = policy("R13", purposes=[teaching | first, teaching | {"id": "improving"} | second])
    assert outcomes(judge(held, NAMES, decisions(purposes=["teaching", "improving"]))) == [outcome]


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        ('{"met": true, "status": "final"}', "pass"),
        ('{"met": true, "status": "provisional"}', "warning"),
        ('{"met": false, "status": "final"}', "violation"),
        ('{"status": "final"}', "open"),
        ("{", "open"),
    ],
)
def test_r14_reads_the_recorded_verdict(tmp_path: Path, verdict: str, outcome: str) -> None:
    release = tmp_path / "out" / "releases" / "results"
    release.mkdir(parents=True)
    (release / "verdict.json").write_text(verdict, "utf-8")
    with opened(t={"a": ["1"]}) as exports:
        placed = Exports(exports.engine, exports.datasets, Workspace(tmp_path))
        assert outcomes(judge(policy("R14"), NAMES, exports=placed)) == [outcome]


def test_r14_has_nothing_to_judge_without_a_release(tmp_path: Path) -> None:
    with opened(t={"a": ["1"]}) as exports:
        placed = Exports(exports.engine, exports.datasets, Workspace(tmp_path))
        assert outcomes(judge(policy("R14"), NAMES, exports=placed)) == ["open"]
    assert not (tmp_path / "out").exists()
    assert outcomes(judge(policy("R14"), NAMES)) == ["open"]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "pass"),
        ({"announced": OPEN}, "open"),
        ({"announced": "2026-03-01"}, "violation"),
        ({"announce_rule": {"channel": "site", "timely": True, "minimum_notice": "P1M"}}, "pass"),
        ({"announce_rule": {"channel": "site", "timely": True, "minimum_notice": "P2M"}}, "violation"),
        ({"announce_rule": {"channel": "site", "timely": True, "minimum_notice": OPEN}}, "open"),
    ],
)
def test_r15_compares_announcement_and_effect(changes: dict[str, Any], outcome: str) -> None:
    held = policy("R15", **{f"policy__{key}": value for key, value in changes.items()})
    assert outcomes(judge(held, NAMES)) == [outcome]
