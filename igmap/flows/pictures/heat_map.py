"""Which dataset holds which categories: a cell per pair with the number of fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib import colormaps
from matplotlib.colors import to_hex

from igmap.flows.flow_map import MARKS, basis, dataset_key, label_of, marks_of
from igmap.flows.pictures import canvas
from igmap.flows.pictures.cells import Cell, draw_cells
from igmap.flows.pictures.crowd import most
from igmap.flows.pictures.labels import line_height, measured, wrapped
from igmap.flows.routes import UNDECIDED, personal_fields
from igmap.report import text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.flows.flow_map import Mark
    from igmap.inventory.inventory import Inventory
    from igmap.policy import Policy

MOST_ROWS = 60
_WIDEST_NAME, _CELL, _ROW = 2.8, 0.52, 0.34
_NARROWEST = 9.0
_LEAN = 45
_LIGHTEST, _DARKEST, _TURN = 0.95, 0.1, 0.12  # of cividis; the share of depth from which letters are white


@dataclass(frozen=True, slots=True)
class _Cell:
    fields: int = 0
    undecided: bool = False
    marks: frozenset[Mark] = frozenset()


@canvas.styled
def heat_map(inventory: Inventory, lang: str, *, policy: Policy | None = None, on: date | None = None) -> Figure:
    """How many fields of each category every dataset holds, for a board to read.

    Hatched cells hold a field that nobody decided; signs mark special categories, the BSN and secrets. Beyond 60
    datasets the smallest are taken together as `n others`.

    Args:
        inventory: what was found.
        lang: nl or en.
        policy: named in the foot.
        on: the date of the data, for the foot.
    """
    rows = _rows(inventory, lang)
    found = {category for cells in rows.values() for category in cells}
    categories = [category for category in (*CATEGORIES, UNDECIDED) if category in found]
    heads = [label_of("category", category, policy).say(lang) for category in categories]
    names = [wrapped(name, _WIDEST_NAME, canvas.LABEL_SIZE) for name in rows]
    side = (
        canvas.MARGIN + 0.2 + max((measured(line, canvas.LABEL_SIZE) for name in names for line in name), default=0.0)
    )
    heights = [max(_ROW, len(name) * line_height(canvas.LABEL_SIZE) + 0.1) for name in names]
    longest = max((measured(head, canvas.LABEL_SIZE) for head in heads), default=0.0)
    lean = longest * 0.71 + 0.2
    width = max(_NARROWEST, side + _CELL * len(categories) + lean + canvas.MARGIN)
    title = text("picture.heat", lang)
    notes = [text("picture.shade" if found else "picture.nothing", lang), canvas.dated(basis(policy), on, lang)]
    foot = canvas.Foot(_legend(rows, lang), notes, width)
    top = canvas.title_height(title, width) + lean + 0.1
    figure, axes = canvas.sheet(width, top + sum(heights) + 0.3 + foot.height)
    canvas.write_title(axes, title, width)
    _write_heads(axes, heads, (side, top))
    largest = max((cell.fields for cells in rows.values() for cell in cells.values()), default=1)
    drawn = [[_drawn(cells.get(one, _Cell()), largest) for one in categories] for cells in rows.values()]
    canvas.write_names(axes, names, heights, top)
    draw_cells(axes, drawn, (side, top), width=_CELL, heights=heights)
    foot.write(axes, top + sum(heights) + 0.3)
    return figure


def _rows(inventory: Inventory, lang: str) -> dict[str, dict[str, _Cell]]:
    """Name of the dataset -> category -> cell."""
    sizes = {dataset_key(one): sum(1 for _ in personal_fields(one)) for one in inventory.datasets}
    kept = most(sizes, MOST_ROWS)
    others = text("picture.others", lang, count=len(sizes) - len(kept))
    rows: dict[str, dict[str, _Cell]] = {name: {} for name in kept}
    for dataset in inventory.datasets:
        name = dataset_key(dataset)
        cells = rows.setdefault(name if name in rows else others, {})
        for field, category in personal_fields(dataset):
            cell = cells.get(category, _Cell())
            undecided = cell.undecided or field.verdict == "undecided"
            cells[category] = _Cell(cell.fields + 1, undecided, cell.marks | set(marks_of(field)))
    return rows


def _write_heads(axes: Axes, heads: list[str], corner: tuple[float, float]) -> None:
    for index, head in enumerate(heads):
        at = (corner[0] + (index + 0.4) * _CELL, corner[1] - 0.08)
        canvas.write(axes, [head], at, rotation=_LEAN, rotation_mode="anchor", va="baseline")


def _drawn(cell: _Cell, largest: int) -> Cell:
    if not cell.fields:
        return Cell()
    depth = (cell.fields - 1) / max(1, largest - 1)
    face = to_hex(colormaps["cividis"](_LIGHTEST - (_LIGHTEST - _DARKEST) * depth**0.5))
    ink = canvas.INK if depth < _TURN else canvas.PAPER
    signs = "".join(canvas.MARK_SIGNS[mark] for mark in MARKS if mark in cell.marks)
    return Cell(f"{cell.fields}{signs}", face, canvas.OPEN_HATCH if cell.undecided else "", hatched=ink, ink=ink)


def _legend(rows: dict[str, dict[str, _Cell]], lang: str) -> list[tuple[str, str, str]]:
    cells = [cell for row in rows.values() for cell in row.values()]
    undecided = [(canvas.PAPER, canvas.OPEN_HATCH, text("picture.undecided", lang))]
    return [
        *(undecided if any(cell.undecided for cell in cells) else []),
        *(
            (canvas.MARK_SIGNS[m], "", text(f"picture.{m}", lang))
            for m in MARKS
            if any(m in cell.marks for cell in cells)
        ),
    ]
