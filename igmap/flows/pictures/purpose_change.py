"""Which kinds of data serve which purposes, before and after a change of the policy: what came and what went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from igmap.flows.pictures import canvas
from igmap.flows.pictures.labels import line_height, measured, wrapped
from igmap.policy.versions.differences import is_open, plain
from igmap.policy.versions.pairing import key_of, paired
from igmap.report import text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.policy import Policy

State = Literal["kept", "came", "went", "named", "lost"]
_WIDEST_NAME, _CELL, _ROW = 3.2, 0.52, 0.36
_NARROWEST, _LEAN = 9.0, 45
_FACES: dict[State, str] = {
    "kept": "#cfd8e3",
    "came": "#d55e00",
    "went": "#ffffff",
    "named": "#f6e3b0",
    "lost": "#ffffff",
}
_SIGNS: dict[State, str] = {"kept": "", "came": "+", "went": "−", "named": "!", "lost": "?"}


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    cells: Mapping[str, State]
    open: bool  # whether the new register leaves open which data the purpose uses


@canvas.styled
def purpose_change(old: Policy, new: Policy, lang: str) -> Figure:
    """A cell per purpose and kind of data: what is new is dark with a plus, what is gone is hatched with a minus.

    What was open and is now stated has a sign of its own, since nobody can say whether it is more; a purpose that
    leaves its data open is hatched as a whole.

    Args:
        old: the earlier register.
        new: the later one.
        lang: nl or en.
    """
    rows = list(_rows(plain(old), plain(new), lang))
    used = {category for row in rows for category in row.cells}
    categories = [category for category in CATEGORIES if category in used]
    heads = [str(getattr(CATEGORIES[category], lang)) for category in categories]
    names = [wrapped(row.name, _WIDEST_NAME, canvas.LABEL_SIZE) for row in rows]
    longest = max((measured(line, canvas.LABEL_SIZE) for name in names for line in name), default=0.0)
    side = canvas.MARGIN + 0.2 + longest
    heights = [max(_ROW, len(name) * line_height(canvas.LABEL_SIZE) + 0.1) for name in names]
    lean = max((measured(head, canvas.LABEL_SIZE) for head in heads), default=0.0) * 0.71 + 0.2
    width = max(_NARROWEST, side + _CELL * len(categories) + lean + canvas.MARGIN)
    title = text("picture.change", lang)
    foot = canvas.Foot(_legend(rows, lang), [text("picture.change_note", lang)], width)
    top = canvas.title_height(title, width) + lean + 0.1
    figure, axes = canvas.sheet(width, top + sum(heights) + 0.3 + foot.height)
    canvas.write_title(axes, title, width)
    for index, head in enumerate(heads):
        at = (side + (index + 0.4) * _CELL, top - 0.08)
        canvas.write(axes, [head], at, rotation=_LEAN, rotation_mode="anchor", va="baseline")
    _draw(axes, list(zip(rows, names, heights, strict=True)), categories, (side, top))
    foot.write(axes, top + sum(heights) + 0.3)
    return figure


def _rows(old: Mapping[str, Any], new: Mapping[str, Any], lang: str) -> Iterator[_Row]:
    """Every purpose of either register, in the order of the new one, then what is gone."""
    was, is_now = old["purposes"], new["purposes"]
    if (key := key_of(was, is_now)) is None:
        return
    pairs = paired(was, is_now, key)
    before = {other[key]: one for one, other in pairs.both}
    for purpose in is_now:
        yield _row(before.get(purpose[key]), purpose, lang)
    for purpose in pairs.removed:
        yield _row(purpose, None, lang)


def _row(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, lang: str) -> _Row:
    was, is_now = (one["data_categories"] if one else [] for one in (old, new))
    listed = [set() if is_open(side) else set(side) for side in (was, is_now)]
    came: State = "named" if is_open(was) else "came"
    went: State = "lost" if is_open(is_now) else "went"
    cells: dict[str, State] = dict.fromkeys(listed[0] & listed[1], "kept")
    cells |= dict.fromkeys(listed[1] - listed[0], came) | dict.fromkeys(listed[0] - listed[1], went)
    label = (new or old or {})["label"][lang]
    mark = text(f"picture.change_{'new' if old is None else 'gone'}", lang) if None in (old, new) else ""
    return _Row(f"{label} {mark}".strip(), cells, open=is_open(is_now))


def _draw(
    axes: Axes, rows: list[tuple[_Row, list[str], float]], categories: list[str], corner: tuple[float, float]
) -> None:
    side, top = corner
    for row, name, height in rows:
        canvas.write(axes, name, (canvas.MARGIN, top + (height - len(name) * line_height(canvas.LABEL_SIZE)) / 2))
        for index, category in enumerate(categories):
            _draw_cell(axes, row, category, ((side + index * _CELL, top), height))
        top += height


def _draw_cell(axes: Axes, row: _Row, category: str, place: tuple[tuple[float, float], float]) -> None:
    corner, height = place
    state = row.cells.get(category)
    hatch = canvas.OUTSIDE_HATCH if state in {"went", "lost"} else canvas.OPEN_HATCH if row.open else ""
    face = _FACES[state] if state else canvas.PAPER
    line: dict[str, Any] = {"edgecolor": canvas.PLAIN, "linewidth": 0.5, "hatch": hatch}
    canvas.tile(axes, corner, (_CELL, height), face=face, **line)
    if state and _SIGNS[state]:
        plate = {"facecolor": face, "edgecolor": "none", "pad": 1.5}
        middle = (corner[0] + _CELL / 2, corner[1] + height / 2)
        ink = canvas.PAPER if state == "came" else canvas.INK
        canvas.write(axes, [_SIGNS[state]], middle, ha="center", va="center", color=ink, fontweight="bold", bbox=plate)


def _legend(rows: list[_Row], lang: str) -> list[tuple[str, str, str]]:
    used = {state for row in rows for state in row.cells.values()}
    entries = [
        (_FACES[state], canvas.OUTSIDE_HATCH if state in {"went", "lost"} else "", _told(state, lang))
        for state in _FACES
        if state in used
    ]
    left_open = [(canvas.PAPER, canvas.OPEN_HATCH, text("picture.change_open", lang))]
    return [*entries, *(left_open if any(row.open for row in rows) else [])]


def _told(state: State, lang: str) -> str:
    sign = _SIGNS[state]
    return f"{sign} {text(f'picture.change_{state}', lang)}".strip()
