"""check, R19, R23 and R24: agreements in full, no more than a recipient needs, transfers as they were told."""

from typing import Any

import pytest

from igmap.vocabulary import load_yaml
from tests.policy_cases import decisions, field, inventory, judge, only, outcomes, policy

OPEN = {"open": "not said"}
NAMES = inventory(field("naam", "name"))
ALL_POINTS = [point["words"][0] for point in load_yaml("igmap.policy", "elements.yaml")["agreement_covers_article_28"]]


def agreed(*terms: str) -> dict[str, Any]:
    return {"required": True, "reference": "A1", "terms": list(terms)}


def test_r19_lists_the_points_of_article_28_that_are_not_on_record() -> None:
    found = only(judge(policy("R19", recipients__0__agreement=agreed(*ALL_POINTS[:-2], "in_line_with_policy")), NAMES))
    assert found.outcome == "open"
    assert found.message.nl.endswith("wissen of teruggeven na afloop (g), informatie en controle (h).")


@pytest.mark.parametrize(
    "changes",
    [{"agreement": agreed(*ALL_POINTS)}, {"agreement": None}, {"role": "authority", "agreement": agreed()}],
    ids=["complete", "R5 says it", "no processor"],
)
def test_r19_is_content_with_a_complete_agreement_and_leaves_its_absence_to_r5(changes: dict[str, Any]) -> None:
    held = policy("R19", **{f"recipients__0__{key}": value for key, value in changes.items()})
    assert outcomes(judge(held, NAMES)) == ["pass"]


def improving(**changes: Any) -> dict[str, Any]:
    teaching = policy("R23").purposes[0].model_dump(mode="json", by_alias=True, exclude_unset=True)
    second = teaching | {"id": "improving", "data_categories": ["name", "occupation"]} | changes
    return {"purposes": [teaching, second]}


@pytest.mark.parametrize(
    ("changes", "purposes", "outcome"),
    [
        ({}, ["teaching", "improving"], "warning"),
        ({}, ["teaching"], "pass"),
        ({"recipients__0__purposes": ["teaching", "improving"]}, ["teaching", "improving"], "pass"),
        ({"recipients__0__purposes": []}, ["teaching", "improving"], "pass"),
        ({"purposes__0__data_categories": OPEN}, ["teaching", "improving"], "pass"),
    ],
    ids=["beyond", "R2 says it", "for both", "R4 says it", "open to R2"],
)
def test_r23_finds_fields_that_a_recipient_gets_and_does_not_need(
    changes: dict[str, Any], purposes: list[str], outcome: str
) -> None:
    held = policy("R23", **improving(), **changes)
    two = inventory(field("naam", "name"), field("functie", "occupation"))
    found = judge(held, two, decisions(purposes=purposes, recipients=["host"]))
    assert outcomes(found) == [outcome]
    assert ("functie (velden: 1)" in only(found).message.nl) == (outcome == "warning")


@pytest.mark.parametrize(
    ("country", "said", "outcome"),
    [
        ("NL", False, "pass"),
        ("US", False, "violation"),
        ("US", True, "pass"),
        ("US", OPEN, "violation"),
        ("US", None, "violation"),
        ("NL", True, "warning"),
        (OPEN, True, "open"),
        (OPEN, False, "open"),
        ("NL", OPEN, "pass"),
    ],
)
def test_r24_holds_what_is_said_of_transfers_against_the_countries(country: Any, said: Any, outcome: str) -> None:
    told = {} if said is None else {"transfers": {"outside_eea": said, "safeguards": "SCC"}}
    assert outcomes(judge(policy("R24", recipients__0__country=country, **told), NAMES)) == [outcome]
