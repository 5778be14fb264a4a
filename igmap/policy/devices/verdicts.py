"""Two verdicts on everything a device keeps: what the policy promises of it, and what Tw Art. 11.7a asks."""

from collections.abc import Iterable
from typing import Literal

from igmap.policy.cookies import EXEMPT, WEAK, Evidence
from igmap.policy.devices.captures import Capture
from igmap.policy.devices.rows import Stored
from igmap.policy.limits import CookieClass, Cookies

PolicyVerdict = Literal[
    "allowed", "class", "third_party", "unknown", "weak", "two_kinds", "whose", "profile", "elsewhere", "silent"
]
LawVerdict = Literal["exempt", "perhaps", "consent", "unclear"]
When = Literal["exempt", "placed_before", "promised_before", "perhaps_before", "unclear_before", "after", "cannot_tell"]
UNSURE: dict[Evidence, PolicyVerdict] = {"short_name": "weak", "two_kinds": "two_kinds", "unknown": "unknown"}
OF_DATABASE: frozenset[Evidence] = frozenset({"domain", "name"})
BROKEN: frozenset[PolicyVerdict] = frozenset({"class", "third_party"})


def policy_verdict(stored: Stored, cookies: Cookies | None, *, profile: bool = False) -> PolicyVerdict:
    """What the policy says of something that is kept.

    Args:
        stored: the cookie or stored item.
        cookies: the register's part on them.
        profile: whether it is from a whole browser's store, where other sites' cookies are to be expected.
    """
    if cookies is None:
        return "silent"
    if stored.elsewhere or (profile and stored.party != "first"):
        return "elsewhere" if stored.elsewhere else "profile"
    return UNSURE.get(stored.known.evidence) or _of_kind(stored, cookies)


def _of_kind(stored: Stored, cookies: Cookies) -> PolicyVerdict:
    """What the policy says of something whose kind is known."""
    if stored.known.cookie_class not in cookies.allowed_classes:
        return "class"
    if stored.party == "first" or cookies.third_party_allowed:
        return "allowed"
    return "third_party" if stored.party == "third" else "whose"


def law_verdict(stored: Stored) -> LawVerdict:
    """What Tw Art. 11.7a says: exempt, perhaps (analytics of little effect on privacy), consent; unclear otherwise.

    That the cookie database calls a third party's cookie functional does not make it necessary for what was asked.
    """
    kind: CookieClass = stored.known.cookie_class
    generous = stored.known.evidence in WEAK or (stored.party == "third" and stored.known.evidence in OF_DATABASE)
    if kind == "unknown" or (generous and EXEMPT & {kind, *stored.known.classes}):
        return "unclear"
    return "exempt" if kind in EXEMPT else "perhaps" if kind == "analytics" else "consent"


def when_placed(stored: Stored, capture: Capture, before: frozenset[str], cookies: Cookies | None) -> When:
    """Whether something was placed before the consent it needs.

    Args:
        stored: the cookie or stored item.
        capture: in which it was seen.
        before: the own sites that were captured before consent.
        cookies: the register's part; kinds for which it promises to ask are not left to the exemption.
    """
    law = law_verdict(stored)
    if law == "exempt":
        return "exempt"
    if capture.consent == "before":
        promised = bool(cookies and stored.known.cookie_class in cookies.consent_required_for)
        of_analytics: When = "promised_before" if promised else "perhaps_before"
        return {"consent": "placed_before", "perhaps": of_analytics}.get(law, "unclear_before")
    return "after" if capture.consent == "after" and capture.sites and capture.sites <= before else "cannot_tell"


def sites_before(found: Iterable[Capture]) -> frozenset[str]:
    """The own sites of which there is a capture from before consent that shows its cookies."""
    earlier = [one for one in found if one.consent == "before"]
    blind = {one.dataset.source for one in earlier if one.left_out}
    return frozenset(site for one in earlier if one.dataset.source not in blind for site in one.sites)
