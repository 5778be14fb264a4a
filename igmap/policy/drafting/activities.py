"""The rows of a register as processing activities: what stands in several rows belongs together."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from igmap.policy.drafting.grids import Register

LONGEST_ID = 48


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing activity: its place in the sheet, and the cells by field."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """Sheet and row, as a source names them."""
        return f"{self.sheet} {self.row}".strip()


def slug(words: str) -> str:
    """An id made of words."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_ID].strip("_") or "unnamed"


def activities(read: Register) -> Iterator[Activity]:
    """The activities of a sheet, each with the rows that tell of it: a name that is not repeated goes on."""
    held: Activity | None = None
    for number, row in read.rows:
        cells: dict[str, str] = {}
        for name, cell in zip(read.fields, row, strict=True):
            if name and cell.strip():
                cells[name] = f"{cells[name]}\n{cell.strip()}" if name in cells else cell.strip()
        if held and _goes_on(held.cells, cells):
            held = Activity(held.sheet, held.row, _together(held.cells, cells))
            continue
        if held and "activity" not in cells and "activity" in held.cells:
            cells["activity"] = held.cells["activity"]
        if held and (held.cells.get("activity") or held.cells.get("purpose")):
            yield held
        held = Activity(read.sheet, number, cells)
    if held and (held.cells.get("activity") or held.cells.get("purpose")):
        yield held


def _goes_on(held: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    names = ("activity", "purpose")
    return any(name in held for name in names) and all(
        cells.get(name, held.get(name)) == held.get(name) for name in names
    )


def _together(held: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of two rows; what both say is said once."""
    joined = dict(held)
    for name, cell in cells.items():
        if cell not in joined.get(name, "").split("\n"):
            joined[name] = f"{joined[name]}\n{cell}" if name in joined else cell
    return joined


def unmapped(read: Sequence[Register]) -> dict[str, int]:
    """The headings that mean nothing to a register, with how many cells below them are filled."""
    counts = Counter[str]()
    for one in read:
        for number, name in enumerate(one.fields):
            filled = sum(bool(row[number].strip()) for _, row in one.rows)
            if name is None and filled:
                counts[one.headings[number] or f"#{number + 1}"] += filled
    return dict(counts)
