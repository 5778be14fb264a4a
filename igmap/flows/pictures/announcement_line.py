"""When two versions of a policy were announced and took effect, on a line of time; what nobody stated is open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from igmap.flows.pictures import canvas
from igmap.flows.pictures.labels import measured
from igmap.policy.rules.periods import later
from igmap.policy.versions.pages import named
from igmap.policy.versions.saying import day
from igmap.report import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.policy import Policy
    from igmap.policy.versions.announcement import Announcement
    from igmap.policy.versions.diff import Diff, Edition

_WIDTH, _ROW, _BAR = 10.0, 1.0, 0.2
_ANNOUNCED, _IN_FORCE, _NOTICE = "#0072b2", "#cfd8e3", "#e69f00"
_AIR = timedelta(days=45)  # before the first day and after the last


@canvas.styled
def announcement_line(changed: Diff, announced: Announcement, old: Policy, lang: str, *, on: date) -> Figure:
    """A row per version: its announcement, its day of effect, and the notice that the old version promised.

    Args:
        changed: from the old version to the new.
        announced: the judgement, which stands below.
        old: the earlier register, whose rule for announcing counts.
        lang: nl or en.
        on: today, where the line ends at the least.
    """
    editions = (changed.old, changed.new)
    known = [one for edition in editions for one in (edition.announced, edition.effective_from) if one]
    first, last = min([*known, on]) - _AIR, max([*known, on]) + _AIR
    title = text("picture.announced", lang)
    promised = _promised(changed.new, old)
    foot = canvas.Foot(_legend(editions, promised, lang), [getattr(announced.sentence, lang)], _WIDTH)
    top = canvas.title_height(title, _WIDTH) + 0.2
    figure, axes = canvas.sheet(_WIDTH, top + _ROW * len(editions) + 0.2 + foot.height)
    canvas.write_title(axes, title, _WIDTH)
    scale = (_WIDTH - 2 * canvas.MARGIN) / (last - first).days
    for place, edition in enumerate(editions):
        ends = changed.new.effective_from if place == 0 else None
        _draw(axes, edition, (top + place * _ROW, lang), _Line(first, scale, min(ends or last, last)))
    if promised:
        left, right = (_Line(first, scale, last).at(on) for on in promised)
        canvas.tile(axes, (left, top + _ROW + 0.21), (max(0.05, right - left), 0.06), face=_NOTICE, linewidth=0)
    foot.write(axes, top + _ROW * len(editions) + 0.2)
    return figure


class _Line:
    """Days as inches from the left."""

    def __init__(self, first: date, scale: float, last: date) -> None:
        self.first, self.scale, self.last = first, scale, last

    def at(self, on: date) -> float:
        return canvas.MARGIN + (on - self.first).days * self.scale


def _draw(axes: Axes, edition: Edition, place: tuple[float, str], line: _Line) -> None:
    top, lang = place
    canvas.write(axes, [getattr(named(edition), lang)], (canvas.MARGIN, top), fontweight="bold")
    bar = top + 0.28
    if edition.effective_from:
        left = line.at(edition.effective_from)
        canvas.tile(axes, (left, bar), (max(0.05, line.at(line.last) - left), _BAR), face=_IN_FORCE)
    else:
        size = (line.at(line.last) - canvas.MARGIN, _BAR)
        canvas.tile(axes, (canvas.MARGIN, bar), size, face=canvas.PAPER, hatch=canvas.OPEN_HATCH, edgecolor=canvas.SOFT)
    if edition.announced:
        canvas.tile(axes, (line.at(edition.announced) - 0.04, bar - 0.04), (0.08, _BAR + 0.08), face=_ANNOUNCED)
    words = " · ".join(_days(edition, lang))
    start = edition.announced or edition.effective_from
    rightmost = _WIDTH - canvas.MARGIN - measured(words, canvas.SMALL_SIZE)
    at = (max(canvas.MARGIN, min(line.at(start), rightmost)) if start else canvas.MARGIN, bar + _BAR + 0.06)
    canvas.write(axes, [words], at, fontsize=canvas.SMALL_SIZE, color=canvas.SOFT)


def _days(edition: Edition, lang: str) -> Iterator[str]:
    for key, on in (("announced_on", edition.announced), ("effective_on", edition.effective_from)):
        said = getattr(day(on), lang) if on else text("picture.not_stated", lang)
        yield text(f"picture.{key}", lang, on=said)


def _promised(edition: Edition, old: Policy) -> tuple[date, date] | None:
    """The time that the old version promised, from the announcement on."""
    rule = old.header.announce_rule
    if edition.announced and rule and isinstance(rule.minimum_notice, str):
        return edition.announced, later(edition.announced, rule.minimum_notice)
    return None


def _legend(editions: tuple[Edition, Edition], promised: object, lang: str) -> list[tuple[str, str, str]]:
    shown = {
        "announced": (_ANNOUNCED, "", any(one.announced for one in editions)),
        "in_force": (_IN_FORCE, "", any(one.effective_from for one in editions)),
        "notice": (_NOTICE, "", promised is not None),
        "open": (canvas.PAPER, canvas.OPEN_HATCH, not all(one.effective_from for one in editions)),
    }
    return [(face, hatch, text(f"picture.line_{key}", lang)) for key, (face, hatch, used) in shown.items() if used]
