"""The tables of a SQL dump: their columns, and where in the dump their records stand."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from igmap.sources.sql.dialect import Dialect, Key, Place
from igmap.sources.sql.rows import records_of
from igmap.sources.sql.statements import Piece, Walk
from igmap.sources.sql.window import BLOCK_BYTES, window_at
from igmap.sources.text.encodings import Decoder

SAMPLE_RECORDS = 100
HARMLESS = frozenset(
    b"ALTER ANALYZE BEGIN COMMENT COMMIT CREATE DROP END GO GRANT LOCK PRAGMA RELEASE REVOKE ROLLBACK SAVEPOINT SELECT "
    b"SET START UNLOCK USE VACUUM".split()
)
VERB = re.compile(rb"\w++")


@dataclass(slots=True)
class Table:
    """What a dump says of a table.

    Args:
        key: database, schema and name.
        created: its columns by CREATE TABLE, if told.
        listed: columns that INSERTs and COPYs list.
        unnamed: values in a record, where nothing names them.
        runs: where its records stand: first and last byte, and where names are looked up there.
        broken: whether one of its records is cut off.
    """

    key: Key
    created: tuple[str, ...] | None = None
    listed: dict[str, None] = field(default_factory=dict)
    unnamed: int = 0
    runs: list[tuple[int, int, Place]] = field(default_factory=list)
    broken: bool = False

    def names(self) -> list[str]:
        """The columns: as created, those that only statements list, then those without a name."""
        created = self.created or ()
        folded = {name.casefold() for name in created}
        listed = [name for name in self.listed if name in created or name.casefold() not in folded]
        unnamed = [""] * (0 if created else self.unnamed)
        return [*dict.fromkeys([*created, *listed]), *unnamed] or [""]

    def places(self, columns: tuple[str, ...] | None) -> list[int]:
        """Where the values of a record go among `names`, for the columns that its statement lists."""
        names = self.names()
        if columns is None:
            return list(range(len(self.created))) if self.created else list(range(len(names)))[-max(self.unnamed, 1) :]
        at = {name.casefold(): place for place, name in reversed(list(enumerate(names)))}
        at |= {name: place for place, name in enumerate(names)}
        return [at[column] if column in at else at[column.casefold()] for column in columns]

    def add(self, piece: Piece, dialect: Dialect) -> None:
        """Note where records stand, what their statement calls their values and, without that, how many there are."""
        last = self.runs[-1] if self.runs else None
        if last and piece.start - last[1] < BLOCK_BYTES:
            self.runs[-1] = (last[0], piece.end, last[2])
        else:
            self.runs.append((piece.start, piece.end, piece.place))
        self.broken |= piece.form == "broken"
        if piece.columns is not None:
            self.listed |= dict.fromkeys(piece.columns)
        elif not self.created and not self.unnamed and piece.form in {"tuples", "tuple", "lines"}:
            sample = islice(records_of(piece, dialect), SAMPLE_RECORDS)
            widths = Counter(len(cells) for _, cells in sample if cells)
            self.unnamed = max(widths, key=widths.__getitem__, default=0)


def find_tables(decoder: Decoder, dialect: Dialect) -> tuple[dict[Key, Table], int]:
    """The tables in the order of the dump, and how many statements there are that may change records."""
    tables: dict[Key, Table] = {}
    changes = 0
    with window_at(decoder) as window:
        for piece in Walk(window, dialect, Place()):
            if piece.form == "skipped":
                verb = VERB.match(piece.text)
                changes += bool(verb and verb[0].upper() not in HARMLESS)
                continue
            table = tables.setdefault(piece.key, Table(piece.key))
            if piece.form == "table":
                table.created = piece.columns or table.created
            else:
                table.add(piece, dialect)
    return _with_columns(tables), changes


def _with_columns(tables: dict[Key, Table]) -> dict[Key, Table]:
    """The tables, those that are created in other capitals than they are filled in as one."""
    spare = {tuple(map(str.casefold, key)): table for key, table in tables.items() if table.created and not table.runs}
    for key, table in list(tables.items()):
        created = spare.get(tuple(map(str.casefold, key)))
        if created and not table.created:
            table.created = created.created
            tables.pop(created.key, None)
    return tables
