"""What somebody knows of the exports: a row per field in truth.csv, and per hidden identifier in hidden.csv."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from igmap.errors import TruthError, nearest
from igmap.inventory.inventory import Identifiability
from igmap.vocabulary import CATEGORIES

Place = tuple[str, str, str]
Row = TypeVar("Row")
KINDS: tuple[Identifiability, ...] = ("direct", "key", "quasi", "none")


@dataclass(frozen=True, slots=True)
class Truth:
    """What one field really is.

    Args:
        source: file, relative to the exports.
        table: sheet or table in it, or "".
        field: its name as the export prints it.
        category: of igmap's vocabulary; `none` is a category too.
        identifiability: of the field, where it differs from its category's.
    """

    source: str
    table: str
    field: str
    category: str
    identifiability: Identifiability

    @property
    def place(self) -> Place:
        """Where the field is."""
        return self.source, self.table, self.field


@dataclass(frozen=True, slots=True)
class Hidden:
    """An identifier in a field that is something else; `record` is None where nobody counted."""

    source: str
    table: str
    field: str
    record: int | None
    category: str

    @property
    def place(self) -> Place:
        """Where the field is."""
        return self.source, self.table, self.field


def load_truth(path: Path) -> tuple[Truth, ...]:
    """Read truth.csv: `file,table,field,category` and, where it is known, `identifiability`.

    Raises:
        TruthError: a column is missing, or a category is not known; it names the line, never a cell of an export.
    """
    return tuple(_rows(path, _truth))


def load_hidden(path: Path) -> tuple[Hidden, ...]:
    """Read hidden.csv: `file,table,field,category` and, where it is known, `record`.

    Raises:
        TruthError: as for `load_truth`.
    """
    return tuple(_rows(path, _hidden))


def _truth(row: dict[str, str]) -> Truth:
    told = row.get("identifiability", "")
    kind = next((kind for kind in KINDS if kind == told), CATEGORIES[row["category"]].identifiability)
    return Truth(row["file"], row["table"], row["field"], row["category"], kind)


def _hidden(row: dict[str, str]) -> Hidden:
    record = row.get("record", "")
    return Hidden(row["file"], row["table"], row["field"], int(record) if record.isdigit() else None, row["category"])


def _rows(path: Path, made: Callable[[dict[str, str]], Row]) -> Iterator[Row]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise TruthError(f"{path.name}: not readable; it must be a file of text in UTF-8") from None
    rows = csv.DictReader(lines)
    missing = [name for name in ("file", "table", "field", "category") if name not in (rows.fieldnames or ())]
    if missing:
        raise TruthError(
            f"{path.name}: no column {', '.join(missing)}; its first line must name file,table,field,category"
        )
    for number, row in enumerate(rows, 2):
        told = {name: value or "" for name, value in row.items() if isinstance(name, str)}
        if told["category"] not in CATEGORIES:
            hint = nearest(told["category"], CATEGORIES)
            raise TruthError(f"{path.name}, line {number}: unknown category {told['category']!r}{hint}")
        yield made(told)
