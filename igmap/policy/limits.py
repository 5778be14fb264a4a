"""The part of the register about how long data are kept and what may lie on a visitor's device."""

from typing import Literal

from pydantic import Field

from igmap.policy.values import (
    Answer,
    CategoryWord,
    Day,
    Entry,
    Lifetime,
    Period,
    PurposeId,
    Stated,
    Term,
    Text,
)

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
        date_columns: columns that may supply the event, as a hint for whoever binds a dataset.
    """

    id: str
    purpose: PurposeId
    categories: tuple[CategoryWord, ...] = ()
    criterion: Text | None = None
    start: Answer[str]
    period: Answer[Period]
    minimum: bool = False
    at_end: Literal["anonymise", "delete", "review"]
    date_columns: tuple[str, ...] = ()


class Backups(Stated):
    """How long backups keep what was deleted."""

    noted: bool = False
    period: Answer[Period]


class LegalHold(Stated):
    """Data that may not be deleted meanwhile, whatever their term: a dispute, an investigation, an order.

    Args:
        purposes: whose data are held; none named means all.
        categories: which of them; none named means all.
        since: the day it began.
        until: the day it ends; open while nobody can say.
    """

    id: str
    label: Text
    purposes: tuple[PurposeId, ...] = ()
    categories: tuple[CategoryWord, ...] = ()
    since: Answer[Day]
    until: Answer[Day]


class StartEvent(Stated):
    """An event that starts a term, and what the start is when a column gives a date.

    Args:
        of: whose it is. The latest date of a person decides for all records of that person in the dataset.
        end_of: the term starts on the day itself, or at the end of the month, quarter or year it lies in.
        month: the last of the year.
        blank: what a record without a date says: nothing, or that its event has not happened yet.
    """

    id: str
    label: Text | None = None
    of: Literal["record", "person"] = "record"
    end_of: Literal["day", "month", "quarter", "year"] = "day"
    month: int = Field(default=12, ge=1, le=12)
    blank: Literal["unknown", "not_yet"] = "unknown"


class Retention(Entry):
    """All terms."""

    default: RetentionDefault | None = None
    rules: tuple[RetentionRule, ...] = ()
    events: tuple[StartEvent, ...] = ()
    legal_holds: tuple[LegalHold, ...] = ()
    backups: Backups | None = None


class CookieEntry(Stated):
    """A cookie known by name; `match: prefix` covers every name that starts with it.

    Args:
        function: what the requested service needs it for, as visitors are told.
    """

    name: str
    match: Literal["exact", "prefix"] = "exact"
    cookie_class: CookieClass = Field(alias="class")
    lifetime: Lifetime = "session"
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
