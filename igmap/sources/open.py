"""Opening exports: every file is looked at, read by the adapter its content asks for, and accounted for.

What only databases and tables in memory need is imported where there are some.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from igmap.engine import DuckDBEngine, Engine
from igmap.errors import SourceError
from igmap.sources.exports import Dataset, Exports, Problem
from igmap.sources.folders import gathered
from igmap.sources.kinds import kind_of, reader_of
from igmap.sources.loading import loaded, scanned
from igmap.sources.reading import Inner, Reading, Sound, sound_text
from igmap.sources.text.encodings import raw_text
from igmap.sources.unpacking import DEEPEST, Budget, inner_source, told_apart, unpacked
from igmap.workspace import Workspace, open_workspace, own_staging, sweep, temporary_staging

if TYPE_CHECKING:
    from igmap.engine.server import ServerEngine
    from igmap.sources.servers.named_databases import Database

WIDEST_IN_PLACE = 200  # columns; the engine takes minutes to plan a question about thousands
PATTERN = re.compile(r"[*?\[\]{}]")  # the engine would take such a path for a pattern of several


def open_exports(where: Path | str | Workspace | Mapping[str, Any], engine: Engine | None = None) -> Exports:
    """Open everything a system exported, or tables that are in memory already.

    Args:
        where: a workspace (a folder that holds `exports/`, and may name databases in databases.yaml), or tables by
            name: pandas or polars frames, Arrow tables, SQLAlchemy URLs of databases.
        engine: where tables are counted; by default DuckDB under the workspace's `private/staging`.

    Returns:
        All tables, unreadable files among them with the reason. Close it, or use it in a `with` block.

    Raises:
        WorkspaceError: there is no such folder.
        SourceError: a table in memory is no table, a database cannot be opened, databases.yaml is not sound.

    Example:
        >>> import pandas as pd
        >>> with open_exports({"learners": pd.DataFrame({"name": ["Jan", None]})}) as exports:
        ...     exports.datasets[0].rows
        2
    """
    if isinstance(where, Mapping):
        sweep(area := temporary_staging())
        return _open_given(where, engine, own_staging(area))
    workspace = where if isinstance(where, Workspace) else open_workspace(where)
    databases = _named(workspace.databases)
    workspace.sweep()
    opened = _engine(engine, workspace.staging, databases)
    with tempfile.TemporaryDirectory(dir=workspace.staging, prefix="unpacked-") as scratch:
        opening = _Opening(opened, Path(scratch))
        return _opened(opened, chain(opening.files(workspace), opening.databases(databases)), workspace)


def _named(path: Path) -> "Sequence[Database]":
    """The databases that a workspace names."""
    if not path.exists():
        return ()
    from igmap.sources.servers.named_databases import load_databases

    return load_databases(path)


def _open_given(tables: Mapping[str, Any], engine: Engine | None, staging: Path) -> Exports:
    """Tables in memory, and databases by their URLs; one that cannot be opened is a wrong argument."""
    from igmap.sources.servers.databases import given_database
    from igmap.sources.servers.named_databases import Database

    given = {source: given_database(source, table) or table for source, table in tables.items()}
    databases = [table for table in given.values() if isinstance(table, Database)]
    opened = _engine(engine, staging, databases)
    return _opened(opened, _Opening(opened, staging).given(given), None)


def _engine(engine: Engine | None, staging: Path, databases: "Sequence[Database]") -> Engine:
    """Where tables are counted; with databases, those are counted where they are."""
    local = engine or DuckDBEngine(staging)
    if not databases:
        return local
    from igmap.engine.server import ServerEngine

    return ServerEngine(local, staging)


def _opened(engine: Engine, datasets: Iterator[Dataset], workspace: Workspace | None) -> Exports:
    try:
        held = tuple(datasets)
        return Exports(engine, tuple(gathered(engine, held, workspace.exports)) if workspace else held, workspace)
    except BaseException:
        engine.close()
        raise


@dataclass(frozen=True, slots=True)
class _Opening:
    """What opening the files of a workspace needs.

    Args:
        engine: takes in the tables.
        scratch: where files inside files lie while they are read.
        names: of the engine's tables.
    """

    engine: Engine
    scratch: Path
    names: Iterator[str] = field(default_factory=lambda: map("t{}".format, count(1)))

    def files(self, workspace: Workspace) -> Iterator[Dataset]:
        """The tables of every file, one after the other; a file that cannot be read stops no other."""
        for relative, path in workspace.files():
            source = raw_text(os.fsencode(relative).decode("utf-8", "igmap-mark"))  # Windows' names may not be UTF-8
            yield from _or_unread(source, self.file(path, source, ()))

    def databases(self, databases: "Iterable[Database]") -> Iterator[Dataset]:
        """The tables of every database; one that cannot be read stops no other."""
        for database in databases:
            yield from _or_unread(database.id, self.database(database))

    def given(self, tables: Mapping[str, Any]) -> Iterator[Dataset]:
        """Tables in memory, and those of databases."""
        from igmap.sources.arrow import read_frame
        from igmap.sources.servers.named_databases import Database

        for source, table in tables.items():
            if isinstance(table, Database):
                yield from _or_raised(source, self.database(table))
            else:
                told = Dataset(source, "", kind="memory")
                yield loaded(self.engine, next(self.names), told, read_frame(source, table))

    def database(self, database: "Database") -> Iterator[Dataset]:
        """The tables of a database: counted where they are, or streamed like those of a file."""
        from igmap.sources.servers.databases import attached, streamed, tables_of

        engine = cast("ServerEngine", self.engine)  # it is one wherever there are databases
        for listed in tables_of(database, engine):
            try:
                if listed.snapshot.counts:
                    yield attached(listed, engine, next(self.names))
                else:
                    yield self.table(streamed(listed), listed.told, stays=False)
            except SourceError as error:
                yield _unread(listed.told, error)

    def file(self, path: Path, source: str, outer: Sequence[Budget]) -> Iterator[Dataset]:
        """The tables of one file, those of the files inside it among them.

        Args:
            path: where it lies.
            source: how it is called.
            outer: one budget, of the export it lies in, for each file around it.
        """
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise SourceError("not an ordinary file; copy the file itself into exports/")
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        kind = kind_of(path)
        if kind == "empty":
            yield Dataset(source, "", sha256=sha256, problems=(Problem(None, "empty file"),), kind=kind)
            return
        budgets = (*outer, outer[0] if outer else Budget.of(path))
        taken: set[str] = set()
        for found in reader_of(kind)(path):
            if not isinstance(found, Inner):
                yield self.table(found, Dataset(source, "", sha256=sha256, kind=kind), stays=not outer)
            elif budgets[0].is_spent:
                raise SourceError(
                    "holds too much, and what follows in it is not opened; unpack it yourself into exports/"
                )
            else:
                inner = found if found.name else replace(found, name=PurePosixPath(source).stem)
                inside = told_apart(inner_source(source, inner.name), taken)
                yield from _or_unread(inside, self.inner(inner, inside, budgets))

    def inner(self, inner: Inner, source: str, budgets: Sequence[Budget]) -> Iterator[Dataset]:
        """The tables of a file inside a file."""
        if len(budgets) > DEEPEST:
            raise SourceError(f"lies more than {DEEPEST} files deep in another; unpack it yourself into exports/")
        with unpacked(inner, self.scratch, budgets[0]) as path:
            yield from self.file(path, source, budgets)

    def table(self, reading: Reading | Sound, told: Dataset, *, stays: bool) -> Dataset:
        """One table of a file; only in a file that stays may the engine read it at its place."""
        if isinstance(reading, Sound):
            in_place = stays and reading.scan.width <= WIDEST_IN_PLACE and not PATTERN.search(str(reading.scan.path))
            if in_place and (found := scanned(self.engine, next(self.names), told, reading)):
                return found
            reading = reading.otherwise()
        kind = "cookies" if reading.table == "cookies" else told.kind
        told = replace(told, table=sound_text(reading.table) or told.table, read_as=reading.read_as, kind=kind)
        try:
            return loaded(self.engine, next(self.names), told, reading)
        except SourceError as error:
            return _unread(told, error)


def _or_unread(source: str, datasets: Iterator[Dataset]) -> Iterator[Dataset]:
    """The datasets, and at their end the reason why there are no more."""
    try:
        yield from datasets
    except SourceError as error:
        yield _unread(Dataset(source, ""), error)
    except OSError as error:
        reason = SourceError(f"cannot be read ({error.strerror}); check that it is there and may be read")
        yield _unread(Dataset(source, ""), reason)


def _or_raised(source: str, datasets: Iterator[Dataset]) -> Iterator[Dataset]:
    """The datasets, and an error that says which source it is about when there are no more."""
    try:
        yield from datasets
    except SourceError as error:
        raise SourceError(f"{source}: {error}") from None


def _unread(told: Dataset, error: SourceError) -> Dataset:
    return replace(told, problems=(Problem(None, str(error)),), readable=False)
