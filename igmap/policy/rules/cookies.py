"""Cookies: functional ones only (policy section 2), and consent where Tw Art. 11.7a asks for it. Two verdicts each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from igmap.inventory.inventory import DatasetInventory
from igmap.policy.case import Case, Draft
from igmap.policy.cookies import Classified, Evidence, Party, classify, lifetime_days
from igmap.policy.findings import Outcome
from igmap.policy.limits import CookieClass, Cookies
from igmap.policy.register import Policy
from igmap.policy.values import Open
from igmap.sources.exports import Dataset, Exports

SUFFIX_LABELS = 2
LONG_DAYS = 366
CAPTURED = ("name", "host", "party", "lifetime", "expires")
EXEMPT: frozenset[CookieClass] = frozenset({"functional", "security"})
WEAK: frozenset[Evidence] = frozenset({"unknown", "short_name"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A cookie in a capture: what it is, whose, and how many days it stays."""

    known: Classified
    party: Party
    days: int


def cookies_functional_only(case: Case) -> Iterator[Draft]:
    """R12: one finding per listed cookie, one per capture for unlisted ones; an empty capture tells nothing."""
    cookies = case.register.cookies
    if cookies is None:
        yield Draft(case.rule.when_open, "silent")
        return
    if isinstance(cookies.declared, Open):
        yield Draft(case.rule.when_open, "not_declared", item="cookies.declared", source=cookies.source)
    places = case.located()
    found = [(dataset, places.get((dataset.source, dataset.table))) for dataset in case.inventory.datasets]
    captures = [(dataset, place.dataset) for dataset, place in found if place and is_capture(place.dataset)]
    if not captures or case.exports is None:
        yield Draft(case.rule.when_open, "no_capture")
        return
    for dataset, capture in captures:
        yield from _capture(case, cookies, dataset, _seen(case, case.exports, capture))


def is_capture(dataset: Dataset) -> bool:
    """Whether a table lists cookies."""
    return dataset.kind == "cookies" or dataset.table == "cookies"


def _capture(case: Case, cookies: Cookies, dataset: DatasetInventory, seen: list[Seen]) -> Iterator[Draft]:
    if not seen:
        yield Draft(case.rule.when_open, "nothing_seen", dataset, source=cookies.source)
    unknown = sum(1 for cookie in seen if not cookie.known.shown)
    if unknown:
        yield Draft(
            case.rule.when_open, "unknown", dataset, item="unknown", figures={"cookies": unknown}, source=cookies.source
        )
    by_name = defaultdict(list)
    for cookie in seen:
        if cookie.known.shown:
            by_name[cookie.known.shown].append(cookie)
    for shown, found in sorted(by_name.items()):
        cookie = max(found, key=lambda c: (c.party == "third", c.party == "unknown", c.days))
        outcome, words = judged(case, cookies, cookie)
        figures: dict[str, Any] = {
            "cookie": shown,
            "class": cookie.known.cookie_class,
            "law": law_verdict(cookie.known.cookie_class),
        }
        figures["days"] = cookie.days
        if outcome != "pass":
            yield Draft(outcome, words, dataset, item=f"cookie.{shown}", figures=figures, source=cookies.source)


def judged(case: Case, cookies: Cookies, cookie: Seen) -> tuple[Outcome, str]:
    """What the policy says about a cookie, and the words for it."""
    if cookie.known.evidence in WEAK:
        return case.rule.when_open, "weak"
    if cookie.known.cookie_class not in cookies.allowed_classes:
        return case.rule.effect, "class"
    if cookie.party == "first" or cookies.third_party_allowed:
        return ("warning", "long") if cookie.days > LONG_DAYS else ("pass", "pass")
    return (case.rule.effect, "third_party") if cookie.party == "third" else (case.rule.when_open, "whose")


def law_verdict(cookie_class: CookieClass) -> str:
    """What Tw Art. 11.7a says: exempt, perhaps (analytics of little effect on privacy), or consent."""
    return "exempt" if cookie_class in EXEMPT else "perhaps" if cookie_class == "analytics" else "consent"


def _seen(case: Case, exports: Exports, capture: Dataset) -> list[Seen]:
    columns = {column.name: column.column for column in capture.columns if column.name in CAPTURED}
    if not capture.name or not {"name", "host"} <= columns.keys():
        return []
    own = _own_hosts(case.register)
    found = exports.engine.distinct(capture.name, list(columns.values())).rename_columns([*columns, "rows", "persons"])
    return [_cookie(case, row, own) for row in found.to_pylist()]


def _cookie(case: Case, row: Mapping[str, str | None], own: tuple[str, ...]) -> Seen:
    name, host = row["name"] or "", row["host"] or ""
    party = _party(host, row.get("party"), own)
    days = lifetime_days(row.get("lifetime") or row.get("expires"), case.today)
    return Seen(classify(name, host, party, case.register.cookies), party, days)


def _own_hosts(policy: Policy) -> tuple[str, ...]:
    named = policy.controller.own_user_sites
    sites = (*policy.controller.websites, *(() if isinstance(named, Open) else named))
    hosts = [urlsplit(site if "//" in site else f"//{site}").hostname or "" for site in sites]
    return tuple(".".join(host.split(".")[-SUFFIX_LABELS:]) for host in hosts if host)


def _party(host: str, told: str | None, own: tuple[str, ...]) -> Party:
    """First when the register names the site or the capture says so; a capture that says nothing leaves it unknown."""
    host = host.lstrip(".").lower()
    if told == "first" or any(host == site or host.endswith(f".{site}") for site in own):
        return "first"
    return "third" if told == "third" or own else "unknown"
