"""check, R12: cookies by the best evidence, two verdicts, and no name that is in no list."""

import json
from dataclasses import replace
from typing import Any

import pytest

from igmap.policy import Findings
from igmap.policy.cookies import classify, lifetime_days
from igmap.sources import Exports
from tests.policy_cases import TODAY, field, inventory, judge, only, opened, outcomes, policy

OPEN = {"open": "not said"}
NAMES = inventory(field("naam", "name"))


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
