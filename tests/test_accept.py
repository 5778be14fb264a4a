"""accept: a finding is lived with until a day, comes back when it gets worse, and is told once in what people read."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.errors import DecisionError
from igmap.inventory import Inventory, load_decisions
from igmap.policy import Findings, check
from igmap.policy.accepting import Consent, accept_findings, standings, with_acceptances
from igmap.policy.evidence import Evidence, evidence_of, named_finding, records_of
from igmap.policy.findings import Finding, Outcome, Quote, Words
from igmap.policy.telling import past_term, told, told_together
from igmap.report import fragment
from igmap.workspace import Workspace
from tests.policy_cases import TODAY, decisions, field, inventory, judge, only, policy
from tests.test_cli import call

HOSTILE = '"><script>alert(1)</script>\n# : {'
UNTIL = date(2026, 12, 31)


def bsns(records: int, **place: str) -> Findings:
    """What R9 says of a field of remarks with so many BSNs."""
    found = inventory(field("remarks", "message_content", detections={"bsn": records}), **place)
    return judge(policy("R9"), found)


def told_of(message: str, outcome: Outcome = "violation", **more: Any) -> Finding:
    said: dict[str, Any] = {"rule": "R1", "severity": "medium", "dataset": "a.csv", "field": "", "purpose": ""} | more
    words = Words(message, message)
    return Finding(id="0" * 12, outcome=outcome, message=words, policy=Quote(), law=(), remedy=Words("", ""), **said)


def accepted(folder: Path, findings: Findings, **more: Any) -> Workspace:
    """A workspace in which everything that was found is accepted."""
    said: dict[str, Any] = {"by": "FG", "why": "loopt af", "until": UNTIL, "on": TODAY} | more
    accept_findings(Workspace(folder), findings, [one.id for one in findings], Consent(**said))
    return Workspace(folder)


def state(workspace: Workspace, now: Findings, today: date = TODAY) -> list[str]:
    return [one.state for one in standings(now, load_decisions(workspace.decisions), today)]


@pytest.mark.parametrize(("now", "expected"), [(6, "holds"), (5, "holds"), (7, "returned"), (6000, "returned")])
def test_an_acceptance_survives_fewer_records_and_ends_with_more(tmp_path: Path, now: int, expected: str) -> None:
    assert state(accepted(tmp_path, bsns(6)), bsns(now)) == [expected]


def test_whatever_its_figures_an_acceptance_of_the_bare_id_holds(tmp_path: Path) -> None:
    workspace = accepted(tmp_path, bsns(6), whatever=True)
    assert state(workspace, bsns(6000)) == ["holds"]
    assert load_decisions(workspace.decisions).accepted[0].finding == only(bsns(6)).id


def test_another_sentence_of_the_policy_or_a_worse_outcome_brings_a_finding_back(tmp_path: Path) -> None:
    workspace, one = accepted(tmp_path, bsns(6)), only(bsns(6))
    assert state(workspace, Findings((replace(one, policy=Quote("5", "een andere zin")),))) == ["returned"]
    softer = accepted(tmp_path / "b", Findings((replace(one, outcome="warning"),)))
    assert state(softer, Findings((one,))) == ["returned"]


def test_a_finding_that_is_gone_or_passes_is_told_and_no_error(tmp_path: Path) -> None:
    workspace = accepted(tmp_path, bsns(6))
    assert state(workspace, Findings(())) == ["gone"]
    assert state(workspace, bsns(0)) == ["gone"]
    assert "R9" not in fragment(told(with_acceptances(Findings(()), load_decisions(workspace.decisions), TODAY), "nl"),
                                lang="nl")  # fmt: skip


def test_after_its_last_day_an_acceptance_has_ended_and_the_finding_counts(tmp_path: Path) -> None:
    held = load_decisions(accepted(tmp_path, bsns(6)).decisions)
    living, ended = (with_acceptances(bsns(6), held, day) for day in (UNTIL, date(2027, 1, 1)))
    assert (living.exit_status, ended.exit_status) == (0, 4)
    assert [one.state for one in ended.stands] == ["ended"]


def test_accepting_again_hides_what_came_back(tmp_path: Path) -> None:
    accepted(tmp_path, bsns(6))
    workspace = accepted(tmp_path, bsns(9))
    assert state(workspace, bsns(9)) == ["holds"]
    assert len(load_decisions(workspace.decisions).accepted) == 2


def test_check_itself_lets_a_finding_come_back_and_the_page_says_so(tmp_path: Path) -> None:
    held = load_decisions(accepted(tmp_path, bsns(6)).decisions)
    bound = decisions(purposes=["teaching"]).model_copy(update={"accepted": held.accepted})
    many = inventory(field("remarks", "message_content", detections={"bsn": 7}))
    found = judge(policy("R9"), many, bound)
    assert only(found).accepted is None
    whole = check(many, policy("R9"), bound, today=TODAY)
    assert "was geaccepteerd tot en met 31-12-2026 door FG; wat eraan ten grondslag ligt is veranderd" in fragment(
        told(whole, "nl"), lang="nl"
    )
    assert set(json.loads(found.write(tmp_path / "f.json").read_text("utf-8"))[0]) == {
        "id", "rule", "outcome", "severity", "dataset", "field", "purpose", "message", "policy", "law", "remedy",
        "accepted",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"by": " "}, "--by"),
        ({"why": ""}, "--why"),
        ({"until": date(2026, 10, 31)}, "is past"),
        ({"until": date(9999, 12, 31)}, "for ever"),
    ],
)
def test_nobody_no_reason_a_past_day_and_for_ever_are_refused(
    tmp_path: Path, said: dict[str, Any], problem: str
) -> None:
    with pytest.raises(DecisionError, match=problem):
        accepted(tmp_path, bsns(6), **said)
    assert not (tmp_path / "decisions.yaml").exists()


def test_an_unknown_finding_is_refused_with_the_nearest_and_one_that_passes_with_the_reason(tmp_path: Path) -> None:
    one, consent = only(bsns(6)), Consent(by="FG", why="w", until=UNTIL, on=TODAY)
    with pytest.raises(DecisionError, match=f"did you mean '{one.id}'"):
        accept_findings(Workspace(tmp_path), bsns(6), [one.id[:-1] + "x"], consent)
    with pytest.raises(DecisionError, match="nothing to accept"):
        accepted(tmp_path, bsns(0))


def test_what_a_person_wrote_stays_and_hostile_words_are_only_words(tmp_path: Path) -> None:
    (tmp_path / "decisions.yaml").write_text("# mine\naccepted: [] # none yet\nvalues: []\n", "utf-8")
    workspace = accepted(tmp_path, bsns(6), by=HOSTILE, why=HOSTILE)
    text = workspace.decisions.read_text("utf-8")
    assert text.startswith("# mine\n")
    assert "# none yet" in text
    held = load_decisions(workspace.decisions)
    assert held.accepted[0].by == HOSTILE.strip()
    assert "<script" not in fragment(told(with_acceptances(bsns(6), held, TODAY), "nl", "en"), lang="nl")


@pytest.mark.parametrize(
    ("message", "counts", "records"),
    [
        ("1,240 of 2,000 records are older than 2 years after 'last 3'", (1240,), 1240),
        ("This field holds citizen service numbers too (records: 6); nothing is on record.", (6,), 6),
        ("Words: health (6), religion (2) records", (6, 2), 8),
        ("Of 3 of 1,200 records: blank (0), unreadable (1), in quarantine (2)", (3, 0, 1, 2), 3),
        ("Column 'naam_2' was changed on 2026-11-01 in crm_12.csv (GDPR Art. 6(1))", (), 0),
        ("This dataset with personal data (fields: 3) serves no purpose", (3,), 0),
        ("no statute is on record for 3 fields", (3,), 0),
        ("12.5% of the records", (12,), 12),
    ],
)
def test_figures_are_told_from_names_terms_dates_and_articles(
    message: str, counts: tuple[int, ...], records: int
) -> None:
    assert evidence_of(told_of(message)).counts == counts
    assert records_of(told_of(message)) == records


def test_a_shorter_term_is_another_wording_and_no_smaller_figure() -> None:
    long, short = (evidence_of(told_of(f"5 of 9 records are older than {years} years")) for years in (2, 1))
    assert not long.covers(short)


@given(
    st.sampled_from(["violation", "open", "warning", "pass"]), st.lists(st.integers(0, 10**9), max_size=4), st.text()
)
def test_evidence_is_read_back_as_written(outcome: Outcome, counts: list[int], other: str) -> None:
    one = Evidence(outcome, tuple(counts), "0a1b2c")
    assert named_finding(f"{'a' * 12}-{one}") == ("a" * 12, one)
    assert named_finding(other + "\x00")[1] is None
    assert one.covers(one)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=3), st.integers(0, 2), st.integers(1, 9))
def test_a_figure_that_grows_is_never_covered_and_one_that_shrinks_always(
    counts: list[int], which: int, more: int
) -> None:
    grown = list(counts)
    grown[which % len(counts)] += more
    one, other = (Evidence("open", tuple(each), "0" * 6) for each in (counts, grown))
    assert not one.covers(other)
    assert other.covers(one)


def test_next_months_file_has_the_same_finding_and_two_months_together_have_two() -> None:
    october, november = (only(bsns(6, source=f"crm_2026-{month}.csv")) for month in (10, 11))
    assert october.id == november.id
    files = [inventory(field("bsn", "bsn"), source=f"crm_2026-{month}.csv").datasets[0] for month in (10, 11, 12)]
    both = judge(policy("R9"), Inventory(tuple(files)))
    assert len({one.id for one in both}) == 3
    assert both.items[0].id == judge(policy("R9"), Inventory((files[0],))).items[0].id


def test_eight_sibling_files_are_one_row_and_all_stay_in_findings_json() -> None:
    names = [f"mail.mbox/{number}/lijst.csv" for number in range(8)]
    files = tuple(inventory(field("geb", "birth_date"), source=name).datasets[0] for name in names)
    found = judge(policy("R2"), Inventory(files), decisions(purposes=["teaching"]))
    (row,) = told_together(found)
    assert (len(found), row.datasets) == (8, tuple(names))
    assert len(row.lines("nl")) == 1
    page = fragment(told(found, "nl"), lang="nl")
    assert page.count("hoort niet bij") == 1
    assert "8 bevindingen in 1 regel:" in page


def test_siblings_with_other_figures_keep_them_each_with_its_place() -> None:
    files = tuple(
        inventory(field("t", "message_content", detections={"bsn": n}), source=f"{n}.txt").datasets[0] for n in (4, 9)
    )
    (row,) = told_together(judge(policy("R9"), Inventory(files)))
    assert [line.split(" – ")[0] for line in row.lines("en")] == ["4.txt", "9.txt"]
    assert row.records == 13


def test_a_field_that_two_rules_refuse_is_told_by_the_worse_one() -> None:
    found = check(inventory(field("BSN", "bsn")), policy("R2"), decisions(purposes=["teaching"]), today=TODAY)
    rows = [row for row in told_together(found) if row.first.field == "BSN"]
    assert [(row.first.rule, [one.rule for one in row.beside]) for row in rows] == [("R9", ["R2"])]
    assert "Ook volgens R2" in fragment(told(found, "nl"), lang="nl")


def test_the_worst_come_first_by_outcome_severity_and_records() -> None:
    items = [
        told_of("open", "open", rule="R1", severity="high"),
        told_of("In 5 records", rule="R2", severity="medium"),
        told_of("In 50 records", rule="R3", severity="medium"),
        told_of("bad", rule="R4", severity="high"),
        told_of("mind", "warning", rule="R5", severity="high"),
        told_of("fine", "pass", rule="R6", severity="high"),
    ]
    order = [row.first.rule for row in told_together(Findings(tuple(items)))]
    assert order == ["R4", "R3", "R2", "R1", "R5"]


def test_a_record_that_is_past_two_terms_counts_once() -> None:
    checks = {"R7": "age_within_retention", "R9": "bsn_requires_statute"}
    items = (
        told_of("5 of 9 records are older", rule="R7", field="a"),
        told_of("7 of 9 records are older", rule="R7", field="b"),
        told_of("2 of 3 records are older", rule="R7", dataset="b.csv"),
        told_of("8 of 9 records cannot be told", "open", rule="R7"),
        told_of("In 100 records", rule="R9"),
    )
    assert past_term(Findings(items, checks)) == 9


@pytest.mark.ci
def test_the_command_accepts_lists_and_refuses(workspace: Path) -> None:
    (workspace / "exports" / "g.csv").write_text("bsn\n111222333\n", "utf-8")
    assert call("accept", workspace, "x", "--until", "2026-12-31")[0] == 2
    call("check", workspace, "--today", "2026-11-01")
    found = json.loads((workspace / "out" / "findings.json").read_text("utf-8"))
    one = next(finding["id"] for finding in found if finding["outcome"] == "violation")
    said = ("--by", "FG", "--why", "wordt gewist", "--until", "31-12-2026", "--today", "2026-11-01")
    assert call("accept", workspace, one, *said[:4])[0] == 2
    assert call("accept", workspace, one, *said)[0] == 0
    assert call("check", workspace, "--today", "2026-11-02")[0] == 3
    status, listed = call("accept", workspace, "--list", "--today", "2026-11-02", "--lang", "en")
    assert (status, "holds" in listed, "wordt gewist" in listed) == (0, True, True)
    (workspace / "exports" / "g.csv").write_text("bsn\n111222333\n123456782\n", "utf-8")
    status, told = call("check", workspace, "--today", "2026-11-02", "--lang", "en")
    assert (status, "its evidence changed (violation-1-" in told) == (4, True)
    status, listed = call("accept", workspace, "--list", "--today", "2027-01-01")
    assert (status, "voorbij" in listed) == (3, True)
