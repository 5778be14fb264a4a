"""The part of the register about the policy itself and the organisation behind it."""

from datetime import date
from typing import Literal

from igmap.policy.values import Answer, Country, Entry, Period, Stated, Term, Text


class Version(Entry):
    """A version that was in force before."""

    version: str
    announced: Answer[date]
    effective_from: Answer[date]
    changes: tuple[str, ...] = ()


class AnnounceRule(Stated):
    """How a change has to be announced."""

    channel: str
    timely: bool
    minimum_notice: Answer[Period]


class SourceDocument(Entry):
    """The text the register was made from."""

    file: str
    sha256: Answer[str]


class Header(Entry):
    """Which policy this is."""

    id: str
    title: Text
    language: str
    version: Answer[str]
    announced: Answer[date]
    effective_from: Answer[date]
    announce_rule: AnnounceRule | None = None
    source_document: SourceDocument | None = None
    history: tuple[Version, ...] = ()


class Contact(Entry):
    """How to reach someone."""

    email: str
    phone: str | None = None


class Controller(Stated):
    """Who is responsible (GDPR Art. 30(1)(a))."""

    name: Answer[str]
    place: str = ""
    country: Answer[Country]
    contact: Answer[Contact]
    websites: tuple[str, ...] = ()
    own_user_sites: Answer[tuple[str, ...]] = ()
    roles: tuple[Literal["controller", "processor"], ...] = ("controller",)
    representative: Answer[str] | None = None
    joint_controllers: tuple[str, ...] = ()
    dpo: Answer[str] | None = None
    supervisory_authority: Term | None = None


class Measure(Stated):
    """A security measure (GDPR Art. 30(1)(g))."""

    id: str
    text: Text


class Review(Stated):
    """How the policy is kept under review."""

    continuous: bool
    last_review: Answer[date]


class ExternalLinks(Stated):
    """Who answers for the sites that are linked to."""

    controller_responsible: bool
