"""What kind a cookie is, by the best evidence there is.

Evidence in order: the register's own list, igmap's list of first-party software, the Open Cookie Database by name
and domain, the database by name alone, nothing. The database is generous with 'functional', so a third-party cookie
is never functional by its name alone. Only names that stand in a list are ever shown: a name may hold an identifier.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from igmap.policy.limits import CookieClass, CookieEntry, Cookies
from igmap.policy.values import Open
from igmap.vocabulary import load_table, load_yaml
from igmap.vocabulary.hosts import host_of

Party = Literal["first", "third", "unknown"]
Evidence = Literal["declared", "software", "domain", "name", "short_name", "two_kinds", "unknown"]
Confidence = Literal["high", "medium", "low", "none"]
SHORT_PREFIX = 4
EXEMPT: frozenset[CookieClass] = frozenset({"functional", "security"})
WEAK: frozenset[Evidence] = frozenset({"unknown", "short_name", "two_kinds"})
CONFIDENCE: dict[Evidence, Confidence] = {
    "declared": "high",
    "software": "high",
    "domain": "high",
    "name": "medium",
    "unknown": "none",
}
STRICTNESS: tuple[CookieClass, ...] = (
    "unknown",
    "marketing",
    "analytics",
    "personalisation",
    "convenience",
    "security",
    "functional",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A cookie that stands in a list."""

    name: str
    match: str
    cookie_class: CookieClass
    domains: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name as the list has it, with a star where it is a prefix."""
        return f"{self.name}*" if self.match == "prefix" else self.name

    def covers(self, name: str) -> bool:
        """Whether a cookie's name is this one."""
        return name.startswith(self.name) if self.match == "prefix" else name == self.name

    def at(self, host: str) -> bool:
        """Whether a host belongs to one of its domains."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


@dataclass(frozen=True, slots=True)
class Classified:
    """What a cookie is taken for.

    Args:
        shown: the listed name, "" when no list has it.
        cookie_class: what kind it is.
        evidence: what says so.
        classes: the kinds under which the list has the name, where it has several.
    """

    shown: str
    cookie_class: CookieClass
    evidence: Evidence
    classes: tuple[CookieClass, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """How much the evidence says."""
        return CONFIDENCE.get(self.evidence, "low")


UNKNOWN = Classified("", "unknown", "unknown")


def classify(name: str, host: str, party: Party, cookies: Cookies | None) -> Classified:
    """What kind a cookie is.

    Args:
        name: of the cookie.
        host: that sets it.
        party: whether the host is one's own.
        cookies: the register's part on cookies.
    """
    host = host_of(host)
    listed = [entry for entry in _database() if entry.covers(name)]
    by_name = (entry for entry in listed if party != "third" or entry.cookie_class not in EXEMPT)
    software = (*map(_known, cookies.examples if cookies else ()), *_software())
    steps: tuple[tuple[Evidence, Iterable[Known]], ...] = (
        ("declared", (entry for entry in map(_known, declared_in(cookies)) if entry.covers(name))),
        ("software", (entry for entry in software if entry.covers(name) and party != "third")),
        ("domain", (entry for entry in listed if entry.at(host))),
        ("name", by_name),
    )
    return next((_told(evidence, best) for evidence, found in steps if (best := _best(found))), UNKNOWN)


def declared_in(cookies: Cookies | None) -> tuple[CookieEntry, ...]:
    """The cookies the policy lists by name; none where it leaves that open."""
    return () if cookies is None or isinstance(cookies.declared, Open) else cookies.declared


def declaration(name: str, cookies: Cookies | None) -> CookieEntry | None:
    """What the policy declares of a cookie, if it names it: the longest match."""
    found = [entry for entry in declared_in(cookies) if _known(entry).covers(name)]
    return max(found, key=lambda entry: (len(entry.name), entry.match == "exact"), default=None)


def _best(entries: Iterable[Known]) -> list[Known]:
    """The longest match, the exact one first. Several when a list has that name under more than one class."""
    ranked = sorted(entries, key=lambda e: (-len(e.name), e.match == "prefix", STRICTNESS.index(e.cookie_class)))
    return [entry for entry in ranked if len(entry.name) == len(ranked[0].name)]


def _told(evidence: Evidence, best: list[Known]) -> Classified:
    classes = tuple(dict.fromkeys(entry.cookie_class for entry in best))
    if len(classes) > 1:
        return Classified(best[0].shown, classes[0], "two_kinds", classes)
    return Classified(best[0].shown, classes[0], _weak(evidence, best[0]), classes)


def _weak(evidence: Evidence, entry: Known) -> Evidence:
    return (
        "short_name" if evidence == "name" and entry.match == "prefix" and len(entry.name) < SHORT_PREFIX else evidence
    )


def _known(entry: CookieEntry) -> Known:
    return Known(entry.name, entry.match, entry.cookie_class)


@cache
def _software() -> tuple[Known, ...]:
    rows = load_yaml("igmap.policy", "first_party_cookies.yaml")
    return tuple(Known(row["name"], row["match"], row["class"]) for row in rows)


@cache
def _database() -> tuple[Known, ...]:
    rows = load_table("igmap.policy", "cookies.tsv.gz")
    classes: dict[str, CookieClass] = {name: name for name in STRICTNESS}
    return tuple(
        Known(row["name"], row["match"], classes[row["class"]], tuple(row["domains"].split()))
        for row in rows
        if row["name"]
    )
