"""Where tables are counted. The engine scans, groups and joins; Python thinks about the distinct values."""

from igmap.engine.duckdb import DuckDBEngine
from igmap.engine.protocol import (
    Dated,
    Engine,
    Mapping,
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

__all__ = [
    "Dated",
    "DuckDBEngine",
    "Engine",
    "Mapping",
    "Numbers",
    "Part",
    "Pick",
    "Profile",
    "Scan",
    "Shared",
    "Sought",
    "Tuples",
    "Valued",
]
