"""R60 to R69: the register held against itself; a contradiction is a finding, and all else is still checked."""

from datetime import date
from typing import Any

import pytest

from igmap.inventory import Inventory
from igmap.policy import Findings, check
from igmap.policy.reading import checked
from tests.policy_cases import RULES, decisions, field, inventory, judge, only, outcomes, policy, register

TODAY = date(2026, 11, 1)
TERM = {"id": "term", "purpose": "teaching", "start": "completed", "period": "P2Y", "at_end": "anonymise"}
HISTORY = {"version": "0", "announced": "2024-01-01", "effective_from": "2024-02-01"}
DUTCH = "Wij gebruiken uw gegevens niet voor een ander doel, en ook de gegevens van het account worden niet gedeeld."
ENGLISH = "We use your data for this and not for other purposes, and they are not shared with the others that you have."


def said(rule: str, **changes: Any) -> Findings:
    return judge(policy(rule, **changes), Inventory(()))


def terms(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"retention__rules": [TERM, *({**TERM, **rule} for rule in rules)]}


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"id": "b", "period": "P3Y"}, "open"),
        ({"id": "b", "at_end": "delete"}, "open"),
        ({"id": "b", "period": "P24M"}, "pass"),
        ({"id": "b", "period": "P3Y", "start": "created"}, "pass"),
        ({"id": "b", "period": "P3Y", "categories": ["name"]}, "pass"),
        ({"id": "b", "period": {"open": "?"}}, "pass"),
        ({"id": "b", "period": "P7Y", "minimum": True}, "warning"),
        ({"id": "b", "period": "P1Y", "minimum": True}, "pass"),
    ],
)
def test_two_terms_for_the_same_data_contradict(other: dict[str, Any], outcome: str) -> None:
    assert outcomes(said("R60", **terms(other))) == [outcome]


def test_a_minimum_longer_than_the_term_of_the_same_category_is_told() -> None:
    held = terms(
        {"id": "a", "categories": ["name"]}, {"id": "b", "categories": ["name"], "period": "P7Y", "minimum": True}
    )
    finding = only(said("R60", **held))
    assert finding.outcome == "warning"
    assert "'b' (7 jaar) duurt langer dan de termijn 'a' (2 jaar)" in finding.message.nl


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["pass"]),
        ({"policy__announced": "1900-01-01"}, ["open"]),
        ({"policy__effective_from": "9999-12-31"}, ["open"]),
        ({"policy__announced": "2026-12-01"}, ["open"]),
        ({"policy__effective_from": "2026-12-01"}, ["warning"]),
        ({"policy__history": [HISTORY | {"effective_from": "1970-01-01"}]}, ["open"]),
        ({"review": {"last_review": "2027-01-01"}}, ["open"]),
        ({"policy__announced": {"open": "?"}}, ["pass"]),
    ],
)
def test_a_day_that_stands_for_none_or_is_yet_to_come_is_told(changes: dict[str, Any], expected: list[str]) -> None:
    assert outcomes(said("R61", **changes)) == expected


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ([], "geen twee versies"),
        ([HISTORY], "geen twee versies"),
        ([HISTORY | {"version": "1"}], "Versie '1' staat er twee keer in"),
        ([HISTORY | {"effective_from": "2026-02-01"}], "gaan op dezelfde dag in"),
        ([HISTORY | {"effective_from": "2026-03-01"}], "staat bij de eerdere versies, maar gaat op 2026-03-01 in"),
        ([HISTORY | {"effective_until": "2026-02-01"}], "gelden allebei op 2026-02-01"),
        ([HISTORY | {"effective_until": "2026-01-31"}], "geen twee versies"),
        ([HISTORY | {"effective_from": {"open": "?"}}], "geen twee versies"),
    ],
)
def test_one_version_is_in_force_at_a_time(history: list[dict[str, Any]], words: str) -> None:
    assert words in only(said("R62", policy__history=history)).message.nl


def test_purposes_compatible_in_a_circle_are_told_once() -> None:
    named = [{**register()["purposes"][0], "id": name, "compatible_with": to} for name, to in CIRCLE]
    held = {"purposes": named, "recipients": [], "retention": {}}
    (circle, itself) = said("R63", **held)
    assert (circle.outcome, itself.outcome) == ("warning", "warning")
    assert "over en weer" in circle.message.nl
    assert "verenigbaar met zichzelf" in itself.message.nl


