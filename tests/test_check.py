"""check: the findings as a whole, whatever rule they come from."""

import json
from pathlib import Path
from string import Formatter

import pytest

from igmap.errors import DecisionError
from igmap.inventory import Decisions, Inventory
from igmap.job import Outcome
from igmap.policy import check, read_findings
from igmap.policy.catalogue import catalogue, rules_of
from igmap.policy.messages import messages
from tests.policy_cases import TODAY, decisions, field, inventory, judge, only, opened, outcomes, policy

NAMES = inventory(field("naam", "name"))


def test_without_a_register_the_law_is_still_checked_and_the_rest_is_open() -> None:
    found = check(inventory(field("BSN", "bsn")), None, Decisions(), today=TODAY)
    by_rule = {finding.rule: finding.outcome for finding in found}
    assert len(by_rule) == len(catalogue())
    assert (by_rule["R9"], by_rule["R8"], by_rule["R11"], by_rule["R1"]) == ("violation", "pass", "pass", "open")
    assert found.of("R9")[0].law == ("UAVG 46",)


def test_what_a_person_declared_is_looked_up_once_whatever_the_number_of_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(Decisions, "binding", lambda _, source, table="": asked.append((source, table)))
    held = policy("R1")
    many = held.model_copy(update={"rules": held.rules * 100})
    check(NAMES, many, decisions(purposes=["teaching"]), today=TODAY)
    assert asked == [("learners", "")]


def test_an_accepted_finding_does_not_count_until_its_day_has_passed() -> None:
    bsn = inventory(field("BSN", "bsn"))
    found = only(judge(policy("R9"), bsn))
    said = {"finding": found.id, "reason": "wordt opgeruimd"}
    living = judge(policy("R9"), bsn, decisions(accepted=[said | {"until": "2026-11-01"}]))
    ended = judge(policy("R9"), bsn, decisions(accepted=[said | {"until": "2026-10-31"}]))
    assert (living.exit_status, ended.exit_status) == (0, 4)
    assert only(living).accepted is not None
    assert only(living).id == found.id


@pytest.mark.parametrize(("purposes", "status"), [(["teaching"], 0), (None, 3), ([], 4)])
def test_the_exit_status_says_violated_before_open(purposes: list[str] | None, status: int) -> None:
    assert judge(policy("R1"), NAMES, decisions(purposes=purposes)).exit_status == status


def test_findings_are_written_as_a_bare_list_and_read_back_equal(tmp_path: Path) -> None:
    found = judge(policy("R9"), inventory(field("BSN", "bsn")), decisions(accepted=[]))
    path = found.write(tmp_path / "findings.json")
    (entry,) = json.loads(path.read_text("utf-8"))
    assert list(entry) == [
        *("id", "rule", "outcome", "severity", "dataset", "field", "purpose"),
        *("message", "policy", "law", "remedy", "accepted"),
    ]
    assert entry["accepted"] is None
    assert read_findings(path) == found


def test_ids_stay_the_same_when_figures_change() -> None:
    one, two = (only(judge(policy("R9"), inventory(field("BSN", "bsn", detections={"bsn": n})))) for n in (1, 2))
    assert one.id == two.id
    assert one.message != two.message


def test_a_binding_that_names_what_the_register_lacks_is_refused() -> None:
    with pytest.raises(DecisionError, match=r"all: purposes: the register has no 'teching'; did you mean 'teaching'\?"):
        judge(policy("R1"), NAMES, decisions(purposes=["teching"]))


def test_a_hostile_header_is_shown_as_text() -> None:
    found = judge(policy("R9"), inventory(field("<script>alert(1)</script>", "bsn"), source="<b>x</b>.csv"))
    html = found._repr_html_()
    assert "<script>" not in html
    assert "<b>x</b>" not in html
    assert "&lt;script&gt;" in html


def test_the_repr_holds_counts_only() -> None:
    assert repr(judge(policy("R1"), NAMES)) == "Findings(0 violation, 0 open, 0 warning, 1 pass)"


def test_a_header_with_braces_does_not_break_the_words() -> None:
    held = policy("R7")
    bound = decisions(purposes=["teaching"], start_columns={"completed": "{0.__class__}"})
    with opened(learners={"{0.__class__}": ["2000-01-01"]}) as exports:
        assert outcomes(judge(held, NAMES, bound, exports)) == ["violation"]


def test_every_message_is_there_in_two_languages_with_the_same_figures() -> None:
    entries = {
        (check_name, name): entry
        for check_name, group in messages().items()
        if check_name not in {"terms", "several", "units"}
        for name, entry in group.items()
        if name != "asks"
    }
    assert {check_name for check_name, _ in entries} == {*catalogue(), "every_check"}
    for (_, name), entry in entries.items():
        assert set(entry) == ({"message"} if name == "pass" else {"message", "remedy"})
        for words in entry.values():
            assert _figures(words["nl"]) == _figures(words["en"])
            assert words["nl"] != words["en"]


def _figures(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_a_rule_that_the_register_does_not_mention_is_evaluated_as_the_law_has_it() -> None:
    held = policy("R9")
    rules = rules_of(held)
    assert (rules[0], len(rules)) == (held.rules[0], len(catalogue()))
    assert {rule.check for rule in rules} == set(catalogue())


@pytest.mark.parametrize("rule", ["R1", "R2", "R7", "R8", "R9", "R11", "R12", "R13"])
def test_no_rule_about_data_passes_when_there_are_none(rule: str) -> None:
    assert only(judge(policy(rule), Inventory(()))).outcome == "open"


@pytest.mark.parametrize("rule", ["R2", "R7", "R13"])
def test_no_rule_about_purposes_passes_while_purposes_are_not_declared(rule: str) -> None:
    assert only(judge(policy(rule), NAMES, Decisions())).outcome == "open"


def test_the_sample_workspace_shows_all_four_outcomes(sample_run: tuple[Path, Outcome]) -> None:
    found = sample_run[1].findings
    assert all(found.counts.values())
    assert {finding.rule for finding in found} == {rule.id for rule in rules_of(None)}
    assert len({finding.id for finding in found}) == len(found)
    assert "1.642 van 3.666 records" in " ".join(finding.message.nl for finding in found.of("R7"))
    assert {finding.dataset for finding in found.of("R1") if finding.outcome == "open"} == {
        "klanten/verzuim_‹name›.xlsx#Verzuim",
        "oneroster/users.csv",
    }
