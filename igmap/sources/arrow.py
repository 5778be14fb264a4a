"""Tables that have types already, in a file or in memory: every cell becomes the text a person would read."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from igmap.errors import SourceError
from igmap.sources.nested.flatten import cell_text, flatten
from igmap.sources.reading import Reading, text_array, text_names
from igmap.sources.text.encodings import raw_text


def read_frame(source: str, frame: Any) -> Reading:
    """A table in memory, as Arrow, pandas or polars hold it.

    Raises:
        SourceError: it is no table.
    """
    try:
        if hasattr(frame, "set_axis"):
            table = _of_pandas(frame)
        else:
            table = pa.table(_of_polars(frame) if hasattr(frame, "iter_columns") else frame)
    except (TypeError, ValueError, pa.ArrowException):
        message = f"{source}: not a table that igmap knows; give a pandas or polars frame or an Arrow table"
        raise SourceError(message) from None
    return read_batches(table.schema, table.to_batches(), table.num_rows, "table in memory")


def read_batches(schema: pa.Schema, batches: Iterable[pa.RecordBatch], counted: int, read_as: str) -> Reading:
    """Batches as one reading; struct columns become dotted paths, list columns tables of items."""
    if any(pa.types.is_nested(field.type) for field in schema):
        rows = (row for batch in batches for row in batch.rename_columns(text_names(schema.names)).to_pylist())
        return flatten(enumerate(rows, 1), counted=counted, read_as=read_as)
    texts = pa.schema([(f"c{i}", pa.string()) for i in range(1, len(schema) + 1)])
    stream = (pa.RecordBatch.from_arrays([_text(array) for array in batch.columns], schema=texts) for batch in batches)
    return Reading("", schema.names, pa.RecordBatchReader.from_batches(texts, stream), counted, read_as=read_as)


def _of_pandas(frame: Any) -> pa.Table:
    columns = [_pandas_column(frame.iloc[:, i]) for i in range(frame.shape[1])]
    return pa.table(columns, names=text_names(frame.columns))


def _of_polars(frame: Any) -> Any:
    """The frame under names that Arrow can hold."""
    return frame.rename(dict(zip(frame.columns, text_names(frame.columns), strict=True)))


def _pandas_column(series: Any) -> Any:
    """A column as Arrow, without the index; cells of several types become text."""
    try:
        return pa.array(series, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError):
        return pa.array(series.astype("string"), from_pandas=True)


def _text(array: pa.Array) -> pa.Array:
    """The cells as text; what Arrow cannot print is printed by Python, and bytes by their number."""
    try:
        decoded = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
        if not _is_bytes(decoded.type):
            text = decoded.cast(pa.string())
            return text if _is_sound(text) else _as_read(text)
    except pa.ArrowException:
        decoded = array
    return text_array([cell_text(cell) for cell in decoded.to_pylist()])


def _is_sound(text: pa.Array) -> bool:
    """Whether it is UTF-8 throughout, as it says: nobody checks that when a file is written."""
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _as_read(text: pa.Array) -> pa.Array:
    """Cells that are no UTF-8, with the foreign bytes read as Windows-1252."""
    raws = text.view(pa.binary()).to_pylist()
    return text_array([None if raw is None else raw_text(raw.decode("utf-8", "igmap-mark")) for raw in raws])


def _is_bytes(kind: pa.DataType) -> bool:
    return any(
        is_kind(kind)
        for is_kind in (
            pa.types.is_binary,
            pa.types.is_large_binary,
            pa.types.is_fixed_size_binary,
            pa.types.is_binary_view,
        )
    )
