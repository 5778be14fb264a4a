"""check, R7: the ages of records, and every reason why they cannot be told."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from igmap.inventory import Decisions, Inventory
from igmap.policy import Findings
from igmap.policy.rules.periods import earlier, later, spelled
from tests.policy_cases import decisions, field, inventory, judge, only, opened, outcomes, policy

OPEN = {"open": "not said"}
NAMES = inventory(field("naam", "name"))


def aged(days: list[str | None], *, rule: dict[str, Any] | None = None, **changes: Any) -> Findings:
    """Check the ages of the records of a table in memory."""
    held = policy("R7", **{f"retention__rules__0__{key}": value for key, value in (rule or {}).items()}, **changes)
    with opened(learners={"naam": ["Jan"] * len(days), "done": days}) as exports:
        return judge(held, inventory(field("naam", "name"), field("cijfer", "learning_result")), exports=exports)


def test_r7_counts_the_records_past_the_term() -> None:
    found = only(aged(["2024-10-31", "2024-10-31", "2024-11-01"]))
    assert (found.outcome, found.field, found.purpose) == ("violation", "done", "teaching")
    assert found.message.en.startswith("2 of 3 records are older than 2 years after 'completed'")
    assert found.policy.quote == "zolang het nodig is"


@pytest.mark.parametrize(
    "days",
    [
        ["2025-01-31", "2026-01-31T10:00:00Z", "2026-01-31 10:00:00.5+01:00"],
        ["31-01-2025", "31-1-25 14:05", "31.01.2026"],
        ["7/09/26, 21:40:58", "30/10/26, 09:00:00"],
        ["09/7/2026", "10/30/2026"],
        ["10 October 2026  07:08 AM", "4 mei 2026", "Tue, 03 Nov 2025 10:00:00 +0100", "[31/Oct/2026:18:04:11 +0200]"],
        ["1772464227", "1772464227000"],
        ["01/02/2026", "03/04/2026"],
    ],
    ids=["iso", "dutch", "moodle", "american", "months", "unix", "either-order-within-the-term"],
)
@pytest.mark.ci
def test_r7_reads_the_dates_that_exports_have(days: list[str | None]) -> None:
    assert outcomes(aged(days)) == ["pass"]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["10/12/2024", "03/04/2025"], "of 1 of 2 records .* day/month may as well be month/day"),
        (["2026-01-01", "soon", "later"], r"of 2 of 3 records .* unreadable \(2\)"),
    ],
)
def test_r7_is_open_for_the_records_whose_date_cannot_be_told(days: list[str | None], told: str) -> None:
    found = only(aged(days))
    assert found.outcome == "open"
    assert re.search(told, found.message.en, re.IGNORECASE)


@pytest.mark.parametrize("blanks", [[None], ["0", "-", "Never"]])
def test_r7_is_open_for_a_blank_date_unless_its_event_may_not_have_happened_yet(blanks: list[str | None]) -> None:
    assert outcomes(aged(["2026-01-01", *blanks])) == ["pass"]
    must = [{"id": "completed", "blank": "unknown"}]
    found = only(aged(["2026-01-01", *blanks], retention__events=must))
    assert found.outcome == "open"
    assert f"no date ({len(blanks)})" in found.message.en


def test_r7_tells_what_is_past_and_what_nobody_can_tell_apart() -> None:
    found = aged(["2024-10-31", "soon", None])
    assert outcomes(found) == ["violation", "open"]
    assert len({one.id for one in found}) == 2


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"period": OPEN}, "No term is set"),
        ({"start": OPEN}, "it is not said when the term starts"),
        ({"start": "enrolled"}, "no column was named"),
    ],
)
def test_r7_is_open_when_the_register_or_the_binding_does_not_say(rule: dict[str, Any], told: str) -> None:
    found = only(aged(["2000-01-01"], rule=rule))
    assert found.outcome == "open"
    assert told in found.message.en


def test_r7_is_open_without_the_tables_or_the_column() -> None:
    assert "not read" in only(judge(policy("R7"), NAMES)).message.en
    with opened(learners={"naam": ["Jan"]}) as exports:
        assert "is not in this dataset" in only(judge(policy("R7"), NAMES, exports=exports)).message.en


def test_r7_is_open_when_nothing_in_the_register_speaks_of_the_purpose() -> None:
    assert only(judge(policy("R7", retention={}), NAMES)).outcome == "open"


def test_a_legal_minimum_holds_back_deletion_of_its_own_categories_only() -> None:
    minimum = {"id": "fiscal", "purpose": "teaching", "categories": ["learning_result"], "minimum": True}
    minimum |= {"start": "completed", "period": "P7Y", "at_end": "delete"}
    term = {"id": "term", "purpose": "teaching", "start": "completed", "period": "P2Y", "at_end": "delete"}
    found = only(aged(["2020-01-01"], retention={"rules": [minimum, term]}))
    assert found.outcome == "violation"
    assert "(name;" in found.message.en


def test_categories_that_no_rule_and_no_default_covers_are_open() -> None:
    names = {"id": "names", "purpose": "teaching", "categories": ["name"], "start": "completed", "period": "P2Y"}
    found = aged(["2026-01-01"], retention={"rules": [names | {"at_end": "delete"}]})
    assert "(learning result)" in only(found).message.en


def test_a_rule_for_a_category_goes_before_the_rule_for_all() -> None:
    general = {"id": "all", "purpose": "teaching", "start": "completed", "period": "P2Y", "at_end": "anonymise"}
    names = general | {"id": "names", "categories": ["name"], "period": "P9Y", "at_end": "delete"}
    found = only(aged(["2020-01-01"], retention={"rules": [general, names]}))
    assert "(learning result;" in found.message.en


def test_periods_follow_the_calendar() -> None:
    assert earlier(date(2028, 2, 29), "P1Y") == date(2027, 2, 28)
    assert earlier(date(2026, 3, 31), "P1M") == date(2026, 2, 28)
    assert later(date(2026, 1, 31), "P1M1D") == date(2026, 3, 1)
    assert earlier(date(2026, 11, 1), "P2W") == date(2026, 10, 18)
    assert (spelled("P1Y6M").nl, spelled("P1Y6M").en) == ("1 jaar, 6 maanden", "1 year, 6 months")


def test_what_a_binding_does_not_say_is_told_once_for_all_its_datasets() -> None:
    found = inventory(field("naam", "name"))
    tables = tuple(replace(found.datasets[0], source=f"mail.mbox/{number}/list.csv") for number in (45, 90, 135))
    cells: dict[str, list[str | None]] = {"naam": ["Jan"]}
    with opened(**{table.source: cells for table in tables}) as exports:
        told = judge(policy("R7", retention__rules__0__start="enrolled"), Inventory(tables), exports=exports)
    assert only(told).dataset == "mail.mbox/45/list.csv"
    assert only(told).message.nl.endswith("Dit geldt voor 3 bestanden of tabellen.")


@pytest.mark.parametrize(
    ("period", "source", "expected"),
    [
        ("P1M", "moodle_backup_2026-01-01.sql", ["violation"]),
        ("P1M", "moodle_backup_2026-10-20.sql", ["pass"]),
        ("P1M", "moodle-back-up.sql", ["open"]),
        (OPEN, "learners.csv", ["open"]),
        (OPEN, "x/backup/2020-01-01.csv", ["open", "open"]),
    ],
)
def test_r55_backups_have_a_rotation_term_and_keep_to_it(period: Any, source: str, expected: list[str]) -> None:
    held = policy("R55", retention__backups={"noted": True, "period": period})
    assert outcomes(judge(held, inventory(field("naam", "name"), source=source))) == expected


def test_r56_a_hold_that_has_ended_or_is_about_nothing_is_told() -> None:
    said = {"by": "fg", "on": "2026-01-01", "why": "claim"}
    holds = [{"dataset": "all", "until": "2026-10-31"}, {"dataset": "none.csv", "until": "2027-01-01"}]
    bound = decisions(purposes=["teaching"])
    decided = Decisions.model_validate(
        bound.model_dump(exclude_unset=True) | {"holds": [said | hold for hold in holds]}
    )
    assert outcomes(judge(policy("R56"), NAMES, decided)) == ["warning", "open"]
