"""Rows of a spreadsheet as people send it back: sorted, with columns gone or moved, dates as texts or numbers."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from igmap.errors import DecisionError, SourceError
from igmap.inventory.deciding.sheet import FIELDS
from igmap.report import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from igmap.inventory.deciding.sheet import Form

_BEFORE_HEADER = 20  # rows of titles that somebody put above it
_EPOCH, _FIRST, _LAST = date(1899, 12, 30), 36_526, 73_051  # days as spreadsheets count them, of this century
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mrt maa mar", "apr", "mei may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), start=1
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[^\W\d_]{3,9})\.?[-/. ](\d{4}|\d{2})(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was filled in; cells that are not there are empty."""

    number: int
    key: str = ""
    dataset: str = ""
    table: str = ""
    field: str = ""
    decision: str = ""
    why: str = ""
    by: str = ""
    on: Any = None


def read_rows(path: Path) -> list[SheetRow]:
    """The rows about fields, with their numbers as the spreadsheet shows them.

    Raises:
        DecisionError: no sheet has the heads that igmap wrote.
        SourceError: the file cannot be read.
    """
    return [_row(number, given) for number, given in read_form(path, FIELDS)]


def read_form(path: Path, form: Form) -> list[tuple[int, dict[str, Any]]]:
    """The rows below the heads of a form: their numbers, and their cells by column.

    Raises:
        DecisionError: no sheet has the heads that igmap wrote.
        SourceError: the file cannot be read.
    """
    for cells in _sheets(path, form):
        for at, row in enumerate(cells[:_BEFORE_HEADER]):
            found = form.columns_in([as_text(cell) for cell in row])
            if form.is_header(found):
                below = enumerate(cells[at + 1 :], start=at + 2)
                return [
                    (number, {name: one[at] for name, at in found.items() if at < len(one)})
                    for number, one in below
                    if any(as_text(cell).strip() for cell in one)
                ]
    needed = ", ".join(text(f"{form.prefix}.{name}", "nl") for name in (*form.named, *form.needed))
    raise DecisionError(f"{path.name}: no sheet has the columns {needed} that igmap wrote; keep their heads")


def _row(number: int, given: dict[str, Any]) -> SheetRow:
    names = {name: as_text(given[name]) for name in ("dataset", "table", "field") if name in given}
    words = {name: one_line(given[name]) for name in ("key", "decision", "by") if name in given}
    return SheetRow(number, **names, **words, why=as_text(given.get("why")).strip(), on=given.get("on"))


def _sheets(path: Path, form: Form) -> Iterator[list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from None
    if path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        yield _delimited(content, form)
        return
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        yield from [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except CalamineError:
        raise SourceError(f"{path.name}: is no spreadsheet that can be read; save it as XLSX or ODS") from None


def _delimited(content: bytes, form: Form) -> list[list[Any]]:
    """A CSV file as Excel and LibreOffice save it: by `;`, `,` or tab; UTF-8, UTF-16 or Windows-1252."""
    told = ""
    for encoding in ("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252", "latin-1"):
        try:
            told = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    separator = max(";,\t", key=told[:5000].count)
    found = [list(csv.reader(StringIO(told, newline=""), delimiter=one)) for one in dict.fromkeys([separator, *";,\t"])]
    return next(
        (rows for rows in found if any(form.is_header(form.columns_in(row)) for row in rows[:_BEFORE_HEADER])), found[0]
    )


def as_text(cell: Any) -> str:
    """A cell as text; a whole number as it is written."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def one_line(cell: Any) -> str:
    """A cell as text in one line, however it was broken."""
    return " ".join(as_text(cell).split())


def day_of(cell: Any, today: date) -> date:
    """The day in a cell: a date, the number of a day as spreadsheets count, or a text, the day before the month.

    Raises:
        DecisionError: it is none, or is after today.
    """
    day = _day(cell)
    if day is None:
        raise DecisionError("the date is not one; write it as 2026-11-30")
    if day > today:
        raise DecisionError("the date is after today")
    return day


def _day(cell: Any) -> date | None:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    words = " ".join(as_text(cell).split())
    if re.fullmatch(r"\d{5}(\.\d+)?", words) and _FIRST <= float(words) < _LAST:
        return _EPOCH + timedelta(days=int(float(words)))
    iso, dutch = _ISO.fullmatch(words), _DUTCH.fullmatch(words)
    if iso:
        return _on(int(iso[1]), int(iso[2]), int(iso[3]))
    return _dutch_day(*dutch.groups()) if dutch else None


def _dutch_day(day: str, month: str, year: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    return _on(int(year) + (2000 if len(year) < len("2026") else 0), number, int(day))


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
