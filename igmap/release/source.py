"""The source of a release, as far as the verifier asks about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.engine.protocol import RECORD
from igmap.inventory import locate
from igmap.release.staged import Staged, one_person
from igmap.sources import Exports


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the exports.

    Args:
        engine: holds it.
        table: its name there.
        columns: engine column by field.
        person: the engine column that tells persons apart; None when each record is a person.
        rows: its records.
        sha256: of the file.
        prepared: what transformations made of some of its columns, by `record`.
    """

    engine: Engine
    table: str
    columns: Mapping[str, str]
    person: str | None
    rows: int
    sha256: str
    prepared: pl.DataFrame | None = None

    def persons(self) -> pl.DataFrame:
        """The `record` and `person` of every record; persons differ by more than capitals and outer spaces."""
        if self.person is None:  # record numbers have gaps where records are quarantined
            records = _frame(self.engine.distinct(self.table, [RECORD]))
            return records.select("record", person=pl.col("record").cast(pl.String))
        people = _frame(self.engine.distinct(self.table, [RECORD, self.person]))
        return people.select("record", person=one_person(self.person))

    def counts(self, fields: Sequence[str]) -> pl.DataFrame:
        """The distinct tuples of some fields, numbered 0, 1 and so on, with their `rows` and `persons`."""
        columns = [self.columns[field] for field in fields]
        counted = _frame(self.engine.distinct(self.table, columns, person=self.person))
        return counted.select(*(pl.col(column).alias(str(i)) for i, column in enumerate(columns)), "rows", "persons")

    def pairs(self, field: str) -> pl.DataFrame:
        """How many `persons` have each `value` of a field; without a person key every record is a person."""
        if self.person is None:
            counted = _frame(self.engine.distinct(self.table, [self.columns[field]]))
            return counted.select(value=self.columns[field], persons="rows")
        people = _frame(self.engine.distinct(self.table, [self.columns[field], self.person]))
        pairs = people.select(one_person(self.person).alias("person"), value=self.columns[field]).unique()
        return pairs.group_by("value").agg(persons=pl.len())

    def told(self, fields: Sequence[str]) -> pl.DataFrame:
        """The different tuples of fields of each `person`, under the fields' own names."""
        columns = [self.columns[field] for field in fields]
        people = _frame(self.engine.distinct(self.table, [*columns, self.person or RECORD]))
        named = {field: pl.col(column) for field, column in zip(fields, columns, strict=True)}
        return people.select(one_person(self.person or RECORD).alias("person"), **named)

    def cells(self, field: str, records: pl.Series) -> pl.Series:
        """The value of a field in each of some records, in their order, as transformations left it."""
        if self.prepared is not None and field in self.prepared.columns:
            known = self.prepared.select(RECORD, field)
            return records.rename(RECORD).to_frame().join(known, on=RECORD, how="left", maintain_order="left")[field]
        values = _frame(self.engine.distinct(self.table, [RECORD, self.columns[field]]))
        asked = records.rename(RECORD).to_frame()
        return asked.join(values, on=RECORD, how="left", maintain_order="left")[self.columns[field]]


def read_source(exports: Exports, staged: Staged) -> Source:
    """The source that the plan of a release names.

    Raises:
        SourceError: it is not among the exports.
    """
    located = locate(exports, staged.plan["source"], staged.plan["table"])
    dataset = located.dataset
    columns = {name: column.column for name, column in located.columns.items() if column.table == dataset.name}
    person = columns[staged.plan["person_key"]] if staged.plan["person_key"] else None
    rows = exports.engine.describe(dataset.name)[0]
    return Source(exports.engine, dataset.name, columns, person, rows, dataset.sha256, staged.prepared)


def _frame(table: pa.Table) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(table))
