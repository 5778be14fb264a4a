"""`igmap decide --to`: the fields as a spreadsheet that a colleague can fill in. No value of a cell is in it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from igmap.errors import WorkspaceError
from igmap.inventory.deciding.applied import is_decided
from igmap.inventory.deciding.sheet import ASKED, COLUMNS, TOLD, heads, key_of
from igmap.inventory.deciding.words import label, what_was_seen, what_would_change
from igmap.report import text
from igmap.vocabulary import CATEGORIES
from igmap.workspace import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from igmap.inventory.decisions import Decisions
    from igmap.inventory.inventory import DatasetInventory, Field, Inventory

_MOST = 32_000  # characters; a cell holds 32,767
_WIDTHS = {"dataset": 32, "table": 16, "field": 26, "verdict": 16, "category": 22, "confidence": 9, "reasons": 52}
_WIDTHS |= {"change": 40, "decision": 26, "why": 36, "by": 22, "on": 12, "key": 4}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HELP = ("what", "decision", "why", "by", "on", "leave", "sort", "back")


def write_sheet(path: Path, inventory: Inventory, decisions: Decisions, lang: str, *, every: bool, on: datetime) -> int:  # noqa: PLR0913
    """Write the fields to ask about as an XLSX file: a row each, what igmap saw, and empty cells for the decision.

    Args:
        path: of the file; one that is there is not overwritten, since somebody may have filled it in.
        inventory: what was found.
        decisions: what is decided already, filled in where all fields are asked for.
        lang: nl or en, of everything in it.
        every: all fields, or those that igmap does not know and nobody decided.
        on: stands in the file's properties.

    Returns:
        How many fields are in it.

    Raises:
        WorkspaceError: the file is there, is no .xlsx, or cannot be written.
    """
    from xlsxwriter import Workbook

    if path.suffix.lower() != ".xlsx":
        raise WorkspaceError(f"{path.name}: the spreadsheet is an XLSX file; let its name end in .xlsx")
    if path.exists():
        raise WorkspaceError(f"{path.name}: is there already, and may have been filled in; choose another name")
    rows = [_row(*one, decisions, lang) for one in asked(inventory, every=every)]
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"created": on, "comments": "igmap"})
        sheet, help_sheet = (book.add_worksheet(text(f"decide.sheet.{name}", lang)) for name in ("fields", "help"))
        labels = _write_help(help_sheet, book, lang)
        _write_fields(sheet, book, rows, lang)
        _guide(sheet, len(rows), f"='{help_sheet.name}'!{labels}", lang)
    write_file(path, content.getvalue())
    return len(rows)


def asked(inventory: Inventory, *, every: bool) -> Iterator[tuple[DatasetInventory, Field]]:
    """The fields to ask a person about: those that igmap does not know and nobody decided, or all."""
    for dataset in inventory.datasets:
        for field in dataset.fields:
            if every or (field.verdict == "undecided" and not is_decided(field)):
                yield dataset, field


def _row(dataset: DatasetInventory, field: Field, decisions: Decisions, lang: str) -> dict[str, Any]:
    held = decisions.field(dataset.source, dataset.table, field.name)
    told = {
        "dataset": dataset.source,
        "table": dataset.table,
        "field": field.name,
        "verdict": text(f"reason.verdict_{field.verdict}", lang),
        "category": label(field.runner_up if field.verdict == "undecided" else field.category, lang),
        "confidence": field.confidence,
        "reasons": "\n".join(what_was_seen(field, lang)),
        "change": "\n".join(what_would_change(field, lang)),
        "key": key_of(dataset.source, dataset.table, field.name),
    }
    decided = {"decision": label(held.category, lang), "why": held.why, "by": held.by, "on": held.on} if held else {}
    return told | decided


def _write_fields(sheet: Any, book: Any, rows: list[dict[str, Any]], lang: str) -> None:
    plain = {"text_wrap": True, "valign": "top", "quote_prefix": True}
    formats = {
        name: book.add_format(plain | ({"bg_color": "#FFF7DA", "border": 7} if name in ASKED else {}))
        for name in COLUMNS
    }
    formats["confidence"] = book.add_format({"valign": "top", "num_format": "0%"})
    formats["on"] = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "bg_color": "#FFF7DA", "border": 7})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EAF2", "bottom": 1})
    for column, words in enumerate(heads(lang)):
        sheet.write_string(0, column, words, head)
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(COLUMNS):
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


def _guide(sheet: Any, rows: int, labels: str, lang: str) -> None:
    """What helps whoever fills it in: frozen heads, a filter, a list of categories, widths."""
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS[name], None, {"hidden": name == "key"})
    sheet.freeze_panes(1, TOLD.index("field") + 1)
    sheet.autofilter(0, 0, rows, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if rows:
        at = COLUMNS.index("decision")
        listed = {"error_title": "igmap", "error_message": text("decide.sheet.unlisted", lang), "error_type": "warning"}
        sheet.data_validation(1, at, rows, at, {"validate": "list", "source": labels, **listed})


def _write_help(sheet: Any, book: Any, lang: str) -> str:
    """How it is filled in, and the categories; where these stand."""
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 60)
    for row, name in enumerate(_HELP):
        sheet.merge_range(row, 0, row, 1, text(f"decide.help.{name}", lang), wrapped)
        sheet.set_row(row, 32)
    first = len(_HELP) + 2
    for column, name in enumerate(("decision", "points")):
        sheet.write_string(first - 1, column, text(f"decide.sheet.{name}", lang), bold)
    for row, category in enumerate(CATEGORIES.values(), start=first):
        sheet.write_string(row, 0, label(category.id, lang))
        sheet.write_string(row, 1, text(f"run.identifiability.{category.identifiability}", lang))
    return f"$A${first + 1}:$A${first + len(CATEGORIES)}"
