"""What a room may ask of an engine, and nothing more: a second engine has to answer these questions only.

Tables hold text columns named c1, c2 … and the record number `record`. Names from a file never reach SQL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import pyarrow as pa

RECORD = "record"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one scan says about a column.

    Args:
        rows: records of the table.
        blanks: records in which the column is null or empty.
        distinct: different values, blanks not counted.
    """

    rows: int
    blanks: int
    distinct: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """What becomes of one column: its values are replaced by joining `table` (columns `value`, `label`).

    Args:
        column: the engine's column, c1, c2 …
        table: the mapping, one row per distinct value, blanks included as null; None keeps the values.
    """

    column: str
    table: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A sound file that an engine may read where it lies, without a copy of it.

    Args:
        path: a Parquet file with one plain column per field, or a CSV file in UTF-8.
        width: how many columns it has.
        delimiter: between the fields of a CSV; "" for Parquet.
        quote: around them, or "" where quotes mean nothing.
        skip: lines above the first record.
        line_end: of every line.
    """

    path: Path
    width: int
    delimiter: str = ""
    quote: str = ""
    skip: int = 0
    line_end: str = "\n"


class Part(NamedTuple):
    """One of several tables of the same shape that are looked at as one.

    Args:
        table: its name.
        offset: records before it, added to its record numbers.
        label: what tells its rows from the others', as a last column; None for no such column.
    """

    table: str
    offset: int
    label: str | None = None


class Engine(Protocol):
    """Counts and joins; every answer is exact and ordered, so that engines agree to the last row."""

    def load(self, name: str, reader: pa.RecordBatchReader, *, items: bool = False) -> None:
        """Take in a table as it streams by, with its own `record` numbers or counted from 1.

        Items are several rows per record, which follow each other.
        """

    def scan(self, name: str, scan: Scan) -> int:
        """Take in a table as it lies in a file, blanks as null, and read all of it once; the rows it has."""

    def union(self, name: str, parts: Sequence[Part]) -> None:
        """Several tables of the same shape as one, without a copy."""

    def forget(self, name: str) -> None:
        """Drop a table that was taken in where it lies."""

    def describe(self, name: str) -> tuple[int, Sequence[str]]:
        """Number of rows and the column names."""

    def values(self, name: str, column: str) -> Iterator[pa.RecordBatch]:
        """Distinct non-blank values (`value`, `rows`) in batches; the order is not defined."""

    def records(self, name: str, column: str, values: pa.Array) -> Iterator[pa.RecordBatch]:
        """Which records hold which of the values: `record` and `place` (in `values`, from 0), each pair once, ordered.

        Values are different from each other and not blank.
        """

    def sample(self, name: str, table: str, *, records: int, seed: int, among: str = "") -> None:
        """Make a table of so many records of another, chosen by a hash of their number and the seed.

        The same seed chooses the same; tables of items take the records that are chosen `among` their dataset's.
        """

    def distinct(self, name: str, columns: Sequence[str], *, person: str | None = None) -> pa.Table:
        """Distinct tuples with `rows` and `persons` (= rows without a person column), ordered by count and value.

        Persons are the same when they are equal after trimming, in small letters.
        """

    def profile(self, name: str, columns: Sequence[str]) -> dict[str, Profile]:
        """One profile per column."""

    def rewrite(self, name: str, mappings: Sequence[Mapping], *, keep: pa.Table | None, seed: int) -> str:
        """A new table with the mapped columns and `record`, only tuples in `keep`, in an order drawn from `seed`."""

    def write(self, name: str, columns: Sequence[str], path: Path, *, schema: pa.Schema) -> None:
        """Write columns as Parquet or CSV, by the suffix, in the table's order, named and typed by the schema."""

    def close(self) -> None:
        """Forget everything, staged files too."""
