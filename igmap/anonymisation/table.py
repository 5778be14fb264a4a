"""A planned table as it lies in the engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from igmap.anonymisation.plan import LinkedTable, PlannedColumn
from igmap.errors import PlanError, nearest
from igmap.inventory import locate
from igmap.sources import Exports


@dataclass(frozen=True, slots=True)
class Table:
    """A planned table as it lies in the engine.

    Args:
        planned: what becomes of it.
        name: the engine's table.
        columns: engine column by field.
        rows: records.
    """

    planned: LinkedTable
    name: str
    columns: Mapping[str, str]
    rows: int

    @property
    def person(self) -> str | None:
        """The engine column that tells persons apart; None when each record is a person."""
        return self.columns[self.planned.person_key] if self.planned.person_key else None

    @property
    def quasi(self) -> tuple[str, ...]:
        """The engine columns of the quasi-identifiers."""
        return tuple(self.columns[column.field] for column in self.planned.quasi_identifiers)

    @property
    def follows(self) -> dict[int, int]:
        """Place of a quasi-identifier by the place of the one that it follows."""
        fields = [column.field for column in self.planned.quasi_identifiers]
        return {
            place: fields.index(column.follows)
            for place, column in enumerate(self.planned.quasi_identifiers)
            if column.follows
        }

    def source_of(self, column: PlannedColumn) -> str:
        """The engine column of a planned one."""
        return self.columns[column.field]


def planned_table(exports: Exports, planned: LinkedTable) -> Table:
    """The table that a plan names.

    Raises:
        PlanError: the plan names a column that is not there, or the table holds no records.
    """
    located = locate(exports, planned.source, planned.table)
    columns = {name: column.column for name, column in located.columns.items() if column.table == located.dataset.name}
    wanted = [column.field for column in planned.kept] + ([planned.person_key] if planned.person_key else [])
    for name in wanted:
        if name not in columns:
            raise PlanError(
                f"{planned.source}: no column {name!r}{nearest(name, columns)}; inventory and plan must agree"
            )
    if not located.dataset.parsed:
        raise PlanError(f"{planned.source}: holds no records; there is nothing to anonymise")
    return Table(planned, located.dataset.name, columns, located.dataset.parsed)
