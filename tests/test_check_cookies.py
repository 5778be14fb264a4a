"""check, R12 and R40: cookies by the best evidence, two verdicts, no name that is in no list; terms and flags."""

import json
from dataclasses import replace
from typing import Any

import pytest

from igmap.policy import Findings
from igmap.policy.cookies import classify
from igmap.policy.devices.lifetime import lifetime_of
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


@pytest.mark.parametrize(
    ("told", "kind", "days", "words", "iso"),
    [
        ("PT86400S", "seconds", 1, "1 day", "P1D"),
        ("PT3600S", "seconds", 0, "1 hour", "PT3600S"),
        ("PT63072000S", "seconds", 730, "2 years", "P730D"),
        ("PT0S", "ended", 0, "taken away at once", ""),
        ("1793620800", "seconds", 1, "1 day", "P1D"),
        ("1000000000", "unknown", 0, "for an unknown time", ""),
        ("Wed, 03 Nov 2027 00:00:00 GMT", "seconds", 367, "367 days", "P367D"),
        ("Thu, 01-Jan-1970 00:00:01 GMT", "ended", 0, "taken away at once", ""),
        ("session", "session", 0, "until the session ends", ""),
        ("0", "session", 0, "until the session ends", ""),
        (None, "unknown", 0, "for an unknown time", ""),
        ("x", "unknown", 0, "for an unknown time", ""),
        ("9" * 30, "unknown", 0, "for an unknown time", ""),
        ("²", "unknown", 0, "for an unknown time", ""),
    ],
)
def test_the_lifetime_of_a_cookie_is_read_as_captures_write_it(
    told: str | None, kind: str, days: int, words: str, iso: str
) -> None:
    lifetime = lifetime_of(told, "cookie", TODAY)
    assert (lifetime.kind, lifetime.days, lifetime.words.en, lifetime.iso) == (kind, days, words, iso)


def test_what_is_stored_stays_until_it_is_wiped_or_with_the_session() -> None:
    assert lifetime_of(None, "local_storage", TODAY).kind == "kept"
    assert lifetime_of("PT5S", "session_storage", TODAY).kind == "session"


@pytest.mark.parametrize(
    ("told", "declared", "exceeds"),
    [
        ("PT7776000S", "P90D", False),
        ("PT7776000S", "P3M", False),
        ("PT31536000S", "P6M", True),
        ("PT3600S", "session", True),
        ("session", "session", False),
        (None, "session", False),
    ],
)
def test_a_lifetime_is_held_against_the_declared_one(told: str | None, declared: str, exceeds: bool) -> None:  # noqa: FBT001 - a case
    assert lifetime_of(told, "cookie", TODAY).exceeds(declared) is exceeds


def test_evidence_on_a_cookie_comes_in_order() -> None:
    declared = policy("R12").cookies
    assert classify("own_session", "x.example", "first", declared).evidence == "declared"
    assert classify("MoodleSessionabc", "x.example", "first", declared).evidence == "software"
    assert classify("YSC", "www.youtube.com", "third", declared).evidence == "domain"
    assert classify("_ga", "x.example", "first", declared).evidence == "name"
    assert classify("nobody_knows", "x.example", "first", declared).cookie_class == "unknown"


def test_a_name_that_the_database_has_under_two_kinds_is_open_with_both() -> None:
    declared = policy("R12").cookies
    known = classify("token", "x.example", "first", declared)
    assert (known.evidence, known.classes, known.confidence) == ("two_kinds", ("marketing", "functional"), "low")
    found = only(captured(("token", "www.school.example", "first")))
    assert found.outcome == "open"
    assert "marketing, functional" in found.message.en
    assert "unclear" in found.message.en


def test_an_example_in_the_register_declares_nothing_but_tells_what_own_software_sets() -> None:
    held = policy("R12", cookies__examples=[{"name": "kop_", "match": "prefix", "class": "functional"}]).cookies
    assert classify("kop_1", "x.example", "first", held).evidence == "software"
    assert classify("kop_1", "x.example", "third", held).evidence == "unknown"


def jar(
    rule: str, row: dict[str, str | None], *, decided: Any = None, source: str = "cookies", **changes: Any
) -> Findings:
    """Check a list of one cookie, as any program told it."""
    told = {"name": "own_session", "host": "www.school.example", "party": "first"} | row
    with opened(**{source: {key: [value] for key, value in told.items()}}) as exports:
        seen = Exports(exports.engine, tuple(replace(d, kind="cookies") for d in exports.datasets))
        return judge(policy(rule, **changes), inventory(source=source), decided, exports=seen)


DECLARED = {"name": "own_session", "class": "functional", "function": "inloggen", "lifetime": "P1Y"}


def declared(**changes: Any) -> dict[str, Any]:
    return {"cookies": {"allowed_classes": ["functional"], "declared": [DECLARED]} | changes}


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        ({"lifetime": "PT3600S"}, {}, [("pass", "no longer")]),
        ({"lifetime": "PT63072000S"}, {}, [("violation", "longer than the policy says (P1Y)")]),
        ({"lifetime": "PT63072000S"}, {"declared": [DECLARED | {"lifetime": "P5Y"}]}, [("warning", "stays 2 years")]),
        ({"name": "PHPSESSID", "lifetime": "session"}, {}, [("violation", "not in the policy's list")]),
        ({"secure": "false", "http_only": "true", "same_site": ""}, {}, [("warning", "lacks Secure, SameSite")]),
        ({"secure": None, "http_only": None}, {}, [("pass", "")]),
        ({"host": "cdn.other.example", "party": "third"}, {"third_party_allowed": True}, [("warning", "third party")]),
        ({"kind": "local storage"}, {"covers": ["cookie"]}, [("violation", "localStorage"), ("violation", "longer")]),
        ({"name": "_fbp", "lifetime": "PT63072000S"}, {}, [("pass", "")]),
        ({}, {"declared": [{"name": "own_session", "class": "functional"}]}, [("open", "own_session")]),
        ({}, {"declared": OPEN}, [("open", "")]),
    ],
)
@pytest.mark.ci
def test_r40_asks_of_each_allowed_cookie_that_it_is_named_short_and_protected(
    row: dict[str, str | None], changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    if changes.get("declared") == OPEN:
        row, expected = (
            {"name": "XSRF-TOKEN", "secure": "true", "http_only": "false", "same_site": "Lax"},
            [("pass", "")],
        )
    found = jar("R40", row, **declared(**changes))
    assert [(f.outcome, words in f.message.en) for f, (_, words) in zip(found, expected, strict=True)] == [
        (outcome, True) for outcome, _ in expected
    ]


def test_r40_is_open_without_a_capture_and_without_a_word_on_cookies() -> None:
    assert "no capture" in only(judge(policy("R40", **declared()), NAMES)).message.en
    assert outcomes(judge(policy("R40", cookies=None), NAMES)) == ["open"]


def test_r12_and_the_flags_speak_of_storage_by_its_own_name() -> None:
    found = only(jar("R12", {"name": "_uetsid", "kind": "local storage"}))
    assert found.message.nl.startswith("localStorage-sleutel _uetsid is van de soort ‘marketing’")
    assert "until somebody wipes it" in found.message.en


def test_keys_of_nobody_knows_which_site_are_not_taken_for_the_own_sites() -> None:
    found = only(jar("R12", {"host": "", "party": None, "kind": "local storage"}))
    assert "whose it is cannot be told" in found.message.en
