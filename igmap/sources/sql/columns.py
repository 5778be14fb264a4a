"""The columns of a CREATE TABLE."""

import re
from functools import cache

from igmap.sources.reading import text_names
from igmap.sources.sql.dialect import Dialect, unquoted
from igmap.sources.sql.lexemes import value_pattern
from igmap.sources.sql.telling import COMMENT, GAP, NAME

CONSTRAINTS = {b"PRIMARY", b"UNIQUE", b"CONSTRAINT", b"FOREIGN", b"CHECK", b"EXCLUDE", b"PERIOD"}
KEYS = {b"KEY", b"INDEX", b"FULLTEXT", b"SPATIAL"}  # in PostgreSQL and SQLite these are names of columns like any other
FIRST = re.compile(GAP + rb"(" + NAME + rb")")
INHERITS = re.compile(rb"\s*+INHERITS\b", re.IGNORECASE)


@cache
def _item(dialect: Dialect) -> re.Pattern[bytes]:
    return re.compile(rb"(?:" + COMMENT + rb"|" + value_pattern(dialect, "(),") + rb")*+", re.DOTALL)


def created_columns(text: bytes, dialect: Dialect) -> tuple[str, ...] | None:
    """The names of the columns; None where the statement takes them from elsewhere or cannot be followed.

    Args:
        text: the statement behind the table's name.
        dialect: of the dump.

    Example:
        >>> created_columns(b"(id int, `a b` text, PRIMARY KEY (id)) ENGINE=InnoDB", Dialect(escapes=True))
        ('id', 'a b')
    """
    names, at, symbol = [], 1, text[:1]
    while symbol in {b"(", b","}:
        item = _item(dialect).match(text, at)
        first = FIRST.match(item[0]) if item else None
        if not item or not first or first[1].upper() == b"LIKE":
            return None
        if first[1].upper() not in CONSTRAINTS | (KEYS if dialect.escapes else set()):
            names.append(unquoted(first[1]))
        symbol, at = text[item.end() : item.end() + 1], item.end() + 1
    return tuple(text_names(names)) if names and symbol == b")" and not INHERITS.match(text, at) else None
