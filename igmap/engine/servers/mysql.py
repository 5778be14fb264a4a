"""MySQL and MariaDB: one consistent snapshot that is READ ONLY; text groups by its SHA-256.

Collations of MySQL take `a`, `A` and `a ` for one, the binary ones the last two, and sorting looks at the first
1,024 bytes only; the hash of a text is the same exactly where its bytes are.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.mysql import CHAR

from igmap.engine.servers.dialect import BLANK_RANGES, Text

KIND = "mysql"
DRIVER = "mysql+pymysql"
LOGGER = "pymysql"
ARGUMENTS: dict[str, Any] = {"charset": "utf8mb4", "local_infile": False}
TRANSACTION: dict[str, Any] = {}
CODES: dict[Any, str] = {
    1044: "login",
    1045: "password",
    1049: "login",
    1142: "forbidden",
    1143: "forbidden",
    1356: "forbidden",
    1792: "writes",
    1969: "timeout",
    3024: "timeout",
    2002: "unreachable",
    2003: "unreachable",
    2006: "lost",
    2013: "lost",
}
CATALOGUE = """
SELECT c.table_schema, c.table_name, c.column_name, c.data_type, k.ordinal_position
FROM information_schema.columns c
LEFT JOIN information_schema.key_column_usage k ON k.constraint_name = 'PRIMARY'
AND k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name
WHERE c.table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
ORDER BY c.ordinal_position
"""
SCHEMA = "SELECT DATABASE()"
BYTES = frozenset({"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"})
SHAPES = frozenset(
    {"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"}
    | {"geometrycollection", "geomcollection"}
)
NOT_BLANK = "[^" + "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in BLANK_RANGES) + "]"
UNICODE_PATTERNS = (8, 0, 4)  # before that a pattern of MySQL saw bytes


def begin(connection: sa.Connection, timeout_seconds: int, /) -> Sequence[str]:
    """The limit of time has another name and unit in MariaDB."""
    timeout = (
        f"max_statement_time = {timeout_seconds}"
        if _is_mariadb(connection)
        else f"max_execution_time = {timeout_seconds * 1000}"
    )
    return (
        f"SET SESSION sql_mode = '', time_zone = '+00:00', {timeout}",
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    )


def _is_mariadb(connection: sa.Connection) -> bool:
    return bool(getattr(connection.dialect, "is_mariadb", False))


def counts(connection: sa.Connection, /) -> bool:
    """Where patterns see characters, which the rule of blanks needs."""
    return _is_mariadb(connection) or (connection.dialect.server_version_info or ()) >= UNICODE_PATTERNS


def code(error: Any, /) -> int | str:
    """The number of the error."""
    return error.args[0] if error.args and isinstance(error.args[0], int) else "unreachable"


def forget(cursor: Any, /) -> None:
    """PyMySQL would read a stream to its end when it is thrown away, and say aloud that it cannot."""
    if (unread := getattr(cursor, "_result", None)) is not None:
        unread.unbuffered_active = False


def text(column: Text, kind: str, /) -> Text:
    """Bytes are told by their number, bits as a number, shapes as their coordinates."""
    if kind.lower() in BYTES:
        return sa.func.concat("(", sa.func.octet_length(column), " bytes)")
    plain: Text = column
    if kind.lower() in SHAPES:
        plain = sa.func.ST_AsText(column)
    elif kind.lower() == "bit":
        plain = column + sa.literal_column("0")
    return sa.cast(plain, CHAR(charset="utf8mb4"))


def filled(text: Text, _: str, /) -> Text:
    """A text in which no character is found but blanks is null; most begin with one that is plainly none."""
    return sa.case((sa.func.ascii(text).between(33, 126), text), (text.regexp_match(NOT_BLANK), text), else_=None)


def key(text: Text, /) -> Text:
    """The hash of the text."""
    return sa.func.unhex(sa.func.sha2(text, 256))


def shown(text: Text, /) -> Text:
    """Any of the texts, since all are the same."""
    return sa.func.min(text)
