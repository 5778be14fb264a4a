"""What a snapshot asks of a dialect; each dialect is a module."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

Text = sa.ColumnElement[Any]

# What `open._blanks_as_null` trims, as ranges of code points: a cell of nothing else is null.
BLANK_RANGES = [(0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)]
BLANK_RANGES += [(0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)]
BLANKS = "".join(chr(point) for first, last in BLANK_RANGES for point in range(first, last + 1))


class Found(NamedTuple):
    """One row of the catalogue: a column of a table or view.

    Args:
        schema: where the table lies.
        table: its name.
        column: None for a table without columns.
        kind: the server's word for the column's type.
        key: its place in the primary key, if it has one.
    """

    schema: str
    table: str
    column: str | None
    kind: str
    key: int | None


class Dialect(Protocol):
    """One kind of server.

    KIND is what its tables are called in the account; TRANSACTION holds for every transaction of the connection, as
    SQLAlchemy's options; SCHEMA asks which schema is meant when none is named, CATALOGUE for the rows of `Found`; CODES
    turns the server's codes into words of `snapshot.REASONS`.
    """

    KIND: str
    DRIVER: str
    LOGGER: str
    ARGUMENTS: dict[str, Any]
    TRANSACTION: dict[str, Any]
    CATALOGUE: str
    SCHEMA: str
    CODES: dict[Any, str]

    def begin(self, connection: sa.Connection, timeout_seconds: int, /) -> Sequence[str]:
        """The statements that begin the one read-only transaction."""

    def counts(self, connection: sa.Connection, /) -> bool:
        """Whether the server's answers are sure to equal the embedded engine's."""

    def code(self, error: Any, /) -> str | int:
        """The server's code for what went wrong, or a word of `REASONS`."""

    def forget(self, cursor: Any, /) -> None:
        """Leave unread what a cursor has not read, when the server is gone."""

    def text(self, column: Text, kind: str, /) -> Text:
        """A cell as the text a person would read."""

    def filled(self, text: Text, kind: str, /) -> Text:
        """The text of such a cell, null when it is blank; only asked of a server that counts."""

    def key(self, text: Text, /) -> Text:
        """What is equal exactly where texts are equal, byte by byte."""

    def shown(self, text: Text, /) -> Text:
        """The text of a group of equal texts."""
