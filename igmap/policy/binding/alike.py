"""Datasets that resemble one that is bound: the same columns, the same known export, or an attachment of it."""

from collections.abc import Sequence

from igmap.inventory.decisions import DatasetBinding
from igmap.policy.binding.known import Known, Sight
from igmap.policy.binding.proposal import PARTS, Part, Reason

SAME = 0.8  # of all columns of both that are in both


def kin_of(sight: Sight, known: Known) -> tuple[DatasetBinding, Reason] | None:
    """The binding of the bound dataset that it resembles most, with how."""
    for reason, other in _alike(sight, [one for one in known.sights if one.key in known.bound]):
        binding = known.bound[other.key]
        return binding, {**reason, "like": other.dataset.source, "binding": binding.id}
    return None


def _alike(sight: Sight, others: Sequence[Sight]) -> list[tuple[Reason, Sight]]:
    found: list[tuple[float, Reason, Sight]] = []
    names = set(sight.names)
    for other in others:
        held = set(other.names)
        if other.key == sight.key or not held:
            continue
        share = len(names & held) / len(names | held)
        if sight.dataset.source.startswith(f"{other.dataset.source}/"):
            found.append((3.0, {"code": "attached"}, other))
        elif share >= SAME and len(names) > 1:
            found.append((1.0 + share, {"code": "same_columns", "share": share}, other))
        elif sight.profile and sight.profile == other.profile:
            found.append((share, {"code": "same_profile", "profile": sight.profile}, other))
    return [(reason, other) for _, reason, other in sorted(found, key=lambda one: -one[0])]


def container_of(sight: Sight, known: Known) -> Sight | None:
    """The dataset whose attachment it is, such as the mailbox it was sent to."""
    within = (other for other in known.sights if sight.dataset.source.startswith(f"{other.dataset.source}/"))
    return next(within, None)


def parts_of(binding: DatasetBinding, sight: Sight, reason: Reason) -> dict[str, Part]:
    """The parts of a binding as proposals for another dataset; columns only where it has them."""
    names = set(sight.names)
    parts = {name: Part(getattr(binding, name), (reason,)) for name in PARTS}
    if binding.person_key not in names:
        del parts["person_key"]
    if not binding.start_columns or not set(binding.start_columns.values()) <= names:
        del parts["start_columns"]
    return parts
