"""XLSX, XLS and ODS workbooks: every sheet, hidden ones too, with title rows above the header."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine
from python_calamine import CalamineWorkbook

from igmap.errors import SourceError
from igmap.sources.header import find_header
from igmap.sources.reading import Reading, stream_rows, text_names

SAMPLE_ROWS = 500
ROW = re.compile(rb"<row\b[^>]*>(.*?)</row>", re.DOTALL)
CELL = re.compile(rb"<(?:v|t)\b[^>]*>[^<]")


def read(path: Path) -> Iterator[Reading]:
    """One table per sheet."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for number, name in enumerate(workbook.sheet_names, 1):
                yield _read_sheet(path, name, number, workbook.get_sheet_by_index(number - 1).to_python(skip_empty_area=True))
    except (python_calamine.CalamineError, zipfile.BadZipFile):
        raise SourceError("is not a workbook that can be read, or it has a password; save it again as XLSX") from None


def _read_sheet(path: Path, name: str, number: int, cells: Sequence[Sequence[object]]) -> Reading:
    rows = [row for row in ([_text(cell) for cell in cells_of_row] for cells_of_row in cells) if any(row)]
    width = max(map(len, rows), default=0)
    header = find_header(rows[:SAMPLE_ROWS], width)
    above = 0 if header is None else header + 1
    names = rows[header] if header is not None else [""] * width
    counted = _filled_rows(path, number)
    return Reading(
        table=name,
        names=text_names(names),
        stream=stream_rows(rows[above:], width),
        counted=(len(rows) if counted is None else counted) - above,
        read_as="no header" if header is None else f"header in row {above}",
        problems=() if rows else ("empty sheet",),
    )


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a decimal point, dates as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime | time):
        return cell.isoformat(*([" "] if isinstance(cell, datetime) else []))
    return str(cell) if isinstance(cell, timedelta) else str(cell).strip()


def _filled_rows(path: Path, number: int) -> int | None:
    """Rows that hold a value, counted in the sheet's XML; None for the older forms, whose rows the reader counts."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        member = f"xl/worksheets/sheet{number}.xml"
        if member not in archive.namelist():
            return None
        return sum(bool(CELL.search(row)) for row in ROW.findall(archive.read(member)))
