"""check, R41–R44: consent before placing, embedded content, links, settings that are read; and the report of it all."""

import json
from pathlib import Path
from typing import Any

import pytest

from igmap.inventory import Decisions, discover
from igmap.policy import Findings, Policy
from igmap.policy.devices.account import as_records, cookie_blocks
from igmap.policy.devices.captures import captures, proposed_consent
from igmap.policy.findings import Finding
from igmap.sources import open_exports
from tests.policy_cases import TODAY, decisions, inventory, judge, only, outcomes, policy
from tests.sources.test_captures import entry

HOME = "https://www.school.example/"
SITE = {"controller__own_user_sites": ["leren.school.example"]}
SAID = {"by": "fg", "on": "2026-10-01", "why": "test"}
GA = "_ga=1; Max-Age=63072000"


def har(*entries: Any) -> str:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "WebInspector"}, "entries": entries}})


def visit(*set_cookies: str, **more: Any) -> str:
    """A capture of the home page that sets cookies."""
    return har(entry(HOME, kind="document", got={"set-cookie": "\n".join(set_cookies)}, **more))


def labelled(**consent: str) -> Decisions:
    """Decisions on which file is from before and which from after consent."""
    return Decisions.model_validate(
        {"captures": [SAID | {"files": f"{f}.har", "consent": c} for f, c in consent.items()]}
    )


def judged(folder: Path, held: Policy | None, decided: Decisions | None = None, **files: str) -> Findings:
    """Check captures as they lie in a workspace."""
    (folder / "exports").mkdir()
    for name, text in files.items():
        (folder / "exports" / f"{name}.har").write_text(text, "utf-8")
    with open_exports(folder) as exports:
        return judge(held, discover(exports, today=TODAY), decided or decisions(), exports)


def told(findings: Findings) -> list[tuple[str, str]]:
    return [(finding.outcome, finding.dataset) for finding in findings]


def holding(findings: Findings, words: str) -> Finding:
    return next(finding for finding in findings if words in finding.message.en)


@pytest.mark.ci
def test_r41_finds_what_was_placed_before_consent_and_passes_what_came_after(tmp_path: Path) -> None:
    files = {"a": visit("PHPSESSID=1", "_fbp=1", GA, "onbekend=1"), "b": visit("PHPSESSID=1", "_fbp=1", "_uetsid=1")}
    found = judged(tmp_path, policy("R41"), labelled(a="before", b="after"), **files)
    assert told(found) == [("open", "a.har#cookies"), ("violation", "a.har#cookies"), ("warning", "a.har#cookies")]
    assert "_fbp was placed before consent" in found.items[1].message.en
    assert "prior consent needed" in found.items[1].message.en
    assert "only if the effect on privacy is small" in found.items[2].message.en


def test_r41_holds_the_register_to_the_kinds_for_which_it_asks_first(tmp_path: Path) -> None:
    asks = {"allowed_classes": ["functional"], "declared": [], "consent_required_for": ["analytics"]}
    found = judged(tmp_path, policy("R41", cookies=asks), labelled(a="before"), a=visit(GA))
    assert only(found).outcome == "violation"
    assert "the register asks for prior consent" in only(found).message.en


def test_r41_cannot_tell_from_one_capture_and_takes_no_file_name_for_an_answer(tmp_path: Path) -> None:
    found = judged(tmp_path, policy("R41"), voor_toestemming=visit("_fbp=1"), x=visit("_fbp=1"), y=visit("PHPSESSID=1"))
    assert told(found) == [("open", "voor_toestemming.har#cookies"), ("open", "x.har#cookies")]
    assert "nobody confirmed" in found.items[0].message.en
    assert 'files: "voor_toestemming.har", consent: before' in found.items[0].remedy.nl
    assert "cannot be told from one capture" in found.items[1].message.en


@pytest.mark.ci
def test_r41_needs_a_capture_of_the_same_site_from_before_consent(tmp_path: Path) -> None:
    other = har(entry("https://leren.elders.example/", kind="document", got={"set-cookie": "PHPSESSID=1"}))
    held = policy("R41", controller__own_user_sites=["leren.elders.example"])
    found = judged(tmp_path, held, labelled(a="before", b="after"), a=other, b=visit("_fbp=1"))
    assert "no capture from before consent" in only(found).message.en


def test_r41_is_open_where_the_browser_left_the_cookies_out(tmp_path: Path) -> None:
    bare = har(entry(HOME, kind="document"))
    found = judged(tmp_path, policy("R41"), labelled(a="before", b="after"), a=bare, b=visit("_fbp=1"))
    assert told(found) == [("open", "a.har#cookies"), ("open", "b.har#cookies")]
    assert "left the cookies out" in found.items[0].message.en


