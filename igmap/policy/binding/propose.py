"""Proposals for every dataset that no person bound yet: one per series, each part with its reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from igmap.inventory.deciding.decide import series_name
from igmap.inventory.kinships.subjects import phrases
from igmap.policy.binding.alike import container_of, kin_of, parts_of
from igmap.policy.binding.dates import began, dates_of, proposed_starts
from igmap.policy.binding.kin_subjects import with_kin
from igmap.policy.binding.known import Known, Sight
from igmap.policy.binding.persons import proposed_key, proposed_subjects, subjects_of
from igmap.policy.binding.proposal import PARTS, Part, Proposal, Reason
from igmap.policy.binding.purposes import proposed, ranked
from igmap.policy.register import Policy
from igmap.policy.values import Open
from igmap.vocabulary import load_yaml

STANDING = {"processor", "controller", "joint_controller"}  # who receives all along, not on occasion


def propose(known: Known) -> tuple[Proposal, ...]:
    """Propose a binding for every dataset with personal data that has none. Nothing is written or taken as said.

    Args:
        known: inventory, register and decisions; exports and relations for dates and persons.

    Returns:
        One proposal per series of exports, in the order of the inventory.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for sight in known.sights:
        if not sight.is_asked or sight.key in known.bound:
            continue
        scope = scope_of(sight, known)
        if scope in found:
            found[scope] = replace(found[scope], also=(*found[scope].also, sight.key))
        else:
            found[scope] = proposal_for(sight, known, scope)
    return tuple(found.values())


def scope_of(sight: Sight, known: Known) -> tuple[str, str]:
    """The pattern it would be bound by: its series, or all attachments of what it came in with."""
    container = container_of(sight, known)
    if container:
        return f"{series_name(*container.key, known.places)[0]}/*", ""
    return series_name(*sight.key, known.places)


def proposal_for(sight: Sight, known: Known, scope: tuple[str, str]) -> Proposal:
    """The proposal for one dataset, whether it is bound or not."""
    container = container_of(sight, known)
    subjects = subjects_of(with_kin(container or sight, known), known.policy)
    likely = ranked(container or sight, known.policy, subjects)
    kin = kin_of(sight, known)
    alike = parts_of(kin[0], sight, kin[1]) if kin else {}
    purposes = alike.get("purposes") or proposed(likely, container or sight, known.policy)
    if container and not kin:
        attached: Reason = {"code": "attached", "like": container.dataset.source, "binding": ""}
        purposes = Part(purposes.value, (attached, *purposes.reasons))
    named = [p for name in purposes.value or () if (p := known.policy.purpose(name))]
    columns = dates_of(sight, known.exports)
    parts: dict[str, Part] = {
        "role": _role(sight, known.policy),
        "data_subjects": proposed_subjects(subjects, named, related=known.relations is not None),
        "person_key": proposed_key(sight, known.exports.engine if known.exports else None),
        "start_columns": proposed_starts(sight, known, [p.id for p in named], columns),
        "recipients": _recipients(known.policy, [p.id for p in named]),
    }
    parts |= (
        {"purposes": purposes} | alike | {"collected_under": _collected(known.policy, began(sight, known, columns))}
    )
    return Proposal(*sight.key, *scope, likely, **{name: parts[name] for name in PARTS})  # type: ignore[arg-type]


def _role(sight: Sight, policy: Policy) -> Part:
    """Controller, unless the register foresees processing for others and the folder says that it is theirs."""
    cues = load_yaml("igmap.policy.binding", "roles.yaml")
    folder = sight.dataset.source.rpartition("/")[0]
    named = set(phrases([folder]))
    others = [word for word in cues["folders"] if word in named]
    fields = [word for word in cues["fields"] if word in set(phrases(sight.names))]
    if "processor" in policy.controller.roles and (others or fields):
        code = "for_others" if others else "column_of_client"
        return Part("processor", ({"code": code, "cue": (others or fields)[0]},))
    return Part("controller", tuple(_controller(policy)))


def _controller(policy: Policy) -> Iterator[Reason]:
    yield {"code": "controller_default"}
    if "processor" in policy.controller.roles:
        yield {"code": "may_be_processor"}


def _recipients(policy: Policy, purposes: Sequence[str]) -> Part:
    """Those who receive for these purposes all along; authorities and others on occasion are named, not proposed."""
    meant = [one for one in policy.recipients if set(one.purposes) & set(purposes)]
    standing = tuple(one.id for one in meant if one.role in STANDING)
    occasional = tuple(one.label for one in meant if one.role not in STANDING)
    reasons: list[Reason] = [{"code": "recipients_of_purpose"}] if standing else []
    if occasional:
        reasons.append({"code": "on_occasion", "recipients": occasional})
    return Part(standing, tuple(reasons))


def _collected(policy: Policy, first: date | None) -> Part:
    """The version of the register that was in force when the records began, where both are dated."""
    header = policy.header
    if isinstance(header.version, Open) or isinstance(header.effective_from, Open):
        return Part(None, ({"code": "version_open"},))
    if first is None:
        return Part(None, ({"code": "undated"},))
    versions: list[tuple[date, str]] = [(header.effective_from, header.version)]
    dated = ((one.effective_from, one.version) for one in header.history)
    versions += [(day, name) for day, name in dated if isinstance(day, date) and isinstance(name, str)]
    in_force = [one for one in sorted(versions) if one[0] <= first]
    if not in_force:
        return Part(None, ({"code": "before_all", "year": str(first.year)},))
    return Part(in_force[-1][1], ({"code": "in_force", "version": in_force[-1][1], "year": str(first.year)},))
