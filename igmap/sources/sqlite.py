"""SQLite databases: every table and view, read-only, through the standard library.

A browser's table of cookies is told like a cookies.txt, without the values.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from igmap.errors import SourceError
from igmap.sources.cookies.browser_cookies import NAMES, browser_of, cookie_rows
from igmap.sources.nested.flatten import cell_text
from igmap.sources.reading import Reading, stream_rows

UNSOUND = "is not a sound SQLite database; export it again"
BROKEN = (sqlite3.Error, UnicodeDecodeError)  # names of damaged tables may be no text
TABLES = """
SELECT name FROM sqlite_master
WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name
"""


def read(path: Path) -> Iterator[Reading]:
    """One table per table and view. Counted by `count(*)`."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    unread = 0
    try:
        with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as database:
            database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            tables = database.execute(TABLES).fetchall()
            if not tables:
                raise SourceError("holds no table; export it again")
            for (table,) in tables:
                try:
                    yield _read_table(database, table, _pending(path))
                except BROKEN:
                    unread += 1
    except BROKEN:
        raise SourceError(UNSOUND) from None
    if unread:
        raise SourceError(f"tables or views in it ({unread}) cannot be read; export what they show as tables")


def _pending(path: Path) -> list[str]:
    """A problem when changes lie in a journal that only the database's own program may merge."""
    journal = path.with_name(f"{path.name}-wal")
    waiting = journal.is_file() and journal.stat().st_size > 0
    return ["changes in the -wal file beside it are not read; close the program and export again"] if waiting else []


def _read_table(database: sqlite3.Connection, table: str, problems: list[str]) -> Reading:
    quoted = table.replace('"', '""')
    cursor = database.execute(f'SELECT * FROM "{quoted}"')
    names = [column[0] for column in cursor.description]
    counted = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
    browser = browser_of(names)
    if browser:
        rows = stream_rows(cookie_rows(names, _rows(cursor)), len(NAMES))
        return Reading("cookies", NAMES, rows, counted, read_as=f"sqlite, cookies of {browser}", problems=problems)
    rows = stream_rows((tuple(map(cell_text, row)) for row in _rows(cursor)), len(names))
    return Reading(table, names, rows, counted, read_as="sqlite", problems=problems)


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    try:
        yield from cursor
    except BROKEN:
        raise SourceError(UNSOUND) from None
