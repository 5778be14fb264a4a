"""XLSX, XLS and ODS workbooks: every sheet, hidden ones too, with title rows above the header."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree as ET
from xml.parsers import expat

import python_calamine
from python_calamine import CalamineWorkbook, SheetTypeEnum

from igmap.errors import SourceError
from igmap.sources.reading import Reading, stream_rows
from igmap.sources.sheets.biff import rows_of_biff
from igmap.sources.sheets.compound import has_sound_chains
from igmap.sources.sheets.merged import cells_of
from igmap.sources.sheets.open_document_rows import rows_of_open_document
from igmap.sources.sheets.sheet_rows import Filled, filled_rows
from igmap.sources.text.header import find_header
from igmap.sources.unpacking import Budget

Told = TypeVar("Told")
SAMPLE_ROWS = 500
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UNSOUND_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, RuntimeError, ValueError)
UNSOUND = (*UNSOUND_ZIP, python_calamine.CalamineError, ET.ParseError, expat.ExpatError, OSError)
UNREAD = "is not a workbook that can be read, or it has a password; save it again as XLSX"
DIFFERS = "holds rows that were not read as they stand there; save it again as XLSX"


def read(path: Path) -> Iterator[Reading]:
    """One table per sheet. Counted as rows that hold a value in the sheet's XML, or in the records of an XLS."""
    yield from _soundly(path, _read_sheets)


def grids(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and cells of every sheet as a person reads them, titles and empty rows included.

    Raises:
        SourceError: it is no workbook that can be read.
    """
    yield from _soundly(path, _read_grids)


def _soundly(path: Path, read_with: Callable[[Path], Iterator[Told]]) -> Iterator[Told]:
    if not has_sound_chains(path):
        raise SourceError(UNREAD)
    try:
        yield from read_with(path)
    except UNSOUND:
        raise SourceError(UNREAD) from None
    except BaseException as error:  # the reader's panics on a damaged file are no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError(UNREAD) from None


def _opened(path: Path) -> CalamineWorkbook:
    """The workbook, also one that is called by the name of another form, as XLSX that systems call `.xls`."""
    try:
        return CalamineWorkbook.from_path(str(path))
    except python_calamine.CalamineError:
        return CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def _read_grids(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    _counts(path)
    with _opened(path) as workbook:
        for name in _sheets(workbook):
            sheet = workbook.get_sheet_by_name(name)
            top, _ = sheet.start or (0, 0)
            yield name, [[] for _ in range(top)] + [list(map(_text, row)) for row in cells_of(sheet)]


def _read_sheets(path: Path) -> Iterator[Reading]:
    counts, others = _counts(path)
    with _opened(path) as workbook:
        for name in _sheets(workbook):
            sheet = workbook.get_sheet_by_name(name)
            rows = _rows(cells_of(sheet), (sheet.start or (0, 0))[0] + 1)
            if others.get(name, len(rows)) != len(rows):
                raise SourceError(DIFFERS)
            yield _read_sheet(name, rows, counts.get(name, Filled(len(rows), 0)))


def _counts(path: Path) -> tuple[dict[str, Filled], dict[str, int]]:
    """Rows that hold a value by sheet: of an XLSX, and of the other forms, where a sheet read otherwise is refused."""
    if not zipfile.is_zipfile(path):
        return {}, rows_of_biff(path)
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > Budget.of(path).left:
            raise SourceError("unpacks to far more than its size; save it again as XLSX")
        if "xl/workbook.xml" in archive.namelist():
            return _filled_rows(archive), {}
        if "content.xml" not in archive.namelist():
            return {}, {}
        with archive.open("content.xml") as content:
            return {}, rows_of_open_document(content)


def _sheets(workbook: CalamineWorkbook) -> list[str]:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not names:
        raise SourceError("holds no table; export it again")
    return names


def _rows(cells: Sequence[Sequence[object]], first: int) -> list[tuple[int, list[str]]]:
    """The rows with a value, and the numbers that the program shows beside them."""
    rows = enumerate((list(map(_text, cells_of_row)) for cells_of_row in cells), first)
    return [(number, row) for number, row in rows if any(row)]


def _read_sheet(name: str, numbered: Sequence[tuple[int, list[str]]], filled: Filled) -> Reading:
    rows = [row for _, row in numbered]
    width = max(map(len, rows), default=0)
    header = find_header(rows[:SAMPLE_ROWS], width)
    above = 0 if header is None else header + 1
    return Reading(
        table=name,
        names=rows[header] if header is not None else [""] * width,
        stream=stream_rows(rows[above:], width),
        counted=filled.rows - above,
        read_as="no header" if header is None else f"header in row {numbered[above - 1][0]}",
        problems=tuple(_problems(rows, filled.unsaved)),
    )


def _problems(rows: Sequence[list[str]], unsaved: int) -> Iterator[str]:
    if not rows:
        yield "empty sheet"
    if unsaved:
        yield f"formulas without a saved result ({unsaved}) are read as blank; open it, and save it again as XLSX"


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a decimal point, dates as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime | time):
        return cell.isoformat(*([" "] if isinstance(cell, datetime) else []))
    return str(cell) if isinstance(cell, timedelta) else str(cell).strip()


def _filled_rows(archive: zipfile.ZipFile) -> dict[str, Filled]:
    blank = _blank_strings(archive)
    members = {name: member for name, member in _members(archive) if member in archive.namelist()}
    return {name: filled_rows(archive.read(member), blank) for name, member in members.items()}


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets by name and where each lies: after sheets were moved or removed their numbers say nothing."""
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - entities are not fetched
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in ET.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314 - the same
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(RELATION), "")
            yield element.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _blank_strings(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of shared strings that are empty."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return set()
    strings = re.findall(
        rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", archive.read("xl/sharedStrings.xml"), re.DOTALL
    )
    return {str(i) for i, string in enumerate(strings) if not re.sub(rb"<[^>]*>", b"", string).strip()}
