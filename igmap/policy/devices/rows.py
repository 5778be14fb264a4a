"""Rows of captures in one form: what is kept on a device, and the hosts a visit reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from igmap.policy.cookies import Classified, Party, classify
from igmap.policy.devices.lifetime import Lifetime, lifetime_of
from igmap.policy.limits import Cookies
from igmap.policy.register import Policy
from igmap.policy.values import Open
from igmap.sources.captures.contacts import LINK
from igmap.sources.captures.pages import PAGE
from igmap.vocabulary.hosts import host_of, site_of

FLAGS = {"true": True, "false": False}
Told = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Own:
    """The sites that are the organisation's own.

    Args:
        sites: by the names that were registered.
        complete: whether the register leaves none of them open.
    """

    sites: frozenset[str]
    complete: bool

    def holds(self, host: str) -> bool:
        """Whether a host belongs to one of them."""
        return site_of(host) in self.sites

    def is_elsewhere(self, page: str) -> bool:
        """Whether a page is somebody else's, so that a visitor went there; never where own sites are open."""
        return bool(page) and self.complete and bool(self.sites) and not self.holds(page)


@dataclass(frozen=True, slots=True)
class Stored:
    """Something that is kept on a visitor's device.

    Args:
        known: what it is taken for; its name only where a list has it.
        host: it is kept for.
        party: whose that is.
        setter: host of the address that set it, "" when the capture does not say.
        kind: cookie, local_storage or session_storage.
        lifetime: how long it stays.
        flags: secure, http_only: None when the capture does not say; same_site: "" when it is not set.
        elsewhere: whether it was set on a page of somebody else's.
    """

    known: Classified
    host: str
    party: Party
    setter: str
    kind: str
    lifetime: Lifetime
    secure: bool | None = None
    http_only: bool | None = None
    same_site: str | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A host that a visit reached, or that a page links to.

    Args:
        host: its name; `shown` is the name as it may be shown, since a host may be called after a person.
        party: whose it is.
        way: page, link, frame, script …
        learned: what it learned: cookie, page, email, user_id …
        settings: of the device that were handed over.
        requests: how many; of links, how many links.
        site: the name its owner registered.
        elsewhere: whether it happened on a page of somebody else's.
    """

    host: str
    party: Party
    way: str
    learned: frozenset[str]
    settings: frozenset[str]
    requests: int
    site: str
    elsewhere: bool
    shown: str

    @property
    def is_followed(self) -> bool:
        """Whether it is a link, or a page a visitor went to: nothing the own page loads."""
        return self.way in {LINK, PAGE}


def own_sites(policy: Policy | None) -> Own:
    """The organisation's own sites, as the register names them."""
    if policy is None:
        return Own(frozenset(), complete=False)
    named = policy.controller.own_user_sites
    sites = (*policy.controller.websites, *(() if isinstance(named, Open) else named))
    return Own(frozenset(site_of(site) for site in sites if host_of(site)), not isinstance(named, Open))


def stored_of(row: Told, own: Own, cookies: Cookies | None, today: date) -> Stored:
    """A row of a list of cookies or stored items."""
    name, host, kind = row["name"] or "", host_of(row["host"] or ""), (row.get("kind") or "cookie").replace(" ", "_")
    elsewhere = own.is_elsewhere(row.get("page") or "")
    party = party_of(host, "third" if elsewhere else row.get("party"), own)
    return Stored(
        classify(name, host, party, cookies),
        host,
        party,
        host_of(row.get("url") or ""),
        kind,
        lifetime_of(row.get("lifetime") or row.get("expires"), kind, today),
        FLAGS.get(row.get("secure") or ""),
        FLAGS.get(row.get("http_only") or ""),
        (row["same_site"] or "") if "same_site" in row else None,
        elsewhere,
    )


def contact_of(row: Told, own: Own, shown: Mapping[str, str]) -> Contact:
    """A row of a visit's hosts.

    Args:
        row: as the capture has it.
        own: the organisation's own sites.
        shown: each host as it may be shown.
    """
    host, elsewhere = row["host"] or "", own.is_elsewhere(row["page"] or "")
    return Contact(
        host,
        party_of(host, "third" if elsewhere else row["party"], own),
        row["way"] or "",
        frozenset((row["learned"] or "").split()),
        frozenset((row["settings"] or "").split()),
        int(row["requests"] or 0),
        site_of(host),
        elsewhere,
        host if own.holds(host) else shown[host],
    )


def party_of(host: str, told: str | None, own: Own) -> Party:
    """First when the register names the site or the capture says so; a capture that says nothing leaves it unknown."""
    if told == "first" or own.holds(host):
        return "first"
    if not host:
        return "unknown"
    return "third" if told == "third" or own.sites else "unknown"
