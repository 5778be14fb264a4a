"""Opening exports: every file is looked at, read by the adapter its content asks for, and accounted for."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from igmap.engine import DuckDBEngine, Engine
from igmap.errors import EngineError, IgmapError, SourceError
from igmap.sources.exports import Column, Dataset, Exports, Problem
from igmap.sources.kinds import READERS, kind_of
from igmap.sources.reading import Reading
from igmap.workspace import Workspace, open_workspace

PROBLEMS_LISTED = 1000


def open_exports(where: Path | str | Workspace | Mapping[str, Any], engine: Engine | None = None) -> Exports:
    """Open everything a system exported, or tables that are in memory already.

    Args:
        where: a workspace (a folder that holds `exports/`), or tables by name: pandas or polars frames, Arrow tables.
        engine: where tables are counted; by default DuckDB under the workspace's `private/staging`.

    Returns:
        All tables, unreadable files among them with the reason. Close it, or use it in a `with` block.

    Raises:
        WorkspaceError: there is no `exports/` folder.

    Example:
        >>> import pandas as pd
        >>> with open_exports({"learners": pd.DataFrame({"name": ["Jan", None]})}) as exports:
        ...     exports.datasets[0].rows
        2
    """
    if isinstance(where, Mapping):
        engine = engine or DuckDBEngine(Path(tempfile.mkdtemp(prefix="igmap-")))
        names = count(1)
        loaded = (_loaded(engine, names, name, "", "memory", _of_frame(frame)) for name, frame in where.items())
        return Exports(engine, tuple(loaded))
    workspace = where if isinstance(where, Workspace) else open_workspace(where)
    engine = engine or DuckDBEngine(workspace.private / "staging")
    try:
        return Exports(engine, tuple(_open_files(engine, workspace)), workspace)
    except BaseException:
        engine.close()
        raise


def _open_files(engine: Engine, workspace: Workspace) -> Iterator[Dataset]:
    names = count(1)
    for source, path in workspace.files():
        try:
            yield from _open_file(engine, names, source, path)
        except SourceError as error:
            yield Dataset(source, "", 0, 0, 0, "", (Problem(None, str(error)),), (), readable=False)


def _open_file(engine: Engine, names: Iterator[int], source: str, path: Path) -> Iterator[Dataset]:
    if path.is_symlink() or not path.is_file():
        raise SourceError("not an ordinary file; copy the file itself into exports/")
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        kind = kind_of(path)
        if kind == "empty":
            yield Dataset(source, "", 0, 0, 0, sha256, (Problem(None, "empty file"),), (), kind=kind)
            return
        for reading in READERS[kind](path):
            shown_kind = "cookies" if reading.table == "cookies" else kind
            yield _loaded(engine, names, source, sha256, shown_kind, reading)
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}); check that the file is there and may be read") from None


def _of_frame(frame: Any) -> Reading:
    table = frame if isinstance(frame, pa.Table) else pa.table(frame)
    columns = [pc.cast(column, pa.string()) for column in table.columns]
    renamed = pa.table(columns, names=[f"c{i}" for i in range(1, len(columns) + 1)])
    return Reading("", table.column_names, renamed.to_reader(), len(table), read_as="table in memory")


def _loaded(  # noqa: PLR0913 - the six things that make a dataset
    engine: Engine, names: Iterator[int], source: str, sha256: str, kind: str, reading: Reading
) -> Dataset:
    name = f"t{next(names)}"
    columns = [*_load(engine, name, reading.names, reading.stream)]
    for number, (nested_names, stream) in enumerate(reading.nested, 1):
        columns += _load(engine, f"{name}_{number}", nested_names, stream)
    parsed, _ = engine.describe(name)
    kept = reading.quarantine.records
    if kept:
        table = pa.table({"record": [r for r, _, _ in kept], "c1": [raw for _, raw, _ in kept]})
        engine.load(f"{name}_quarantine", table.to_reader())
    return Dataset(
        source=source,
        table=reading.table,
        rows=reading.counted,
        parsed=parsed,
        quarantined=len(kept),
        sha256=sha256,
        problems=tuple(_problems(reading, parsed)),
        columns=tuple(columns),
        name=name,
        quarantine=f"{name}_quarantine" if kept else "",
        kind=kind,
        read_as=reading.read_as,
    )


def _problems(reading: Reading, parsed: int) -> Iterator[Problem]:
    yield from (Problem(None, problem) for problem in reading.problems)
    kept = reading.quarantine.records
    if parsed + len(kept) != reading.counted:
        yield Problem(None, f"{reading.counted} records counted, {parsed} parsed and {len(kept)} quarantined: look at the file")
    yield from (Problem(record, problem) for record, _, problem in kept[:PROBLEMS_LISTED])
    if len(kept) > PROBLEMS_LISTED:
        yield Problem(None, f"{len(kept) - PROBLEMS_LISTED} more quarantined records are not listed here")


def _load(engine: Engine, name: str, names: Iterable[str], stream: pa.RecordBatchReader) -> Iterator[Column]:
    failures: list[IgmapError] = []
    batches = pa.RecordBatchReader.from_batches(stream.schema, map(_blanks_as_null, _watched(stream, failures)))
    try:
        engine.load(name, batches)
    except EngineError as error:
        raise (failures or [SourceError(f"cannot be loaded: {error}")])[0] from None
    columns = [column for column in stream.schema.names if column != "record"]
    yield from (Column(field, name, column) for field, column in zip(names, columns, strict=True))


def _watched(stream: Iterable[pa.RecordBatch], failures: list[IgmapError]) -> Iterator[pa.RecordBatch]:
    """The stream as it is; our own errors are kept, since the engine turns what is raised in its threads into its own."""
    try:
        yield from stream
    except IgmapError as error:
        failures.append(error)
        raise


def _blanks_as_null(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Blank text is null everywhere after this: one kind of blank, as anyone reading the file would see it."""
    arrays = [
        pc.if_else(pc.equal(pc.utf8_trim_whitespace(array), ""), None, array) if pa.types.is_string(array.type) else array
        for array in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)
