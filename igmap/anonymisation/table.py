"""A planned table as it lies in the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from igmap.anonymisation.plan import LinkedTable, PlannedColumn, Settings
from igmap.anonymisation.transforming import ReleaseKey, SourceTable, prepare
from igmap.engine.deriving import BEFORE
from igmap.errors import PlanError, nearest
from igmap.inventory import locate
from igmap.sources import Exports

if TYPE_CHECKING:
    from igmap.inventory.people.known import Known


@dataclass(frozen=True, slots=True)
class Table:
    """A planned table as it lies in the engine.

    Args:
        planned: what becomes of it.
        name: the engine's table.
        columns: engine column by field.
        rows: records.
        person: the engine column that tells persons apart; None when each record is a person.
        prepared: engine columns of the released fields that were transformed.
    """

    planned: LinkedTable
    name: str
    columns: Mapping[str, str]
    rows: int
    person: str | None = None
    prepared: Mapping[str, str] = field(default_factory=dict)

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


def planned_table(exports: Exports, planned: LinkedTable, key: ReleaseKey, *, sample: float = 1.0) -> Table:
    """The table that a plan names, as its transformations leave it.

    Args:
        exports: hold it.
        planned: what becomes of it.
        key: of the release, for what is drawn.
        sample: share of the persons that is taken, 0-1.

    Raises:
        PlanError: the plan names a column that is not there, the table holds no records, or a step cannot be taken.
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
    person = columns[planned.person_key] if planned.person_key else None
    table = Table(planned, located.dataset.name, columns, located.dataset.parsed, person)
    steps = {columns[column.field]: column.transform for column in planned.kept if column.transform}
    return _prepared(exports, table, steps, key, sample) if steps or sample < 1 else table


def _prepared(
    exports: Exports, table: Table, steps: Mapping[str, Sequence[Settings]], key: ReleaseKey, sample: float
) -> Table:
    fields = {column: name for name, column in table.columns.items()}
    source = SourceTable(table.name, table.person, fields, _looked_for(exports, steps))
    made = prepare(exports.engine, source, steps, key, sample=sample)
    person = f"{BEFORE}{table.person}" if table.person in steps else table.person
    if not made.rows:
        raise PlanError(f"{table.planned.source}: the sample holds nobody; take a larger share of the persons")
    prepared = {fields[column]: column for column in steps}
    return replace(table, name=made.table, rows=made.rows, person=person, prepared=prepared)


def _looked_for(exports: Exports, steps: Mapping[str, Sequence[Settings]]) -> "Known | None":
    """The persons of the workspace's tables, when a text is redacted in which they may be named."""
    if not any("redact" in step for taken in steps.values() for step in taken):
        return None
    from igmap.inventory.people.known.tabled import persons_of

    return persons_of(exports)
