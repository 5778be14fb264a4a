"""The source of a release, as far as the verifier asks about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.engine.protocol import RECORD
from igmap.errors import SourceError, nearest
from igmap.inventory import locate
from igmap.release.coded import Coded, coded, encoded, joined, places
from igmap.release.staged import Staged, one_person
from igmap.sources import Exports

PERSON = "\0person"  # no exported column can be called so
UNLIKELY = 5.0  # standard deviations


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the exports; what was read of it is kept, as numbers of its different values.

    Args:
        engine: holds it.
        table: its name there.
        columns: engine column by field.
        person: the engine column that tells persons apart; None when each record is a person.
        rows: its records, of the persons that were drawn.
        sha256: of the file.
        prepared: what transformations made of some of its columns, by `record`.
        sampled: the records of the persons that were drawn; None when nobody was left out.
        read: columns that were read, by engine column, in the order of records.
        listed: all `record`s in order, and the `person` of each, once they were asked for; and where those lie that
            were `asked` about last.
    """

    engine: Engine
    table: str
    columns: Mapping[str, str]
    person: str | None
    rows: int
    sha256: str
    prepared: pl.DataFrame | None = None
    sampled: pl.Series | None = None
    read: dict[str, Coded] = field(default_factory=dict, compare=False, repr=False)
    listed: dict[str, pl.Series] = field(default_factory=dict, compare=False, repr=False)

    def persons(self) -> pl.DataFrame:
        """The `record` and `person` of every record; persons differ by more than capitals and outer spaces."""
        if "person" not in self.listed:
            self.listed["person"] = self._persons()
        return pl.DataFrame({RECORD: self.records, "person": self.listed["person"]})

    def _persons(self) -> pl.Series:
        if self.person is None:  # record numbers have gaps where records are quarantined
            return self.records.cast(pl.String)
        column = self._column(self.person)
        names = column.values.to_frame("person").select(one_person("person")).to_series()
        return names.gather(column.codes)

    @property
    def records(self) -> pl.Series:
        """All records, in order."""
        if RECORD not in self.listed:
            self.listed[RECORD] = self.every()[RECORD].sort()
        return self.listed[RECORD]

    def known(self) -> pl.DataFrame:
        """The `record` and `person` of every record whose cells are told as transformations left them."""
        people = self.persons()
        return people if self.prepared is None else self._drawn(people)

    def counts(self, fields: Sequence[str]) -> pl.DataFrame:
        """The distinct tuples of some fields, numbered 0, 1 and so on, with their `rows` and `persons`."""
        if self._changed(fields):
            names = {field: str(place) for place, field in enumerate(fields)}
            people = [pl.len().alias("rows"), pl.col(PERSON).n_unique().alias("persons")]
            return self._frame(fields).rename(names).group_by(list(names.values())).agg(people)
        if len(fields) == 1 and self.person is None:
            return self._counted(fields[0], "0").with_columns(persons="rows")
        columns = [self.columns[field] for field in fields]
        counted = _frame(self.engine.distinct(self.table, columns, person=self.person))
        return counted.select(*(pl.col(column).alias(str(i)) for i, column in enumerate(columns)), "rows", "persons")

    def pairs(self, field: str) -> pl.DataFrame:
        """How many `persons` have each `value` of a field; without a person key every record is a person."""
        if self._changed([field]):
            different = self._frame([field]).select(PERSON, value=field).unique()
            return different.group_by("value").agg(persons=pl.len())
        if self.person is None:
            return self._counted(field, "value").rename({"rows": "persons"})
        people = _frame(self.engine.distinct(self.table, [self.columns[field], self.person]))
        pairs = people.select(one_person(self.person).alias("person"), value=self.columns[field]).unique()
        return pairs.group_by("value").agg(persons=pl.len())

    def told(self, fields: Sequence[str]) -> pl.DataFrame:
        """The different tuples of fields of each `person`, under the fields' own names."""
        if self._changed(fields):
            return self._frame(fields).rename({PERSON: "person"}).select("person", *fields).unique()
        columns = [self.columns[field] for field in fields]
        people = _frame(self.engine.distinct(self.table, [*columns, self.person or RECORD]))
        named = {field: pl.col(column) for field, column in zip(fields, columns, strict=True)}
        return people.select(one_person(self.person or RECORD).alias("person"), **named)

    def cells(self, field: str, records: pl.Series) -> pl.Series:
        """The value of a field in each of some records, in their order, as transformations left it."""
        return self.coded(field, records).cells

    def raw(self, field: str, records: pl.Series) -> Coded:
        """The value of a field in each of some records, in their order, as the exports have it."""
        return self._column(self.columns[field]).at(self._places(records))

    def coded(self, field: str, records: pl.Series) -> Coded:
        """The same as `cells`, by number."""
        if self.prepared is None or field not in self.prepared.columns:
            return self.raw(field, records)
        told = self.prepared.select(RECORD, field).sort(RECORD)
        return coded(told[field]).at(places(told[RECORD], records))

    def _places(self, records: pl.Series) -> pl.Series:
        """The place of each of some records, kept for the next field that is asked of the same ones."""
        if self.listed.get("asked") is not records:
            self.listed.update(asked=records, places=places(self.records, records))
        return self.listed["places"]

    def _column(self, column: str) -> Coded:
        """A column of the engine, as the exports have it, in the order of records."""
        if column not in self.read:
            self.read[column] = self._in_order(column)
        return self.read[column]

    def _in_order(self, column: str) -> Coded:
        read = self.engine.rows(self.table, [column])
        parts = [(batch.column(0), encoded(batch.column(1))) for batch in read]
        whole = joined([cells for _, cells in parts])
        if not parts:
            return whole
        records = pl.Series(pl.from_arrow(pa.chunked_array([numbers for numbers, _ in parts])))
        return whole if records.is_sorted() else whole.at(records.arg_sort())

    @property
    def person_field(self) -> list[str]:
        """The field that tells persons apart, if there is one."""
        return [field for field, column in self.columns.items() if column == self.person]

    @property
    def who(self) -> pl.Expr:
        """Whose a record is, in a frame of engine columns; without a person key every record is a person."""
        return pl.col(RECORD).cast(pl.String) if self.person is None else one_person(self.person)

    def every(self, *fields: str, among: pl.Series | None = None) -> pl.DataFrame:
        """The `record` and fields of all records, or of some, under the engine's names."""
        columns, asked = [self.columns[field] for field in fields], None if among is None else among.to_arrow()
        return _frame(pa.Table.from_batches(self.engine.rows(self.table, columns, asked), _texts(columns)))

    def between(self, field: str) -> pl.DataFrame | None:
        """`record`, `person`, and the cell of a field `before` and `after` its steps; None where these are not told."""
        people = self._drawn(self.persons())
        if self.prepared is None or field not in self.prepared.columns:
            return None
        told = self.prepared.select(RECORD, field)
        if told.height != people.height or not people[RECORD].is_in(told[RECORD].implode()).all():
            return None
        both = people.with_columns(self.raw(field, people[RECORD]).cells.alias("before"))
        return both.join(told.rename({field: "after"}), on=RECORD)

    def persons_not_whole(self, share: float) -> int:
        """Persons of whom some records were drawn and others not, and by how many more or less than chance allows.

        A record whose person is blank is drawn by itself.
        """
        if self.sampled is None:
            return 0
        who = pl.coalesce("person", pl.format("\0{}", RECORD))
        drawn = pl.col(RECORD).is_in(self.sampled.implode())
        people = self.persons().select(who=who, drawn=drawn)  # once for all: groups would each look it up anew
        each = people.group_by("who").agg(pl.col("drawn").cast(pl.Float64).mean())["drawn"]
        torn = int(((each > 0) & (each < 1)).sum()) + len(self.sampled) - int(people["drawn"].sum())
        expected, spread = share * len(each), (share * (1 - share) * len(each)) ** 0.5
        beyond = abs(int((each > 0).sum()) - expected) - UNLIKELY * spread - 1
        return int(torn + max(round(beyond), 0))

    def _counted(self, field: str, name: str) -> pl.DataFrame:
        """The values of a field, as the exports have it, with their `rows`, the most frequent first."""
        rows = self._column(self.columns[field]).rows(name)
        return rows.sort(["rows", name], descending=[True, False], nulls_last=True)

    def _changed(self, fields: Sequence[str]) -> bool:
        """Whether these are not the fields of the exports as they stand there."""
        prepared = set() if self.prepared is None else set(self.prepared.columns)
        return self.sampled is not None or not prepared.isdisjoint(fields)

    def _drawn(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame if self.sampled is None else frame.filter(pl.col(RECORD).is_in(self.sampled.implode()))

    def _frame(self, fields: Sequence[str]) -> pl.DataFrame:
        """The records of the persons that were drawn: who they are of, and fields as transformations left them."""
        people = self._drawn(self.persons()).rename({"person": PERSON})
        return people.with_columns(self.cells(field, people[RECORD]).alias(field) for field in dict.fromkeys(fields))


def read_source(exports: Exports, staged: Staged) -> Source:
    """The source that the plan of a release names.

    Raises:
        SourceError: it is not among the exports.
    """
    source = open_source(exports, staged.plan["source"], staged.plan["table"], staged.plan["person_key"])
    rows = source.rows if staged.sampled is None else len(staged.sampled)
    return replace(source, rows=rows, prepared=staged.prepared, sampled=staged.sampled)


def open_source(exports: Exports, file: str, table: str, person_key: str | None) -> Source:
    """A table of the exports as it stands there.

    Raises:
        SourceError: there is no such table, or it has no such person key.
    """
    located = locate(exports, file, table)
    dataset = located.dataset
    columns = {name: column.column for name, column in located.columns.items() if column.table == dataset.name}
    if person_key and person_key not in columns:
        raise SourceError(f"{dataset.source}: no column {person_key!r}{nearest(person_key, columns)}")
    person = columns[person_key] if person_key else None
    rows = exports.engine.describe(dataset.name)[0]
    return Source(exports.engine, dataset.name, columns, person, rows, dataset.sha256)


def _texts(columns: Sequence[str]) -> pa.Schema:
    return pa.schema([(RECORD, pa.int64()), *((column, pa.string()) for column in columns)])


def _frame(table: pa.Table) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(table))
