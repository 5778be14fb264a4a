"""check, R26: purposes that need a data protection impact assessment."""

from typing import Any

import pytest

from igmap.inventory import DatasetInventory, Field, Inventory
from tests.policy_cases import decisions, field, inventory, judge, only, outcomes, policy

OPEN = {"open": "not said"}
RESULT, ACTIVITY = field("cijfer", "learning_result"), field("actie", "learning_activity")
ADDRESS, HEALTH = field("ip", "ip_address"), field("dieet", "health")


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ([RESULT, ACTIVITY, ADDRESS], "warning"),
        ([RESULT, HEALTH], "warning"),
        ([RESULT, ACTIVITY], "pass"),
        ([ACTIVITY, ADDRESS], "pass"),
        ([HEALTH], "pass"),
        ([RESULT, field("bsn", "bsn")], "warning"),
    ],
)
def test_r26_asks_for_an_assessment_from_two_criteria_on(fields: list[Field], outcome: str) -> None:
    found = judge(policy("R26"), inventory(*fields))
    assert outcomes(found) == [outcome]
    assert only(found).purpose == ("teaching" if outcome == "warning" else "")


def test_r26_says_which_criteria_are_met_and_by_what() -> None:
    found = only(judge(policy("R26"), inventory(RESULT, HEALTH)))
    assert "2 kenmerken" in found.message.nl
    assert found.message.nl.endswith("beoordeling van personen (leerresultaat), gevoelige gegevens (gezondheid).")
    assert "evaluation or scoring (learning result)" in found.message.en


@pytest.mark.parametrize(("dpia", "outcome"), [("DPIA-2026-1", "pass"), (OPEN, "open"), (None, "warning")])
def test_r26_is_content_when_the_purpose_names_its_assessment(dpia: Any, outcome: str) -> None:
    assert outcomes(judge(policy("R26", purposes__0__dpia=dpia), inventory(RESULT, HEALTH))) == [outcome]


@pytest.mark.parametrize(
    ("child", "iri", "outcome"),
    [(True, "dpv:Student", "warning"), (False, "dpv:Student", "pass"), (False, "dpv:Employee", "warning")],
)
def test_r26_counts_children_and_employees_as_vulnerable(child: bool, iri: str, outcome: str) -> None:  # noqa: FBT001
    held = policy("R26", data_subjects__0__child_possible=child, data_subjects__0__iri=iri)
    bound = decisions(purposes=["teaching"], data_subjects=["learner"])
    assert outcomes(judge(held, inventory(RESULT), bound)) == [outcome]


@pytest.mark.parametrize(("records", "outcome"), [(60_000, "warning"), (49_999, "pass")])
def test_r26_adds_up_the_records_of_a_purpose_and_states_the_threshold(records: int, outcome: str) -> None:
    two = tuple(DatasetInventory(name, "", records, records, 0, "", (), (RESULT,)) for name in ("a.csv", "b.csv"))
    found = only(judge(policy("R26"), Inventory(two)))
    assert found.outcome == outcome
    if outcome == "warning":
        assert "grote schaal (120.000 records; grens 100.000)" in found.message.nl


def test_r26_counts_datasets_that_were_collected_for_another_purpose() -> None:
    teaching = policy("R26").purposes[0].model_dump(mode="json", by_alias=True, exclude_unset=True)
    held = policy("R26", purposes=[teaching, teaching | {"id": "improving"}])
    two = tuple(DatasetInventory(name, "", 5, 5, 0, "", (), (RESULT,)) for name in ("a.csv", "b.csv"))
    reused = decisions(purposes=["teaching", "improving"])
    assert [f.purpose for f in judge(held, Inventory(two), reused)] == ["improving"]
    assert outcomes(judge(held, Inventory(two[:1]), reused)) == ["pass"]


def test_r26_takes_the_registers_word_for_automated_decisions() -> None:
    told = {"information": {"automated_decisions": "toelating op grond van de toets"}}
    assert outcomes(judge(policy("R26", **told), inventory(RESULT))) == ["warning"]
    assert outcomes(judge(policy("R26", information={"automated_decisions": None}), inventory(RESULT))) == ["pass"]
