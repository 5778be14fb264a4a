"""A register beside what was found: what is in one and not in the other."""

from collections.abc import Iterator
from typing import NamedTuple

from igmap.inventory import Decisions, Inventory
from igmap.inventory.labels import titled
from igmap.policy.answers import answered, open_values
from igmap.policy.register import Policy
from igmap.policy.values import Open
from igmap.report import Table, text
from igmap.vocabulary import CATEGORIES


class Difference(NamedTuple):
    """What differs.

    Args:
        kind: key of the text that says how.
        name: id of the category, purpose or recipient.
        places: datasets, or the purpose that a category belongs to.
    """

    kind: str
    name: str
    places: tuple[str, ...] = ()

    def label(self, policy: Policy, lang: str) -> str:
        """What it is called, beside its id where it has another name."""
        known = policy.purpose(self.name) or policy.recipient(self.name)
        said = (
            getattr(CATEGORIES[self.name], lang)
            if self.name in CATEGORIES
            else getattr(known.label, lang)
            if known
            else ""
        )
        return f"{said} ({self.name})" if said and said != self.name else self.name


def compare(policy: Policy, inventory: Inventory, decisions: Decisions) -> list[Difference]:
    """Everything that register and findings do not have in common.

    Args:
        policy: the register; answers of decisions.yaml to what it leaves open are taken in.
        inventory: what was found; only what is certain counts.
        decisions: which dataset serves which purpose and goes to whom.
    """
    policy = _answered(policy, decisions)
    return [
        *_categories(policy, inventory, decisions),
        *_purposes(policy, inventory, decisions),
        *_recipients(policy, decisions),
    ]


def _answered(policy: Policy, decisions: Decisions) -> Policy:
    """The register with those answers that are to something it leaves open: they may be of another register."""
    asked = {one.path for one in open_values(policy)}
    fitting = tuple(one for one in decisions.values if one.path in asked)
    return answered(policy, decisions.model_copy(update={"values": fitting}))


def _found(inventory: Inventory) -> dict[str, list[str]]:
    """The datasets of every category that was found."""
    places: dict[str, list[str]] = {}
    for dataset in inventory.datasets:
        for category in dict.fromkeys(
            field.category for field in dataset.fields if field.verdict == "found" and field.category != "none"
        ):
            places.setdefault(category, []).append(titled(dataset.source, dataset.table))
    return places


def _stated(policy: Policy) -> dict[str, set[str]]:
    """The categories of every purpose that lists them."""
    return {one.id: set(one.data_categories) for one in policy.purposes if not isinstance(one.data_categories, Open)}


def _categories(policy: Policy, inventory: Inventory, decisions: Decisions) -> Iterator[Difference]:
    stated = _stated(policy)
    registered = {category for listed in stated.values() for category in listed}
    for category, places in sorted(_found(inventory).items()):
        if category not in registered:
            yield Difference("category_unregistered", category, tuple(places))
    elsewhere: dict[str, list[str]] = {}
    for dataset in inventory.datasets:
        binding = decisions.binding(dataset.source, dataset.table)
        bound = (binding.purposes or ()) if binding else ()
        if bound and all(name in stated for name in bound):
            allowed = {category for name in bound for category in stated[name]}
            found = {field.category for field in dataset.fields if field.verdict == "found"} & registered
            for category in sorted(found - allowed):
                elsewhere.setdefault(category, []).append(titled(dataset.source, dataset.table))
    yield from (
        Difference("category_elsewhere", category, tuple(places)) for category, places in sorted(elsewhere.items())
    )


def _purposes(policy: Policy, inventory: Inventory, decisions: Decisions) -> Iterator[Difference]:
    found, stated = set(_found(inventory)), _stated(policy)
    used = {name for binding in decisions.datasets for name in binding.purposes or ()}
    used |= {name for field in decisions.fields for name in field.purposes}
    for purpose in policy.purposes:
        if purpose.id not in stated:
            yield Difference("purpose_open", purpose.id)
        elif stated[purpose.id] and not stated[purpose.id] & found:
            yield Difference("purpose_unfound", purpose.id)
        if decisions.datasets and purpose.id not in used:
            yield Difference("purpose_unbound", purpose.id)
    yield from (Difference("purpose_unregistered", name) for name in sorted(used - {one.id for one in policy.purposes}))


def _recipients(policy: Policy, decisions: Decisions) -> Iterator[Difference]:
    named: dict[str, list[str]] = {}
    for binding in decisions.datasets:
        for name in binding.recipients:
            named.setdefault(name, []).append(binding.id)
    known = {one.id for one in policy.recipients}
    yield from (
        Difference("recipient_unregistered", name, tuple(places))
        for name, places in sorted(named.items())
        if name not in known
    )
    if decisions.datasets:
        yield from (Difference("recipient_unused", one.id) for one in policy.recipients if one.id not in named)


def difference_table(differences: list[Difference], policy: Policy, lang: str) -> Table:
    """The differences as a table, in Dutch or English."""
    heads = tuple(text(f"compare.{key}", lang) for key in ("what", "name", "where"))
    rows = tuple((text(f"compare.{one.kind}", lang), one.label(policy, lang), one.places) for one in differences)
    return Table(heads, rows, text("compare.caption", lang, count=len(rows)))
