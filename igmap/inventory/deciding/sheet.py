"""The spreadsheet that goes to a colleague: a row per field, with what igmap saw and room for the decision.

Both ends share the columns; a hidden key says which field a row is about, whatever a spreadsheet makes of its name.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from igmap.report import text

if TYPE_CHECKING:
    from collections.abc import Iterable

TOLD = ("dataset", "table", "field", "verdict", "category", "confidence", "reasons", "change")
ASKED = ("decision", "why", "by", "on")
COLUMNS = (*TOLD, *ASKED, "key")
LANGUAGES = ("nl", "en")


def key_of(source: str, table: str, field: str) -> str:
    """What stands for a field in the hidden column."""
    return "f-" + sha256(f"{source}\0{table}\0{field}".encode("utf-8", "surrogatepass")).hexdigest()[:20]


def heads(lang: str) -> tuple[str, ...]:
    """The heads of the columns."""
    return tuple(text(f"decide.sheet.{name}", lang) for name in COLUMNS)


def columns_in(cells: Iterable[str]) -> dict[str, int]:
    """Which column stands where, by its head in either language."""
    known = {_plain(head): name for lang in LANGUAGES for name, head in zip(COLUMNS, heads(lang), strict=True)}
    return {known[_plain(cell)]: at for at, cell in enumerate(cells) if _plain(cell) in known}


def is_header(found: dict[str, int]) -> bool:
    """Whether these columns are enough to know what is decided of which field."""
    return "decision" in found and ("key" in found or {"dataset", "field"} <= found.keys())


def _plain(head: str) -> str:
    return " ".join(head.split()).casefold()