@pytest.mark.ci
def test_r12_and_r41_pass_a_clean_visit_that_a_program_kept_whole(tmp_path: Path) -> None:
    bare = har(entry(HOME, kind="document")).replace("WebInspector", "Firefox")
    for i, rule in enumerate(("R12", "R41")):
        (tmp_path / str(i)).mkdir()
        assert outcomes(judged(tmp_path / str(i), policy(rule), labelled(a="before"), a=bare)) == ["pass"]


def test_r41_is_judged_by_the_law_alone_too(tmp_path: Path) -> None:
    found = [f for f in judged(tmp_path, None, labelled(a="before"), a=visit("_fbp=1")) if f.rule == "R41"]
    assert [f.outcome for f in found] == ["violation"]
    assert outcomes(judge(policy("R41"), inventory())) == ["open"]


def test_r12_leaves_a_sanitised_capture_and_another_sites_pages_open(tmp_path: Path) -> None:
    elsewhere = har(entry("https://www.ander.example/", kind="document", got={"set-cookie": "_fbp=1"}))
    found = judged(tmp_path, policy("R12", **SITE), a=har(entry(HOME)), b=elsewhere)
    assert told(found) == [("open", "a.har#cookies"), ("open", "b.har#cookies")]
    assert "cannot tell" in found.items[0].message.en
    assert "pages of somebody else's" in found.items[1].message.en


def test_r12_does_not_judge_cookies_of_a_site_the_visitor_went_to(tmp_path: Path) -> None:
    pages = [entry(HOME, kind="document", got={"set-cookie": "own_session=1"})]
    pages += [entry("https://www.linkedin.com/", sent={"sec-fetch-dest": "document"}, got={"set-cookie": "bcookie=1"})]
    assert outcomes(judged(tmp_path, policy("R12"), a=har(*pages))) == ["pass"]


EMBEDS = (
    entry(HOME, kind="document", body='<a href="https://www.gemeente.example/">g</a>'),
    entry("https://leren.school.example/stijl.css", kind="stylesheet"),
    entry("https://www.youtube.com/embed/x", kind="document"),
    entry("https://meten.example/c?sr=1920x1080", kind="ping", sent={"Referer": f"{HOME}?email=jan@school.example"}),
)


def test_r42_finds_content_of_others_on_the_own_pages_and_no_plain_link(tmp_path: Path) -> None:
    found = judged(tmp_path, policy("R42"), a=har(*EMBEDS))
    assert told(found) == [("violation", "")] * 3
    assert "load from www.youtube.com: embedded frame" in holding(found, "youtube").message.en
    assert "CJEU C-40/17" in holding(found, "youtube").law
    assert "meten.example is given an e-mail address" in holding(found, "is given").message.en
    assert not any("gemeente" in f.message.en or "jan" in f.message.en for f in found)


def test_r42_tells_a_host_once_with_every_capture_that_shows_it(tmp_path: Path) -> None:
    found = judged(tmp_path, policy("R42"), a=har(*EMBEDS[:3]), b=har(*EMBEDS[:3]))
    assert "Seen in a.har, b.har." in only(found).message.en


def test_r42_knows_a_recipient_by_its_hosts(tmp_path: Path) -> None:
    hosts = {"recipients__0__hosts": ["youtube.com", "https://meten.example/"]}
    found = judged(tmp_path, policy("R42", **hosts), a=har(*EMBEDS))
    assert only(found).outcome == "warning"
    assert "e-mail address" in only(found).message.en


@pytest.mark.ci
def test_r42_is_open_where_own_sites_are_open_or_only_others_are_seen(tmp_path: Path) -> None:
    own = policy("R42", controller__own_user_sites={"open": "not said"})
    assert set(outcomes(judged(tmp_path, own, a=har(*EMBEDS[:3])))) == {"open"}
    (tmp_path / "b").mkdir()
    elsewhere = har(entry("https://www.ander.example/", kind="document"), EMBEDS[2])
    assert "pages of others only" in only(judged(tmp_path / "b", policy("R42"), a=elsewhere)).message.en
    assert outcomes(judge(policy("R42"), inventory())) == ["open"]


LINKS = {"external_links": {"controller_responsible": False, "source": {"section": "1", "quote": "Derde Websites"}}}


