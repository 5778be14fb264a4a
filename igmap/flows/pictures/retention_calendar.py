"""The retention calendar as small multiples: per dataset and term what is past, and what passes month by month."""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from igmap.flows.pictures import canvas
from igmap.flows.pictures.labels import line_height, wrapped
from igmap.policy.keeping.calendar import Passing
from igmap.report import number, text

MOST_ROWS = 24
PAST_FACE, COMING_FACE, AXIS = "#b5452c", "#3a6ea5", canvas.PLAIN
_NAME, _BAR, _ROW, _GAP, _SIDE = 2.9, 0.26, 0.62, 0.25, 2.6
_SPANS = ("> 5", "2-5", "1-2", "¼-1", "< ¼")  # years since the term ended, the oldest first


@canvas.styled
def retention_calendar(calendar: Sequence[Passing], lang: str, *, on: date | None = None) -> Figure:
    """How many records are past their term, by how long, and how many pass it in each of the coming months.

    Each row has a scale of its own, with its largest figure written at its bar. Beyond 24 rows those with the fewest
    records that are past or pass soon are left out, and counted in the foot.

    Args:
        calendar: as `calendar_of` gives it.
        lang: nl or en.
        on: the date of the data, for the foot.
    """
    ranked = sorted(calendar, key=lambda one: -sum(_bars(one)))
    rows = [one for one in calendar if one in ranked[:MOST_ROWS]]
    months = [month for month in (rows[0].months if rows else {}) if month != "later"]
    width = 2 * canvas.MARGIN + _NAME + _BAR * (len(_SPANS) + len(months)) + _GAP + _SIDE
    notes = [text("picture.retention_note" if rows else "picture.nothing", lang)]
    if len(ranked) > MOST_ROWS:
        notes.append(text("picture.retention_others", lang, count=len(ranked) - MOST_ROWS))
    if on:
        notes.append(text("picture.on", lang, on=on))
    legend = [
        (PAST_FACE, "", text("picture.retention_past", lang)),
        (COMING_FACE, "", text("picture.retention_coming", lang)),
    ]
    foot = canvas.Foot(legend, notes, width)
    title = text("picture.retention", lang)
    top = canvas.title_height(title, width) + 0.1
    figure, axes = canvas.sheet(width, top + _ROW * len(rows) + 0.75 + foot.height)
    canvas.write_title(axes, title, width)
    for index, one in enumerate(rows):
        _draw_row(axes, one, top + _ROW * index, lang)
    _write_months(axes, months, top + _ROW * len(rows) + 0.08)
    foot.write(axes, top + _ROW * len(rows) + 0.75)
    return figure


def _bars(one: Passing) -> list[int]:
    """What is past, the oldest first, then what passes month by month."""
    return [*reversed(one.past.values()), *(count for month, count in one.months.items() if month != "later")]


def _left(index: int) -> float:
    """Where a bar begins: those of the past stand apart."""
    return canvas.MARGIN + _NAME + index * _BAR + (_GAP if index >= len(_SPANS) else 0.0)


def _draw_row(axes: Axes, one: Passing, top: float, lang: str) -> None:
    bars = _bars(one)
    base, room = top + _ROW - 0.04, _ROW - 0.26
    name = wrapped(f"{one.dataset} · {text(f'retention.{one.at_end}', lang)}", _NAME - 0.15, canvas.SMALL_SIZE)[:3]
    height = len(name) * line_height(canvas.SMALL_SIZE)
    canvas.write(axes, name, (canvas.MARGIN, base - height), fontsize=canvas.SMALL_SIZE)
    largest = max([*bars, 1])
    axes.plot([_left(0), _left(len(bars) - 1) + _BAR], [base, base], color=AXIS, linewidth=0.6)
    for index, count in enumerate(bars):
        size = max(room * count / largest, 0.02) if count else 0.0
        face = PAST_FACE if index < len(_SPANS) else COMING_FACE
        if count:
            canvas.tile(axes, (_left(index) + 0.02, base - size), (_BAR - 0.04, size), face=face, linewidth=0)
    if max(bars, default=0):
        at = bars.index(max(bars))
        middle = (_left(at) + _BAR / 2, base - room - 0.03)
        canvas.write(axes, [number(largest, lang)], middle, ha="center", va="bottom", fontsize=canvas.SMALL_SIZE)
    rest = {"later": one.months["later"], "not_begun": one.not_begun, "untold": one.untold, "held": one.held}
    told = " · ".join(text(f"picture.retention_{key}", lang, count=count) for key, count in rest.items() if count)
    words = wrapped(told, _SIDE - 0.1, canvas.SMALL_SIZE) if told else []
    side = (_left(len(bars)) + 0.1, base - len(words) * line_height(canvas.SMALL_SIZE))
    canvas.write(axes, words, side, fontsize=canvas.SMALL_SIZE, color=canvas.SOFT)


def _write_months(axes: Axes, months: Sequence[str], top: float) -> None:
    for index, span in enumerate([*_SPANS, *months]):
        at = (_left(index) + _BAR / 2 + 0.05, top)
        shown = {"ha": "right", "va": "top", "rotation": 60, "rotation_mode": "anchor"}
        canvas.write(axes, [span], at, fontsize=canvas.SMALL_SIZE - 1, color=canvas.SOFT, **shown)
