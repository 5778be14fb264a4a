"""Opening exports: every file is looked at, read by the adapter its content asks for, and accounted for."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from igmap.engine import DuckDBEngine, Engine
from igmap.engine.protocol import RECORD
from igmap.errors import EngineError, IgmapError, SourceError
from igmap.sources.arrow import read_frame
from igmap.sources.encodings import raw_text
from igmap.sources.exports import Column, Dataset, Exports, Problem
from igmap.sources.kinds import READERS, kind_of
from igmap.sources.reading import Inner, Quarantine, Reading, sound_text, text_array, text_names
from igmap.sources.unpacking import DEEPEST, Budget, inner_source, told_apart, unpacked
from igmap.workspace import Workspace, open_workspace, own_staging, sweep, temporary_staging

PROBLEMS_LISTED = 1000


def open_exports(where: Path | str | Workspace | Mapping[str, Any], engine: Engine | None = None) -> Exports:
    """Open everything a system exported, or tables that are in memory already.

    Args:
        where: a workspace (a folder that holds `exports/`), or tables by name: pandas or polars frames, Arrow tables.
        engine: where tables are counted; by default DuckDB under the workspace's `private/staging`.

    Returns:
        All tables, unreadable files among them with the reason. Close it, or use it in a `with` block.

    Raises:
        WorkspaceError: there is no such folder.
        SourceError: a table in memory is no table.

    Example:
        >>> import pandas as pd
        >>> with open_exports({"learners": pd.DataFrame({"name": ["Jan", None]})}) as exports:
        ...     exports.datasets[0].rows
        2
    """
    if isinstance(where, Mapping):
        area = temporary_staging()
        sweep(area)
        engine = engine or DuckDBEngine(own_staging(area))
        return _opened(engine, _open_tables(engine, where), None)
    workspace = where if isinstance(where, Workspace) else open_workspace(where)
    workspace.sweep()
    engine = engine or DuckDBEngine(workspace.staging)
    with tempfile.TemporaryDirectory(dir=workspace.staging, prefix="unpacked-") as scratch:
        return _opened(engine, _Opening(engine, Path(scratch)).files(workspace), workspace)


def _opened(engine: Engine, datasets: Iterator[Dataset], workspace: Workspace | None) -> Exports:
    try:
        return Exports(engine, tuple(datasets), workspace)
    except BaseException:
        engine.close()
        raise


def _open_tables(engine: Engine, tables: Mapping[str, Any]) -> Iterator[Dataset]:
    for number, (source, frame) in enumerate(tables.items(), 1):
        yield _loaded(engine, f"t{number}", Dataset(source, "", kind="memory"), read_frame(source, frame))


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
        for found in READERS[kind](path):
            if isinstance(found, Reading):
                yield self.table(found, Dataset(source, sound_text(found.table), sha256=sha256, kind=kind))
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

    def table(self, reading: Reading, told: Dataset) -> Dataset:
        """One table of a file."""
        told = replace(told, read_as=reading.read_as, kind="cookies" if reading.table == "cookies" else told.kind)
        if not reading.names and not reading.counted:
            return replace(told, problems=tuple(Problem(None, problem) for problem in reading.problems))
        try:
            return _loaded(self.engine, next(self.names), told, reading)
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


def _unread(told: Dataset, error: SourceError) -> Dataset:
    return replace(told, problems=(Problem(None, str(error)),), readable=False)


def _loaded(engine: Engine, name: str, told: Dataset, reading: Reading) -> Dataset:
    """The dataset with its tables in the engine."""
    streams = {name: _numbered(reading.stream, reading.quarantine)}
    streams |= {f"{name}_{number}": stream for number, (_, stream) in enumerate(reading.nested, 1)}
    places = [place for table, stream in streams.items() for place in _load(engine, table, stream)]
    fields = text_names([*reading.names, *(field for fields, _ in reading.nested for field in fields)])
    kept = sorted(reading.quarantine.records)
    if kept:
        records, raws, _ = zip(*kept, strict=True)
        engine.load(f"{name}_quarantine", pa.table({RECORD: records, "c1": text_array(raws)}).to_reader())
    parsed, _ = engine.describe(name)
    return replace(
        told,
        rows=reading.counted,
        parsed=parsed,
        quarantined=len(kept),
        problems=tuple(_problems(reading, parsed, kept)),
        columns=tuple(Column(field, *place) for field, place in zip(fields, places, strict=True)),
        name=name,
        quarantine=f"{name}_quarantine" if kept else "",
    )


def _problems(reading: Reading, parsed: int, kept: Sequence[tuple[int, str, str]]) -> Iterator[Problem]:
    yield from (Problem(None, problem) for problem in reading.problems)
    if parsed + len(kept) != reading.counted:
        yield Problem(
            None, f"{reading.counted} records counted, {parsed} parsed and {len(kept)} quarantined: look at the file"
        )
    yield from (Problem(record, problem) for record, _, problem in kept[:PROBLEMS_LISTED])
    if len(kept) > PROBLEMS_LISTED:
        yield Problem(None, f"{len(kept) - PROBLEMS_LISTED} more quarantined records are not listed here")


def _numbered(stream: pa.RecordBatchReader, quarantine: Quarantine) -> pa.RecordBatchReader:
    """The stream with the number of each record in its file, quarantined ones counted."""
    schema = pa.schema([(RECORD, pa.int64()), *stream.schema])

    def batches() -> Iterator[pa.RecordBatch]:
        last = 0
        for batch in stream:
            numbers = quarantine.numbers(last, len(batch))
            last = int(numbers[-1]) if len(numbers) else last
            yield pa.RecordBatch.from_arrays([pa.array(numbers), *batch.columns], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _load(engine: Engine, name: str, stream: pa.RecordBatchReader) -> list[tuple[str, str]]:
    """Load one table and say where its columns are."""
    failures: list[IgmapError] = []
    batches = pa.RecordBatchReader.from_batches(stream.schema, map(_blanks_as_null, _watched(stream, failures)))
    try:
        engine.load(name, batches)
    except EngineError as error:
        raise (failures or [SourceError(f"cannot be loaded: {error}")])[0] from None
    return [(name, column) for column in stream.schema.names if column != RECORD]


def _watched(stream: Iterable[pa.RecordBatch], failures: list[IgmapError]) -> Iterator[pa.RecordBatch]:
    """The stream as it is; our own errors are kept, since the engine turns what is raised in it into its own."""
    try:
        yield from stream
    except IgmapError as error:
        failures.append(error)
        raise


def _blanks_as_null(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Blank text is null everywhere after this: one kind of blank, as anyone reading the file would see it."""
    arrays = [
        pc.if_else(pc.equal(pc.utf8_trim_whitespace(array), ""), None, array)
        if pa.types.is_string(array.type)
        else array
        for array in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)
