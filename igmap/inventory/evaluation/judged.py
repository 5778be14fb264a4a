"""Truth beside verdict, field by field; and what has no counterpart."""

from collections.abc import Iterable
from dataclasses import dataclass

from igmap.inventory.evaluation.truth import Place, Truth
from igmap.inventory.inventory import Field, Inventory
from igmap.inventory.labels import shown
from igmap.sources import Exports


@dataclass(frozen=True, slots=True)
class Judgement:
    """One field: what it is, and what discovery says of it.

    Args:
        truth: what it is.
        shown: file, table and field under the names that may be shown.
        field: the verdict, under whatever name it was judged by.
    """

    truth: Truth
    shown: Place
    field: Field

    @property
    def right(self) -> bool:
        """Whether the category is right; an undecided field is right when nothing is in it."""
        return self.field.category == self.truth.category


@dataclass(frozen=True, slots=True)
class Judged:
    """Every field with truth, the truth rows that no field answers to, and the fields without truth."""

    judgements: tuple[Judgement, ...]
    unmatched: tuple[Place, ...]
    untold: tuple[Place, ...]


def judged(exports: Exports, inventory: Inventory, truth: Iterable[Truth]) -> Judged:
    """Hold an inventory against the truth; fields are known by the names the export prints, or as they are shown.

    Args:
        exports: what the inventory was made of.
        inventory: of those exports, in their order.
        truth: a row per field.
    """
    told = {row.place: row for row in truth}
    fields: list[tuple[Place, Place, Field]] = []
    for located, dataset in zip(shown(exports), inventory.datasets, strict=True):
        source = located.dataset
        fields += [
            ((source.source, source.table, column.name), (located.source, located.table, name), field)
            for (name, column), field in zip(located.columns.items(), dataset.fields, strict=False)
        ]
    known = {own: told.get(own) or told.get(seen) for own, seen, _ in fields}
    used = {row.place for row in known.values() if row}
    return Judged(
        tuple(Judgement(row, seen, field) for own, seen, field in fields if (row := known[own])),
        tuple(place for place in told if place not in used),
        tuple(seen for own, seen, _ in fields if not known[own]),
    )
