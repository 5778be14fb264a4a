"""The embedded engine. Its traps are dealt with here, once: no extension is fetched, no message quotes a cell."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
from pyarrow import parquet

from igmap.engine.protocol import RECORD, Mapping, Profile
from igmap.errors import EngineError
from igmap.workspace import made

BATCH_ROWS = 100_000
ROW_GROUP = 20_480  # rows that are packed together: they are held in memory until then, and mails are long
SPACES = " \t\n\r\u00a0"


@contextmanager
def _values_withheld() -> Iterator[None]:
    """Turn DuckDB's errors into ours: its conversion and CSV errors quote the cell they failed on."""
    try:
        yield
    except duckdb.Error as error:
        raise EngineError(
            f"the engine refused a statement ({type(error).__name__}); its message may quote data and is withheld"
        ) from None


def _cast(values: pa.Array, field: pa.Field) -> pa.Array:
    try:
        return values.cast(field.type)
    except pa.ArrowInvalid:
        message = f"column {field.name!r}: holds values that are not of type {field.type}; write it as text"
        raise EngineError(message) from None


class DuckDBEngine:
    """DuckDB in a file of its own, which is removed at close.

    Args:
        staging: folder for the database and its spill files, normally `private/staging`.
        memory_limit: what DuckDB may hold in memory before it spills.

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

    def __init__(self, staging: Path, *, memory_limit: str = "2GB") -> None:
        """Open an empty database."""
        self._folder = Path(tempfile.mkdtemp(dir=made(staging, mode=0o700), prefix="engine-"))
        settings = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory_limit,
            "temp_directory": str(self._folder / "spill"),
            "preserve_insertion_order": True,
        }
        self._connection = duckdb.connect(config=settings)
        place = str(self._folder / "tables.duckdb").replace("'", "''")
        self._connection.execute(f"ATTACH '{place}' AS staged (ROW_GROUP_SIZE {ROW_GROUP})")
        self._nested: set[str] = set()

    def _run(self, statement: str, parameters: Sequence[Any] = (), **tables: pa.Table | pa.RecordBatchReader) -> Any:
        """Run a statement on a cursor of its own, with Arrow tables it may read by name."""
        cursor = self._cursor()
        with _values_withheld():
            for name, table in tables.items():
                cursor.register(name, table)
            return cursor.execute(statement, list(parameters))

    def _query(self, statement: str) -> Any:
        """The statement as a relation, whose rows can be had as Arrow without a copy."""
        return self._cursor().sql(statement)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute("USE staged")
        return cursor

    def load(self, name: str, reader: pa.RecordBatchReader) -> None:
        """Take in a table as it streams by; `record` numbers the rows from 1 if the table brings none.

        A table that brings its own numbers may leave some out, or repeat one in rows that follow each other: the items
        of nested arrays, several rows per record.
        """
        brought = RECORD in reader.schema.names
        columns = "*" if brought else f"row_number() OVER () AS {RECORD}, *"
        self._run(f"CREATE TABLE {name} AS SELECT {columns} FROM incoming", incoming=reader)
        if brought and self._repeats(name):
            self._nested.add(name)

    def _repeats(self, name: str) -> bool:
        pairs = f"SELECT {RECORD} AS this, lag({RECORD}) OVER () AS last FROM {name}"
        return bool(self._run(f"SELECT count(*) FROM ({pairs}) WHERE this = last").fetchall()[0][0])

    def describe(self, name: str) -> tuple[int, Sequence[str]]:
        """Number of rows and the column names, the record number left out."""
        columns = [row[0] for row in self._run(f"DESCRIBE {name}").fetchall() if row[0] != RECORD]
        return int(self._run(f"SELECT count(*) FROM {name}").fetchall()[0][0]), columns

    def values(self, name: str, column: str) -> Iterator[pa.RecordBatch]:
        """Distinct non-blank values (`value`, `rows` = records that hold it) in batches; the order is not defined."""
        counted = f"count(DISTINCT {RECORD})" if name in self._nested else "count(*)"
        with _values_withheld():
            yield from self._query(
                f"SELECT {column} AS value, {counted} AS rows FROM {name} WHERE {column} <> '' GROUP BY 1"
            ).to_arrow_reader(BATCH_ROWS)

    def distinct(self, name: str, columns: Sequence[str], *, person: str | None = None) -> pa.Table:
        """Distinct tuples with counts of rows and of different persons, most frequent first.

        Blanks count as a value of their own. All records of a tuple whose person is blank count as one unknown
        person together, and persons who differ in capitals or outer spaces only are one, so that k is never
        overstated.
        """
        listed = ", ".join(columns)
        persons = f"count(DISTINCT lower(trim(coalesce({person}, ''), '{SPACES}')))" if person else "count(*)"
        with _values_withheld():
            return self._query(
                f"SELECT {listed}, count(*) AS rows, {persons} AS persons FROM {name} "
                f"GROUP BY {listed} ORDER BY rows DESC, {listed}"
            ).to_arrow_table()

    def profile(self, name: str, columns: Sequence[str]) -> dict[str, Profile]:
        """One profile per column, a column at a time so that memory follows the largest, not the sum."""
        return {column: self._profile(name, column) for column in columns}

    def _profile(self, name: str, column: str) -> Profile:
        rows, filled, distinct = self._run(
            f"SELECT count(*), count(nullif({column}, '')), count(DISTINCT nullif({column}, '')) FROM {name}"
        ).fetchall()[0]
        return Profile(rows, rows - filled, distinct)

    def rewrite(self, name: str, mappings: Sequence[Mapping], *, keep: pa.Table | None, seed: int) -> str:
        """A new table of the mapped columns (out0, out1 …) in mapping order, rows shuffled by `seed`.

        Args:
            name: the table to read.
            mappings: what becomes of each column.
            keep: tuples of labels that may stay, with the columns they refer to by name (out0 …); None keeps all.
            seed: decides the order of the rows, which carries no meaning.
        """
        target = f"{name}_rewritten"
        tables = {f"map{i}": mapping.table for i, mapping in enumerate(mappings) if mapping.table is not None}
        outputs = ", ".join(
            f"map{i}.label AS out{i}" if mapping.table is not None else f"source.{mapping.column} AS out{i}"
            for i, mapping in enumerate(mappings)
        )
        joins = " ".join(
            f"LEFT JOIN map{i} ON map{i}.value IS NOT DISTINCT FROM source.{mapping.column}"
            for i, mapping in enumerate(mappings)
            if mapping.table is not None
        )
        kept = ""
        if keep is not None:
            tables["kept"] = keep
            matches = " AND ".join(f"kept.{c} IS NOT DISTINCT FROM recoded.{c}" for c in keep.column_names)
            kept = f"WHERE EXISTS (SELECT 1 FROM kept WHERE {matches})"
        self._run(f"DROP TABLE IF EXISTS {target}")
        self._run(
            f"CREATE TABLE {target} AS "
            f"WITH recoded AS (SELECT source.{RECORD}, {outputs} FROM {name} AS source {joins}) "
            f"SELECT * FROM recoded {kept} ORDER BY hash({RECORD}, {seed}::BIGINT), {RECORD}",
            **tables,
        )
        return target

    def write(self, name: str, columns: Sequence[str], path: Path, *, schema: pa.Schema) -> None:
        """Write columns of a table as Parquet or CSV, by the suffix, in the table's order.

        Args:
            name: the table to read.
            columns: its columns, in the order of the file.
            path: the file to write.
            schema: what each column is called and typed in the file; names never reach SQL.

        Raises:
            EngineError: a value cannot be read as the type the schema gives its column.
        """
        writer = pacsv.CSVWriter if path.suffix == ".csv" else partial(parquet.ParquetWriter, compression="zstd")
        with _values_withheld(), writer(path, schema) as file:
            for batch in self._query(f"SELECT {', '.join(columns)} FROM {name}").to_arrow_reader(BATCH_ROWS):
                cells = [_cast(batch.column(i), field) for i, field in enumerate(schema)]
                file.write_batch(pa.record_batch(cells, schema))

    def close(self) -> None:
        """Close the database and remove its files."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)
