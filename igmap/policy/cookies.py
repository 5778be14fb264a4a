"""What kind a cookie is, by the best evidence there is.

Evidence in order: the register's own list, igmap's list of first-party software, the Open Cookie Database by name
and domain, the database by name alone, nothing. The database is generous with 'functional', so a third-party cookie
is never functional by its name alone. Only names that stand in a list are ever shown: a name may hold an identifier.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal

from igmap.policy.limits import CookieClass, Cookies
from igmap.policy.values import Open
from igmap.vocabulary import load_table, load_yaml

Party = Literal["first", "third", "unknown"]
Evidence = Literal["declared", "software", "domain", "name", "short_name", "unknown"]
SHORT_PREFIX = 4
DAY_SECONDS = 86_400
STRICTNESS: tuple[CookieClass, ...] = (
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
    """What a cookie is taken for. `shown` is the listed name, "" when no list has it."""

    shown: str
    cookie_class: CookieClass
    evidence: Evidence


UNKNOWN = Classified("", "unknown", "unknown")


def classify(name: str, host: str, party: Party, cookies: Cookies | None) -> Classified:
    """What kind a cookie is.

    Args:
        name: of the cookie.
        host: that sets it.
        party: whether the host is one's own.
        cookies: the register's part on cookies.
    """
    host = host.lstrip(".").lower()
    listed = [entry for entry in _database() if entry.covers(name)]
    steps: tuple[tuple[Evidence, Iterable[Known]], ...] = (
        ("declared", (entry for entry in _declared(cookies) if entry.covers(name))),
        ("software", (entry for entry in _software() if entry.covers(name) and party != "third")),
        ("domain", (entry for entry in listed if entry.at(host))),
        ("name", (entry for entry in listed if party != "third" or entry.cookie_class != "functional")),
    )
    return next(
        (Classified(b.shown, b.cookie_class, _weak(e, b)) for e, found in steps if (b := _best(found))), UNKNOWN
    )


def lifetime_days(told: str | None, today: date) -> int:
    """How many days a cookie stays; 0 for a session, and where the capture does not say.

    Args:
        told: `PT3600S`, the moment it ends as Unix time or as a mail date, `session`, or nothing.
        today: the day of the capture.
    """
    seconds = re.fullmatch(r"PT(\d{1,10})S", told or "")
    if seconds:
        return int(seconds[1]) // DAY_SECONDS
    try:
        ends = (
            datetime.fromtimestamp(int(told or ""), UTC)
            if (told or "").isdigit()
            else parsedate_to_datetime(told or "")
        )
    except (ValueError, OverflowError, OSError):
        return 0
    return max(0, (ends.date() - today).days)


def _best(entries: Iterable[Known]) -> Known | None:
    """The longest match; of equals the exact one, then the strictest class."""
    ranked = sorted(entries, key=lambda e: (-len(e.name), e.match == "prefix", STRICTNESS.index(e.cookie_class)))
    return ranked[0] if ranked else None


def _weak(evidence: Evidence, entry: Known) -> Evidence:
    return (
        "short_name" if evidence == "name" and entry.match == "prefix" and len(entry.name) < SHORT_PREFIX else evidence
    )


def _declared(cookies: Cookies | None) -> Iterator[Known]:
    declared = () if cookies is None or isinstance(cookies.declared, Open) else cookies.declared
    for entry in (*declared, *(cookies.examples if cookies else ())):
        yield Known(entry.name, entry.match, entry.cookie_class)


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
