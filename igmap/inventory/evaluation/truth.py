"""What somebody knows of the exports: a row per field in truth.csv, and per hidden identifier in hidden.csv."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TypeVar

from igmap.errors import TruthError, nearest
from igmap.inventory.inventory import Identifiability
from igmap.vocabulary import CATEGORIES, category_called

Place = tuple[str, str, str]
Row = TypeVar("Row")
KINDS: tuple[Identifiability, ...] = ("direct", "key", "quasi", "none")
NEEDED = ("file", "table", "field", "category")


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
        TruthError: a column is missing, a category is not known, or a field comes twice; it names the line, never a
            cell of an export.
    """
    seen: dict[Place, int] = {}
    truth = []
    for line, one in _rows(path, _truth):
        if one.place in seen:
            raise TruthError(
                f"{path.name}, line {line}: the same field as in line {seen[one.place]}; leave one of them"
            )
        seen[one.place] = line
        truth.append(one)
    return tuple(truth)


def load_hidden(path: Path) -> tuple[Hidden, ...]:
    """Read hidden.csv: `file,table,field,category` and, where it is known, `record`.

    Raises:
        TruthError: as for `load_truth`.
    """
    return tuple(one for _, one in _rows(path, _hidden))


def _truth(row: dict[str, str]) -> Truth:
    told = row.get("identifiability", "")
    kind = next((kind for kind in KINDS if kind == told), CATEGORIES[row["category"]].identifiability)
    return Truth(row["file"], row["table"], row["field"], row["category"], kind)


def _hidden(row: dict[str, str]) -> Hidden:
    record = row.get("record", "")
    return Hidden(row["file"], row["table"], row["field"], int(record) if record.isdigit() else None, row["category"])


def _rows(path: Path, made: Callable[[dict[str, str]], Row]) -> Iterator[tuple[int, Row]]:
    """Each row with the number of its line."""
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise TruthError(f"{path.name}: not readable; it must be a file of text in UTF-8") from None
    rows = csv.DictReader(StringIO(content, newline=""), delimiter=_delimiter(content))
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise TruthError(
            f"{path.name}: no column {', '.join(missing)}; its first line must name file,table,field,category"
        )
    for row in rows:
        told = {name: value or "" for name, value in row.items() if isinstance(name, str)}
        yield rows.line_num, made({**told, **_checked(told, f"{path.name}, line {rows.line_num}")})


def _delimiter(content: str) -> str:
    """Spreadsheets in Dutch write semicolons, where others write commas."""
    head = content.partition("\n")[0]
    return max(",;\t", key=head.count)


def _checked(told: dict[str, str], at: str) -> dict[str, str]:
    """The category by its id, whatever it was called; the field must say of what it is."""
    if told.get("identifiability", "") not in {"", *KINDS}:
        raise TruthError(f"{at}: identifiability is one of {', '.join(KINDS)}")
    category = category_called(told["category"])
    if category is None:
        raise TruthError(f"{at}: unknown category {told['category']!r}{nearest(told['category'], CATEGORIES)}")
    return {"category": category}
