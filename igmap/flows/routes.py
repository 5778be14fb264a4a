"""Which purposes a field serves and whom a purpose reaches: as a person and the register said, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from igmap.policy.values import Open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igmap.inventory.decisions import DatasetBinding, Decisions
    from igmap.inventory.inventory import DatasetInventory, Field
    from igmap.policy import Policy

Status = Literal["declared", "open", "outside"]
OPEN = "(open)"
NO_PURPOSE = "(none)"
UNDECIDED = "(undecided)"


def personal_fields(dataset: DatasetInventory) -> Iterator[tuple[Field, str]]:
    """The fields that hold personal data or may hold them, each with its category."""
    for field in dataset.fields:
        if field.verdict == "undecided" and field.category == "none":
            yield field, UNDECIDED
        elif field.verdict != "none":
            yield field, field.category


def purposes_of(dataset: DatasetInventory, field: Field, decisions: Decisions) -> tuple[str, ...]:
    """The purposes declared for the field, else for its dataset; `OPEN` when nobody said, `NO_PURPOSE` when none."""
    decided = decisions.field(dataset.source, dataset.table, field.name)
    binding = decisions.binding(dataset.source, dataset.table)
    if decided and decided.purposes:
        return decided.purposes
    if binding is None or binding.purposes is None:
        return (OPEN,)
    return binding.purposes or (NO_PURPOSE,)


def purpose_status(category: str, purpose: str, policy: Policy | None) -> Status:
    """Whether the register names the category among those of the purpose."""
    if purpose == OPEN or (purpose != NO_PURPOSE and (policy is None or category == UNDECIDED)):
        return "open"
    stated = policy.purpose(purpose) if policy else None
    declared = stated.data_categories if stated else ()
    if isinstance(declared, Open):
        return "open"
    return "declared" if category in declared else "outside"


def recipients_of(
    purpose: str, binding: DatasetBinding | None, policy: Policy | None
) -> tuple[tuple[str, Status], ...]:
    """Who receives the data of a dataset for a purpose: those named for the dataset, else those the register names."""
    if binding and binding.recipients:
        return tuple((name, _recipient_status(name, purpose, policy)) for name in binding.recipients)
    if policy is None:
        return ((OPEN, "open"),)
    return tuple((one.id, "declared") for one in policy.recipients if purpose in one.purposes)


def _recipient_status(name: str, purpose: str, policy: Policy | None) -> Status:
    if policy is None or purpose == OPEN:
        return "open"
    recipient = policy.recipient(name)
    return "declared" if recipient and purpose in recipient.purposes else "outside"
