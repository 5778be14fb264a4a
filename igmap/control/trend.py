"""The trend over runs: a line per figure, so that a board sees whether it gets better."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from igmap.flows.pictures import canvas
from igmap.flows.pictures.labels import line_height, measured
from igmap.report import number, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.control.run import Run

MOST_RUNS = 60
FIGURES: dict[str, Callable[[Run], int]] = {
    "violations": lambda run: run.outcomes["violation"],
    "opens": lambda run: run.outcomes["open"],
    "past_term": lambda run: run.past_term,
    "open_values": lambda run: run.open_values,
    "undecided": lambda run: run.undecided,
    "accepted": lambda run: run.accepted,
}
_WIDTH, _SIDE, _PLOT, _ROW, _GAP = 9.0, 2.4, 4.9, 0.5, 0.2
_BOLDER = 1.2  # bold letters are wider than measured
_MARKS, _LINE = "osD^vP", "#0072b2"


@canvas.styled
def trend(runs: Sequence[Run], lang: str) -> Figure:
    """How the figures of the runs went, each on a scale of its own from zero; the first and last are written out.

    Args:
        runs: that came as far as findings, the first first; beyond 60 the last 60.
        lang: nl or en.
    """
    shown = list(runs)[-MOST_RUNS:]
    title = text("trend.title", lang)
    ends = max(measured(_ends([of(run) for run in shown], lang), canvas.LABEL_SIZE) for of in FIGURES.values())
    width = max(_WIDTH, _SIDE + _PLOT + 0.2 + ends * _BOLDER + canvas.MARGIN)
    foot = canvas.Foot([], [text("trend.read" if len(shown) > 1 else "since.first", lang)], width)
    top = canvas.title_height(title, width) + 0.3
    bottom = top + (_ROW + _GAP) * len(FIGURES)
    figure, axes = canvas.sheet(width, bottom + 0.55 + foot.height)
    canvas.write_title(axes, title, width)
    for index, name in enumerate(FIGURES):
        _draw(axes, shown, name, top + index * (_ROW + _GAP), lang)
    _write_days(axes, shown, bottom, lang)
    _mark_changes(axes, shown, (top, bottom), lang)
    foot.write(axes, bottom + 0.5)
    return figure


def _ends(values: list[int], lang: str) -> str:
    """The first and the last number; one alone when there is one."""
    return " → ".join(number(value, lang) for value in (values[:1] + values[1:][-1:]))


def _places(count: int) -> list[float]:
    if count == 1:
        return [_SIDE + _PLOT]
    return [_SIDE + _PLOT * at / (count - 1) for at in range(count)]


def _draw(axes: Axes, runs: Sequence[Run], name: str, top: float, lang: str) -> None:
    """One figure: its name, its line, and its first and last number."""
    values = [FIGURES[name](run) for run in runs]
    middle = top + _ROW / 2 - line_height(canvas.LABEL_SIZE) / 2
    canvas.write(axes, [text(f"trend.{name}", lang)], (canvas.MARGIN, middle))
    axes.add_artist(Line2D([_SIDE, _SIDE + _PLOT], [top + _ROW] * 2, color=canvas.PLAIN, linewidth=0.6))
    if not values:
        return
    heights = [top + _ROW - _ROW * value / max(1, *values) for value in values]
    mark = _MARKS[list(FIGURES).index(name) % len(_MARKS)]
    line = Line2D(_places(len(values)), heights, color=_LINE, marker=mark, markersize=4.5, linewidth=1.4, clip_on=False)
    axes.add_artist(line)
    canvas.write(axes, [_ends(values, lang)], (_SIDE + _PLOT + 0.2, middle), fontweight="bold")


def _write_days(axes: Axes, runs: Sequence[Run], top: float, lang: str) -> None:
    ends = [(runs[-1], _SIDE + _PLOT, "right")] if runs else []
    if len(runs) > 1:
        ends.append((runs[0], _SIDE, "left"))
    for run, left, side in ends:
        day = text("told.day", lang, day=run.began.date())
        canvas.write(axes, [day], (left, top), ha=side, fontsize=canvas.SMALL_SIZE, color=canvas.SOFT)


def _mark_changes(axes: Axes, runs: Sequence[Run], span: tuple[float, float], lang: str) -> None:
    """A dashed line where the register was another than the run before."""
    places, written = _places(len(runs)), False
    for left, (before, now) in zip(places[1:], pairwise(runs), strict=True):
        if before.policy_sha256 != now.policy_sha256:
            axes.add_artist(Line2D([left, left], list(span), color=canvas.SOFT, linewidth=0.8, linestyle=(0, (4, 3))))
            if not written:
                written = True
                where = (left, span[0] - 0.2)
                side = "right" if left > _SIDE + _PLOT / 2 else "left"
                words = [text("trend.policy", lang)]
                canvas.write(axes, words, where, ha=side, fontsize=canvas.SMALL_SIZE, color=canvas.SOFT)
