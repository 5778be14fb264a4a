"""What a room may ask of an engine, and nothing more: a second engine has to answer these questions only.

Tables hold text columns named c1, c2 … and the record number `record`. Names from a file never reach SQL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa

from igmap.engine.derives import Derives
from igmap.engine.grouped import Grouped
from igmap.engine.rewrites import Rewrites

RECORD = "record"
PATTERNS = 100_000  # that are added up at a time


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


class Valued(NamedTuple):
    """A column whose values are compared with those of others.

    Args:
        table: the engine's table.
        column: the engine's column.
        form: how its values are written alike: login, phone, name or code.
        repeated: whether they come back in many rows, and are made distinct before they are written alike.
    """

    table: str
    column: str
    form: str
    repeated: bool = True


class Tuples(NamedTuple):
    """How far a combination of columns tells rows apart.

    Args:
        rows: looked at.
        distinct: different combinations; a blank is a value.
        blank: rows in which a column of them is blank.
        alone: rows whose combination no other row has.
        same: pairs of rows that are not told apart.
    """

    rows: int
    distinct: int
    blank: int
    alone: int
    same: int


class Numbers(NamedTuple):
    """The whole numbers among the distinct values of a column, for reckoning chance; never to be shown.

    Args:
        held: how many there are.
        lowest: of them.
        highest: of them.
        size: letters of a value on average, numbers or not.
    """

    held: int
    lowest: int | None
    highest: int | None
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """In which of some columns values are.

    Args:
        bits: a row per pattern, a column per column asked for: 1 where the values of the pattern are in it.
        times: how many distinct values have the pattern.
        numbers: of each column.
    """

    bits: np.ndarray
    times: np.ndarray
    numbers: tuple[Numbers, ...]

    def pairs(self) -> np.ndarray:
        """How many distinct values two columns share; on the diagonal what a column holds."""
        total = np.zeros((self.bits.shape[1],) * 2)
        for start in range(0, len(self.bits), PATTERNS):
            bits = self.bits[start : start + PATTERNS].astype(np.float64)
            total += bits.T @ (bits * self.times[start : start + PATTERNS, None])
        return total.astype(np.int64)

    def together(self, places: Sequence[int]) -> int:
        """How many distinct values are in at least one of these columns."""
        return int(self.times[self.bits[:, list(places)].any(axis=1)].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A column whose texts were read as days, and who its records are of.

    Args:
        column: the engine's column.
        days: what each text says, as `moments` cuts it: `value`, `first`, `last` (days since 1970, or null), `reason`.
        blank: the reason of a blank cell; reasons are numbers of the caller's own.
        person: the column that tells persons apart, if any.
        latest: whether all records of a person have the latest of the person's days.
        held: persons (`value`, trimmed, in small letters) whose records are told apart; None for nobody.
        blank_day: the first and the last day of a blank cell, if it has one.
    """

    column: str
    days: pa.Table
    blank: int
    person: str | None = None
    latest: bool = False
    held: pa.Table | None = None
    blank_day: int | None = None

    @property
    def tables(self) -> dict[str, pa.Table]:
        """What a statement has to be given, by name."""
        return {"days": self.days} | ({"held": self.held} if self.held is not None else {})


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """Records to choose.

    Args:
        dated: with their days.
        last: the last day that is chosen, since 1970.
        key: the columns a record is known by later.
    """

    dated: Dated
    last: int
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """Records that were chosen before, to be looked for.

    Args:
        prints: of their key columns (`print`).
        key: those columns, in the order of then.
        cells: columns of which one at least has to be filled for a record to count as still there.
    """

    prints: pa.Table
    key: tuple[str, ...]
    cells: tuple[str, ...]


class Engine(Derives, Grouped, Rewrites, Protocol):
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
        """Drop a table or view."""

    def describe(self, name: str) -> tuple[int, Sequence[str]]:
        """Number of rows and the column names."""

    def values(self, name: str, column: str) -> Iterator[pa.RecordBatch]:
        """Distinct non-blank values (`value`, `rows`) in batches; the order is not defined."""

    def records(self, name: str, column: str, values: pa.Array) -> Iterator[pa.RecordBatch]:
        """Which records hold which of the values: `record` and `place` (in `values`, from 0), each pair once, ordered.

        Values are different from each other and not blank.
        """

    def rows(self, name: str, columns: Sequence[str], among: pa.Array | None = None) -> Iterator[pa.RecordBatch]:
        """The `record` and columns of every row as they lie there, or of some records: nothing is grouped or sorted."""

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

    def tuples(self, name: str, combinations: Sequence[Sequence[str]], *, first: int = 0) -> list[Tuples]:
        """How far each combination of columns tells rows apart; of the first records only, if a number is given.

        Where records have no number that can be asked for, all are looked at.
        """

    def few(self, name: str, column: str, most: int, *, every: int = 1) -> pa.Array:
        """At most that many distinct values that are not blank, the same every time.

        Of one in so many, chosen by its hash, where there are very many.
        """

    def shared(self, columns: Sequence[Valued]) -> Shared:
        """Which columns hold the same values in their forms."""

    def moments(self, name: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Distinct texts of columns (`place`, `value`, `rows`), cut down to what tells the day, in one pass."""

    def whole_days(self, name: str) -> None:
        """Cut nothing of the texts of a table from now on: its moments were told elsewhere, whole."""

    def spread(self, name: str, dated: Dated) -> pa.Table:
        """How the records lie over days: `first`, `last`, `reason`, `held`, and the `rows` of each, in order."""

    def choose(self, name: str, target: str, picks: Sequence[Pick]) -> int:
        """A new table of the records whose day is at most that of a pick, once per pick; how many rows it has."""

    def among(self, name: str, target: str, chosen: str, picks: Sequence[int]) -> int:
        """A new table of the records that were chosen by some picks, as they are; how many there are."""

    def remaining(self, name: str, sought: Sought) -> int:
        """How many of the keys that are sought are still in a table."""

    def write(
        self, name: str, columns: Sequence[str], path: Path, *, schema: pa.Schema, labels: pa.Table | None = None
    ) -> None:
        """Write columns as Parquet or CSV, by the suffix, in the table's order, named and typed by the schema.

        `label0`, `label1` … are looked up in the labels by the table's `class`.
        """

    def close(self) -> None:
        """Forget everything, staged files too."""
