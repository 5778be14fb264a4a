"""Whether an extract may leave at all: its ground, purpose, recipient and fields against register and decisions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from igmap.errors import DisclosureError, nearest
from igmap.found import Found
from igmap.inventory import DatasetInventory, Field
from igmap.inventory.decisions import DatasetBinding
from igmap.policy import Policy, Purpose, Recipient
from igmap.policy.values import Open
from igmap.vocabulary import CATEGORIES


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to give to whom.

    Args:
        file: the export, as igmap shows it.
        recipient: id in the register.
        purpose: id in the register.
        ground: one of the register's closed list.
        by: who gives it.
        necessity: why it is necessary.
        law: the statute, order or number of the case, for a ground that is law.
        table: its sheet or table.
        fields: which ones; none named means the personal fields that the purpose needs.
        match: the field by which persons are found in the lists; by default the dataset's person key.
    """

    file: str
    recipient: str
    purpose: str
    ground: str
    by: str
    necessity: str = ""
    law: str = ""
    table: str = ""
    fields: tuple[str, ...] = ()
    match: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A request that nothing in register and decisions speaks against."""

    dataset: DatasetInventory
    binding: DatasetBinding
    recipient: Recipient
    purpose: Purpose
    fields: tuple[Field, ...]


def agreed(found: Found, request: Request) -> Agreed:
    """The request with everything it names looked up.

    Raises:
        DisclosureError: what speaks against it, and what to do.
    """
    policy = found.register
    if policy is None:
        raise DisclosureError("without a register (policy.yaml) no ground for sharing is known; nothing may leave")
    dataset = found.inventory.dataset(request.file, request.table)
    if dataset is None:
        hint = nearest(request.file, [d.source for d in found.inventory.datasets])
        raise DisclosureError(f"{request.file}: no such export{hint}")
    binding = _bound(found, policy, dataset, request)
    recipient, purpose = _named(policy, request)
    _refuse_ground(policy, recipient, request)
    return Agreed(dataset, binding, recipient, purpose, _fields(policy, dataset, purpose, request.fields))


def _bound(found: Found, policy: Policy, dataset: DatasetInventory, request: Request) -> DatasetBinding:
    """What was declared about the dataset: it serves the purpose, unless each person's own consent lets data leave."""
    binding = found.decisions.binding(dataset.source, dataset.table)
    declared = (binding.purposes if binding else None) or ()
    on_consent = policy.disclosures is not None and request.ground in policy.disclosures.consent_required
    if binding is None or not (on_consent or request.purpose in declared):
        raise DisclosureError(
            f"{dataset.source}: is not declared for the purpose {request.purpose!r} in decisions.yaml; data leave only "
            f"for a purpose they are held for{nearest(request.purpose, declared)}"
        )
    return binding


def _named(policy: Policy, request: Request) -> tuple[Recipient, Purpose]:
    recipient, purpose = policy.recipient(request.recipient), policy.purpose(request.purpose)
    if recipient is None:
        hint = nearest(request.recipient, [one.id for one in policy.recipients])
        raise DisclosureError(f"the register has no recipient {request.recipient!r}{hint}")
    if purpose is None:
        hint = nearest(request.purpose, [one.id for one in policy.purposes])
        raise DisclosureError(f"the register has no purpose {request.purpose!r}{hint}")
    if purpose.id not in recipient.purposes:
        raise DisclosureError(f"{recipient.id}: receives data for {_listed(recipient.purposes)}, not for {purpose.id}")
    if not request.by.strip():
        raise DisclosureError("who gives the data? say --by")
    return recipient, purpose


def _refuse_ground(policy: Policy, recipient: Recipient, request: Request) -> None:
    grounds = () if isinstance(recipient.grounds, Open) else recipient.grounds
    if request.ground not in policy.sharing_grounds:
        hint = nearest(request.ground, policy.sharing_grounds)
        raise DisclosureError(f"{request.ground!r} is no ground of the policy: {_listed(policy.sharing_grounds)}{hint}")
    if request.ground not in grounds:
        raise DisclosureError(f"{recipient.id}: the register shares with them on {_listed(grounds)} only")
    agreement = recipient.agreement
    if recipient.role == "processor" and (agreement is None or isinstance(agreement.reference, Open)):
        raise DisclosureError(f"{recipient.id}: no processing agreement is on record; conclude one and reference it")
    rules = policy.disclosures
    if rules and request.ground in rules.reason_required and not request.necessity.strip():
        raise DisclosureError(f"the ground {request.ground!r} needs a reason: say --necessity")


def _fields(policy: Policy, dataset: DatasetInventory, purpose: Purpose, names: Sequence[str]) -> tuple[Field, ...]:
    """The fields that leave: those named, or the personal ones that the purpose needs."""
    categories = None if isinstance(purpose.data_categories, Open) else purpose.data_categories
    if not names:
        if categories is None:
            raise DisclosureError(f"{purpose.id}: the register does not say which data it needs; answer that first")
        wanted = tuple(f for f in dataset.fields if f.verdict == "found" and f.category in categories)
        chosen = tuple(field for field in wanted if not any(_objections(policy, field, categories)))
        if not chosen:
            raise DisclosureError(f"{dataset.source}: has no field that {purpose.id} needs")
        return chosen
    found = {field.name: field for field in dataset.fields}
    absent = next((name for name in names if name not in found), None)
    if absent is not None:
        raise DisclosureError(f"{dataset.source}: has no field {absent!r}{nearest(absent, found)}")
    against = [told for name in names for told in _objections(policy, found[name], categories)]
    if against:
        raise DisclosureError(f"{dataset.source}: {'; '.join(against)}")
    return tuple(found[name] for name in dict.fromkeys(names))


def _objections(policy: Policy, field: Field, categories: Sequence[str] | None) -> Iterator[str]:
    """What speaks against a field."""
    entry = policy.data_category(field.category)
    permit = (entry.condition if field.special == "art9" else entry.statute) if entry else None
    if field.verdict == "undecided":
        yield f"{field.name}: nobody has decided what it is; use igmap decide"
    elif field.secret:
        yield f"{field.name}: holds passwords or other secrets"
    elif field.special != "none" and not isinstance(permit, str):
        yield f"{field.name}: {CATEGORIES[field.category].en} without a condition or statute on record"
    elif field.verdict == "found" and categories is not None and field.category not in categories:
        yield f"{field.name}: {CATEGORIES[field.category].en} is not among the data the purpose needs"
    elif field.free_text or field.verdict == "none":
        yield from _hidden(field)


def _hidden(field: Field) -> Iterator[str]:
    """Special categories, citizen service numbers and secrets that stand between other words."""
    for one in field.detections:
        category = CATEGORIES.get(one.detector.removeprefix("special:"))
        if one.detector in {"secret", "digest", "password"} or (category and category.special != "none"):
            yield f"{field.name}: {one.detector.removeprefix('special:')} in {one.count} records; clean them first"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
