"""Where tables are counted. The engine scans, groups and joins; Python thinks about the distinct values."""

from igmap.engine.duckdb import DuckDBEngine
from igmap.engine.protocol import Engine, Mapping, Numbers, Part, Profile, Scan, Shared, Tuples, Valued

__all__ = [
    "DuckDBEngine",
    "Engine",
    "Mapping",
    "Numbers",
    "Part",
    "Profile",
    "Scan",
    "Shared",
    "Tuples",
    "Valued",
]
