"""A column of Arrow as polars holds it, without a copy.

Polars' own way there first loads pyarrow's functions, which costs a tenth of a second of every process.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from igmap.errors import EngineError


class _Stream:
    """What polars takes for a stream of anybody's."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._column.__arrow_c_stream__(requested_schema)


def series(column: pa.ChunkedArray | pa.Array) -> pl.Series:
    """The column as a series.

    Example:
        >>> series(pa.table({"c1": ["a", None]})["c1"]).to_list()
        ['a', None]
    """
    return pl.Series(_Stream(column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])))


def valued(column: pa.ChunkedArray, at_once: int) -> Iterator[pa.RecordBatch]:
    """The distinct values of a column that are not blank (`value`), with the `rows` that hold them.

    Args:
        column: of text, less than the 2 GB that a column of Arrow's short strings holds.
        at_once: values of a batch at most.
    """
    counts = series(column).alias("value").value_counts(name="rows", parallel=False)
    value, rows = counts.get_columns()
    blank = value.is_null() | (value == "")
    if blank.any():
        value, rows = value.filter(~blank), rows.filter(~blank)
    cells = value.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(pa.string())
    table = pa.record_batch([cells, rows.cast(pl.Int64).to_arrow()], names=["value", "rows"])
    yield from (table.slice(start, at_once) for start in range(0, len(table), at_once))


def cast(values: pa.Array, field: pa.Field) -> pa.Array:
    """A column as the type of its field.

    Raises:
        EngineError: it holds values that are not of that type.
    """
    try:
        return values if values.type == field.type else values.cast(field.type)
    except pa.ArrowInvalid:
        message = f"column {field.name!r}: holds values that are not of type {field.type}; write it as text"
        raise EngineError(message) from None
