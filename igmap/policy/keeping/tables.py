"""Retention as tables for a terminal, a notebook, a page and a workbook, in Dutch and English."""

from collections.abc import Iterable, Sequence
from datetime import date

from igmap.inventory.labels import titled
from igmap.policy.events import called
from igmap.policy.keeping.calendar import Passing
from igmap.policy.keeping.counting import BY_QUARTER, ages, quantiles
from igmap.policy.keeping.judging import Judged
from igmap.policy.keeping.telling import Lang, aged, evidence, why_untold
from igmap.policy.rules.periods import spelled
from igmap.report import Cell, Table, number, text

COUNTED = (
    "dataset",
    "purpose",
    "term",
    "column",
    "rows",
    "within",
    "not_begun",
    "past",
    "held",
    "untold",
    "why",
    "at_end",
)
AGED = ("dataset", "purpose", "state", "column", "ages", "quantiles")


def counted_table(judged: Iterable[Judged], lang: Lang) -> Table:
    """Per dataset and term: the date column with its evidence, and its records, each counted once."""
    rows = tuple(_counted(one, lang) for one in judged if one.count is not None)
    return Table(_heads(COUNTED, lang), rows, text("retention.counted", lang))


def open_table(judged: Iterable[Judged], today: date, lang: Lang) -> Table:
    """Per dataset and term that could not be counted: why, and how old the records are, so that a person can choose."""
    rows = tuple(row for one in judged if one.count is None for row in _aged(one, today, lang))
    return Table(_heads(AGED, lang), rows, text("retention.open", lang))


def calendar_table(calendar: Sequence[Passing], lang: Lang) -> Table:
    """Per dataset and term: what is past, and what passes in each of the coming months."""
    months = list(calendar[0].months) if calendar else []
    spans = list(calendar[0].past) if calendar else []
    heads = (
        *_heads(("dataset", "term", "at_end", "past"), lang),
        *(_since(span, lang) for span in spans),
        *(text("retention.later", lang) if month == "later" else month for month in months),
        *_heads(("not_begun_alone", "untold", "held"), lang),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.dataset,
            one.term.removeprefix("retention.rules."),
            text(f"retention.{one.at_end}", lang),
            sum(one.past.values()),
            *one.past.values(),
            *one.months.values(),
            one.not_begun,
            one.untold,
            one.held,
        )
        for one in calendar
    )
    return Table(heads, rows, text("retention.calendar", lang))


def _heads(keys: Iterable[str], lang: Lang) -> tuple[str, ...]:
    return tuple(text(f"retention.head_{key}", lang) for key in keys)


def _span(years: float, lang: Lang) -> str:
    """An age from the quarter or year it begins with to the next."""
    if years < BY_QUARTER:
        return text("retention.age_months", lang, first=int(years * 12), last=int(years * 12) + 3)
    return text("retention.age_years", lang, first=int(years), last=int(years) + 1)


def _since(span: str, lang: Lang) -> str:
    if span:
        return text("retention.at_most", lang, period=getattr(spelled(span), lang))
    return text("retention.longer", lang)


def _counted(one: Judged, lang: Lang) -> tuple[Cell, ...]:
    count = one.count
    if count is None or one.event is None:
        raise ValueError("only what was counted has figures")
    more = [text("retention.by_person", lang)] if one.by_person else []
    if one.stay:
        kept = "under_hold" if one.all_held else "beside_hold"
        more.append(text(f"retention.{kept}", lang, fields=", ".join(one.stay)))
    return (
        titled(one.bound.dataset.source, one.bound.dataset.table),
        getattr(one.term.purpose.label, lang),
        (getattr(spelled(one.term.period), lang), getattr(called(one.event), lang), *more),
        (one.column, getattr(evidence(one), lang)),
        count.rows,
        count.within,
        count.not_begun,
        count.past,
        count.held,
        count.untold,
        tuple(getattr(why, lang) for why in why_untold(count)),
        text(f"retention.{one.term.at_end}", lang),
    )


def _aged(one: Judged, today: date, lang: Lang) -> Iterable[tuple[Cell, ...]]:
    """A row per date column that was read; one without where there is none."""
    place = (
        titled(one.bound.dataset.source, one.bound.dataset.table),
        getattr(one.term.purpose.label, lang),
        text(f"retention.state_{one.state}", lang),
    )
    for column, reading in one.readings.items():
        counts = tuple(
            f"{_span(years, lang)}: {number(records, lang)}" for years, records in ages(reading.days, today).items()
        )
        found = tuple(aged(days, lang) for days in quantiles(reading.days, today))
        yield (*place, column, counts, found)
    if not one.readings:
        yield (*place, "", (), ())
