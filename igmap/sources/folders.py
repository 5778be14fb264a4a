"""Folders of files of one shape as one table: a log a day, a list of marks per course.

The name of the file becomes a field, `(file)`: it says which day or course, or which person.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path, PurePosixPath

from igmap.engine import Engine, Part
from igmap.sources.exports import Column, Dataset, Problem

FILE = "(file)"


def gathered(engine: Engine, datasets: Sequence[Dataset], exports: Path) -> Iterator[Dataset]:
    """The datasets, those of a folder as one if they all have one shape; empty and unread files stay on their own.

    Members of archives and attachments of mail keep their names.
    """
    folders: dict[str, list[Dataset]] = {}
    for dataset in datasets:
        folders.setdefault(str(PurePosixPath(dataset.source).parent), []).append(dataset)
    for folder, held in folders.items():
        tables = [dataset for dataset in held if dataset.name]
        if folder != "." and (exports / folder).is_dir() and _alike(tables):
            yield _joined(engine, folder, tables)
            yield from (dataset for dataset in held if not dataset.name)
        else:
            yield from held


def _alike(tables: Sequence[Dataset]) -> bool:
    """Whether several files hold one table each, with the same fields in the same places."""
    several = len({dataset.source for dataset in tables}) == len(tables) > 1
    return several and len({(dataset.kind, dataset.table, *_shape(dataset)) for dataset in tables}) == 1


def _shape(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    yield from ((one.name, one.table.removeprefix(dataset.name), one.column) for one in dataset.columns)


def _joined(engine: Engine, folder: str, tables: Sequence[Dataset]) -> Dataset:
    """The tables as one; its records are numbered from file to file."""
    first, name = tables[0], f"{tables[0].name}_all"
    offsets = list(accumulate((dataset.rows for dataset in tables), initial=0))[:-1]
    files = tuple((PurePosixPath(dataset.source).name, dataset.sha256) for dataset in tables)
    kept = _unite(engine, name, tables, offsets)
    columns = [Column(field, name + suffix, column) for field, suffix, column in _shape(first)]
    own = sum(1 for _, suffix, _ in _shape(first) if not suffix)
    return replace(
        first,
        source=f"{folder}/{_pattern([file for file, _ in files])}",
        rows=sum(dataset.rows for dataset in tables),
        parsed=sum(dataset.parsed for dataset in tables),
        quarantined=sum(dataset.quarantined for dataset in tables),
        sha256=hashlib.sha256("\n".join(f"{sha} {file}" for file, sha in files).encode()).hexdigest(),
        problems=tuple(_problems(tables, offsets)),
        columns=(*columns[:own], Column(FILE, name, f"c{own + 1}"), *columns[own:]),
        name=name,
        quarantine=kept,
        files=files,
        offsets=tuple(offsets),
    )


def _unite(engine: Engine, name: str, tables: Sequence[Dataset], offsets: Sequence[int]) -> str:
    """Make the tables one in the engine, those of items too; the name of the one with what was quarantined."""
    for suffix in dict.fromkeys(["", *(suffix for _, suffix, _ in _shape(tables[0]))]):
        places = zip(tables, offsets, strict=True)
        parts = [Part(d.name + suffix, offset, None if suffix else _label(d)) for d, offset in places]
        engine.union(name + suffix, parts)
    kept = [Part(d.quarantine, offset) for d, offset in zip(tables, offsets, strict=True) if d.quarantine]
    if kept:
        engine.union(f"{name}_quarantine", kept)
    return f"{name}_quarantine" if kept else ""


def _label(dataset: Dataset) -> str:
    """The name of the file as words, so that a person's name in it is seen."""
    return PurePosixPath(dataset.source).stem.replace("_", " ")


def _problems(tables: Sequence[Dataset], offsets: Sequence[int]) -> Iterator[Problem]:
    for dataset, offset in zip(tables, offsets, strict=True):
        yield from (Problem(p.record + offset if p.record else None, p.problem) for p in dataset.problems)


def _pattern(files: Sequence[str]) -> str:
    """What the names of the files have in common, a star for the rest.

    Example:
        >>> _pattern(["log_2026-10.csv", "log_2026-11.csv"])
        'log_2026-1*.csv'
    """
    suffixes = {PurePosixPath(file).suffix for file in files}
    suffix = suffixes.pop() if len(suffixes) == 1 else ""
    stems = [file.removesuffix(suffix) for file in files]
    return os.path.commonprefix(stems) + "*" + suffix  # noqa: RUF071 - letters are meant, not folders
