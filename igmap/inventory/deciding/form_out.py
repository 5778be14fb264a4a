"""A form as an XLSX file: what igmap says in plain cells, what a person fills in in coloured ones, and instructions."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from igmap.errors import WorkspaceError
from igmap.report import text
from igmap.workspace import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from igmap.inventory.deciding.sheet import Form

_MOST = 32_000  # characters; a cell holds 32,767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a column may hold, as the sheet with the instructions lists it.

    Args:
        column: that a person fills in; it is also the head of the list.
        about: the head of what is said of each.
        words: what may be filled in, each with what is said of it.
        offered: whether a cell offers them to choose from; not where several may stand in one cell.
    """

    column: str
    about: str
    words: tuple[tuple[str, str], ...]
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """How a form looks.

    Args:
        form: its columns.
        widths: of the columns, in characters.
        frozen: the column up to which it stays in sight.
        helped: keys of the texts of the instructions.
        lists: what columns may hold; the instructions have them below each other.
    """

    form: Form
    widths: Mapping[str, int]
    frozen: str
    helped: tuple[str, ...]
    lists: tuple[Listed, ...] = ()


def write_form(path: Path, shape: Shape, rows: Sequence[Mapping[str, Any]], lang: str, *, on: datetime) -> None:
    """Write rows as a form to be filled in, with a sheet of instructions.

    Raises:
        WorkspaceError: the file is there, is no .xlsx, or cannot be written.
    """
    from xlsxwriter import Workbook

    if path.suffix.lower() != ".xlsx":
        raise WorkspaceError(f"{path.name}: the spreadsheet is an XLSX file; let its name end in .xlsx")
    if path.exists():
        raise WorkspaceError(f"{path.name}: is there already, and may have been filled in; choose another name")
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"created": on, "comments": "igmap"})
        names = (text(f"{shape.form.prefix}.fields", lang), text("decide.sheet.help", lang))
        sheet, help_sheet = (book.add_worksheet(name) for name in names)
        ranges = _write_help(help_sheet, book, shape, lang)
        _write_rows(sheet, book, shape, (rows, lang))
        _guide(sheet, len(rows), shape, ranges)
    write_file(path, content.getvalue())


def _write_rows(sheet: Any, book: Any, shape: Shape, told: tuple[Sequence[Mapping[str, Any]], str]) -> None:
    rows, lang = told
    form, plain = shape.form, {"text_wrap": True, "valign": "top", "quote_prefix": True}
    asked = {"bg_color": "#FFF7DA", "border": 7}
    formats = {name: book.add_format(plain | (asked if name in form.asked else {})) for name in form.columns}
    formats["confidence"] = book.add_format({"valign": "top", "num_format": "0%"})
    formats["on"] = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", **asked})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EAF2", "bottom": 1})
    for column, words in enumerate(form.heads(lang)):
        sheet.write_string(0, column, words, head)
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(form.columns):
            _write_cell(sheet, (number, column), row.get(name), formats[name])


def _write_cell(sheet: Any, at: tuple[int, int], content: Any, form: Any) -> None:
    """A text stays a text, whatever it begins with."""
    if content is None or content == "":
        sheet.write_blank(*at, None, form)
    elif isinstance(content, float):
        sheet.write_number(*at, content, form)
    elif isinstance(content, str):
        shown = content.encode("utf-8", "replace").decode()
        sheet.write_string(*at, shown if len(shown) <= _MOST else shown[:_MOST] + "…", form)
    else:
        sheet.write_datetime(*at, content, form)


def _guide(sheet: Any, rows: int, shape: Shape, ranges: Mapping[str, tuple[str, str]]) -> None:
    """What helps whoever fills it in: frozen heads, a filter, lists to choose from, widths."""
    columns = shape.form.columns
    for column, name in enumerate(columns):
        sheet.set_column(column, column, shape.widths[name], None, {"hidden": name == "key"})
    sheet.freeze_panes(1, columns.index(shape.frozen) + 1)
    sheet.autofilter(0, 0, rows, len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for name, (cells, unlisted) in ranges.items() if rows else ():
        at = columns.index(name)
        listed = {"error_title": "igmap", "error_message": unlisted, "error_type": "warning"}
        sheet.data_validation(1, at, rows, at, {"validate": "list", "source": cells, **listed})


def _write_help(sheet: Any, book: Any, shape: Shape, lang: str) -> dict[str, tuple[str, str]]:
    """How it is filled in, and what may be chosen; where each list stands, and what is said of other words."""
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 60)
    for row, key in enumerate(shape.helped):
        sheet.merge_range(row, 0, row, 1, text(key, lang), wrapped)
        sheet.set_row(row, 32)
    unlisted = text(f"{shape.form.prefix}.unlisted", lang)
    first, ranges = len(shape.helped) + 2, {}
    for one in shape.lists:
        for column, name in enumerate((one.column, one.about)):
            sheet.write_string(first - 1, column, text(f"{shape.form.prefix}.{name}", lang), bold)
        for row, words in enumerate(one.words, start=first):
            for column, word in enumerate(words):
                sheet.write_string(row, column, word)
        if one.offered:
            ranges[one.column] = (f"='{sheet.name}'!$A${first + 1}:$A${first + len(one.words)}", unlisted)
        first += len(one.words) + 2
    return ranges
