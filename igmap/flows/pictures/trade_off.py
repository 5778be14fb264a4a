"""The trade-off: how much detail is lost as more persons must share each combination."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from igmap.flows.pictures import canvas
from igmap.report import number, percentage, text

Curve = Sequence[tuple[int, float | None]]
FACES = (("#3a6ea5", "o", "-"), ("#b5452c", "s", "--"), ("#4f7f4f", "^", ":"), ("#7a5195", "D", "-."))
_WIDE, _HIGH, _LEFT = 7.4, 3.4, 0.85


@canvas.styled
def trade_off(curves: Mapping[str, Curve], lang: str, *, chosen: int | None = None) -> Figure:
    """Loss against k, a line per search; a k that cannot be met is crossed at the top.

    Args:
        curves: per search, (k, loss 0-1 or None where it cannot be met).
        lang: nl or en.
        chosen: the k of the plan, marked.
    """
    width = _WIDE + _LEFT + 2 * canvas.MARGIN
    title = text("picture.trade_off", lang)
    notes = [
        text("picture.trade_off_note", lang),
        *([text("picture.trade_off_chosen", lang, k=chosen)] if chosen else []),
    ]
    if any(loss is None for curve in curves.values() for _, loss in curve):
        notes.append(text("picture.trade_off_impossible", lang))
    legend = [(face, "", f"{mark(sign)} {name}") for name, (face, sign, _) in zip(curves, FACES, strict=False)]
    foot = canvas.Foot(legend, notes, width)
    top = canvas.title_height(title, width) + 0.1
    height = top + _HIGH + 0.75 + foot.height
    figure, sheet = canvas.sheet(width, height)
    canvas.write_title(sheet, title, width)
    box = ((canvas.MARGIN + _LEFT) / width, 1 - (top + _HIGH) / height, _WIDE / width, _HIGH / height)
    axes = figure.add_axes(box)
    _axes(axes, curves, lang)
    for (name, curve), look in zip(curves.items(), FACES, strict=False):
        _line(axes, curve, look, lang, above=name == next(iter(curves)))
    if chosen:
        axes.axvline(chosen, color=canvas.SOFT, linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    foot.write(sheet, top + _HIGH + 0.75)
    return figure


def mark(sign: str) -> str:
    """The sign of a line as a letter of the font."""
    return {"o": "●", "s": "■", "^": "▲", "D": "◆"}[sign]


def _axes(axes: Axes, curves: Mapping[str, Curve], lang: str) -> None:
    ks = sorted({k for curve in curves.values() for k, _ in curve})
    most = max((loss for curve in curves.values() for _, loss in curve if loss), default=0.0)
    axes.set_xscale("log")
    axes.set_xticks(ks, [number(k, lang) for k in ks])
    axes.set_xticks([], minor=True)
    axes.set_xlim(min(ks) * 0.85, max(ks) * 1.18)
    axes.set_ylim(0, min(max(most * 1.25, 0.05), 1.12))
    ticks = [tick for tick in axes.get_yticks() if 0 <= tick <= 1]
    axes.set_yticks(ticks, [percentage(float(tick), lang) for tick in ticks])
    axes.tick_params(labelsize=canvas.SMALL_SIZE, colors=canvas.INK)
    axes.set_xlabel(text("picture.trade_off_k", lang), fontsize=canvas.LABEL_SIZE, color=canvas.INK)
    axes.set_ylabel(text("picture.trade_off_loss", lang), fontsize=canvas.LABEL_SIZE, color=canvas.INK)
    axes.grid(axis="y", color="#e6eaef", linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _line(axes: Axes, curve: Curve, look: tuple[str, str, str], lang: str, *, above: bool) -> None:
    face, sign, style = look
    met = [(k, loss) for k, loss in curve if loss is not None]
    axes.plot([k for k, _ in met], [loss for _, loss in met], color=face, marker=sign, linestyle=style, markersize=5)
    for k, loss in met:
        axes.annotate(
            percentage(loss, lang), (k, loss), xytext=(0, 7 if above else -7), textcoords="offset points", ha="center",
            va="bottom" if above else "top", fontsize=canvas.SMALL_SIZE, color=canvas.INK,
            bbox={"facecolor": canvas.PAPER, "linewidth": 0, "pad": 1.0},
        )  # fmt: skip
    top = axes.get_ylim()[1] * 0.97
    missed = [k for k, loss in curve if loss is None]
    axes.plot(missed, [top] * len(missed), color=face, marker="x", linestyle="", markersize=7)
