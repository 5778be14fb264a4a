"""SQLite databases: every table and view, read-only, through the standard library."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from igmap.errors import SourceError
from igmap.sources.reading import Reading, stream_rows, text_names

UNSOUND = "is not a sound SQLite database; export it again"


def read(path: Path) -> Iterator[Reading]:
    """One table per table and view. Counted by `count(*)`."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as database:
            database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
            ).fetchall()
            for (table,) in tables:
                yield _read_table(database, table)
    except sqlite3.Error:
        raise SourceError(UNSOUND) from None


def _read_table(database: sqlite3.Connection, table: str) -> Reading:
    quoted = table.replace('"', '""')
    cursor = database.execute(f'SELECT * FROM "{quoted}"')
    names = text_names(column[0] for column in cursor.description)
    counted = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
    return Reading(table, names, stream_rows(_rows(cursor), len(names)), counted, read_as="sqlite")


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[str | None, ...]]:
    try:
        yield from (tuple(map(_text, row)) for row in cursor)
    except sqlite3.Error:
        raise SourceError(UNSOUND) from None


def _text(cell: object) -> str | None:
    if isinstance(cell, bytes):
        return f"({len(cell)} bytes)"
    return None if cell is None else str(cell)
