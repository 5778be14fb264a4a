"""How a SQL dump is written: MySQL's backslashes or the standard's, and which words head a table's records.

Read by the parser and by the count alike, as both need to know what a table is called; how records are told apart
each of them finds by its own means.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from igmap.sources.sql.telling import GAP, LIST, NAME, PATH
from igmap.sources.text.encodings import raw_text

LOOKED_AT = 65_536
MYSQL = re.compile(
    rb"(?:MySQL|MariaDB) dump|phpMyAdmin|/\*!\d|\bENGINE\s*=|\bAUTO_INCREMENT\b|(?:INTO|TABLE|EXISTS)\s+`",
    re.IGNORECASE,
)
STANDARD = re.compile(
    rb"PostgreSQL database|\bFROM stdin|standard_conforming_strings\s*=\s*on|"
    rb"\bPRAGMA\s|BEGIN TRANSACTION;|\bpg_catalog\b",
    re.IGNORECASE,
)
BEGINS = rb"(?:INSERT INTO|INSERT IGNORE INTO|REPLACE INTO|CREATE TABLE|COPY) "  # such a line ends what is not closed
INSERT = re.compile(
    rb"(?:INSERT|REPLACE)\b" + GAP + rb"(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+)\b" + GAP + rb")*+"
    rb"(?:INTO\b" + GAP + rb")?+(?P<name>" + PATH + rb")" + GAP + rb"(?P<columns>" + LIST + rb")?+" + GAP +
    rb"(?:OVERRIDING\s+\w+\s+VALUE\b" + GAP + rb")?+VALUES?\b" + GAP,
    re.IGNORECASE,
)  # fmt: skip
INSERTS = re.compile(rb"(?:INSERT|REPLACE)\b(?:\s+(?:\w+\s+)*?INTO\b\s*+(?P<name>" + PATH + rb"))?", re.IGNORECASE)
CREATE = re.compile(
    rb"CREATE\b" + GAP + rb"(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN|OR\s+REPLACE)\b" + GAP + rb")*+"
    rb"TABLE\b" + GAP + rb"(?:IF\s+NOT\s+EXISTS\b" + GAP + rb")?+(?P<name>" + PATH + rb")" + GAP,
    re.IGNORECASE,
)
COPY = re.compile(
    rb"COPY\s++(?P<name>" + PATH + rb")\s*+(?P<columns>" + LIST + rb")?+\s*+FROM\s++stdin\b[^;\n]*+;[^\S\n]*+\n",
    re.IGNORECASE,
)
SCHEMA = re.compile(
    rb"(?:USE\s++|SET\s++search_path\s*+(?:=|TO\b)\s*+|\\c(?:onnect)?\s++(?:-\S+\s++)*+)(?P<name>" + NAME + rb")",
    re.IGNORECASE,
)
DELIMITER = re.compile(rb"DELIMITER[ \t]++([^\w\s'\"`(),]{1,3})[ \t\r]*+(?=\n|\Z)", re.IGNORECASE)
ROUTINE = re.compile(
    rb"CREATE\s++(?:(?:OR\s++(?:REPLACE|ALTER)|DEFINER\s*+=\s*+\S++|TEMP|TEMPORARY|CONSTRAINT|AGGREGATE)\s++)*+"
    rb"(?:TRIGGER|FUNCTION|PROCEDURE|EVENT|PACKAGE)\b",
    re.IGNORECASE,
)
BODY = re.compile(rb"\bBEGIN\b", re.IGNORECASE)
BODY_ENDS = re.compile(rb"\s*+END(?!\s+(?:IF|CASE|LOOP|WHILE|REPEAT)\b)(?:\s+\S+)?\s*+", re.IGNORECASE)
LONGEST_ROUTINE = 1 << 20
TAIL = re.compile(GAP + rb"(?:ON|AS|RETURNING)\b", re.IGNORECASE)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How strings are written.

    Args:
        escapes: a backslash in a string escapes, and `#` begins a comment, as in MySQL; in PostgreSQL and SQLite a
            backslash is only itself, except in E'…'.
    """

    escapes: bool


def dialect_of(start: bytes) -> Dialect:
    """The dialect by its signs in the first part of a dump; without any, by what stands behind backslashes."""
    start = start[:LOOKED_AT]
    if MYSQL.search(start):
        return Dialect(escapes=True)
    return Dialect(escapes=not STANDARD.search(start) and bool(re.search(rb"\\'(?!\s*[,);])", start)))


@dataclass(frozen=True, slots=True)
class Place:
    r"""What earlier statements of a dump say for those that follow.

    Args:
        database: of the last USE or `\connect`, where names are looked up.
        schema: of the last search path.
        delimiter: what ends a statement.
        bodiless: up to here no body of a function is looked for, since one was found to have no end.
    """

    database: str = ""
    schema: str = ""
    delimiter: bytes = b";"
    bodiless: int = 0

    def after(self, change: re.Match[bytes]) -> "Place":
        """The place after a statement that `SCHEMA` matches."""
        name = unquoted(change["name"])
        if change[0][:3].upper() == b"SET":
            return replace(self, schema="" if name.startswith("$") else name)
        return replace(self, database=name, schema="")


@lru_cache(maxsize=1024)
def key_of(path: bytes, place: Place) -> Key:
    """Database, schema and name of a table as a statement calls it; `public` is PostgreSQL's word for no schema.

    Example:
        >>> key_of(b'"public"."Users"', Place())
        ('', '', 'Users')
    """
    *schemas, name = list(map(unquoted, re.findall(NAME, path))) or [""]
    schema = ".".join(schemas) or place.schema
    return place.database, "" if schema == "public" else schema, name


def names_of(columns: bytes) -> list[str]:
    """The names in a list of columns."""
    return list(map(unquoted, re.findall(NAME, columns[1:-1])))


def unquoted(name: bytes) -> str:
    """A name without the quotes of its dialect."""
    text = raw_text(name.decode("utf-8", "replace"))
    first = text[:1]
    if first == "[":
        return text[1:-1]
    return text[1:-1].replace(first * 2, first) if first in {'"', "`", "'"} else text
