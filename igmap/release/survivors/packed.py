"""What a Parquet file tells beside its rows: metadata, statistics, dictionaries, bytes between its parts."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from igmap.release.staged import Staged

SCHEMA = b"ARROW:schema"
# A program and its version.
PROGRAM = re.compile(r"[A-Za-z][\w.+-]*(?: \([\w ]+\))?(?: version [\w.+-]+)?(?: \(build [\w. -]*\))?")
MAGIC, FOOTER = 4, 8  # bytes before the first part, and behind the metadata
FIELD = {b"PARQUET:field_id"}
NUMBERS = {"int64", "double"}
SHORTEST_CUT = 16  # bytes; writers cut at 16, 32 or 64


def traces_in_parquet(staged: Staged) -> int:
    """Metadata that a release does not need, and values in statistics or dictionaries that no row holds.

    Pandas leaves its index there, other programs the day of making; what was suppressed may stand in a dictionary.
    """
    if staged.data.suffix != ".parquet":
        return 0
    with parquet.ParquetFile(staged.data, read_dictionary=staged.table.columns) as file:
        known = file.metadata
        wrong = sum(key != SCHEMA for key in known.metadata or ()) + len(file.schema_arrow.metadata or ())
        wrong += sum(len(set(field.metadata or ()) - FIELD) for field in file.schema_arrow)
        wrong += not PROGRAM.fullmatch(known.created_by or "unknown")
        wrong += sum(name.startswith("__index_level_") for name in staged.table.columns)
        gaps = 0 if _has_index(known) else len(_between(staged.data, known))
        return int(wrong) + _not_held(file, staged) + gaps


def texts_in_parquet(path: Path) -> Iterator[str]:
    """All that stands in metadata, statistics and bytes between the parts, as texts."""
    with parquet.ParquetFile(path) as file:
        known = file.metadata
        yield known.created_by or ""
        for key, value in [*(known.metadata or {}).items(), *(file.schema_arrow.metadata or {}).items()]:
            if key != SCHEMA:
                yield key.decode("utf-8", "replace")
                yield value.decode("utf-8", "replace")
        yield from {bound for _, bounds in _statistics(known) for bound in bounds}
        yield from (one.decode("utf-8", "replace") for one in _between(path, known))


def _parts(known: parquet.FileMetaData) -> list[parquet.ColumnChunkMetaData]:
    return [known.row_group(r).column(c) for r in range(known.num_row_groups) for c in range(known.num_columns)]


def _has_index(known: parquet.FileMetaData) -> bool:
    """Whether a page index or a bloom filter lies between the rows and the metadata."""
    return any(one.has_column_index or one.has_offset_index or one.bloom_filter_offset for one in _parts(known))


def _statistics(known: parquet.FileMetaData) -> Iterator[tuple[str, list[str]]]:
    """The least and the largest value that the file tells of a column, in each of its row groups."""
    for part in _parts(known):
        told = part.statistics
        if told is not None and told.has_min_max:
            yield part.path_in_schema, [_text(told.min), _text(told.max)]


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _not_held(file: parquet.ParquetFile, staged: Staged) -> int:
    """Values that stand in statistics or dictionaries and in no row; long ones may be cut off."""
    told = _dictionaries(file)
    for column, bounds in _statistics(file.metadata):
        told.setdefault(column, set()).update(bounds)
    wrong = 0
    for column in [name for name in staged.table.columns if name in told]:
        kind: Any = pl.Float64 if staged.types[column] in NUMBERS else pl.String
        values = pl.Series([*told[column]], dtype=pl.String).cast(kind, strict=False)
        held = staged.table[column].unique().drop_nulls().cast(kind, strict=False)
        unknown = values.filter(~values.is_in(held.implode()))
        wrong += sum(not _is_begin(one, held) for one in unknown)
    return wrong


def _is_begin(value: object, held: pl.Series) -> bool:
    """Whether a text is one of the column cut off, its last letter raised by one where it is the largest."""
    if not isinstance(value, str) or len(value.encode()) < SHORTEST_CUT:
        return False
    return bool((held.str.starts_with(value) | held.str.starts_with(value[:-1])).any())


def _dictionaries(file: parquet.ParquetFile) -> dict[str, set[str]]:
    """What the dictionaries of columns list."""
    found: dict[str, set[str]] = {}
    for number in range(file.metadata.num_row_groups):
        for name, column in zip(file.schema_arrow.names, file.read_row_group(number).columns, strict=True):
            for chunk in column.chunks if pa.types.is_dictionary(column.type) else []:
                found.setdefault(name, set()).update(map(str, chunk.dictionary.drop_null().to_pylist()))
    return found


def _between(path: Path, known: parquet.FileMetaData) -> list[bytes]:
    """Bytes that belong to no part of the file."""
    parts = [(MAGIC, MAGIC)]
    for one in _parts(known):
        begin = min(filter(None, (one.dictionary_page_offset, one.data_page_offset)))
        parts.append((begin, begin + one.total_compressed_size))
    size = path.stat().st_size
    parts = [*sorted(parts), (size - FOOTER - known.serialized_size, size)]
    with path.open("rb") as file:
        content = file.read() if any(one[1] < two[0] for one, two in pairwise(parts)) else b""
    gaps = [content[one[1] : two[0]] for one, two in pairwise(parts)]
    return [gap for gap in gaps if gap]
