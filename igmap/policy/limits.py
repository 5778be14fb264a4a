"""The part of the register about how long data are kept and what may lie on a visitor's device."""

from typing import Literal

from pydantic import Field

from igmap.policy.values import Answer, CategoryWord, Entry, Period, PurposeId, Source, Stated, Term, Text

CookieClass = Literal["functional", "security", "convenience", "personalisation", "analytics", "marketing", "unknown"]


class RetentionDefault(Stated):
    """What holds for data that no rule names."""

    criterion: Text
    iri: Term | None = None
    start: Answer[str]
    period: Answer[Period]
    at_end: Literal["anonymise", "delete", "review"]
    anonymised_may_be_kept: bool = False
    anonymised_period: Answer[Period] | None = None


class RetentionRule(Stated):
    """How long data of a purpose are kept.

    Args:
        categories: the categories it holds for; none named means all of the purpose.
        start: the event that starts the term; a date column supplies it.
        period: ISO 8601.
        minimum: a legal minimum: it holds deletion back, it does not order it.
    """

    id: str
    purpose: PurposeId
    categories: tuple[CategoryWord, ...] = ()
    criterion: Text | None = None
    start: Answer[str]
    period: Answer[Period]
    minimum: bool = False
    at_end: Literal["anonymise", "delete", "review"]


class Backups(Entry):
    """How long backups keep what was deleted."""

    noted: bool
    period: Answer[Period]
    source: Source = Source()


class Retention(Entry):
    """All terms."""

    default: RetentionDefault | None = None
    rules: tuple[RetentionRule, ...] = ()
    backups: Backups | None = None


class CookieEntry(Stated):
    """A cookie known by name; `match: prefix` covers every name that starts with it.

    Args:
        function: what the requested service needs it for, as visitors are told.
    """

    name: str
    match: Literal["exact", "prefix"] = "exact"
    cookie_class: CookieClass = Field(alias="class")
    lifetime: Literal["session"] | Period = "session"
    party: Literal["first", "third"] = "first"
    function: str | Text = ""
    note: str = ""


class DeviceLaw(Entry):
    """What the Telecommunicatiewet exempts from consent."""

    law: str
    exempt: tuple[str, ...]


class Cookies(Stated):
    """What the policy allows on a visitor's device."""

    allowed_classes: tuple[CookieClass, ...]
    consent_required_for: tuple[CookieClass, ...] = ()
    covers: tuple[str, ...] = ()
    third_party_allowed: bool = False
    declared: Answer[tuple[CookieEntry, ...]]
    examples: tuple[CookieEntry, ...] = ()
    rule: DeviceLaw | None = None