def test_r43_lists_links_under_the_policys_own_sentence(tmp_path: Path) -> None:
    found = only(judged(tmp_path, policy("R43", **LINKS), a=har(*EMBEDS)))
    assert (found.outcome, found.policy.quote) == ("pass", "Derde Websites")
    assert "(1): www.gemeente.example" in found.message.en


@pytest.mark.parametrize(
    ("body", "changes", "expected"),
    [
        ('<a href="https://y.example/">y</a>', {}, ["open"]),
        ('<a href="https://y.example/?user_id=7">y</a>', LINKS, ["warning"]),
        ("<p>niets", LINKS, ["pass"]),
        (None, LINKS, ["open"]),
    ],
)
@pytest.mark.ci
def test_r43_tells_what_links_carry_and_when_they_cannot_be_seen(
    tmp_path: Path, body: str | None, changes: dict[str, Any], expected: list[str]
) -> None:
    page = entry(HOME, kind="document", body=body) if body else entry(HOME, kind="document")
    assert outcomes(judged(tmp_path, policy("R43", **changes), a=har(page))) == expected


@pytest.mark.parametrize(
    ("reads", "changes", "label", "expected"),
    [
        (
            f"{HOME}?screen=1920x1080",
            {"cookies__covers": ["browser_settings_read"]},
            "",
            ("pass", "is in the register"),
        ),
        (f"{HOME}?screen=1920x1080", {"purposes__0__data_categories": ["browser_settings"]}, "", ("pass", "")),
        (f"{HOME}?screen=1920x1080", {}, "", ("violation", "reads: screen size")),
        (f"{HOME}?x=1", {}, "", ("pass", "")),
        ("https://meten.example/?ul=nl", {}, "", ("violation", "takes prior consent")),
        ("https://meten.example/?ul=nl", {}, "before", ("violation", "before consent")),
        ("https://meten.example/?ul=nl", {"recipients__0__hosts": ["meten.example"]}, "", ("warning", "a recipient")),
    ],
)
@pytest.mark.ci
def test_r44_asks_whether_the_register_covers_what_is_read(
    tmp_path: Path, reads: str, changes: dict[str, Any], label: str, expected: tuple[str, str]
) -> None:
    capture = har(entry(HOME, kind="document"), entry(reads, kind="fetch", sent={"User-Agent": "x"}))
    found = only(judged(tmp_path, policy("R44", **changes), labelled(a=label) if label else None, a=capture))
    assert found.outcome == expected[0]
    assert expected[1] in found.message.en


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("web/site_voor_toestemming.har", "before"),
        ("site-before-consent.har", "before"),
        ("na toestemming/a.har", "after"),
        ("AfterConsent.har", "after"),
        ("site_zonder_akkoord.har", "before"),
        ("voorbeeld_consentplatform.har", ""),
        ("diana_toestemming.har", ""),
        ("toestemming.har", ""),
    ],
)
def test_a_file_name_proposes_a_side_of_consent(name: str, expected: str) -> None:
    assert proposed_consent(name) == expected


def test_the_report_has_a_row_for_each_cookie_and_host_and_no_unlisted_name(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    visited = har(entry(HOME, kind="document", got={"set-cookie": f"{GA}; Secure\nJANSEN_key=jan"}), *EMBEDS[2:])
    (tmp_path / "exports" / "a.har").write_text(visited, "utf-8")
    held = policy("R12")
    with open_exports(tmp_path) as exports:
        found = captures(discover(exports, today=TODAY), exports, held, labelled(a="before"), today=TODAY)
    records = as_records(found, held)
    assert [(c["name"], c["policy"], c["law"]) for c in records["cookies"]] == [
        ("_ga", ("violation", "class not allowed"), ("warning", "before consent; only if the effect is small")),
        (
            "names in no list: 1",
            ("open", "not known what it does"),
            ("open", "before consent; unclear whether it may be"),
        ),
    ]
    assert records["cookies"][0]["lifetime"] == ("2 years", "P730D")
    assert records["cookies"][0]["flags"] == ("Secure", "no HttpOnly", "no SameSite")
    assert [(h["host"], h["ways"], h["register"]) for h in records["hosts"]] == [
        ("meten.example", ("beacon",), ("violation", "no recipient")),
        ("www.youtube.com", ("embedded frame",), ("violation", "no recipient")),
        ("www.school.example", ("visited page",), ("pass", "own site")),
    ]
    page = repr(cookie_blocks(found, held, "nl"))
    assert "1 captures" not in page
    assert "jan" not in page.lower()
    assert "vóór toestemming" in page


def test_the_report_says_so_when_there_is_nothing_to_report() -> None:
    assert "There are no captures" in repr(cookie_blocks((), None, "en"))
