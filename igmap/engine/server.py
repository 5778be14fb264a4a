"""An engine for tables that live on servers: it counts there, and lets another engine do what a server cannot.

A server is asked for distinct values, tuples and their counts; where values of columns are compared, the distinct ones
are copied. Questions about record numbers, about who is the same person (small letters of all alphabets, which servers
spell by their locale), and all that makes a new table are for the local engine: the table is copied there when needed.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from igmap.engine.made_here import MadeHere
from igmap.engine.protocol import RECORD, Dated, Engine, Part, Pick, Profile, Scan, Shared, Sought, Tuples, Valued
from igmap.errors import EngineError, IgmapError, SourceError

if TYPE_CHECKING:
    from igmap.engine.server_table import ServerTable
    from igmap.engine.snapshot import Snapshot

IN_MEMORY_BYTES = 16_000_000  # of the distinct values of a column; more of them wait on disk
MISSING = 'a package for databases is missing; run: pip install "igmap[db]"'


class ServerEngine(MadeHere):
    """Answers for the tables that were attached, and hands every other question to the local engine.

    Args:
        local: holds the tables of files, and copies of server tables where need be.
        staging: folder for values on their way; they lie there without a name, so that none can stay behind.
    """

    def __init__(self, local: Engine, staging: Path) -> None:
        """Attach nothing yet."""
        self._local = local
        self._staging = staging
        self._tables: dict[str, ServerTable] = {}
        self._rows: dict[str, int] = {}
        self._snapshots: list[Snapshot] = []
        self._valued: set[str] = set()

    def connect(self, url: str, *, password: str | None, timeout_seconds: int) -> "Snapshot":
        """A snapshot of a database, which ends when the engine is closed.

        Raises:
            SourceError: a package is missing, or the server cannot be reached or refuses.
        """
        try:
            from igmap.engine.snapshot import open_snapshot

            snapshot = open_snapshot(url, password=password, timeout_seconds=timeout_seconds)
        except ModuleNotFoundError:
            raise SourceError(MISSING) from None
        self._snapshots.append(snapshot)
        return snapshot

    def attach(self, name: str, table: "ServerTable") -> None:
        """Answer for a table on a server under an engine's name."""
        self._rows[name] = table.count_texts()
        self._tables[name] = table

    def load(self, name: str, reader: pa.RecordBatchReader, *, items: bool = False) -> None:
        """Take in a table locally."""
        self._local.load(name, reader, items=items)

    def scan(self, name: str, scan: Scan) -> int:
        """Take in a file where it lies, locally."""
        return self._local.scan(name, scan)

    def union(self, name: str, parts: Sequence[Part]) -> None:
        """Several local tables as one: those of a folder of files."""
        self._local.union(name, parts)

    def forget(self, name: str) -> None:
        """Drop a local table or view."""
        self._local.forget(name)

    def describe(self, name: str) -> tuple[int, Sequence[str]]:
        """Number of rows and the column names."""
        table = self._tables.get(name)
        return (self._rows[name], list(table.texts)) if table else self._local.describe(name)

    def values(self, name: str, column: str) -> Iterator[pa.RecordBatch]:
        """Distinct non-blank values with the records that hold them; the order is not defined."""
        table = self._tables.get(name)
        return self._kept(table.values(column)) if table else self._local.values(name, column)

    def _kept(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, fetched to the last before the first is handed on: a server answers one question at a time."""
        with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES, dir=str(self._staging)) as file:
            writer = None
            for batch in batches:
                writer = writer or pa.ipc.new_stream(file, batch.schema)
                writer.write_batch(batch)
            if writer is not None:
                writer.close()
                file.seek(0)
                yield from pa.ipc.open_stream(file)

    def records(self, name: str, column: str, values: pa.Array) -> Iterator[pa.RecordBatch]:
        """Which records hold which of the values, numbered in the order of the table's key."""
        return self._here(name).records(name, column, values)

    def rows(self, name: str, columns: Sequence[str], among: pa.Array | None = None) -> Iterator[pa.RecordBatch]:
        """Every row, from a local copy: a server numbers no records."""
        return self._here(name).rows(name, columns, among)

    def sample(self, name: str, table: str, *, records: int, seed: int, among: str = "") -> None:
        """A new local table with some records of another."""
        self._here(table).sample(name, table, records=records, seed=seed, among=among)

    def distinct(self, name: str, columns: Sequence[str], *, person: str | None = None) -> pa.Table:
        """Distinct tuples with `rows` and `persons`, ordered here: collations of servers differ."""
        table = self._tables.get(name)
        if table is None or person or RECORD in columns:
            return self._here(name).distinct(name, columns, person=person)
        from igmap.engine.server_table import schema

        counted = pa.Table.from_batches(table.groups(columns), schema(columns, counted=True))
        order = [("rows", "descending"), *((column, "ascending") for column in columns)]
        return counted.append_column("persons", counted["rows"]).sort_by(order)

    def profile(self, name: str, columns: Sequence[str]) -> dict[str, Profile]:
        """One profile per column."""
        table = self._tables.get(name)
        if table is None:
            return self._local.profile(name, columns)
        counted = {column: table.filled(column) for column in columns}
        rows = self._rows[name]
        return {column: Profile(rows, rows - filled, values) for column, (filled, values) in counted.items()}

    def tuples(self, name: str, combinations: Sequence[Sequence[str]], *, first: int = 0) -> list[Tuples]:
        """How far each combination tells rows apart; a server looks at all its rows."""
        table = self._tables.get(name)
        if table is None:
            return self._local.tuples(name, combinations, first=first)
        return [Tuples(*table.tuples(columns)) for columns in combinations]

    def few(self, name: str, column: str, most: int, *, every: int = 1) -> pa.Array:
        """At most that many distinct values, of the copy of them."""
        return self._local.few(*self._values_here(name, column), most, every=every)

    def shared(self, columns: Sequence[Valued]) -> Shared:
        """Which columns hold the same values: those of servers are copied, each once."""
        here = [
            one._replace(table=at[0], column=at[1])
            for one in columns
            for at in [self._values_here(one.table, one.column)]
        ]
        return self._local.shared(here)

    def _values_here(self, name: str, column: str) -> tuple[str, str]:
        """A local table and column with the distinct values of a column."""
        table = self._tables.get(name)
        if table is None:
            return name, column
        copied = f"{name}_{column}_values"
        if copied not in self._valued:
            _copy_values(table, column, self._local, copied)
            self._valued.add(copied)
        return copied, "c1"

    def moments(self, name: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Distinct texts of columns; a server gives them whole, one column after the other."""
        table = self._tables.get(name)
        if table is None:
            yield from self._local.moments(name, columns)
            return
        for place, column in enumerate(columns):
            filled = 0
            for batch in self._kept(table.values(column)):
                filled += pc.sum(batch["rows"]).as_py() or 0
                places = pa.array([place] * len(batch), pa.int32())
                yield pa.record_batch([places, batch["value"], batch["rows"]], ["place", "value", "rows"])
            yield pa.record_batch(
                [pa.array([place], pa.int32()), pa.array([None], pa.string()), pa.array([self._rows[name] - filled])],
                ["place", "value", "rows"],
            )

    def whole_days(self, name: str) -> None:
        """Cut nothing of the texts of a local table."""
        self._here(name).whole_days(name)

    def spread(self, name: str, dated: Dated) -> pa.Table:
        """How the records lie over days, of the local copy."""
        return self._here(name).spread(name, dated)

    def choose(self, name: str, target: str, picks: Sequence[Pick]) -> int:
        """A new local table of the records whose day is at most that of a pick."""
        return self._here(name).choose(name, target, picks)

    def among(self, name: str, target: str, chosen: str, picks: Sequence[int]) -> int:
        """A new local table of the records that were chosen."""
        return self._here(name).among(name, target, chosen, picks)

    def remaining(self, name: str, sought: Sought) -> int:
        """How many of the keys that are sought are still in a table."""
        return self._here(name).remaining(name, sought)

    def close(self) -> None:
        """End the snapshots and close the local engine."""
        for snapshot in self._snapshots:
            snapshot.close()
        self._local.close()

    def _here(self, name: str) -> Engine:
        """The local engine, with the table in it."""
        if (table := self._tables.get(name)) is not None:
            _copy(table, self._rows[name], self._local, name)
            self._local.whole_days(name)
            del self._tables[name]
        return self._local


def _copy(table: "ServerTable", rows: int, local: Engine, name: str) -> None:
    """Stream a table into the local engine."""
    from igmap.engine.server_table import accounted, schema

    _stream(accounted(table.records(), rows), schema(list(table.texts)), local, name)


def _copy_values(table: "ServerTable", column: str, local: Engine, name: str) -> None:
    """Stream the distinct values of a column into the local engine."""
    from igmap.engine.server_table import schema

    values = (pa.record_batch([batch["value"]], ["c1"]) for batch in table.values(column))
    _stream(values, schema(["c1"]), local, name)


def _stream(batches: Iterable[pa.RecordBatch], schema: pa.Schema, local: Engine, name: str) -> None:
    """Into the local engine, which turns our own errors into its own: ours are kept and raised."""
    failures: list[IgmapError] = []

    def watched() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except SourceError as error:
            failures.append(error)
            raise

    try:
        local.load(name, pa.RecordBatchReader.from_batches(schema, watched()))
    except EngineError as error:
        raise (failures or [error])[0] from None
