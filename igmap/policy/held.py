"""What all rules of one check look at, worked out once: datasets, bindings and purposes as they belong together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.labels import Located, shown
from igmap.policy.register import Policy, Purpose
from igmap.sources.exports import Exports

Personal = tuple[DatasetInventory, tuple[Field, ...]]
Bound = tuple[DatasetInventory, tuple[Field, ...], DatasetBinding]
Purposes = dict[tuple[str, str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """Inventory, register and decisions with what follows from them.

    Args:
        inventory: what was found.
        policy: the register with a person's answers in it; None when there is none.
        decisions: what a person confirmed.
        exports: the tables, when they are open.
        personal: every dataset with its personal fields, datasets without any left out.
        bindings: what a person declared about each of them, by source and table; those without are not there.
        bound: those of which a person declared the purposes, and be it as none.
        purposeless: those that serve no purpose: not declared, or declared as none.
        decided: the purposes a person declared for single fields, by source, table and name.
        located: the open tables by the source and table the inventory shows.
        content: the register as plain values; a key that it does not mention is not there.
        called: purposes by their ids.
    """

    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    exports: Exports | None
    personal: tuple[Personal, ...]
    bindings: Mapping[tuple[str, str], DatasetBinding]
    bound: tuple[Bound, ...]
    purposeless: tuple[DatasetInventory, ...]
    decided: Purposes
    located: Mapping[tuple[str, str], Located]
    content: Any
    called: Mapping[str, Purpose]

    def named(self, ids: tuple[str, ...]) -> tuple[Purpose, ...]:
        """The purposes of these ids, in the order of the register."""
        if len(ids) == 1:
            one = self.called.get(ids[0])
            return (one,) if one else ()
        return tuple(purpose for purpose in self.called.values() if purpose.id in ids)


def held_together(
    inventory: Inventory, policy: Policy | None, decisions: Decisions, exports: Exports | None = None
) -> Held:
    """Work out what belongs together, once for all rules.

    Args:
        inventory: what was found.
        policy: the register with a person's answers in it.
        decisions: what a person confirmed.
        exports: the tables, when they are open.
    """
    found = (
        (d, tuple(f for f in d.fields if f.verdict == "found" and f.category != "none")) for d in inventory.datasets
    )
    personal = tuple((dataset, fields) for dataset, fields in found if fields)
    decided = _decided(personal, decisions)
    bindings = {(d.source, d.table): b for d, _ in personal if (b := decisions.binding(d.source, d.table))}
    sought = ((d, fields, bindings.get((d.source, d.table))) for d, fields in personal)
    bound = tuple((d, fields, b) for d, fields, b in sought if b is not None and b.purposes is not None)
    return Held(
        inventory,
        policy,
        decisions,
        exports,
        personal,
        bindings,
        bound,
        _purposeless(personal, bound, decided),
        decided,
        {(place.source, place.table): place for place in shown(exports)} if exports else {},
        policy.model_dump(mode="json", by_alias=True, exclude_unset=True) if policy else {},
        {purpose.id: purpose for purpose in policy.purposes} if policy else {},
    )


def _decided(personal: tuple[Personal, ...], decisions: Decisions) -> Purposes:
    if not decisions.fields:
        return {}
    taken = {
        (dataset.source, dataset.table, field.name): decisions.field(dataset.source, dataset.table, field.name)
        for dataset, fields in personal
        for field in fields
    }
    return {place: decision.purposes for place, decision in taken.items() if decision and decision.purposes}


def _purposeless(
    personal: tuple[Personal, ...], bound: tuple[Bound, ...], decided: Purposes
) -> tuple[DatasetInventory, ...]:
    serving = {
        (d.source, d.table)
        for d, fields, b in bound
        if b.purposes or all((d.source, d.table, f.name) in decided for f in fields)
    }
    return tuple(d for d, _ in personal if (d.source, d.table) not in serving)
