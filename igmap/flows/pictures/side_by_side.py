"""The distribution of each released column beside that of the source, in groups of at least k persons."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from igmap.flows.pictures import canvas
from igmap.flows.pictures.groups import AFTER_FACE, BEFORE_FACE, BEFORE_HATCH
from igmap.flows.pictures.small_multiples import Bar, Panel, small_multiples
from igmap.release.usefulness import Group
from igmap.report import percentage, text


@canvas.styled
def side_by_side(found: Mapping[str, Sequence[Group]], lang: str, *, k: int) -> Figure:
    """Share of each group in the source, and in the release as its labels are read.

    Args:
        found: per column of one table, as `usefulness.groups` gives them.
        lang: nl or en.
        k: persons of which no group has fewer.
    """
    panels = [
        Panel(name, tuple((_named(group, lang), _bars(group, lang)) for group in groups))
        for name, groups in found.items()
        if groups
    ]
    legend = [
        (BEFORE_FACE, BEFORE_HATCH, text("picture.before", lang)),
        (AFTER_FACE, "", text("picture.after", lang)),
    ]
    notes = [text("picture.as_read", lang), text("picture.no_small_groups", lang, k=k)]
    return small_multiples(text("picture.side_by_side", lang), panels, legend, notes)


def _named(group: Group, lang: str) -> str:
    if group.low is None:
        return text("picture.blank_group", lang)
    if not group.low:
        return text("picture.part", lang, number=group.high) if group.high else text("picture.rare_groups", lang)
    return group.low if group.low == group.high else f"{group.low} – {group.high}"


def _bars(group: Group, lang: str) -> tuple[Bar, Bar]:
    return (
        Bar(((group.before, BEFORE_FACE, BEFORE_HATCH),), percentage(group.before, lang)),
        Bar(((group.after, AFTER_FACE, ""),), percentage(group.after, lang)),
    )
