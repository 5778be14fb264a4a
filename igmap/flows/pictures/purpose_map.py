"""Which categories, or which fields of one dataset, serve which purpose: allowed, outside the register, or open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from igmap.flows import routes
from igmap.flows.flow_map import MARKS, basis, dataset_key, label_of, marks_of
from igmap.flows.pictures import canvas
from igmap.flows.pictures.cells import Cell, draw_cells
from igmap.flows.pictures.crowd import most
from igmap.flows.pictures.labels import line_height, measured, wrapped
from igmap.report import text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.flows.flow_map import Mark
    from igmap.inventory.decisions import Decisions
    from igmap.inventory.inventory import DatasetInventory, Inventory
    from igmap.policy import Policy

State = Literal["declared", "open", "outside", "unused"]
MOST_ROWS, MOST_PURPOSES = 60, 24
_WIDEST_NAME, _WIDEST_HEAD, _CELL, _ROW = 2.8, 2.4, 0.62, 0.3
_NARROWEST, _LEAN, _SLANT = 9.0, 45, 0.71
_LOOKS: dict[State, tuple[str, str, str]] = {  # face, hatch, sign: each of the three is enough to tell them apart
    "declared": ("#9ecae1", "", "✓"),
    "open": (canvas.OPEN_FACE, canvas.OPEN_HATCH, "?"),
    "outside": (canvas.OUTSIDE_FACE, canvas.OUTSIDE_HATCH, "✕"),
    "unused": (canvas.PAPER, "", "–"),
}
_WORST = list(_LOOKS)[:3]


@dataclass(frozen=True, slots=True)
class Held:
    """What was found, promised and decided, of which the picture is one view.

    Args:
        inventory: what was found.
        policy: the register, with the answers of decisions.yaml filled in; None when there is none.
        decisions: which dataset serves which purpose.
        dataset: draw the fields of this one instead of the categories of all.
    """

    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    dataset: DatasetInventory | None = None


@dataclass(slots=True)
class _Row:
    """A category or field, with how many fields of it serve each purpose and whether they may."""

    name: str
    marks: set[Mark] = field(default_factory=set)
    cells: dict[str, tuple[int, State]] = field(default_factory=dict)

    def take(self, purpose: str, state: State, fields: int = 1) -> None:
        """More fields that serve the purpose; a cell shows the worst of its fields."""
        before, known = self.cells.get(purpose, (0, "declared"))
        self.cells[purpose] = (before + fields, max(known, state, key=_WORST.index))

    @property
    def size(self) -> int:
        """How many fields; those outside the register go before all others."""
        return sum(fields * (1000 if state == "outside" else 1) for fields, state in self.cells.values())


@canvas.styled
def purpose_map(held: Held, lang: str, *, on: date | None = None) -> Figure:
    """How many fields of each category serve each purpose, and whether the register allows that.

    A cell says by colour, hatch and sign whether the register names the category among those of the purpose (✓), does
    not (✕), or nobody said (?); a dash is allowed and not found, an empty cell neither. Beyond 60 rows those with the
    least outside the register are taken together.

    Args:
        held: what was found, promised and decided.
        lang: nl or en.
        on: the date of the data, for the foot.
    """
    rows, purposes = _rows(held, lang), _purposes(held)
    heads = [_two_lines(label_of("purpose", one, held.policy).say(lang)) for one in purposes]
    names = [wrapped(f"{one.name} {_signs(one)}".strip(), _WIDEST_NAME, canvas.LABEL_SIZE) for one in rows]
    heights = [max(_ROW, len(name) * line_height(canvas.LABEL_SIZE) + 0.1) for name in names]
    side = canvas.MARGIN + 0.2 + _longest(names)
    lean = _longest(heads) * _SLANT + 0.4
    width = max(_NARROWEST, side + _CELL * len(purposes) + lean + canvas.MARGIN)
    title = _title(held, lang)
    notes = [text("picture.purposes_read" if rows else "picture.nothing", lang)]
    notes.append(canvas.dated(basis(held.policy), on, lang))
    foot = canvas.Foot(_legend(rows, lang), notes, width)
    top = canvas.title_height(title, width) + lean
    figure, axes = canvas.sheet(width, top + sum(heights) + 0.3 + foot.height)
    canvas.write_title(axes, title, width)
    _write_heads(axes, heads, (side, top))
    drawn = [[_drawn(row.cells.get(one)) for one in purposes] for row in rows]
    canvas.write_names(axes, names, heights, top)
    draw_cells(axes, drawn, (side, top), width=_CELL, heights=heights)
    foot.write(axes, top + sum(heights) + 0.3)
    return figure


def _title(held: Held, lang: str) -> str:
    if held.dataset is None:
        return text("picture.purposes", lang)
    return text("picture.purposes_of", lang, dataset=dataset_key(held.dataset))


def _rows(held: Held, lang: str) -> list[_Row]:
    """A row per category or field, in the vocabulary's or the file's order."""
    rows: dict[str, _Row] = {}
    for key, category, purpose, marks in _served(held):
        name = key if held.dataset else label_of("category", category, held.policy).say(lang)
        row = rows.setdefault(key, _Row(name))
        row.marks.update(marks)
        row.take(purpose, routes.purpose_status(category, purpose, held.policy))
    if held.dataset is None:
        rows = {one: _promised(rows[one], one, held) for one in (*CATEGORIES, routes.UNDECIDED) if one in rows}
    return _crowd(rows, lang)


def _served(held: Held) -> Iterator[tuple[str, str, str, tuple[Mark, ...]]]:
    """Row, category, purpose and marks, for every field and purpose it serves."""
    for dataset in (held.dataset,) if held.dataset else held.inventory.datasets:
        for one, category in routes.personal_fields(dataset):
            for purpose in routes.purposes_of(dataset, one, held.decisions):
                yield one.name if held.dataset else category, category, purpose, marks_of(one)


def _promised(row: _Row, category: str, held: Held) -> _Row:
    """The row with a dash where the register allows the category and nothing was found."""
    for purpose in held.policy.purposes if held.policy else ():
        if purpose.id not in row.cells and routes.purpose_status(category, purpose.id, held.policy) == "declared":
            row.cells[purpose.id] = (0, "unused")
    return row


def _crowd(rows: dict[str, _Row], lang: str) -> list[_Row]:
    """As many rows as there is room for, and one for the rest."""
    kept = most({key: row.size for key, row in rows.items()}, MOST_ROWS)
    others = _Row(text("picture.others", lang, count=len(rows) - len(kept)))
    for key, row in rows.items():
        for purpose, (fields, state) in row.cells.items() if key not in kept else ():
            if state != "unused":
                others.take(purpose, state, fields)
    return [*(rows[key] for key in kept), *([others] if others.cells else [])]


def _purposes(held: Held) -> list[str]:
    """The columns: purposes of the register, then those only decisions.yaml knows, then none and open."""
    used: dict[str, int] = {}
    for _, _, purpose, _ in _served(held):
        used[purpose] = used.get(purpose, 0) + 1
    stated = [one.id for one in held.policy.purposes] if held.policy else []
    last = [one for one in (routes.NO_PURPOSE, routes.OPEN) if one in used]
    names = [*stated, *(one for one in used if one not in {*stated, *last}), *last]
    return most({one: used.get(one, 0) for one in names}, MOST_PURPOSES + 1, first=last)


def _signs(row: _Row) -> str:
    return "".join(canvas.MARK_SIGNS[mark] for mark in MARKS if mark in row.marks)


def _two_lines(name: str) -> list[str]:
    """A head in at most two lines, since they stand close; the picture grows for who has a very long one."""
    width = _WIDEST_HEAD
    while len(lines := wrapped(name, width, canvas.LABEL_SIZE)) > 2:  # noqa: PLR2004 - two
        width *= 1.2
    return lines


def _longest(labels: Sequence[list[str]]) -> float:
    return max((measured(line, canvas.LABEL_SIZE) for label in labels for line in label), default=0.0)


def _write_heads(axes: Axes, heads: list[list[str]], corner: tuple[float, float]) -> None:
    step = line_height(canvas.LABEL_SIZE) * _SLANT
    for index, head in enumerate(heads):
        for back, line in enumerate(reversed(head)):
            at = (corner[0] + (index + 0.55) * _CELL - back * step, corner[1] - 0.08 - back * step)
            canvas.write(axes, [line], at, rotation=_LEAN, rotation_mode="anchor", va="baseline")


def _drawn(cell: tuple[int, State] | None) -> Cell:
    if cell is None:
        return Cell()
    fields, (face, hatch, sign) = cell[0], _LOOKS[cell[1]]
    return Cell(f"{fields} {sign}" if fields else sign, face, hatch)


def _legend(rows: list[_Row], lang: str) -> list[tuple[str, str, str]]:
    states = {state for row in rows for _, state in row.cells.values()}
    marks = {mark for row in rows for mark in row.marks}
    shown = [(face, hatch, f"{sign} {text(f'picture.may_{state}', lang)}")
             for state, (face, hatch, sign) in _LOOKS.items() if state in states]  # fmt: skip
    return [*shown, *((canvas.MARK_SIGNS[m], "", text(f"picture.{m}", lang)) for m in MARKS if m in marks)]
