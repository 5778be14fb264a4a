"""Columns of texts as numbers of their different values, so that whatever follows works on few values with counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import parquet

Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]
WIDEST = 2**62  # combinations that still have a number each
UNKNOWN = pl.Series("", [None], dtype=pl.String)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Coded:
    """A column.

    Args:
        values: its different texts and, as the last, the blank, whether or not a cell is.
        codes: the place of each cell's text among them.
        kept: how many cells have each value, once they were counted.
    """

    values: pl.Series
    codes: pl.Series
    kept: list[pl.Series] = field(init=False, default_factory=list)

    @property
    def cells(self) -> pl.Series:
        """The texts of all cells."""
        return self.values.gather(self.codes)

    def at(self, places: pl.Series) -> "Coded":
        """The cells at some places; a blank where a place is null."""
        return Coded(self.values, self.codes.gather(places).fill_null(len(self.values) - 1))

    @property
    def categories(self) -> pl.Series:
        """The texts of all cells, each different one held once."""
        return self.values.cast(pl.Categorical).gather(self.codes)

    def counts(self) -> pl.Series:
        """How many cells have each value."""
        if not self.kept:
            self.kept.append(pl.Series(np.bincount(self.codes.to_numpy(), minlength=len(self.values))))
        return self.kept[0]

    @property
    def different(self) -> int:
        """How many values occur, the blank among them."""
        return int((self.counts() > 0).sum())

    def rows(self, name: str) -> pl.DataFrame:
        """The values that occur, under a name, with their `rows`."""
        return pl.DataFrame({name: self.values, "rows": self.counts()}).filter(pl.col("rows") > 0)

    def beside(self, other: "Coded") -> pl.DataFrame:
        """The different pairs of this column (`written`) and another (`source`) in the same rows, with their `len`."""
        width = len(other.values)
        pairs = pl.DataFrame({"pair": self.codes.cast(pl.Int64) * width + other.codes}).group_by("pair").len()
        written, source = self.values.gather(pairs["pair"] // width), other.values.gather(pairs["pair"] % width)
        return pl.DataFrame({"written": written, "source": source, "len": pairs["len"]})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Listed:
    """The different values of a column as a Parquet file has them: those that cells hold, and how many are no cell."""

    held: pa.Array
    vain: int


def numbered(columns: Sequence[Coded]) -> Numbers:
    """The number of each row's combination of cells: 0, 1 and so on, as they come first; a blank is a value."""
    return together([column.codes.to_numpy() for column in columns], [len(column.values) for column in columns])


def together(columns: Sequence[Numbers], widths: Sequence[int]) -> Numbers:
    """The same of columns of codes, each below its width."""
    key, width = columns[0].astype(np.int64), widths[0]
    for column, more in zip(columns[1:], widths[1:], strict=True):
        if width * more > WIDEST:
            key = ranked(key)[0].astype(np.int64)
            width = int(key.max(initial=0)) + 1
        key = key * more + column
        width *= more
    return ranked(key)[0]


def firsts(numbers: Numbers) -> Numbers:
    """Where each number comes first, of numbers that are 0, 1 and so on as they come."""
    return np.flatnonzero(np.diff(np.maximum.accumulate(numbers), prepend=-1))


def ranked(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Numbers as the place of each among the different ones, and these, in the order in which they come."""
    whole = pl.Series(keys).to_arrow().dictionary_encode()  # an array made by Arrow would load pandas
    return pl.Series(whole.indices).to_numpy(), pl.Series(whole.dictionary).to_numpy()


def coded(texts: pl.Series) -> Coded:
    """A column of texts."""
    return joined([encoded(texts.cast(pl.String).alias("").to_arrow())])  # a name may have what Arrow refuses


def read(column: pa.ChunkedArray) -> tuple[Coded, Listed]:
    """A column of any type as texts, and what its file lists of it."""
    if pa.types.is_nested(column.type):
        nested = pl.Series("cell", column).to_frame().select(pl.struct("cell").struct.json_encode())
        return coded(nested.to_series()), Listed(pa.nulls(0), 0)
    whole = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    whole = whole.combine_chunks()
    texts = coded(pl.Series(whole.dictionary).cast(pl.String))
    cells = texts.at(pl.Series(whole.indices))
    held = (cells.counts() > 0).gather(texts.codes)
    return cells, Listed(whole.dictionary.filter(held.to_arrow()), int((~held).sum()))


def parquet_columns(path: Path) -> tuple[pa.Schema, list[pa.ChunkedArray]]:
    """The schema of a Parquet file, and its columns, texts as their dictionaries where nothing is nested.

    It is read as one file, without what a dataset of files would load.
    """
    with parquet.ParquetFile(path) as known:
        schema = known.schema_arrow
    plain = not any(pa.types.is_nested(one.type) for one in schema)
    with parquet.ParquetFile(path, read_dictionary=range(len(schema)) if plain else None) as file:
        return schema, file.read(use_threads=False).columns


def encoded(cells: pa.Array) -> pa.DictionaryArray:
    """Texts as numbers, before they are joined to other parts of a column."""
    whole = cells.dictionary_encode()
    return pa.DictionaryArray.from_arrays(whole.indices, whole.dictionary.cast(pa.large_string()))


def joined(parts: Sequence[pa.DictionaryArray]) -> Coded:
    """A column of texts that came in parts."""
    nothing = pa.nulls(0, pa.large_string()).dictionary_encode()  # a list would load pandas
    whole = pa.chunked_array([*parts, nothing]).unify_dictionaries().combine_chunks()
    values = pl.Series("", whole.dictionary, dtype=pl.String)
    codes = pl.Series("", whole.indices).cast(pl.UInt32).fill_null(len(values))
    return Coded(pl.concat([values, UNKNOWN]), codes)


def places(known: pl.Series, records: pl.Series) -> pl.Series:
    """The place of each record among the known ones, which are in order; null where it is none of them."""
    if known.is_empty():
        return pl.Series([None] * len(records), dtype=pl.Int64)
    first, last = int(known[0]), int(known[-1])
    whole = last - first + 1 == len(known)  # no record was quarantined
    found = (records.cast(pl.Int64) - first if whole else known.search_sorted(records)).clip(0, len(known) - 1)
    return found.set(known.gather(found) != records, None)
