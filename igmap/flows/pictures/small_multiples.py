"""Small multiples of bars: a panel per column, a row per group, so that shares can be compared at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from igmap.flows.pictures import canvas
from igmap.flows.pictures.labels import line_height, wrapped

COLUMNS = 2
_NAME, _BARS, _WORDS, _APART, _HIGH = 1.7, 1.9, 0.95, 0.35, 0.17


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a row.

    Args:
        parts: share of the panel's width, face and hatch, from left to right.
        words: written after it.
    """

    parts: tuple[tuple[float, str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One column.

    Args:
        title: its name.
        rows: name of the group, and its bars from top to bottom.
    """

    title: str
    rows: tuple[tuple[str, tuple[Bar, ...]], ...]


def small_multiples(
    title: str, panels: Sequence[Panel], legend: Sequence[tuple[str, str, str]], notes: Sequence[str]
) -> Figure:
    """The panels, two beside each other; bars of all of them on one scale.

    Args:
        title: of the picture.
        panels: in order.
        legend: face, hatch and words.
        notes: sentences under the picture.
    """
    wide = _NAME + _BARS + _WORDS
    beside = min(COLUMNS, max(len(panels), 1))
    width = 2 * canvas.MARGIN + max(beside * wide + (beside - 1) * _APART, 6.5)
    foot = canvas.Foot(legend, notes, width)
    top = canvas.title_height(title, width) + 0.1
    lines = [panels[start : start + beside] for start in range(0, len(panels), beside)]
    heights = [max(map(_height, line)) for line in lines]
    figure, axes = canvas.sheet(width, top + sum(heights) + foot.height)
    canvas.write_title(axes, title, width)
    scale = max((_long(bar) for one in panels for _, bars in one.rows for bar in bars), default=0.0) or 1.0
    for line, height in zip(lines, heights, strict=True):
        for place, one in enumerate(line):
            _draw(axes, one, (canvas.MARGIN + place * (wide + _APART), top), scale)
        top += height
    foot.write(axes, top)
    return figure


def _long(bar: Bar) -> float:
    return sum(share for share, _, _ in bar.parts)


def _row_height(name: str, bars: Sequence[Bar]) -> float:
    return max(len(bars) * _HIGH, len(_lines(name)) * line_height(canvas.SMALL_SIZE)) + 0.1


def _lines(name: str) -> list[str]:
    return wrapped(name, _NAME - 0.15, canvas.SMALL_SIZE)[:3]


def _height(panel: Panel) -> float:
    head = len(_heading(panel)) * line_height(canvas.LABEL_SIZE) + 0.1
    return head + sum(_row_height(name, bars) for name, bars in panel.rows) + 0.3


def _heading(panel: Panel) -> list[str]:
    return wrapped(panel.title, (_NAME + _BARS + _WORDS) * 0.85, canvas.LABEL_SIZE)


def _draw(axes: Axes, panel: Panel, at: tuple[float, float], scale: float) -> None:
    left, top = at
    canvas.write(axes, _heading(panel), at, fontweight="bold")
    top += len(_heading(panel)) * line_height(canvas.LABEL_SIZE) + 0.1
    base = left + _NAME
    for name, bars in panel.rows:
        height = _row_height(name, bars)
        canvas.write(axes, _lines(name), (left, top), fontsize=canvas.SMALL_SIZE)
        for number, bar in enumerate(bars):
            down, start = top + number * _HIGH, base
            for share, face, hatch in bar.parts:
                size = _BARS * share / scale
                if size:
                    look = {"hatch": hatch, "edgecolor": canvas.SOFT, "linewidth": 0.5}
                    canvas.tile(axes, (start, down), (size, _HIGH - 0.03), face=face, **look)
                start += size
            canvas.write(axes, [bar.words], (start + 0.06, down - 0.01), fontsize=canvas.SMALL_SIZE - 0.5)
        axes.plot([base, base], [top - 0.03, top + ceil(height * 100) / 100 - 0.06], color=canvas.PLAIN, linewidth=0.6)
        top += height
