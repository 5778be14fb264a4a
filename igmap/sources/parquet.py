"""Parquet files."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from igmap.errors import SourceError
from igmap.sources.arrow import read_batches
from igmap.sources.reading import Reading

UNSOUND = "is not a sound Parquet file; export it again"
BROKEN = (pa.ArrowException, OSError, UnicodeDecodeError)  # names of columns, and nested cells, may be no text


def read(path: Path) -> Iterator[Reading]:
    """The one table of a Parquet file; struct columns become dotted paths. Counted by the file's own footer."""
    try:
        with pq.ParquetFile(path) as file:
            yield read_batches(file.schema_arrow, _batches(file), file.metadata.num_rows, "parquet")
    except BROKEN:
        raise SourceError(UNSOUND) from None


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    try:
        yield from file.iter_batches()
    except BROKEN:
        raise SourceError(UNSOUND) from None
