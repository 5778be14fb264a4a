"""The spreadsheets that go to a colleague: a row per field or dataset, with what igmap saw and room for the decision.

Both ends share the columns; a hidden key says what a row is about, whatever a spreadsheet makes of its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from igmap.report import text

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a spreadsheet and their heads.

    Args:
        prefix: of the texts that are its heads.
        told: what igmap says.
        asked: what a person fills in.
        named: the columns that say what a row is about, where the key is gone.
        needed: columns of which one says that a row was filled in.
    """

    prefix: str
    told: tuple[str, ...]
    asked: tuple[str, ...]
    named: tuple[str, ...]
    needed: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, the hidden key last."""
        return (*self.told, *self.asked, "key")

    def heads(self, lang: str) -> tuple[str, ...]:
        """The heads of the columns."""
        return tuple(text(f"{self.prefix}.{name}", lang) for name in self.columns)

    def columns_in(self, cells: Iterable[str]) -> dict[str, int]:
        """Which column stands where, by its head in either language."""
        known = {
            _plain(head): name for lang in LANGUAGES for name, head in zip(self.columns, self.heads(lang), strict=True)
        }
        return {known[_plain(cell)]: at for at, cell in enumerate(cells) if _plain(cell) in known}

    def is_header(self, found: dict[str, int]) -> bool:
        """Whether these columns are enough to know what is decided of what."""
        return any(name in found for name in self.needed) and ("key" in found or set(self.named) <= found.keys())


FIELDS = Form(
    "decide.sheet",
    told=("dataset", "table", "field", "verdict", "category", "confidence", "reasons", "change"),
    asked=("decision", "why", "by", "on"),
    named=("dataset", "field"),
    needed=("decision",),
)


def key_of(source: str, table: str, field: str) -> str:
    """What stands for a field in the hidden column."""
    return "f-" + sha256(f"{source}\0{table}\0{field}".encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _plain(head: str) -> str:
    return " ".join(head.split()).casefold()
