"""The hierarchy of last resort: a value, or anything."""

import polars as pl

from igmap.anonymisation.hierarchies.column import Column


def categorical(_column: Column) -> list[pl.Series]:
    """No level between the value and the root, `{categorical: true}`."""
    return []
