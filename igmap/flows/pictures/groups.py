"""How the groups of each quasi-identifier lie before and after anonymising, and whose rows were lost for it."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from igmap.anonymisation.lost import Group, Told
from igmap.flows.pictures import canvas
from igmap.flows.pictures.small_multiples import Bar, Panel, small_multiples
from igmap.report import percentage, text

BEFORE_FACE, AFTER_FACE, LOST_FACE, COARSE_FACE = "#dfe5ec", "#3a6ea5", "#b5452c", "#f0d9a8"
BEFORE_HATCH, COARSE_HATCH = "////", "...."


@canvas.styled
def before_and_after(told: Sequence[Told], lang: str, *, k: int) -> Figure:
    """The share of each group among the rows before and among the released rows after.

    Args:
        told: per quasi-identifier, as `by_group` gives it.
        lang: nl or en.
        k: persons of which no group has fewer.
    """
    panels = [
        Panel(one.field, tuple((named(group, lang), _two(group, one, lang)) for group in one.groups)) for one in told
    ]
    legend = [
        (BEFORE_FACE, BEFORE_HATCH, text("picture.before", lang)),
        (AFTER_FACE, "", text("picture.after", lang)),
    ]
    coarse = any(group.coarser and not group.kept for one in told for group in one.groups)
    notes = [*([text("picture.coarser_note", lang)] if coarse else []), _note(k, lang)]
    return small_multiples(text("picture.before_after", lang), panels, legend, notes)


@canvas.styled
def lost_by_group(told: Sequence[Told], lang: str, *, k: int) -> Figure:
    """The share of each group's rows that was left out, or released too coarsely to be told from other groups.

    Args:
        told: per quasi-identifier, as `by_group` gives it.
        lang: nl or en.
        k: rows of which no fewer are told.
    """
    panels = [
        Panel(one.field, tuple((named(group, lang), (_loss(group, k, lang),)) for group in one.groups)) for one in told
    ]
    legend = [
        (LOST_FACE, "", text("picture.left_out_rows", lang)),
        (COARSE_FACE, COARSE_HATCH, text("picture.too_coarse", lang)),
    ]
    notes = [text("picture.lost_note", lang, k=k), _note(k, lang)]
    return small_multiples(text("picture.lost", lang), panels, legend, notes)


def named(group: Group, lang: str) -> str:
    """A group in words: its label, that it is blank, or that it is all that is too rare."""
    if group.label is None:
        return text("picture.blank_group", lang)
    return group.label or text("picture.rare_groups", lang)


def in_figures(count: int, rows: int, k: int, lang: str) -> str:
    """A count with its share, or that it is below k."""
    return text("picture.below", lang, k=k) if 0 < count < k else percentage(count / max(rows, 1), lang)


def after_in_words(group: Group, told: Told, lang: str) -> str:
    """The share of a group among the released rows, or that nothing of it can be told apart any more."""
    if group.kept:
        return percentage(group.kept / max(told.released, 1), lang)
    return text("picture.only_coarser" if group.coarser else "picture.all_gone", lang)


def lost_in_words(group: Group, k: int, lang: str) -> tuple[str, str]:
    """What was left out of a group and what became coarser; neither can be reckoned from the other when below k."""
    counts = (group.lost, group.coarser)
    lost, coarser = (in_figures(count, group.rows, k, lang) for count in counts)
    if not group.kept and any(0 < count < k for count in counts):
        rest = text("picture.the_rest", lang)
        return (lost, rest) if group.lost < k else (rest, coarser)
    return lost, coarser


def _two(group: Group, told: Told, lang: str) -> tuple[Bar, Bar]:
    before, after = group.rows / max(told.rows, 1), group.kept / max(told.released, 1)
    return (
        Bar(((before, BEFORE_FACE, BEFORE_HATCH),), percentage(before, lang)),
        Bar(((after, AFTER_FACE, ""),), after_in_words(group, told, lang)),
    )


def _loss(group: Group, k: int, lang: str) -> Bar:
    shares = [0.0 if count < k else count / max(group.rows, 1) for count in (group.lost, group.coarser)]
    told = zip((group.lost, group.coarser), lost_in_words(group, k, lang), strict=True)
    words = [said for count, said in told if count]
    if text("picture.the_rest", lang) in words:  # its length would tell the other
        shares = [float(share > 0) for share in shares]
    parts = ((shares[0], LOST_FACE, ""), (shares[1], COARSE_FACE, COARSE_HATCH))
    return Bar(parts, " + ".join(words) or percentage(0, lang))


def _note(k: int, lang: str) -> str:
    return text("picture.no_small_groups", lang, k=k)
