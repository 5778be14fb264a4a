"""The embedded engine. Its traps are dealt with here, once: no extension is fetched, no message quotes a cell."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
from pyarrow import parquet

from igmap.engine.columns import cast, series, valued
from igmap.engine.database import Database, values_withheld
from igmap.engine.dating import Dating
from igmap.engine.deriving import Deriving
from igmap.engine.head import Head
from igmap.engine.protocol import RECORD, Part, Profile, Scan
from igmap.engine.relating import Relating
from igmap.engine.rewriting import Rewriting
from igmap.engine.scanning import SPACES, file_of, is_blank, quoted, selection, state_of
from igmap.engine.summing import Summing
from igmap.engine.unfolding import Unfolding
from igmap.errors import EngineError
from igmap.workspace import made

BATCH_ROWS = 100_000
IN_MEMORY = 64_000_000  # bytes of small tables that are not packed into the file
COPIED = 128_000_000  # bytes of a CSV up to which it is copied when it is opened


def _as_looked_up(field: pa.Field) -> pa.Field:
    """Text as polars gives it; in the file it is the same."""
    return field.with_type(pa.large_string()) if field.type == pa.string() else field


def _asked(column: str, field: pa.Field, *, known: bool) -> str:
    """The column as it is selected; numbers become text in the engine, as Arrow would load what takes long."""
    if known:
        return f"class AS {column}"
    return f"{column}::VARCHAR" if field.type == pa.string() else column


class DuckDBEngine(Relating, Dating, Deriving, Rewriting, Unfolding, Summing):
    """DuckDB in a file of its own, which is removed at close.

    Args:
        staging: folder for the database and its spill files, normally `private/staging`.
        memory_limit: what DuckDB may hold in memory before it spills; by default what IGMAP_MEMORY says, or 2GB.

    Example:
        >>> import pyarrow as pa
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     engine = DuckDBEngine(Path(folder))
        ...     engine.load("t", pa.table({"c1": ["a", "a", None]}).to_reader())
        ...     tuples = engine.distinct("t", ["c1"]).to_pylist()
        ...     engine.close()
        >>> tuples
        [{'c1': 'a', 'rows': 2, 'persons': 2}, {'c1': None, 'rows': 1, 'persons': 1}]
    """

    def __init__(self, staging: Path, *, memory_limit: str = "") -> None:
        """Nothing is held yet; the database itself starts with the first statement.

        Raises:
            EngineError: the memory limit is not one.
        """
        self._folder = Path(tempfile.mkdtemp(dir=made(staging, mode=0o700), prefix="engine-"))
        self._database = Database(self._folder, memory_limit)
        self._room = IN_MEMORY
        self._unasked: dict[str, pa.Table] = {}
        self._items: set[str] = set()
        self._parsed_once: dict[str, tuple[int, list[str]]] = {}
        self._unions: dict[str, list[str]] = {}
        self._scanned: dict[str, tuple[Path, tuple[int, int]]] = {}

    def _run(self, statement: str, parameters: Sequence[Any] = (), **tables: pa.Table | pa.RecordBatchReader) -> Any:
        """Run a statement on a cursor of its own, with Arrow tables it may read by name."""
        cursor = self._cursor()
        with values_withheld():
            for name, table in tables.items():
                cursor.register(name, table)
            return cursor.execute(statement, list(parameters))

    def _query(self, statement: str, **tables: pa.Table) -> Any:
        """The statement as a relation, whose rows can be had as Arrow without a copy."""
        cursor = self._cursor()
        for name, table in tables.items():
            cursor.register(name, table)
        return cursor.sql(statement)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor on the database, with every table that came in before."""
        while self._unasked:
            name = next(iter(self._unasked))
            self._take(f"memory.main.{name}", self._unasked.pop(name).to_reader())
        return self._database.cursor()

    def _take(self, name: str, reader: pa.RecordBatchReader) -> None:
        columns = "*" if RECORD in reader.schema.names else f"row_number() OVER () AS {RECORD}, *"
        self._run(f"CREATE TABLE {name} AS SELECT {columns} FROM incoming", incoming=reader)

    def load(self, name: str, reader: pa.RecordBatchReader, *, items: bool = False) -> None:
        """Take in a table as it streams by; `record` numbers the rows from 1 if the table brings none.

        A table that brings its own numbers may leave some out; that of items repeats them. Small tables stay in memory:
        packing them into a file takes five times as long. They reach the database with the first statement, since
        many are only asked for their values, and those can be counted as they lie there.

        Raises:
            EngineError: the stream broke off.
        """
        with values_withheld(pa.ArrowException, OSError):
            head = Head(reader, self._room)
        if items:
            self._items.add(name)
        if head.is_all:
            self._room -= head.size
            self._unasked[name] = head.table()
        else:
            self._take(name, head.whole())

    def scan(self, name: str, scan: Scan) -> int:
        """Take in a file where it lies: Parquet for good, CSV until it is asked for more than its size.

        A CSV that is not large is copied at once, so that it is parsed once.

        Raises:
            EngineError: the file is not as the scan says.
        """
        columns = [f"c{i}" for i in range(1, scan.width + 1)]
        if scan.delimiter and scan.path.stat().st_size <= COPIED:
            self._run(f"CREATE TABLE {name} AS {selection(scan, columns, [])}")
            return self.describe(name)[0]
        blanks = ", ".join(f"count(*) FILTER (WHERE {is_blank(column)})" for column in columns)
        rows, *blank = self._run(f"SELECT count(*), {blanks} FROM {file_of(scan, columns)}").fetchall()[0]
        filled = [column for column, times in zip(columns, blank, strict=True) if not times]
        self._run(f"CREATE VIEW {name} AS {selection(scan, columns, filled)}")
        self._scanned[name] = scan.path, state_of(scan.path)
        if scan.delimiter:
            self._parsed_once[name] = rows, columns
        return int(rows)

    def union(self, name: str, parts: Sequence[Part]) -> None:
        """Several tables of the same shape as one, without a copy."""
        columns = self.describe(parts[0].table)[1]
        label = f"c{len(columns) + 1}"
        selected = [
            f"SELECT {RECORD} + {part.offset} AS {RECORD}, {', '.join(columns)}"
            + ("" if part.label is None else f", {quoted(part.label)} AS {label}")
            + f" FROM {part.table}"
            for part in parts
        ]
        self._run(f"CREATE VIEW {name} AS {' UNION ALL '.join(selected)}")
        self._unions[name] = [part.table for part in parts]
        if parts[0].table in self._items:
            self._items.add(name)

    def forget(self, name: str) -> None:
        """Drop a table or view."""
        self._parsed_once.pop(name, None)
        self._scanned.pop(name, None)
        kinds = f"SELECT table_type FROM information_schema.tables WHERE table_name = {quoted(name)}"
        for (kind,) in self._run(kinds).fetchall():
            self._run(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {name}")
        self._forget_days(name)

    def _ready(self, name: str) -> str:
        """The table, copied from its CSV when it is asked for the first time: a CSV is not parsed at every question."""
        for part in self._unions.get(name, ()):
            self._ready(part)
        if name in self._scanned and state_of(self._scanned[name][0]) != self._scanned[name][1]:
            raise EngineError("a file has changed since it was opened; open the exports again")
        if self._parsed_once.pop(name, None):
            self._run(f"CREATE TABLE {name}_copy AS FROM {name}")
            self._run(f"DROP VIEW {name}")
            self._run(f"ALTER TABLE {name}_copy RENAME TO {name}")
            del self._scanned[name]
        return name

    def describe(self, name: str) -> tuple[int, Sequence[str]]:
        """Number of rows and the column names, the record number left out."""
        if name in self._parsed_once:
            return self._parsed_once[name]
        if (held := self._unasked.get(name)) is not None:
            return held.num_rows, [column for column in held.column_names if column != RECORD]
        columns = [row[0] for row in self._run(f"DESCRIBE {name}").fetchall() if row[0] != RECORD]
        return int(self._run(f"SELECT count(*) FROM {name}").fetchall()[0][0]), columns

    def values(self, name: str, column: str) -> Iterator[pa.RecordBatch]:
        """Distinct non-blank values (`value`, `rows` = records that hold it) in batches; the order is not defined."""
        held = self._unasked.get(name)
        if held is not None and name not in self._items and pa.types.is_string(held.schema.field(column).type):
            yield from valued(held[column], BATCH_ROWS)
            return
        counted = f"count(DISTINCT {RECORD})" if name in self._items else "count(*)"
        with values_withheld():
            yield from self._query(
                f"SELECT {column} AS value, {counted} AS rows FROM {self._ready(name)} WHERE {column} <> '' GROUP BY 1"
            ).to_arrow_reader(BATCH_ROWS)

    def records(self, name: str, column: str, values: pa.Array) -> Iterator[pa.RecordBatch]:
        """Which records hold which of the values: `record` and `place` (in `values`, from 0), each pair once."""
        sought = pa.table({"place": pa.array(range(len(values)), pa.int64()), "value": values})
        once = "DISTINCT" if name in self._items else ""
        with values_withheld():
            cursor = self._cursor()
            cursor.register("sought", sought)
            yield from cursor.sql(
                f"SELECT {once} source.{RECORD}::BIGINT AS {RECORD}, sought.place FROM {self._ready(name)} AS source "
                f"JOIN sought ON source.{column} = sought.value ORDER BY ALL"
            ).to_arrow_reader(BATCH_ROWS)

    def rows(self, name: str, columns: Sequence[str], among: pa.Array | None = None) -> Iterator[pa.RecordBatch]:
        """The `record` and columns of every row as they lie there, or of some records."""
        listed = ", ".join([f"{RECORD}::BIGINT AS {RECORD}", *columns])
        some = "" if among is None else f" WHERE {RECORD} IN (SELECT {RECORD} FROM asked)"
        asked = {} if among is None else {"asked": pa.table({RECORD: among})}
        with values_withheld():
            yield from self._query(f"SELECT {listed} FROM {self._ready(name)}{some}", **asked).to_arrow_reader(
                BATCH_ROWS
            )

    def sample(self, name: str, table: str, *, records: int, seed: int, among: str = "") -> None:
        """Make a table of so many records of another, chosen by the MD5 of their number and the seed."""
        order = f"md5(concat({RECORD}, ' ', {seed:d})), {RECORD}"
        chosen = f"SELECT {RECORD} FROM {self._ready(among or table)} ORDER BY {order} LIMIT {records:d}"
        self._run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {self._ready(table)} WHERE {RECORD} IN ({chosen})")
        if table in self._items:
            self._items.add(name)

    def distinct(self, name: str, columns: Sequence[str], *, person: str | None = None) -> pa.Table:
        """Distinct tuples with counts of rows and of different persons, most frequent first.

        Blanks count as a value of their own. All records of a tuple whose person is blank count as one unknown
        person together, and persons who differ in capitals or outer spaces only are one, so that k is never
        overstated.
        """
        listed = ", ".join(columns)
        persons = f"count(DISTINCT lower(trim(coalesce({person}, ''), '{SPACES}')))" if person else "count(*)"
        with values_withheld():
            return self._query(
                f"SELECT {listed}, count(*) AS rows, {persons} AS persons FROM {self._ready(name)} "
                f"GROUP BY {listed} ORDER BY rows DESC, {listed}"
            ).to_arrow_table()

    def profile(self, name: str, columns: Sequence[str]) -> dict[str, Profile]:
        """One profile per column, a column at a time so that memory follows the largest, not the sum."""
        return {column: self._profile(self._ready(name), column) for column in columns}

    def _profile(self, name: str, column: str) -> Profile:
        rows, filled, distinct = self._run(
            f"SELECT count(*), count({column}), count(DISTINCT {column}) FROM {name}"
        ).fetchall()[0]
        return Profile(rows, rows - filled, distinct)

    def write(
        self, name: str, columns: Sequence[str], path: Path, *, schema: pa.Schema, labels: pa.Table | None = None
    ) -> None:
        """Write columns of a table as Parquet or CSV, by the suffix, in the table's order.

        Args:
            name: the table to read.
            columns: its columns, in the order of the file; `label0`, `label1` … are looked up in the labels.
            path: the file to write.
            schema: what each column is called and typed in the file; names never reach SQL.
            labels: by the number in the table's column `class`.

        Raises:
            EngineError: a value cannot be read as the type the schema gives its column.
        """
        as_parquet = partial(parquet.ParquetWriter, compression="zstd", store_schema=False)
        writer = pacsv.CSVWriter if path.suffix == ".csv" else as_parquet
        held = labels or pa.table({})
        known = {one: series(held[one]) for one in held.column_names if one in columns}
        fields = list(zip(columns, schema, strict=True))
        schema = pa.schema([_as_looked_up(field) if column in known else field for column, field in fields])
        asked = [_asked(column, field, known=column in known) for column, field in fields]
        with values_withheld(), writer(path, schema) as file:
            for batch in self._query(f"SELECT {', '.join(asked)} FROM {self._ready(name)}").to_arrow_reader(BATCH_ROWS):
                found = (
                    known[column].gather(series(cells)).to_arrow() if column in known else cells
                    for column, cells in zip(columns, batch.columns, strict=True)
                )
                cells = [cast(one, field) for one, field in zip(found, schema, strict=True)]
                file.write_batch(pa.record_batch(cells, schema))

    def close(self) -> None:
        """Close the database and remove its files."""
        self._database.close()
        shutil.rmtree(self._folder, ignore_errors=True)
