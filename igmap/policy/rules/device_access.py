"""Reading settings of a visitor's device (policy section 2; Tw Art. 11.7a): by one's own site and by others."""

from collections.abc import Iterator

from igmap.policy.case import Case, Draft
from igmap.policy.devices.captures import Capture
from igmap.policy.devices.hosts import by_host, known_recipient
from igmap.policy.devices.rows import Contact
from igmap.policy.register import Policy
from igmap.policy.rules.embedded import visited
from igmap.sources.har import CARRIED

READING = "browser_settings"
ON_DEVICES = {"browser_settings", "user_agent"}


def device_reading_declared(case: Case) -> Iterator[Draft]:
    """R44: settings that a site asks a browser for are covered by the policy; another's reading needs consent."""
    visits = visited(case)
    if not visits:
        holding = sum(any(f.category in ON_DEVICES for f in fields) for _, fields in case.personal())
        yield Draft(case.rule.when_open, "no_capture", figures={"datasets": holding})
    for capture in visits:
        reading = [one for one in capture.contacts or () if one.settings - CARRIED and not one.elsewhere]
        for host, contacts in by_host(reading):
            yield from _read(case, capture, host, contacts)


def is_covered(policy: Policy | None) -> bool:
    """Whether the register says that the own site reads settings: under cookies, or as a category of a purpose."""
    if policy is None:
        return False
    covers = policy.cookies.covers if policy.cookies else ()
    categories = (p.data_categories for p in policy.purposes if isinstance(p.data_categories, tuple))
    return any(word.startswith(READING) for word in covers) or any(READING in held for held in categories)


def _read(case: Case, capture: Capture, host: str, contacts: list[Contact]) -> Iterator[Draft]:
    settings = sorted(frozenset().union(*(one.settings for one in contacts)) - CARRIED)
    figures = {"host": contacts[0].shown, "settings": tuple(f"set_{word}" for word in settings)}
    item = f"settings.{host}"
    if contacts[0].party == "first":
        if not is_covered(case.policy):
            yield Draft(case.rule.effect, "not_declared", capture.dataset, item=item, figures=figures)
    elif known_recipient(host, case.policy):
        yield Draft("warning", "recipient", capture.dataset, item=item, figures=figures)
    else:
        words = "before_consent" if capture.consent == "before" else "third_party"
        yield Draft(case.rule.effect, words, capture.dataset, item=item, figures=figures)
