"""The table of hosts: reached or linked to, how, what they were given and read, and whether the register knows them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from igmap.inventory.labels import titled
from igmap.policy.devices.captures import Capture
from igmap.policy.devices.rows import Contact
from igmap.policy.messages import term
from igmap.policy.register import Policy, Recipient
from igmap.report import Badge, Cell, Table, text
from igmap.sources.har import CARRIED
from igmap.vocabulary.hosts import host_of

Language = Literal["nl", "en"]
HOST_COLUMNS = ("host", "party", "ways", "requests", "learned", "settings", "register", "where")
LEARNED = ("cookie", "page", "email", "user_id", "name", "phone")


def by_host(contacts: Iterable[Contact]) -> list[tuple[str, list[Contact]]]:
    """Contacts by host, in order."""
    found: defaultdict[str, list[Contact]] = defaultdict(list)
    for one in contacts:
        found[one.host].append(one)
    return sorted(found.items())


def known_recipient(host: str, policy: Policy | None) -> Recipient | None:
    """The recipient of the register from whose hosts this one is."""
    return next(
        (
            recipient
            for recipient in (policy.recipients if policy else ())
            for theirs in map(host_of, recipient.hosts)
            if theirs and (host == theirs or host.endswith(f".{theirs}"))
        ),
        None,
    )


def host_table(found: Sequence[Capture], policy: Policy | None, lang: Language) -> Table:
    """One row for each host with the captures that show it, third parties first; pages of others are left out."""
    every = [(one, capture) for capture in found for one in capture.contacts or () if not one.elsewhere]
    captures: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one, capture in every:
        captures[one.host][titled(capture.dataset.source, capture.dataset.table)] = None
    rows = [_row(contacts, tuple(captures[host]), policy, lang) for host, contacts in by_host(one for one, _ in every)]
    rows.sort(key=lambda row: (row[1] == text("devices.first", lang), str(row[0])))
    return Table(tuple(text(f"devices.{key}", lang) for key in HOST_COLUMNS), tuple(rows), text("devices.hosts", lang))


def _row(contacts: list[Contact], captures: tuple[str, ...], policy: Policy | None, lang: Language) -> tuple[Cell, ...]:
    learned = frozenset().union(*(one.learned for one in contacts))
    settings = sorted(frozenset().union(*(one.settings for one in contacts)) - CARRIED)
    return (
        contacts[0].shown,
        text(f"devices.{contacts[0].party}", lang),
        tuple(term(f"way_{way}", lang) for way in sorted({one.way for one in contacts})),
        sum(one.requests for one in contacts),
        tuple(term(f"got_{word}", lang) for word in LEARNED if word in learned),
        tuple(term(f"set_{word}", lang) for word in settings),
        _standing(contacts, policy, lang),
        captures[0] if len(captures) == 1 else captures,
    )


def _standing(contacts: list[Contact], policy: Policy | None, lang: Language) -> Badge:
    if contacts[0].party == "first":
        return Badge("pass", text("devices.own_site", lang))
    if all(one.is_followed for one in contacts):
        return Badge("note", text("devices.linked", lang))
    recipient = known_recipient(contacts[0].host, policy)
    if recipient:
        return Badge("pass", text("devices.recipient", lang, name=getattr(recipient.label, lang)))
    return Badge("violation", text("devices.not_recipient", lang))
