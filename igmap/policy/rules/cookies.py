"""What is kept on a device: functional things only (policy section 2), and each necessary for the service asked for."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from igmap.policy.case import Case, Draft
from igmap.policy.cookies import declaration, declared_in
from igmap.policy.devices.captures import Capture, captures
from igmap.policy.devices.rows import Stored
from igmap.policy.devices.verdicts import BROKEN, law_verdict, policy_verdict
from igmap.policy.findings import Outcome
from igmap.policy.limits import Cookies
from igmap.policy.values import Open

PARTIES = ("first", "unknown", "third")
OPENS_DOORS = re.compile(r"sess|sid\b|auth|login|logged_in|token|jwt", re.IGNORECASE)
GUARDS_FORMS = re.compile(r"csrf|xsrf", re.IGNORECASE)


def cookies_functional_only(case: Case) -> Iterator[Draft]:
    """R12: one finding per listed cookie, one per capture for unlisted ones; an empty capture tells nothing."""
    cookies = case.register.cookies
    if cookies is None:
        yield Draft(case.rule.when_open, "silent")
        return
    if isinstance(cookies.declared, Open):
        yield Draft(case.rule.when_open, "not_declared", item="cookies.declared", source=cookies.source)
    jars = [one for one in seen(case) if one.stored is not None]
    if not jars:
        yield Draft(case.rule.when_open, "no_capture")
    for capture in jars:
        yield from _functional(case, cookies, capture)


def cookie_lifetime_and_flags(case: Case) -> Iterator[Draft]:
    """R40: each declared cookie names its function and term; what is kept keeps to it, is short, and is protected."""
    cookies = case.register.cookies
    if cookies is None:
        yield Draft(case.rule.when_open, "silent")
        return
    bare = [
        entry.name for entry in declared_in(cookies) if not entry.function or "lifetime" not in entry.model_fields_set
    ]
    if bare:
        names = tuple(sorted(bare))
        figures = {"cookies": len(names), "names": names}
        yield Draft(case.rule.when_open, "incomplete", item="cookies.declared", figures=figures, source=cookies.source)
    jars = [one for one in seen(case) if one.stored]
    if not jars:
        yield Draft(case.rule.when_open, "no_capture")
    for capture in jars:
        yield from _necessary(case, cookies, capture)


def seen(case: Case) -> tuple[Capture, ...]:
    """The captures among the exports; none when those are not open."""
    if case.exports is None:
        return ()
    return captures(case.inventory, case.exports, case.policy, case.decisions, today=case.today)


def by_name(stored: tuple[Stored, ...] | None) -> list[tuple[str, Stored]]:
    """The listed cookies by name, each as the strictest of its rows: a third party's, then what stays longest."""
    named: defaultdict[str, list[Stored]] = defaultdict(list)
    for one in stored or ():
        if one.known.shown:
            named[one.known.shown].append(one)
    return [(name, max(rows, key=_strictness)) for name, rows in sorted(named.items())]


def told(name: str, stored: Stored) -> dict[str, Any]:
    """What every finding on a cookie says of it: kind, evidence, term, and the verdict of the law."""
    known = stored.known
    return {
        "what": f"what_{stored.kind}",
        "cookie": name,
        "class": known.classes if known.evidence == "two_kinds" else known.cookie_class,
        "evidence": f"by_{known.evidence}",
        "stays": stored.lifetime.words,
        "law": law_verdict(stored),
    }


def _strictness(stored: Stored) -> tuple[bool, int, bool, int]:
    return not stored.elsewhere, PARTIES.index(stored.party), stored.lifetime.is_long, stored.lifetime.seconds


def _functional(case: Case, cookies: Cookies, capture: Capture) -> Iterator[Draft]:
    stored, dataset = capture.stored or (), capture.dataset
    if not stored and not capture.whole:
        words = "left_out" if capture.left_out else "nothing_seen"
        yield Draft(case.rule.when_open, words, dataset, source=cookies.source)
    elif stored and all(one.elsewhere for one in stored):
        yield Draft(case.rule.when_open, "elsewhere", dataset, figures={"cookies": len(stored)}, source=cookies.source)
    verdicts = [policy_verdict(one, cookies, profile=capture.profile) for one in stored]
    for words in ("unknown", "profile"):
        count = verdicts.count(words)  # type: ignore[arg-type]
        if count:
            yield Draft(
                case.rule.when_open, words, dataset, item=words, figures={"cookies": count}, source=cookies.source
            )
    for name, one in by_name(stored):
        verdict = policy_verdict(one, cookies, profile=capture.profile)
        if verdict not in {"allowed", "elsewhere", "profile", "unknown"}:
            outcome: Outcome = case.rule.effect if verdict in BROKEN else case.rule.when_open
            yield Draft(
                outcome, verdict, dataset, item=f"cookie.{name}", figures=told(name, one), source=cookies.source
            )


def _necessary(case: Case, cookies: Cookies, capture: Capture) -> Iterator[Draft]:
    """What is wrong with cookies whose kind the policy allows; those it forbids have to go anyhow."""
    kinds = {one.kind for one in capture.stored or () if not one.elsewhere}
    for kind in sorted(kinds - set(cookies.covers)) if cookies.covers else ():
        yield Draft(case.rule.effect, "not_covered", capture.dataset, item=f"kind.{kind}", figures={"kind": kind})
    for name, one in by_name(capture.stored):
        if policy_verdict(one, cookies, profile=capture.profile) != "allowed":
            continue
        for outcome, words in _shortcomings(case, cookies, name, one):
            figures = told(name, one) | {"missing": missing_flags(name, one), "declared": _declared_term(name, cookies)}
            item = f"cookie.{name}.{words}"
            yield Draft(outcome, words, capture.dataset, item=item, figures=figures, source=cookies.source)


def _shortcomings(case: Case, cookies: Cookies, name: str, one: Stored) -> Iterator[tuple[Outcome, str]]:
    entry = declaration(name.removesuffix("*"), cookies)
    if declared_in(cookies) and entry is None:
        yield case.rule.effect, "undeclared"
    if entry is not None and one.lifetime.exceeds(entry.lifetime):
        yield case.rule.effect, "longer"
    elif one.lifetime.is_long:
        yield "warning", "long"
    if one.party == "third":
        yield "warning", "third_setter"
    if missing_flags(name, one):
        yield "warning", "flags"


def missing_flags(name: str, stored: Stored) -> tuple[str, ...]:
    """Which flags a cookie that opens somebody's session lacks; none of another cookie, and none that are not told."""
    if stored.kind != "cookie" or not OPENS_DOORS.search(name) or GUARDS_FORMS.search(name):
        return ()
    held = {"Secure": stored.secure, "HttpOnly": stored.http_only, "SameSite": stored.same_site}
    return tuple(flag for flag, value in held.items() if value in {False, ""} and value is not None)


def _declared_term(name: str, cookies: Cookies) -> str:
    entry = declaration(name.removesuffix("*"), cookies)
    return entry.lifetime if entry else ""
