"""Relations: keys, kinships, persons, measures and data subjects of everything that was found."""

from collections.abc import Sequence

from igmap.inventory.inventory import Inventory
from igmap.inventory.kinships.keys import keys
from igmap.inventory.kinships.kinds import kinds
from igmap.inventory.kinships.measures import measures
from igmap.inventory.kinships.members import Group, Member, groups
from igmap.inventory.kinships.overlaps import Overlaps, overlaps
from igmap.inventory.kinships.persons import components, person_column
from igmap.inventory.kinships.relations import DatasetRelations, Kinship, Persons, Place, Relations
from igmap.inventory.kinships.subjects import subjects
from igmap.sources import Exports


def relate(exports: Exports, inventory: Inventory) -> Relations:
    """Say how the tables hang together, and who is in them.

    Args:
        exports: open tables; those of a server that is gone come out with nothing.
        inventory: what was found in them.

    Returns:
        Counts and shares; no value of any cell, and names as they may be shown.

    Example:
        >>> import pandas as pd
        >>> from igmap.inventory import discover
        >>> from igmap.sources import open_exports
        >>> mails = [f"p{i}@example.org" for i in range(5)]
        >>> tables = {"a": pd.DataFrame({"e-mail": mails}), "b": pd.DataFrame({"mail": mails[:4] * 3})}
        >>> with open_exports(tables) as exports:
        ...     kin = relate(exports, discover(exports)).kinships
        >>> [(one.first.field, one.second.field, one.first_share, one.second_share) for one in kin]
        [('e-mail', 'mail', 0.8, 1.0)]
    """
    held = groups(exports, inventory)
    members = {member.position: (number, member) for number, group in enumerate(held) for member in group.members}
    found = _overlaps(exports, held)
    places = {position: _place(held[number], member) for position, (number, member) in members.items()}
    categories = {position: member.field.category for position, (_, member) in members.items()}
    datasets = {position: number for position, (number, _) in members.items()}
    return Relations(
        tuple(_dataset(exports, group, found, datasets) for group in held),
        _kinships(found, places),
        tuple(
            Persons(tuple(places[one] for one in part), distinct) for part, distinct in components(found, categories)
        ),
        found.left_out,
    )


def _overlaps(exports: Exports, held: Sequence[Group]) -> Overlaps:
    members = [member for group in held for member in group.members]
    return overlaps(
        exports.engine,
        [(member.position, member.column, _category(member)) for member in members if _is_comparable(member)],
        tuples={member.position: member.told for member in members},
        titles={member.position: group.titles for group in held for member in group.members},
    )


def _category(member: Member) -> str | None:
    """The category by which a field is compared; None for what may be an id."""
    return member.field.category if member.field.category in kinds() else None


def _is_comparable(member: Member) -> bool:
    """Whether it is of a kind that is compared, or may be an id that nobody recognised."""
    field = member.field
    return field.category in kinds() or (field.category == "none" and not (field.free_text or field.secret))


def _place(group: Group, member: Member) -> Place:
    return Place(group.inventory.source, group.inventory.table, member.name)


def _kinships(found: Overlaps, places: dict[int, Place]) -> tuple[Kinship, ...]:
    return tuple(
        Kinship(
            places[pair.first],
            places[pair.second],
            pair.kind,
            pair.shared,
            pair.first_distinct,
            pair.second_distinct,
            round(pair.first_share, 6),
            round(pair.second_share, 6),
            pair.by_chance,
            pair.ground,
        )
        for pair in found.pairs
    )


def _dataset(exports: Exports, group: Group, found: Overlaps, datasets: dict[int, int]) -> DatasetRelations:
    of, source = group.inventory, group.located.dataset
    if not group.members:
        return DatasetRelations(of.source, of.table, source.parsed, source.quarantined)
    found_keys, not_tried = keys(exports.engine, group)
    person = person_column(group, found, datasets)
    found_measures, not_measured = measures(exports.engine, group, person)
    return DatasetRelations(
        source=of.source,
        table=of.table,
        rows=source.parsed,
        quarantined=source.quarantined,
        keys=found_keys,
        person=person,
        subjects=subjects(group),
        measures=found_measures,
        not_measured=not_measured,
        not_tried=not_tried,
    )
