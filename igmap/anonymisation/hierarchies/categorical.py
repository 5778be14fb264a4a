"""The hierarchy of last resort: a value, or anything."""

from collections.abc import Mapping
from typing import Any

import polars as pl


def categorical(_field: str, _values: pl.Series, _settings: Mapping[str, Any]) -> list[pl.Series]:
    """No level between the value and the root, `{categorical: true}`."""
    return []
