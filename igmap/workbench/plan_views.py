"""Views of a plan for notebook cells: what it says, what it costs, and for whom; nothing is written."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from igmap.anonymisation import Plan, find_recoding
from igmap.anonymisation.losses import losses_of
from igmap.anonymisation.lost import by_group
from igmap.anonymisation.purposes import KeptFor
from igmap.anonymisation.recoding import Recoding
from igmap.anonymisation.searching import SEARCHES
from igmap.anonymisation.telling import blocks
from igmap.errors import TargetError
from igmap.flows.pictures import svg
from igmap.flows.pictures.groups import after_in_words, before_and_after, lost_by_group, lost_in_words, named
from igmap.flows.pictures.trade_off import trade_off
from igmap.report import Badge, Cell, Figure, Table, number, percentage, text
from igmap.sources import Exports
from igmap.vocabulary import load_yaml
from igmap.workbench.views import Language, View

COMPARED = ("global", "local")
Price = tuple[int, float | None, int | None]


def in_words(plan: Plan, purposes: KeptFor | None = None, lang: Language = "nl") -> View:
    """The plan in sentences, and what becomes of each column.

    Args:
        plan: to tell.
        purposes: what the kept data are for.
        lang: nl or en.
    """
    served = purposes.words(lang) if purposes else ""
    return View(blocks(plan, lang, [served] if served else []), lang)


def prices(exports: Exports, plan: Plan, ks: Iterable[int], lang: Language = "nl") -> View:
    """What each k would cost, as a picture and a table, under each search that igmap has.

    Args:
        exports: hold the plan's dataset.
        plan: whose k is varied.
        ks: persons per combination.
        lang: nl or en.
    """
    searches = [one for one in COMPARED if one in SEARCHES]
    found = {one: [_price(exports, replace(plan, k=k, search=one)) for k in ks] for one in searches}
    curves = {_say(f"by_{one}", lang): [(k, loss) for k, loss, _ in prices] for one, prices in found.items()}
    rows = [
        (k, *(cell for one in searches for cell in _cells(found[one][place], lang)))
        for place, (k, _, _) in enumerate(found[searches[0]])
    ]
    heads = [f"{_say(key, lang)}, {_say(f'by_{one}', lang)}" for one in searches for key in ("loss", "suppressed")]
    table = Table((text("run.k", lang), *heads), tuple(rows))
    return View((_figure(trade_off(curves, lang, chosen=plan.k), _say("prices", lang), lang), table), lang)


def _price(exports: Exports, plan: Plan) -> Price:
    try:
        best = find_recoding(exports, plan)
    except TargetError:
        return plan.k, None, None
    return plan.k, best.loss, best.suppressed_rows


def _cells(price: Price, lang: Language) -> tuple[Cell, Cell]:
    _, loss, rows = price
    return (Badge("violation", _say("impossible", lang)), None) if loss is None else (percentage(loss, lang), rows)


def before_after(recoding: Recoding, plan: Plan, lang: Language = "nl") -> View:
    """How the groups of each quasi-identifier are spread before and after, as a picture; the table says the same."""
    told = by_group(recoding, plan)
    heads = tuple(_say(key, lang) for key in ("column", "group", "before", "after"))
    rows = [
        (
            one.field,
            named(group, lang),
            percentage(group.rows / max(one.rows, 1), lang),
            after_in_words(group, one, lang),
        )
        for one in told
        for group in one.groups
    ]
    return View(
        (
            _figure(before_and_after(told, lang, k=plan.k), text("picture.before_after", lang), lang),
            Table(heads, tuple(rows)),
        ),
        lang,
    )


def lost(recoding: Recoding, plan: Plan, lang: Language = "nl") -> View:
    """Whose rows were left out or became too coarse, as a picture and a table, worst first; no count below k."""
    told = by_group(recoding, plan)
    heads = tuple(_say(key, lang) for key in ("column", "group", "persons", "left_out", "coarser"))
    groups = sorted(
        ((one, group) for one in told for group in one.groups), key=lambda p: -p[1].lost / max(p[1].rows, 1)
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.field,
            named(group, lang),
            group.persons,
            *lost_in_words(group, plan.k, lang),
        )
        for one, group in groups
    ]
    return View(
        (_figure(lost_by_group(told, lang, k=plan.k), text("picture.lost", lang), lang), Table(heads, tuple(rows))),
        lang,
    )


def losses(recoding: Recoding, plan: Plan, lang: Language = "nl") -> View:
    """What the recoding loses, in the measures of the literature, each with what it means for who uses the data."""
    found = losses_of(recoding, plan.k)
    shown: dict[str, Cell] = {
        "ncp": percentage(found.ncp, lang),
        "entropy": percentage(found.entropy, lang),
        "class_size": number(round(found.class_size, 2), lang),
        "discernibility": number(found.discernibility, lang),
        "gone": percentage(found.suppressed, lang),
    }
    rows = tuple((_say(key, lang), value, _say(f"{key}_means", lang)) for key, value in shown.items())
    return View((Table(tuple(_say(key, lang) for key in ("measure", "value", "means")), rows),), lang)


def _figure(figure: Any, caption: str, lang: Language) -> Figure:
    """A picture whose caption sends who cannot see it to the table under it."""
    return Figure(svg(figure), f"{caption.rstrip('?.')}: {_say('same', lang)}")


def _say(key: str, lang: Language) -> str:
    return str(load_yaml("igmap.workbench", "texts.yaml")["costs"][key][lang])
