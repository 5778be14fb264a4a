"""check: every rule gives each of its outcomes on literal rows, and every finding can be read in two languages."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from policy_cases import TODAY, decisions, field, inventory, judge, only, opened, outcomes, policy

from igmap.errors import DecisionError
from igmap.inventory import Decisions, Inventory, discover, load_decisions
from igmap.policy import Findings, check, load_policy, read_findings
from igmap.policy.check import CHECKS
from igmap.policy.cookies import classify, lifetime_days
from igmap.policy.rules.periods import earlier, later, spelled
from igmap.sources import Exports, open_exports
from igmap.vocabulary import load_yaml
from igmap.workspace import Workspace

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "ig-learning"
OPEN = {"open": "not said"}
NAMES = inventory(field("naam", "name"))
NOTHING = inventory(field("x", "none", verdict="none"))


# ---------------------------------------------------------------- R1, R2: purposes


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
    assert "2 velden" in found.message.nl
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


def test_r2_counts_undecided_fields_as_open() -> None:
    found = only(judge(policy("R2"), inventory(field("?", "none", verdict="undecided"))))
    assert found.outcome == "open"
    assert found.message.en.endswith("1.")


def test_r2_takes_the_purposes_that_were_decided_for_a_field() -> None:
    own = decisions(
        purposes=[], fields=[{"dataset": "all", "field": "geb", "category": "birth_date", "purposes": ["teaching"]}]
    )
    assert only(judge(policy("R2"), inventory(field("geb", "birth_date")), own)).outcome == "violation"


# ---------------------------------------------------------------- R3: legal basis


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


# ---------------------------------------------------------------- R4, R5, R6: recipients


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


# ---------------------------------------------------------------- R7: retention


def aged(days: list[str | None], *, rule: dict[str, Any] | None = None, **changes: Any) -> Findings:
    """Check the ages of the records of a table in memory."""
    held = policy("R7", **{f"retention__rules__0__{key}": value for key, value in (rule or {}).items()}, **changes)
    with opened(learners={"naam": ["Jan"] * len(days), "done": days}) as exports:
        return judge(held, inventory(field("naam", "name"), field("cijfer", "learning_result")), exports=exports)


def test_r7_counts_the_records_past_the_term() -> None:
    found = only(aged(["2024-10-31", "2024-10-31", "2024-11-01", None]))
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
        ["1772464227", "1772464227000", "0", "-"],
        ["2025-01-31"] * 19 + ["unknown"],
    ],
    ids=["iso", "dutch", "moodle", "american", "months", "unix", "one-in-twenty-unread"],
)
def test_r7_reads_the_dates_that_exports_have(days: list[str | None]) -> None:
    assert outcomes(aged(days)) == ["pass"]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["01/02/2020", "03/04/2021"], "day/month may as well be month/day"),
        (["2020-01-01", "soon", "later"], "33.3% of the dates"),
    ],
)
def test_r7_is_open_when_dates_cannot_be_read(days: list[str | None], told: str) -> None:
    found = only(aged(days))
    assert found.outcome == "open"
    assert told in found.message.en


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"period": OPEN}, "No term is set"),
        ({"start": OPEN}, "it is not said when the term starts"),
        ({"start": "enrolled"}, "no column of this dataset was named"),
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


# ---------------------------------------------------------------- R8 to R11: what the law guards


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
    assert ["340 records" in found.items[0].message.nl, " 1 records" in found.items[1].message.nl] == [True, True]


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


# ---------------------------------------------------------------- R12: cookies


def captured(*cookies: tuple[str, str, str], **changes: Any) -> Findings:
    """Check a capture with cookies of name, host and party."""
    names, hosts, parties = (list(part) for part in zip(*cookies, strict=True)) if cookies else ([], [], [])
    with opened(cookies={"name": names, "host": hosts, "party": parties}) as exports:
        seen = Exports(exports.engine, tuple(replace(d, kind="cookies") for d in exports.datasets))
        return judge(policy("R12", **changes), inventory(source="cookies"), exports=seen)


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        (("own_session", "www.school.example", "first"), ["pass"]),
        (("own_session", "cdn.other.example", "third"), ["violation"]),
        (("MoodleSession", "leren.school.example", "first"), ["pass"]),
        (("MOODLEID1_", "leren.school.example", "first"), ["violation"]),
        (("_ga", "www.school.example", "first"), ["violation"]),
        (("YSC", "www.youtube.com", "third"), ["violation"]),
        (("YSC", "other.example", "third"), ["open"]),
        (("ctq1", "www.school.example", "first"), ["open"]),
    ],
)
def test_r12_holds_a_cookie_against_the_policy(cookie: tuple[str, str, str], expected: list[str]) -> None:
    assert outcomes(captured(cookie)) == expected


def test_r12_gives_the_verdict_of_the_law_beside_that_of_the_policy() -> None:
    assert (
        "Tw 11.7a: without consent only if the effect on privacy is small"
        in only(captured(("_ga", "a.school.example", "first"))).message.en
    )
    assert "Tw 11.7a: prior consent needed" in only(captured(("_fbp", "facebook.com", "third"))).message.en


def test_r12_never_prints_a_name_that_is_in_no_list() -> None:
    own = "www.school.example"
    findings = captured(("jan.jansen@school.example", own, "first"), ("_ga_JANJANSEN", own, "first"))
    assert outcomes(findings) == ["open", "violation"]
    told = json.dumps([finding.message.nl + finding.field for finding in findings])
    assert "jan" not in told.lower()
    assert "_ga_*" in told


def test_r12_cannot_tell_from_an_empty_capture_or_none() -> None:
    assert "cannot tell" in only(captured()).message.en
    assert "no capture" in only(judge(policy("R12"), NAMES)).message.en
    assert outcomes(judge(policy("R12", cookies=None), NAMES)) == ["open"]


def test_r12_is_open_when_the_policy_lists_no_cookies() -> None:
    found = captured(
        ("own_session", "www.school.example", "first"), cookies={"allowed_classes": ["functional"], "declared": OPEN}
    )
    assert set(outcomes(found)) == {"open"}


def test_r12_does_not_guess_whose_a_cookie_is() -> None:
    found = captured(("own_session", "www.school.example", ""), controller__websites=[])
    assert "whose it is cannot be told" in only(found).message.en


def test_r12_warns_of_a_functional_cookie_that_stays_for_years() -> None:
    rows: dict[str, list[str | None]] = {"name": ["own_session"], "host": ["www.school.example"], "party": ["first"]}
    for lifetime, expected in (("PT63072000S", "warning"), ("PT3600S", "pass"), ("session", "pass")):
        with opened(cookies=rows | {"lifetime": [lifetime]}) as exports:
            seen = Exports(exports.engine, tuple(replace(d, kind="cookies") for d in exports.datasets))
            assert only(judge(policy("R12"), inventory(source="cookies"), exports=seen)).outcome == expected


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("PT86400S", 1),
        ("1793620800", 1),
        ("Wed, 03 Nov 2027 00:00:00 GMT", 367),
        ("session", 0),
        ("0", 0),
        (None, 0),
        ("x", 0),
    ],
)
def test_the_lifetime_of_a_cookie_is_read_as_captures_write_it(told: str | None, days: int) -> None:
    assert lifetime_days(told, TODAY) == days


def test_evidence_on_a_cookie_comes_in_order() -> None:
    declared = policy("R12").cookies
    assert classify("own_session", "x.example", "first", declared).evidence == "declared"
    assert classify("MoodleSessionabc", "x.example", "first", declared).evidence == "software"
    assert classify("YSC", "www.youtube.com", "third", declared).evidence == "domain"
    assert classify("_ga", "x.example", "first", declared).evidence == "name"
    assert classify("nobody_knows", "x.example", "first", declared).cookie_class == "unknown"


# ---------------------------------------------------------------- R13, R14, R15


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


def test_r13_asks_again_when_data_were_collected_under_another_version() -> None:
    assert outcomes(judge(policy("R13"), NAMES, decisions(purposes=["teaching"], collected_under="0"))) == ["open"]
    assert outcomes(judge(policy("R13"), NAMES, decisions(purposes=["teaching"], collected_under="1"))) == ["pass"]


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


# ---------------------------------------------------------------- findings as a whole


def test_without_a_register_the_law_is_still_checked_and_the_rest_is_open() -> None:
    found = check(inventory(field("BSN", "bsn")), None, Decisions(), today=TODAY)
    by_rule = {finding.rule: finding.outcome for finding in found}
    assert len(by_rule) == 15
    assert (by_rule["R9"], by_rule["R8"], by_rule["R11"], by_rule["R1"]) == ("violation", "pass", "pass", "open")
    assert found.of("R9")[0].law == ("UAVG 46",)


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
    messages = load_yaml("igmap.policy", "messages.yaml")
    entries = {
        (check_name, name): entry
        for check_name, group in messages.items()
        if check_name not in {"terms", "units"}
        for name, entry in group.items()
    }
    assert {check_name for check_name, _ in entries} == {*CHECKS, "every_check"}
    for (_, name), entry in entries.items():
        assert set(entry) == ({"message"} if name == "pass" else {"message", "remedy"})
        for words in entry.values():
            assert _figures(words["nl"]) == _figures(words["en"])
            assert words["nl"] != words["en"]


def _figures(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_shipped_rule_has_its_check_and_each_check_its_rule() -> None:
    assert {rule["check"] for rule in load_yaml("igmap.policy", "rules.yaml")} == set(CHECKS)


@pytest.mark.parametrize("rule", ["R1", "R2", "R7", "R8", "R9", "R11", "R12", "R13"])
def test_no_rule_about_data_passes_when_there_are_none(rule: str) -> None:
    assert only(judge(policy(rule), Inventory(()))).outcome == "open"


@pytest.mark.parametrize("rule", ["R2", "R7", "R13"])
def test_no_rule_about_purposes_passes_while_purposes_are_not_declared(rule: str) -> None:
    assert only(judge(policy(rule), NAMES, Decisions())).outcome == "open"


@pytest.mark.skipif(not (SAMPLE / "exports").exists(), reason="make samples has not been run")
def test_the_sample_workspace_shows_all_four_outcomes(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "exports", tmp_path / "exports")
    decided = load_decisions(SAMPLE / "decisions.yaml")
    with open_exports(tmp_path) as exports:
        found = check(discover(exports, decided), load_policy(SAMPLE / "policy.yaml"), decided, exports, today=TODAY)
    assert all(found.counts.values())
    assert {finding.rule for finding in found} == {f"R{number}" for number in range(1, 16)}
    assert len({finding.id for finding in found}) == len(found)
    assert "1.642 van 3.666 records" in " ".join(finding.message.nl for finding in found.of("R7"))
    assert {finding.dataset for finding in found.of("R1") if finding.outcome == "open"} == {
        "klanten/verzuim_‹name›.xlsx#Verzuim",
        "oneroster/users.csv",
    }
