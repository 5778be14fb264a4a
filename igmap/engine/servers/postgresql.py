"""PostgreSQL: one REPEATABLE READ transaction that is READ ONLY; text compares by its bytes (`COLLATE "C"`)."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from igmap.engine.servers.dialect import BLANKS, Text

KIND = "postgresql"
DRIVER = "postgresql+psycopg"
LOGGER = "psycopg"
ARGUMENTS: dict[str, Any] = {"client_encoding": "utf8", "prepare_threshold": None}
TRANSACTION: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
CODES: dict[Any, str] = {
    "42501": "forbidden",
    "57014": "timeout",
    "25006": "writes",
    "22021": "encoding",
    "22P05": "encoding",
    "57P01": "lost",
    "57P02": "lost",
    "25P03": "lost",
}
# Partitions are left out, since their table has their records; a domain is told by the type it is made of.
CATALOGUE = """
SELECT n.nspname, c.relname, a.attname, coalesce(b.typname, t.typname), array_position(i.indkey::int2[], a.attnum)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY c.oid, a.attnum
"""
SCHEMA = "SELECT NULL"  # without a word of the user every schema is read
NUMBERS = frozenset({"bool", "int2", "int4", "int8", "oid", "numeric", "money", "float4", "float8"})
TIMES = frozenset({"date", "time", "timetz", "timestamp", "timestamptz", "interval"})
NEVER_BLANK = NUMBERS | TIMES | {"bytea", "uuid", "inet", "cidr", "macaddr", "json", "jsonb"}
LOGIN = {"password authentication failed": "password", "no password supplied": "no_password", "FATAL": "login"}


def begin(_: sa.Connection, timeout_seconds: int, /) -> Sequence[str]:
    """Settings hold for the one transaction only, so that a pooler hands them on to nobody."""
    return (
        f"SET LOCAL statement_timeout = {timeout_seconds * 1000}",
        "SET LOCAL row_security = off",  # rows that a policy would hide are an error, never silently gone
        "SET LOCAL client_min_messages = error",  # a notice of a function may quote a cell, and would be logged
        "SET LOCAL TimeZone = 'UTC'",
        "SET LOCAL DateStyle = 'ISO'",
        "SET LOCAL IntervalStyle = 'postgres'",
        "SET LOCAL extra_float_digits = 1",
        "SET LOCAL synchronize_seqscans = off",  # the order of the records is the same every time
        "SET LOCAL cursor_tuple_fraction = 1",  # cursors are read to the end
    )


def counts(connection: sa.Connection, /) -> bool:
    """Where the server knows Unicode: other encodings cannot hold the blanks that are trimmed."""
    return connection.exec_driver_sql("SHOW server_encoding").scalar() == "UTF8"


def code(error: Any, /) -> str:
    """SQLSTATE; a login that fails has none and is told by its words."""
    if state := getattr(error, "sqlstate", None):
        return str(state)
    told = next((code for words, code in LOGIN.items() if words in str(error)), "unreachable")
    return told if "OperationalError" in {kind.__name__ for kind in type(error).__mro__} else "unknown"


def forget(_: Any, /) -> None:
    """Nothing to do."""


def text(column: Text, kind: str, /) -> Text:
    """Bytes are told by their number; an address has no mask behind it when it is one host's."""
    if kind == "bytea":
        size = sa.func.concat("(", sa.func.octet_length(column), " bytes)").collate("C")
        return sa.case((column.is_not(None), size), else_=None)
    plain = sa.func.abbrev(column) if kind == "inet" else sa.cast(column, sa.Text)
    told: Text = plain.collate("C")
    return told


def filled(text: Text, kind: str, /) -> Text:
    """Trimmed on the server; numbers and dates are never blank."""
    return text if kind in NEVER_BLANK else sa.case((sa.func.btrim(text, BLANKS) != "", text), else_=None)


def key(text: Text, /) -> Text:
    """The text itself: its collation compares bytes."""
    return text


def shown(text: Text, /) -> Text:
    """The text itself."""
    return text
