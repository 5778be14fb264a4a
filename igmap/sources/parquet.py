"""Parquet files."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from igmap.engine import Scan
from igmap.errors import SourceError
from igmap.sources.arrow import read_batches
from igmap.sources.reading import Reading, Sound

UNSOUND = "is not a sound Parquet file; export it again"
BROKEN = (pa.ArrowException, OSError, UnicodeDecodeError)  # names of columns, and nested cells, may be no text


def read(path: Path) -> Iterator[Reading | Sound]:
    """The one table of a Parquet file; struct columns become dotted paths. Counted by the file's own footer."""
    try:
        with pq.ParquetFile(path) as file:
            careful = partial(read_batches, file.schema_arrow, _batches(file), file.metadata.num_rows, "parquet")
            plain = all(is_plain(field.type) for field in file.schema_arrow)
            names, rows = file.schema_arrow.names, file.metadata.num_rows
            yield Sound(Scan(path, len(names)), names, rows, careful, "parquet") if plain else careful()
    except BROKEN:
        raise SourceError(UNSOUND) from None


def is_plain(kind: pa.DataType) -> bool:
    """Whether the engine and Arrow print the values of a type alike."""
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_boolean, pa.types.is_date)
    return any(test(kind) for test in tests)


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    try:
        yield from file.iter_batches()
    except BROKEN:
        raise SourceError(UNSOUND) from None
