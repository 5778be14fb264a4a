"""Tables become a workbook in which nothing runs: every text is a text, whatever it begins with."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from igmap.report.blocks import Badge, Table
from igmap.report.texts import number
from igmap.workspace import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from igmap.report.blocks import Cell

_MOST_CHARACTERS = 32_767
_NAME_LENGTH = 31
_WIDEST_PIXELS = 420
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def workbook(target: Path | IO[bytes], sheets: Mapping[str, Table], *, lang: str, created: datetime) -> None:
    """Write tables as an XLSX file, one per sheet: frozen header, filter, wrapped text, fitting columns.

    Args:
        target: a file, put into place by one rename, or something to write bytes to.
        sheets: name -> table; names are shortened and made unique as Excel wants them.
        lang: nl or en.
        created: stands in the file's properties; the same content and date give the same bytes.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"created": created, "comments": "igmap"})
        formats = {
            "header": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EAF2", "bottom": 1}
            ),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        taken: set[str] = set()
        for name, table in sheets.items():
            _write_sheet(book.add_worksheet(_sheet_name(name, taken)), table, formats, lang)
    if isinstance(target, Path):
        write_file(target, content.getvalue())
    else:
        target.write(content.getvalue())


def _write_sheet(sheet: Any, table: Table, formats: Mapping[str, Any], lang: str) -> None:
    for column, header in enumerate(table.headers):
        sheet.write_string(0, column, _plain(header), formats["header"])
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, int | float) and abs(cell) < float("inf"):
                sheet.write_number(row, column, cell, formats["cell"])
            elif cell is not None:
                sheet.write_string(row, column, _plain(words(cell, lang)), formats["cell"])
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.headers) - 1)
    sheet.autofit(_WIDEST_PIXELS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def words(cell: Cell, lang: str) -> str:
    """A cell as text: a badge as its words, a tuple as lines."""
    if isinstance(cell, tuple):
        return "\n".join(words(one, lang) for one in cell)
    if isinstance(cell, Badge):
        return cell.label if cell.count is None else f"{number(cell.count, lang)} {cell.label}"
    return "" if cell is None else str(cell)


def _plain(content: str) -> str:
    whole = content.encode("utf-8", "replace").decode()
    return whole if len(whole) <= _MOST_CHARACTERS else whole[: _MOST_CHARACTERS - 1] + "…"


def _sheet_name(name: str, taken: set[str]) -> str:
    stem = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", _plain(name)).strip(" '")[:_NAME_LENGTH] or "sheet"
    number_of, wanted = 1, stem
    while wanted.lower() in taken | {"history"}:
        number_of += 1
        wanted = f"{stem[: _NAME_LENGTH - 1 - len(str(number_of))]} {number_of}"
    taken.add(wanted.lower())
    return wanted
