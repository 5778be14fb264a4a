"""Exports of a few literal files, and their account; the tests of sources share them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from igmap.sources import Dataset, Exports, open_exports


@contextmanager
def opened(folder: Path, **files: bytes | str) -> Iterator[Exports]:
    """A workspace of some files; `people_csv` becomes people.csv."""
    (folder / "exports").mkdir(exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / "exports" / ".".join(name.rsplit("_", 1))).write_bytes(data)
    with open_exports(folder) as exports:
        yield exports


def rows(exports: Exports, dataset: Dataset, table: str = "") -> list[dict[str, Any]]:
    """The records of a dataset as `record` and fields by name, in order; of its own table or one of its items."""
    table = table or dataset.name
    told = {column.column: column.name for column in dataset.columns if column.table == table}
    columns = {column: "(record)" if name == "record" else name for column, name in told.items()}
    found = exports.engine.distinct(table, ["record", *columns]).to_pylist()
    every = [row for row in found for _ in range(row.pop("rows"))]
    named = [{columns.get(key, key): value for key, value in row.items() if key != "persons"} for row in every]
    return sorted(named, key=lambda row: int(row["record"]))


def cells(exports: Exports, dataset: Dataset) -> list[tuple[Any, ...]]:
    """The records of a dataset without their numbers, in order."""
    return [tuple(value for key, value in row.items() if key != "record") for row in rows(exports, dataset)]


def raw(exports: Exports, dataset: Dataset) -> list[tuple[int, str]]:
    """What was quarantined: record number and raw text."""
    if not dataset.quarantine:
        return []
    found = exports.engine.distinct(dataset.quarantine, ["record", "c1"]).to_pylist()
    return sorted((row["record"], row["c1"]) for row in found)


def account(dataset: Dataset) -> tuple[int, int, int]:
    """Rows, parsed, quarantined."""
    return dataset.rows, dataset.parsed, dataset.quarantined


def read_one(folder: Path, name: str, content: bytes | str) -> tuple[list[str], list[tuple[Any, ...]], Dataset]:
    """Field names, records and account of the only table of one file; the account always adds up."""
    with opened(folder, **{name: content}) as exports:
        (dataset,) = exports.datasets
        found = cells(exports, dataset) if dataset.name else []
        assert dataset.rows == dataset.parsed + dataset.quarantined
        assert dataset.parsed == len(found)
        return [column.name for column in dataset.columns], found, dataset