CIRCLE = [("teaching", ["b"]), ("b", ["c"]), ("c", ["teaching"]), ("d", ["b"]), ("e", ["e"])]


@pytest.mark.parametrize(
    ("start", "outcome", "words"),
    [
        ("completed", "pass", "begint met een bekende gebeurtenis"),
        ("Einde boekjaar", "pass", "begint met een bekende gebeurtenis"),
        ("complted", "open", "is 'completed' bedoeld?"),
        ("zonsverduistering", "open", "een gebeurtenis die niet bekend is."),
        ({"open": "?"}, "open", "'term' (2 jaar) heeft geen gebeurtenis"),
    ],
)
def test_a_term_starts_with_an_event_that_is_known(start: Any, outcome: str, words: str) -> None:
    finding = only(said("R64", retention__rules__0__start=start))
    assert (finding.outcome, words in finding.message.nl) == (outcome, True)


def test_a_register_may_know_events_of_its_own() -> None:
    own = [{"id": "zonsverduistering", "label": {"nl": "zonsverduistering", "en": "solar eclipse"}}]
    held = {"retention__rules__0__start": "zonsverduistering", "retention__events": own}
    assert outcomes(said("R64", **held)) == ["pass"]


def test_what_is_forbidden_is_not_needed_and_not_found() -> None:
    forbidden = {"data_categories": [{"id": "name", "forbidden": True, "source": {"quote": "wij vragen geen naam"}}]}
    assert "'naam' wordt volgens het register niet verwerkt" in only(said("R65", **forbidden)).message.nl
    finding = only(judge(policy("R67", **forbidden), inventory(field("n", "name"), field("c", "city"))))
    assert (finding.outcome, finding.field, finding.policy.quote) == ("violation", "n", "wij vragen geen naam")
    assert outcomes(judge(policy("R67"), inventory(field("n", "name")))) == ["pass"]


def test_a_term_for_data_that_the_purpose_does_not_need_is_told() -> None:
    assert outcomes(said("R65", retention__rules__0__categories=["name"])) == ["pass"]
    finding = only(said("R65", retention__rules__0__categories=["name", "phone"]))
    assert (finding.outcome, "telefoonnummer" in finding.message.nl) == ("warning", True)


def test_two_rules_for_one_check_that_differ_are_told() -> None:
    own = [RULES["R66"], RULES["R9"] | {"id": "own", "effect": "warning"}, RULES["R9"]]
    found = judge(checked(register(rules=own)), Inventory(()))
    assert outcomes(found)[0] == "open"
    same = [RULES["R66"], RULES["R9"] | {"id": "own"}, RULES["R9"]]
    assert outcomes(judge(checked(register(rules=same)), Inventory(())))[0] == "pass"


@pytest.mark.parametrize(
    ("language", "quote", "outcome"),
    [
        ("nl", DUTCH, "pass"),
        ("nl", ENGLISH, "warning"),
        ("en", ENGLISH, "pass"),
        ("fr", DUTCH, "warning"),
        ("nl", "te kort", "pass"),
        ("pl", DUTCH, "open"),
    ],
)
def test_quotes_are_in_the_language_the_register_names(language: str, quote: str, outcome: str) -> None:
    changes = {"policy__language": language, "purposes__0__source__quote": quote}
    assert only(said("R68", **changes)).outcome == outcome


def test_a_part_the_register_is_silent_on_is_open_and_an_empty_list_of_recipients_speaks() -> None:
    found = [finding.message.nl for finding in said("R69")]
    assert len(found) == 3
    assert all("Het register zegt niet" in message for message in found)
    nobody = said("R69", recipients=[], sharing_grounds=[], measures=[{"id": "a", "text": {"nl": "slot"}}])
    assert len(nobody) == 2
    silent = register(rules=[RULES["R69"]])
    del silent["recipients"]
    assert any("aan wie gegevens" in finding.message.nl for finding in judge(checked(silent), Inventory(())))


def test_a_contradiction_does_not_keep_the_other_rules_from_being_evaluated() -> None:
    held = checked(register(**terms({"id": "b", "period": "P3Y"})))
    found = check(inventory(field("n", "name")), held, decisions(purposes=["teaching"]), None, today=TODAY)
    assert [finding.outcome for finding in found.of("R60")] == ["open"]
    assert found.of("R2")
