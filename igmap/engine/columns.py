"""A column of Arrow as polars holds it, without a copy.

Polars' own way there first loads pyarrow's functions, which costs a tenth of a second of every process.
"""

from typing import Any

import polars as pl
import pyarrow as pa


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
