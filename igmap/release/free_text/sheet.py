"""Redacted texts as a spreadsheet in which somebody counts what is left in each, and the same read back.

The sheet holds redacted texts, in which somebody may be left: it is for the analyst alone, as the exports are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from igmap.errors import DecisionError
from igmap.inventory.deciding.cells import as_text, one_line, read_form
from igmap.inventory.deciding.form_out import Listed, Shape, write_form
from igmap.inventory.deciding.sheet import LANGUAGES, Form
from igmap.inventory.deciding.sheet_in import all_wrong
from igmap.release.free_text.marks import Mark, add_marks, read_marks
from igmap.report import text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path
    from typing import Any

    import polars as pl

    from igmap.workspace import Workspace

_FORM = Form("mark.sheet", told=("text",), asked=("left", "by"), named=("key",), needed=("left",))
_WIDTHS = {"text": 110, "left": 18, "by": 20, "key": 4}
_HELP = tuple(f"mark.help.{key}" for key in ("what", "count", "all", "back"))
_WORDS = ("none", "unsure")
_KEY = re.compile(r"[0-9a-f]{24}")
_LONGEST = 32_000  # characters that a cell holds


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet: marks that were written, and rows that nobody filled in."""

    marked: int
    skipped: int


def write_texts(path: Path, texts: pl.DataFrame, lang: str, *, on: datetime) -> int:
    """Write texts to be looked at as an XLSX file that only its owner may read.

    Args:
        path: of the file; one that is there is not overwritten.
        texts: `text` and `hash`, in the order in which they are to be looked at; it ends before a text that is longer
            than a cell can hold, which is looked at at the desk.
        lang: nl or en.
        on: stands in the file's properties.

    Returns:
        How many texts are in it.

    Raises:
        WorkspaceError: the file is there, is no .xlsx, or cannot be written.
    """
    sizes = texts["text"].str.len_chars().to_list()
    many = next((at for at, size in enumerate(sizes) if size > _LONGEST), len(sizes))
    words = tuple((text(f"mark.sheet.{key}", lang), text(f"mark.sheet.{key}.about", lang)) for key in _WORDS)
    shape = Shape(_FORM, _WIDTHS, "text", _HELP, (Listed("left", "about", words, offered=False),))
    rows = texts.head(many).select("text", key="hash").to_dicts()
    write_form(path, shape, rows, lang, on=on)
    path.chmod(0o600)
    return many


def read_texts(workspace: Workspace, path: Path, *, by: str, on: date) -> Taken:
    """Take what was counted in a filled-in sheet over into the marks; every row is right, or nothing is written.

    Args:
        workspace: whose marks they are.
        path: an XLSX, ODS or CSV file.
        by: who looked, for rows that do not say so.
        on: the day.

    Raises:
        DecisionError: with every row that is wrong, and why.
        SourceError: the file cannot be read.
    """
    problems: dict[int, str] = {}
    marks, skipped, held = [], 0, read_marks(workspace).holding
    for number, row in read_form(path, _FORM):
        given = one_line(row.get("left")).casefold()
        if not given:
            skipped += 1
            continue
        try:
            mark = Mark(_key(row), _count(given), one_line(row.get("by")) or by, on)
            marks += [] if mark == held.get(mark.text) else [mark]
        except DecisionError as error:
            problems[number] = str(error)
    if problems:
        raise DecisionError(all_wrong(path.name, problems))
    add_marks(workspace, marks)
    return Taken(len(marks), skipped)


def _key(row: Mapping[str, Any]) -> str:
    key = as_text(row.get("key")).strip()
    if not _KEY.fullmatch(key):
        raise DecisionError("the hidden key is gone, so that nobody knows which text it is; write the sheet again")
    return key


def _count(given: str) -> int | None:
    """How many are left, or None where one cannot tell."""
    none, unsure = ({text(f"mark.sheet.{key}", lang).casefold() for lang in LANGUAGES} for key in _WORDS)
    if given in {"?", *unsure}:
        return None
    if given in none:
        return 0
    if not given.isdecimal():
        raise DecisionError("give a number, 0 when nothing is left, or ? when one cannot tell")
    return int(given)
