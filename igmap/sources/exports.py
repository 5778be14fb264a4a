"""Exports as igmap holds them: tables in the engine, and an account of every record and every file."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from igmap.engine import Engine
from igmap.errors import SourceError
from igmap.workspace import Workspace, sweep, temporary_staging


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong in a file, without any value of it.

    Args:
        record: number of the record, from 1; None for the file as a whole.
        problem: what it is, in English words a code could be made of.
    """

    record: int | None
    problem: str


@dataclass(frozen=True, slots=True)
class Column:
    """One field of an export and where the engine keeps it.

    Args:
        name: as the export prints it; `(1)`, `(2)` … without a header; a dotted path when nested.
        table: the engine's table: the dataset's own, or that of the array the field lies in.
        column: the engine's column, c1, c2 …
    """

    name: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table of one export, with its account: rows = parsed + quarantined.

    Args:
        source: path relative to exports/, with forward slashes.
        table: sheet or database table, else "".
        rows: records counted independently of the parser.
        parsed: records that became rows of `name`.
        quarantined: records kept as raw text in `quarantine`, because they are short, long or undecodable.
        sha256: of the file, hexadecimal.
        problems: what was wrong, by record.
        columns: the fields, in the file's order.
        name: the engine's table; "" when nothing could be read.
        quarantine: the engine's table of raw records (c1), or "".
        kind: what the file is: delimited, spreadsheet, nested, mail, cookies …
        readable: False when the file could not be read at all.
        read_as: how it was read: encoding, delimiter, header line.
        files: name and SHA-256 of each file, where a folder of files of one shape is one table; `sha256` is then that
            of their list.
        offsets: how many records stand before those of each of `files`.
    """

    source: str
    table: str
    rows: int = 0
    parsed: int = 0
    quarantined: int = 0
    sha256: str = ""
    problems: tuple[Problem, ...] = ()
    columns: tuple[Column, ...] = ()
    name: str = ""
    quarantine: str = ""
    kind: str = ""
    readable: bool = True
    read_as: str = ""
    files: tuple[tuple[str, str], ...] = ()
    offsets: tuple[int, ...] = ()


class Exports:
    """All tables of a workspace, with the engine that counts them. The one stage that is a resource: close it.

    Args:
        engine: holds the tables.
        datasets: every table found, unreadable files too.
        workspace: where it came from; None for tables given in memory.
    """

    def __init__(self, engine: Engine, datasets: tuple[Dataset, ...], workspace: Workspace | None = None) -> None:
        """Store what it is made of."""
        self.engine = engine
        self.datasets = datasets
        self.workspace = workspace

    def __enter__(self) -> Self:
        """Use it in a `with` block, so that staged copies go when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    @property
    def exit_status(self) -> int:
        """5 when some input could not be read or a record is in no table and not in quarantine, else 0."""
        sound = all(d.readable and d.rows == d.parsed + d.quarantined for d in self.datasets)
        return 0 if sound else SourceError.exit_status

    def close(self) -> None:
        """Remove the staged copies."""
        self.engine.close()
        sweep(self.workspace.staging_area if self.workspace else temporary_staging())

    def _repr_html_(self) -> str:
        """Tables and records per kind of file; file names may be personal and are shown by the inventory, masked."""
        from igmap.report import Table, fragment, text

        kinds = dict.fromkeys(dataset.kind if dataset.readable else "unreadable" for dataset in self.datasets)
        rows = tuple((text(f"exports.{kind}", "nl"), *self._counts(kind)) for kind in sorted(kinds))
        heads = tuple(text(f"exports.{head}", "nl") for head in ("kind", "tables", "records", "quarantined"))
        return fragment([Table(heads, rows, text("exports.caption", "nl"))], lang="nl")

    def _counts(self, kind: str) -> tuple[int, int, int]:
        held = [d for d in self.datasets if (d.kind if d.readable else "unreadable") == kind]
        return len(held), sum(d.rows for d in held), sum(d.quarantined for d in held)

    def __repr__(self) -> str:
        """Counts only: an Exports may be the last line of a notebook cell."""
        records = sum(dataset.rows for dataset in self.datasets)
        return f"Exports({len(self.datasets)} tables, {records} records)"
