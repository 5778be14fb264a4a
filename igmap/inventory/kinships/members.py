"""The fields of a dataset, the verdict on each, and how far each tells rows apart: what all that follows works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from igmap.engine import Engine, Tuples
from igmap.errors import SourceError
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.kinships.candidates import distinct_of
from igmap.inventory.labels import Located, shown
from igmap.sources import Column, Exports


@dataclass(frozen=True, slots=True)
class Member:
    """A field.

    Args:
        position: among all fields of all datasets.
        name: as it may be shown.
        column: where the engine has it.
        field: the verdict on it.
        told: how far it tells the rows of its table apart.
    """

    position: int
    name: str
    column: Column
    field: Field
    told: Tuples

    @property
    def distinct(self) -> int:
        """Different values, the blank one not counted."""
        return distinct_of(self.told)

    @property
    def unique(self) -> bool:
        """Whether no two records are the same in it, and none is blank."""
        return self.told.rows == self.told.distinct > 1 and not self.told.blank

    @property
    def filled(self) -> float:
        """Share of the records that have a value, 0-1."""
        return 1 - self.told.blank / self.told.rows if self.told.rows else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """A dataset with its members; none when it could not be read, or its server is gone."""

    located: Located
    inventory: DatasetInventory
    members: tuple[Member, ...]

    @property
    def own(self) -> tuple[Member, ...]:
        """The fields of its records; those of the items of an array are left out."""
        return tuple(member for member in self.members if member.column.table == self.located.dataset.name)

    @property
    def titles(self) -> tuple[str, str]:
        """The names of table and file, as the export has them, without the folder."""
        return self.located.dataset.table, self.located.dataset.source.rpartition("/")[2]


def groups(exports: Exports, inventory: Inventory) -> tuple[Group, ...]:
    """Every dataset of the inventory with its fields, each counted once.

    Args:
        exports: open tables.
        inventory: what was found in them.
    """
    judged = {(dataset.source, dataset.table): dataset for dataset in inventory.datasets}
    found: list[Group] = []
    position = 0
    for located in shown(exports):
        dataset = judged.get((located.source, located.table))
        if dataset is None:
            continue
        counted = _counted(exports.engine, list(located.columns.values())) if dataset.fields else {}
        named = zip(located.columns.items(), dataset.fields, strict=False)
        members = [
            Member(position + place, name, column, field, counted[column.table, column.column])
            for place, ((name, column), field) in enumerate(named)
            if (column.table, column.column) in counted
        ]
        position += len(located.columns)
        found.append(Group(located, dataset, tuple(members)))
    return tuple(found)


def _counted(engine: Engine, columns: Sequence[Column]) -> Mapping[tuple[str, str], Tuples]:
    """How far each column tells rows apart; nothing when the server is gone."""
    counted: dict[tuple[str, str], Tuples] = {}
    try:
        for table in dict.fromkeys(column.table for column in columns):
            names = [column.column for column in columns if column.table == table]
            told = engine.tuples(table, [[name] for name in names])
            counted |= {(table, name): one for name, one in zip(names, told, strict=True)}
    except SourceError:
        return {}
    return counted
