"""Databases in place: every table and view that the user means, in one snapshot, counted on the server."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from igmap.engine.server import ServerEngine
from igmap.errors import SourceError
from igmap.sources.exports import Column, Dataset
from igmap.sources.reading import Reading, sound_text, text_names
from igmap.sources.servers.named_databases import Database

if TYPE_CHECKING:
    from igmap.engine.server_table import ServerTable
    from igmap.engine.servers import Found
    from igmap.engine.snapshot import Snapshot

NO_TABLES = "holds no table or view that this user may see; check 'schema' and 'tables', and the grants"


class Listed(NamedTuple):
    """A table or view that is there, before anything is asked of it."""

    told: Dataset
    snapshot: "Snapshot"
    columns: "Sequence[Found]"


def given_database(source: str, given: Any) -> Database | None:
    """The database that an URL stands for, as text or SQLAlchemy's own; None for anything else."""
    url = given.render_as_string(hide_password=False) if hasattr(given, "render_as_string") else given
    return Database(id=source, url=url) if isinstance(url, str) and "://" in url else None


def tables_of(database: Database, engine: ServerEngine) -> Iterator[Listed]:
    """The tables and views of a database, by schema and name; the schema is told when there are several.

    Raises:
        SourceError: the database cannot be opened; or, when the tables are told, that a pattern fits none.
    """
    snapshot = engine.connect(database.url, password=database.secret(), timeout_seconds=database.timeout_seconds)
    meant, catalogue = snapshot.catalogue()
    schema = database.schema_ or meant
    found = [column for column in catalogue if schema in {None, column.schema}]
    wanted = sorted((column for column in found if _is_wanted(column.table, database)), key=_place)  # stable
    several = len({column.schema for column in wanted}) > 1
    for place, columns in groupby(wanted, _place):
        name = ".".join(place if several else place[1:])
        yield Listed(Dataset(database.id, sound_text(name), kind=snapshot.dialect.KIND), snapshot, list(columns))
    _refuse_idle(database, {column.table for column in found})


def attached(listed: Listed, engine: ServerEngine, name: str) -> Dataset:
    """The dataset, counted on the server: the table as a whole, and the records that its cells are read from."""
    table = _table(listed)
    rows = table.count()
    engine.attach(name, table)
    columns = zip(text_names(table.fields), table.texts, strict=True)
    return replace(
        listed.told,
        rows=rows,
        parsed=engine.describe(name)[0],
        columns=tuple(Column(field, name, column) for field, column in columns),
        name=name,
        read_as=f"{listed.told.kind}, counted on the server",
    )


def streamed(listed: Listed) -> Reading:
    """The table as a stream, where the server cannot count as igmap does. Counted by `count(*)`."""
    from igmap.engine.server_table import schema

    table = _table(listed)
    batches = pa.RecordBatchReader.from_batches(schema(list(table.texts)), table.records())
    return Reading("", table.fields, batches, table.count(), read_as=f"{listed.told.kind}, streamed")


def _table(listed: Listed) -> "ServerTable":
    from igmap.engine.server_table import server_table

    return server_table(listed.snapshot, listed.columns)


def _place(column: "Found") -> tuple[str, str]:
    return column.schema, column.table


def _is_wanted(table: str, database: Database) -> bool:
    return not database.tables or any(fnmatchcase(table, pattern) for pattern in database.tables)


def _refuse_idle(database: Database, tables: set[str]) -> None:
    """Say when a pattern fits no table: it was written for one that is not there."""
    if not tables:
        raise SourceError(NO_TABLES)
    for position, pattern in enumerate(database.tables, 1):
        if not any(fnmatchcase(table, pattern) for table in tables):
            raise SourceError(f"pattern {position} under 'tables' fits no table or view; correct it")
