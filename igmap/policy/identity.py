"""The part of the register about the policy itself and the organisation behind it."""

from typing import Literal

from igmap.policy.values import Answer, Country, Day, Entry, LanguageCode, Period, Stated, Term, Text


class Adopted(Entry):
    """Who made a version of the register, when and why."""

    by: str
    on: Day
    why: str


class Version(Entry):
    """A version that was in force before.

    Args:
        effective_until: its last day, where the policy says so; else the day before the next one took effect.
        file: the register of that version, kept beside this one.
    """

    version: Answer[str]
    announced: Answer[Day]
    effective_from: Answer[Day]
    effective_until: Answer[Day] | None = None
    changes: tuple[str, ...] = ()
    file: str = ""
    adopted: Adopted | None = None


class AnnounceRule(Stated):
    """How a change has to be announced."""

    channel: str
    timely: bool
    minimum_notice: Answer[Period]


class SourceDocument(Stated):
    """The text the register was made from."""

    file: str
    sha256: Answer[str]


class Header(Entry):
    """Which policy this is, and in which version.

    Args:
        changes: what this version changed, in words or as paths of the register.
    """

    id: str
    title: Text
    language: LanguageCode
    version: Answer[str]
    announced: Answer[Day]
    effective_from: Answer[Day]
    announce_rule: AnnounceRule | None = None
    source_document: SourceDocument | None = None
    history: tuple[Version, ...] = ()
    changes: tuple[str, ...] = ()
    adopted: Adopted | None = None


class Contact(Entry):
    """How to reach someone."""

    email: str
    phone: str | None = None


class Controller(Stated):
    """Who is responsible (GDPR Art. 30(1)(a))."""

    name: str
    place: str = ""
    country: Country
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
    last_review: Answer[Day]


class ExternalLinks(Stated):
    """Who answers for the sites that are linked to.

    Args:
        controller_responsible: whether the organisation does.
        embedded: what the policy says of content of others that loads within the own pages.
    """

    controller_responsible: bool
    embedded: Answer[str] | None = None
