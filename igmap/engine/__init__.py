"""Where tables are counted. The engine scans, groups and joins; Python thinks about the distinct values."""

from igmap.engine.duckdb import DuckDBEngine
from igmap.engine.protocol import Engine, Mapping, Part, Profile, Scan

__all__ = ["DuckDBEngine", "Engine", "Mapping", "Part", "Profile", "Scan"]
