"""A table or view on a server, under the names of the engine: columns c1, c2 … of text.

Blanks are null already where the server counts; what is only streamed is trimmed by whoever takes it in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.expression import quoted_name

from igmap.engine.servers import Found
from igmap.engine.snapshot import Snapshot
from igmap.errors import SourceError


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ServerTable:
    """What is asked of one table.

    Args:
        snapshot: in which it is read.
        table: with its own names, which SQLAlchemy quotes.
        texts: its cells as text, by the engine's name of the column.
        order: by which its records are numbered: the primary key, if it has one.
        fields: its own names of the columns, in order.
    """

    snapshot: Snapshot
    table: sa.TableClause
    texts: dict[str, sa.ColumnElement[Any]]
    order: tuple[sa.ColumnElement[Any], ...]
    fields: tuple[str, ...]

    def count(self) -> int:
        """Its records, as the server counts them."""
        return self._counted(self.table)

    def count_texts(self) -> int:
        """The records that its cells are read from."""
        return self._counted(self._texts(list(self.texts)))

    def records(self) -> Iterator[pa.RecordBatch]:
        """Every record, in order."""
        statement = sa.select(*(text.label(name) for name, text in self.texts.items())).select_from(self.table)
        return self.snapshot.batches(statement.order_by(*self.order), schema(list(self.texts)))

    def groups(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Distinct tuples with `rows`, in no order."""
        return self.snapshot.batches(self._groups(columns), schema(columns, counted=True))

    def values(self, column: str) -> Iterator[pa.RecordBatch]:
        """Distinct values that are not blank, as `value` and `rows`, in no order."""
        statement = self._groups([column], filled=True)
        return self.snapshot.batches(statement, schema(["value"], counted=True))

    def filled(self, column: str) -> tuple[int, int]:
        """Records in which a column is not blank, and its different values."""
        groups = self._groups([column], filled=True).subquery("counted")
        filled = sa.func.coalesce(sa.func.sum(groups.c.counted), 0)
        rows, values = self.snapshot.numbers(sa.select(filled, sa.func.count()).select_from(groups))
        return rows, values

    def tuples(self, columns: Sequence[str]) -> tuple[int, ...]:
        """Rows, distinct tuples, rows with a blank in them, tuples of one row, pairs of rows of the same tuple."""
        groups = self._groups(columns).subquery("counted")
        rows, blank = groups.c.counted, sa.or_(*(groups.c[name].is_(None) for name in columns))
        figures = (
            sa.func.coalesce(sa.func.sum(rows), 0),
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.case((blank, rows), else_=0)), 0),
            sa.func.coalesce(sa.func.sum(sa.case((rows == 1, 1), else_=0)), 0),
            sa.func.coalesce(sa.func.sum(rows * (rows - 1)), 0),
        )
        *counts, ordered = self.snapshot.numbers(sa.select(*figures).select_from(groups))
        return (*counts, ordered // 2)

    def _counted(self, rows: sa.FromClause) -> int:
        return self.snapshot.numbers(sa.select(sa.func.count()).select_from(rows))[0]

    def _texts(self, columns: Sequence[str]) -> sa.Subquery:
        return sa.select(*(self.texts[name].label(name) for name in columns)).select_from(self.table).subquery("texts")

    def _groups(self, columns: Sequence[str], *, filled: bool = False) -> sa.Select[Any]:
        dialect = self.snapshot.dialect
        texts = self._texts(columns)
        shown = (dialect.shown(texts.c[name]).label(name) for name in columns)
        groups = sa.select(*shown, sa.func.count().label("counted")).select_from(texts)
        if filled:
            groups = groups.where(texts.c[columns[0]].is_not(None))
        return groups.group_by(*(dialect.key(texts.c[name]) for name in columns))


def schema(columns: Sequence[str], *, counted: bool = False) -> pa.Schema:
    """Text columns, and the number of records behind each row."""
    return pa.schema([*((name, pa.string()) for name in columns), *([("rows", pa.int64())] if counted else [])])


def server_table(snapshot: Snapshot, columns: Sequence[Found]) -> ServerTable:
    """The table of these columns.

    Raises:
        SourceError: it has no columns.
    """
    at = columns[0]
    if at.column is None:
        raise SourceError("a table without columns; there is nothing to read in it")
    own: dict[str, sa.ColumnClause[Any]] = {
        found.column: sa.column(_quoted(found.column)) for found in columns if found.column is not None
    }
    table = sa.table(_quoted(at.table), *own.values(), schema=_quoted(at.schema))
    texts = {f"c{i}": _text(snapshot, own[f.column], f.kind) for i, f in enumerate(columns, 1) if f.column is not None}
    keys = sorted((found.key, found.column) for found in columns if found.key is not None and found.column is not None)
    return ServerTable(snapshot, table, texts, tuple(own[column] for _, column in keys), tuple(own))


def _text(snapshot: Snapshot, column: sa.ColumnElement[Any], kind: str) -> sa.ColumnElement[Any]:
    text = snapshot.dialect.text(column, kind)
    return snapshot.dialect.filled(text, kind) if snapshot.counts else text


def _quoted(name: str) -> quoted_name:
    return quoted_name(name, quote=True)


def accounted(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """The batches, which have to be as many records as were counted.

    Raises:
        SourceError: they are not.
    """
    streamed = 0
    for batch in batches:
        streamed += len(batch)
        yield batch
    if streamed != rows:
        raise SourceError(f"{rows} records counted and {streamed} streamed: it changes while it is read")
