"""Other parties on one's own pages: content that is loaded from them (CJEU C-40/17), and plain links to them."""

from collections.abc import Iterator
from typing import Any

from igmap.policy.case import Case, Draft
from igmap.policy.devices.captures import Capture
from igmap.policy.devices.hosts import LEARNED, by_host, known_recipient
from igmap.policy.devices.rows import Contact, own_sites
from igmap.policy.rules.cookies import seen

PERSONS = frozenset({"email", "user_id", "name", "phone"})
MOST_NAMED = 30


def third_party_content(case: Case) -> Iterator[Draft]:
    """R42: every host that one's own pages load from is a recipient of the register, and is not told who visits."""
    visits = visited(case)
    if not visits:
        yield Draft(case.rule.when_open, "no_capture")
    for capture in visits:
        if all(one.elsewhere for one in capture.contacts or ()):
            yield Draft(case.rule.when_open, "elsewhere", capture.dataset)
    loaded = [(one, capture) for capture in visits for one in capture.contacts or () if _is_loaded(one)]
    for host, contacts in by_host(one for one, _ in loaded):
        names = {capture.dataset.source for one, capture in loaded if one.host == host}
        yield from _embedded(case, host, contacts, sorted(names))


def _is_loaded(one: Contact) -> bool:
    """Whether an own page loads something of another party's."""
    return not (one.elsewhere or one.is_followed or one.party == "first")


def outbound_links_listed(case: Case) -> Iterator[Draft]:
    """R43: the sites that pages link to, which answer for themselves; a link that tells who the visitor is does not."""
    visits = visited(case)
    if not visits:
        yield Draft(case.rule.when_open, "no_capture")
    for capture in visits:
        links = [
            one for one in capture.contacts or () if one.is_followed and one.party != "first" and not one.elsewhere
        ]
        for host, contacts in by_host(one for one in links if one.learned & PERSONS):
            figures = _figures(contacts)
            yield Draft(case.rule.effect, "personal", capture.dataset, item=f"link.{host}", figures=figures)
        yield from _listed(case, capture, [one for one in links if not one.learned & PERSONS])


def visited(case: Case) -> list[Capture]:
    """The captures that show which hosts a visit reached."""
    return [one for one in seen(case) if one.contacts is not None]


def _embedded(case: Case, host: str, contacts: list[Contact], captures: list[str]) -> Iterator[Draft]:
    """What is wrong with one host, in however many captures it was seen."""
    figures = _figures(contacts) | {"captures": tuple(captures[:MOST_NAMED])}
    recipient = known_recipient(host, case.policy)
    if recipient is None and own_sites(case.policy).complete:
        yield Draft(case.rule.effect, "embedded", item=f"host.{host}", figures=figures)
    elif recipient is None:
        yield Draft(case.rule.when_open, "whose", item=f"host.{host}", figures=figures)
    if figures["persons"]:
        outcome = case.rule.effect if recipient is None else "warning"
        yield Draft(outcome, "personal", item=f"received.{host}", figures=figures)


def _listed(case: Case, capture: Capture, links: list[Contact]) -> Iterator[Draft]:
    hosts = sorted({one.shown for one in links})
    external = case.register.external_links
    figures = {"links": sum(one.requests for one in links), "sites": len(hosts), "hosts": tuple(hosts[:MOST_NAMED])}
    if hosts and external is None:
        yield Draft(case.rule.when_open, "silent", capture.dataset, item="links", figures=figures)
    elif hosts and external:
        yield Draft("pass", "listed", capture.dataset, item="links", figures=figures, source=external.source)
    if capture.without_pages:
        yield Draft(case.rule.when_open, "no_pages", capture.dataset, item="pages")


def _figures(contacts: list[Contact]) -> dict[str, Any]:
    learned = frozenset().union(*(one.learned for one in contacts))
    ways = sorted({one.way for one in contacts})
    return {
        "host": contacts[0].shown,
        "ways": tuple(f"way_{way}" for way in ways),
        "requests": sum(one.requests for one in contacts),
        "learned": ("got_address", *(f"got_{word}" for word in LEARNED if word in learned)),
        "persons": tuple(f"got_{word}" for word in LEARNED if word in learned & PERSONS),
    }
