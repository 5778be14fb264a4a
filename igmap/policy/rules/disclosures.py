"""Disclosures: what left for whom, as the log tells it, held against the register's closed list of grounds."""

from collections.abc import Iterator
from functools import partial

from igmap.inventory.decisions import PersonList
from igmap.policy.case import Case, Draft
from igmap.policy.disclosures import LOG, Disclosure, read_disclosures
from igmap.policy.values import Open


def every_disclosure_has_ground(case: Case) -> Iterator[Draft]:
    """R45: each extract in the log names a recipient and ground of the register, and a reason where it asks for one."""
    entries = _log(case)
    if entries is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    for entry in entries:
        words = _broken(case, entry)
        if words:
            yield _about(entry)(case.rule.effect, words)


def consent_joined_before_sharing(case: Case) -> Iterator[Draft]:
    """R46: where a ground asks for consent, a list of consents is named, and was joined before rows left."""
    rules = case.register.disclosures
    needing = set(rules.consent_required) if rules else set()
    for recipient in case.register.recipients:
        grounds = set() if isinstance(recipient.grounds, Open) else set(recipient.grounds)
        receives = [d for d, _, binding in case.bound() if recipient.id in binding.recipients]
        told = any(one.kind == "consent" and _is_for(one, recipient.id) for one in case.decisions.person_lists)
        if grounds and grounds <= needing and receives and not told:
            item, figures = f"recipients.{recipient.id}", {"label": recipient.label, "datasets": len(receives)}
            yield Draft(case.rule.when_open, "no_list", item=item, figures=figures, source=recipient.source)
    consents = {one.id for one in case.decisions.person_lists if one.kind == "consent"}
    for entry in _log(case) or ():
        if entry.ground in needing and not consents & set(entry.lists):
            yield _about(entry)(case.rule.effect, "not_joined")


def restrictions_are_respected(case: Case) -> Iterator[Draft]:
    """R47: where restrictions and objections are kept is said, so that no extract leaves without them."""
    shared = [d for d, _, binding in case.bound() if binding.recipients]
    if not shared:
        return
    kinds = {one.kind for one in case.decisions.person_lists}
    for kind in ("restriction", "objection"):
        if kind not in kinds:
            yield Draft(case.rule.when_open, f"no_{kind}", item=kind, figures={"datasets": len(shared)})


def _is_for(entry: PersonList, recipient: str) -> bool:
    return recipient in (entry.recipients or (recipient,))


def _log(case: Case) -> tuple[Disclosure, ...] | None:
    workspace = case.exports.workspace if case.exports else None
    return read_disclosures(workspace.out / LOG) if workspace else None


def _broken(case: Case, entry: Disclosure) -> str:
    """Which words tell what is wrong with an entry; "" when nothing is."""
    recipient, rules = case.register.recipient(entry.recipient), case.register.disclosures
    if recipient is None:
        return "no_recipient"
    grounds = () if isinstance(recipient.grounds, Open) else recipient.grounds
    if entry.ground not in case.register.sharing_grounds or entry.ground not in grounds:
        return "no_ground"
    if entry.purpose not in recipient.purposes:
        return "other_purpose"
    needs_reason = rules is not None and entry.ground in rules.reason_required
    return "no_reason" if needs_reason and not entry.necessity.strip() else ""


def _about(entry: Disclosure) -> partial[Draft]:
    figures = {"number": entry.number, "day": entry.on, "recipient": entry.recipient, "ground": entry.ground}
    return partial(Draft, item=f"disclosure.{entry.number}", figures=figures)
