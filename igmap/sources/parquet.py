"""Parquet files."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from igmap.errors import SourceError
from igmap.sources.nested import flatten_batches
from igmap.sources.reading import Reading, text_names


def read(path: Path) -> Iterator[Reading]:
    """The one table of a Parquet file; struct columns become dotted paths. Counted by the file's own footer."""
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowException:
        raise SourceError("is not a sound Parquet file; export it again") from None
    schema = file.schema_arrow
    if any(pa.types.is_nested(field.type) for field in schema):
        yield flatten_batches(file.iter_batches(), file.metadata.num_rows)
        return
    names = [f"c{i}" for i in range(1, len(schema) + 1)]
    texts = pa.schema([(name, pa.string()) for name in names])
    batches = (pa.RecordBatch.from_arrays([_text(array) for array in batch.columns], schema=texts) for batch in file.iter_batches())
    stream = pa.RecordBatchReader.from_batches(texts, batches)
    yield Reading("", text_names(schema.names), stream, file.metadata.num_rows, read_as="parquet")


def _text(array: pa.Array) -> pa.Array:
    decoded = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    if pa.types.is_binary(decoded.type) or pa.types.is_large_binary(decoded.type):
        return pa.array([f"({len(cell)} bytes)" if cell is not None else None for cell in decoded.to_pylist()], pa.string())
    return decoded.cast(pa.string())
