"""Where tables are counted. The engine scans, groups and joins; Python thinks about the distinct values."""

from igmap.engine.duckdb import DuckDBEngine
from igmap.engine.protocol import (
    Dated,
    Engine,
    Numbers,
    Part,
    Pick,
    Profile,
    Scan,
    Shared,
    Sought,
    Tuples,
    Valued,
)
from igmap.engine.recoding import Back, Mapping, Recode, Row, Rows

__all__ = [
    "Back",
    "Dated",
    "DuckDBEngine",
    "Engine",
    "Mapping",
    "Numbers",
    "Part",
    "Pick",
    "Profile",
    "Recode",
    "Row",
    "Rows",
    "Scan",
    "Shared",
    "Sought",
    "Tuples",
    "Valued",
]
