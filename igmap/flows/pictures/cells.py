"""A grid of cells, drawn as few shapes: one for all cells of a face, one per hatch, one for the lines between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from igmap.flows.pictures import canvas
from igmap.flows.pictures.labels import line_height, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from igmap.flows.pictures.canvas import Place

_PLATE = 1.5 / 72  # round the words of a hatched cell, inches
_LINE = 0.5  # points
_Look: TypeAlias = tuple[int, str, str, str]  # how high it lies; face, hatch and colour of the hatch


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Args:
        words: in its middle.
        face: its colour.
        hatch: over the face, in the colour of `hatched`; the words then stand on a plate of the face.
        hatched: colour of the hatch.
        ink: colour of the words.
    """

    words: str = ""
    face: str = canvas.PAPER
    hatch: str = ""
    hatched: str = canvas.PLAIN
    ink: str = canvas.INK


def draw_cells(
    axes: Axes,
    rows: Sequence[Sequence[Cell]],
    corner: tuple[float, float],
    *,
    width: float,
    heights: Sequence[float],
) -> None:
    """Draw the rows down from a corner.

    Args:
        axes: a sheet of inches.
        rows: as many cells each.
        corner: the top left.
        width: of a cell.
        heights: of the rows.
    """
    shapes: defaultdict[_Look, list[Place]] = defaultdict(list)
    placed = list(_placed(rows, corner, width, heights))
    for cell, place in placed:
        for look, where in _shapes(cell, place):
            shapes[look].append(where)
    for look, places in sorted(shapes.items()):
        _, face, hatch, colour = look
        canvas.tiles(axes, places, facecolor=face, hatch=hatch, edgecolor=colour, linewidth=0)
    lines = _lines(corner, [width] * len(rows[0]), heights) if rows else []
    canvas.tiles(axes, lines, facecolor="none", edgecolor=canvas.PLAIN, linewidth=_LINE)
    for cell, (left, top, wide, high) in placed:
        middle = (left + wide / 2, top + high / 2)
        canvas.write(axes, [cell.words] if cell.words else [], middle, ha="center", va="center", color=cell.ink)


def _shapes(cell: Cell, place: Place) -> Iterator[tuple[_Look, Place]]:
    """What a cell is drawn of, the lowest first."""
    if cell.face != canvas.PAPER:
        yield (0, cell.face, "", canvas.PLAIN), place
    if cell.hatch:
        yield (1, "none", cell.hatch, cell.hatched), place
        yield (2, cell.face, "", canvas.PLAIN), _plate(cell.words, place)


def _placed(
    rows: Sequence[Sequence[Cell]], corner: tuple[float, float], width: float, heights: Sequence[float]
) -> Iterator[tuple[Cell, Place]]:
    left, top = corner
    for row, height in zip(rows, heights, strict=True):
        for index, cell in enumerate(row):
            yield cell, (left + index * width, top, width, height)
        top += height


def _plate(words: str, place: Place) -> Place:
    left, top, width, height = place
    wide, high = measured(words, canvas.LABEL_SIZE) + 2 * _PLATE, line_height(canvas.LABEL_SIZE)
    return left + (width - wide) / 2, top + (height - high) / 2, wide, high


def _lines(corner: tuple[float, float], widths: Sequence[float], heights: Sequence[float]) -> list[Place]:
    """The sides of the columns and of the rows, as tiles without width or without height."""
    left, top = corner
    upright = [(at, top, 0.0, sum(heights)) for at in accumulate(widths, initial=left)]
    return [*upright, *((left, at, sum(widths), 0.0) for at in accumulate(heights, initial=top))]
