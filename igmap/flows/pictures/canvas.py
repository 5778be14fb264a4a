"""Sheets measured in inches, their title, legend and foot, and the files they become."""

from __future__ import annotations

from functools import wraps
from io import BytesIO
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from PIL import Image

from igmap.flows.pictures.labels import ASCENT, FAMILY, line_height, measured, wrapped
from igmap.report import text
from igmap.workspace import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from igmap.flows.words import Words

Arguments = ParamSpec("Arguments")
Place: TypeAlias = tuple[float, float, float, float]  # left, top, width and height, inches
MARGIN = 0.35
TITLE_SIZE, LABEL_SIZE, SMALL_SIZE = 15.0, 9.0, 8.0
INK, SOFT, PAPER, PLAIN = "#1a2230", "#4a5565", "#ffffff", "#9aa7b8"
OPEN_FACE, OUTSIDE_FACE = "#eceff3", "#f3b48f"
OPEN_HATCH, OUTSIDE_HATCH = "/////", "xxxx"
MARK_SIGNS = {"art9": "★", "art10": "■", "bsn": "◆", "secret": "▲"}
STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": [
        FAMILY,
        "Verdana",
        "Bitstream Vera Sans",
        "sans-serif",
    ],  # a browser without the first is near it
    "text.parse_math": False,  # a column may be called a_$x^$
    "text.hinting": "no_hinting",  # letters as wide as `labels.measured` says, at every resolution
    "svg.fonttype": "none",
    "svg.hashsalt": "igmap",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.7,
}
PIXELS_PER_INCH = 150
PACKED = 3  # of 9: more takes twice the time for a twentieth of the room


def styled(picture: Callable[Arguments, Figure]) -> Callable[Arguments, Figure]:
    """Draw a picture in igmap's style, whatever the notebook has set."""

    @wraps(picture)
    def in_style(*arguments: Arguments.args, **options: Arguments.kwargs) -> Figure:
        with rc_context(STYLE):
            return picture(*arguments, **options)

    return in_style


def sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """A white sheet whose coordinates are inches from the top left."""
    figure = Figure(figsize=(width, height), facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def write(axes: Axes, lines: Sequence[str], at: tuple[float, float], **options: Any) -> None:
    """Write lines down from a point, which is the top left of the first, or whatever `ha` and `va` say.

    Lines stand on their baselines, so that words with and without tall letters stand level.
    """
    settings: dict[str, Any] = {"fontsize": LABEL_SIZE, "color": INK, "va": "baseline", **options}
    step = line_height(settings["fontsize"])
    rise = 0.0 if "va" in options else ASCENT * step
    for index, line in enumerate(lines):
        axes.text(at[0], at[1] + rise + index * step, line, **settings)


def tile(axes: Axes, at: tuple[float, float], size: tuple[float, float], *, face: str, **options: Any) -> None:
    """A rectangle with its top left at a point, `size` wide and high."""
    look = {"facecolor": face, "edgecolor": INK, "linewidth": 0.8, **options}
    axes.add_artist(Rectangle(at, *size, **look))  # no limits to work out as add_patch does: a sheet has its own


def tiles(axes: Axes, places: Sequence[Place], **look: Any) -> None:
    """Rectangles of one look as one shape, since every shape of its own costs time and room."""
    corners = [
        (left + right * width, top + down * height)
        for left, top, width, height in places
        for right, down in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ]
    codes = [Outline.MOVETO, *[Outline.LINETO] * 3, Outline.CLOSEPOLY] * len(places)
    if places:
        axes.add_artist(PathPatch(Outline(corners, codes), snap=True, **look))


def write_title(axes: Axes, title: str, width: float) -> None:
    """The title at the top left."""
    write(axes, _title_lines(title, width), (MARGIN, MARGIN), fontsize=TITLE_SIZE, fontweight="bold")


def write_names(axes: Axes, names: Sequence[Sequence[str]], heights: Sequence[float], top: float) -> None:
    """The names of rows at the left, each in the middle of its row."""
    for name, height in zip(names, heights, strict=True):
        write(axes, name, (MARGIN, top + (height - len(name) * line_height(LABEL_SIZE)) / 2))
        top += height


def title_height(title: str, width: float) -> float:
    """What `write_title` takes from the top, in inches."""
    return MARGIN + len(_title_lines(title, width)) * line_height(TITLE_SIZE) + 0.15


def _title_lines(title: str, width: float) -> list[str]:
    return wrapped(title, (width - 2 * MARGIN) * 0.85, TITLE_SIZE)  # bold letters are wider than measured


class Foot:
    """Legend and notes under a picture, laid out before the sheet is cut so that both fit.

    Args:
        entries: face colour or sign, hatch, words; in order.
        notes: sentences, a line each.
        width: of the sheet, inches.
    """

    def __init__(self, entries: Sequence[tuple[str, str, str]], notes: Sequence[str], width: float) -> None:
        """Place everything."""
        self.places: list[tuple[float, float, tuple[str, str, str]]] = []
        left, top, row = MARGIN, 0.0, line_height(LABEL_SIZE) + 0.08
        for entry in entries:
            wide = 0.4 + measured(entry[2], LABEL_SIZE) + 0.3
            if left > MARGIN and left + wide > width - MARGIN:
                left, top = MARGIN, top + row
            self.places.append((left, top, entry))
            left += wide
        self.lines = [line for note in notes for line in wrapped(note, width - 2 * MARGIN, SMALL_SIZE)]
        self.notes_top = top + row + 0.06
        self.height = self.notes_top + len(self.lines) * line_height(SMALL_SIZE) + MARGIN

    def write(self, axes: Axes, top: float) -> None:
        """Draw it."""
        for left, down, (face, hatch, words) in self.places:
            if face.startswith("#"):
                at = (left, top + down + 0.01)
                tile(axes, at, (0.3, 0.14), face=face, hatch=hatch, edgecolor=SOFT, linewidth=0.6)
            else:
                write(axes, [face], (left + 0.15, top + down), ha="center")
            write(axes, [words], (left + 0.4, top + down))
        write(axes, self.lines, (MARGIN, top + self.notes_top), fontsize=SMALL_SIZE, color=SOFT)


def dated(basis: Words, on: date | None, lang: str) -> str:
    """The line that says what a picture rests on."""
    return " · ".join([basis.say(lang), *([text("picture.on", lang, on=on)] if on else [])])


def svg(figure: Figure) -> str:
    """The figure as SVG, the same for the same figure."""
    content = BytesIO()
    with rc_context(STYLE):
        figure.savefig(content, format="svg", metadata={"Date": None, "Creator": None})
    return content.getvalue().decode()


def draw(figure: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write `name.png` and `name.svg`; the same figure gives the same bytes.

    Raises:
        WorkspaceError: they cannot be written.
    """
    return write_file(folder / f"{name}.png", _png(figure)), write_file(folder / f"{name}.svg", svg(figure))


def _png(figure: Figure) -> bytes:
    """Without alpha, since a sheet is not seen through; packed little, which takes half the time."""
    kept = BytesIO()
    sheet = Image.fromarray(_pixels(figure)[:, :, :3])
    sheet.save(kept, "PNG", compress_level=PACKED, dpi=(PIXELS_PER_INCH, PIXELS_PER_INCH))
    return kept.getvalue()


def _pixels(figure: Figure) -> NDArray[np.uint8]:
    """The figure at the resolution of a file; its own is as it was afterwards."""
    own = figure.get_dpi()
    drawn = FigureCanvasAgg(figure)
    try:
        figure.set_dpi(PIXELS_PER_INCH)
        with rc_context(STYLE):
            drawn.draw()  # type: ignore[no-untyped-call]
        return np.asarray(drawn.buffer_rgba())  # type: ignore[no-untyped-call]
    finally:
        figure.set_dpi(own)
