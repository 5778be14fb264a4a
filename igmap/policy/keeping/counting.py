"""Records counted against a term: each once, so that the parts are the dataset's rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from igmap.policy.keeping.days import EPOCH_DAY, NEVER, Reason, day_number
from igmap.policy.limits import StartEvent

Ends = Callable[[date], date]
OF_AGES = (0.25, 0.5, 0.75)
DAYS_PER_YEAR = 365.25
_NOT_BEGUN = pl.col("first") == NEVER
BY_QUARTER = 2  # years, below which ages are told by quarter


@dataclass(frozen=True, slots=True)
class Count:
    """The records of a dataset against one term; the parts are `rows` together.

    Args:
        rows: of the dataset, those in quarantine among them.
        within: records whose term runs, for certain, or has not begun yet.
        past: records whose term has ended, for certain.
        held: records that would be past, and that a person holds.
        undatable: records of which nobody can tell, by reason.
        quarantined: records that could not be read.
        not_begun: of those within, the records whose event has not happened yet.
    """

    rows: int
    within: int
    past: int
    held: int
    undatable: dict[Reason, int] = field(default_factory=dict)
    quarantined: int = 0
    not_begun: int = 0

    @property
    def untold(self) -> int:
        """Records of which nobody can tell."""
        return sum(self.undatable.values()) + self.quarantined


def count(spread: pl.DataFrame, ends: Ends, today: date, *, rows: int, all_held: bool = False) -> Count:
    """Count the records by what is certain of their term.

    Args:
        spread: `first`, `last`, `reason`, `held` and `rows`; days since 1970.
        ends: the last day within the term, given the date in the column.
        today: a term that ended before it is past.
        rows: of the dataset; what is not in the spread is in quarantine.
        all_held: whether a person holds every record.
    """
    told = judged(spread, ends, today)
    past = told.filter(pl.col("side") == "past")
    held = past if all_held else past.filter("held")
    sums = {name: int(frame["rows"].sum()) for name, frame in {"past": past, "held": held, "all": told}.items()}
    left = told.filter(pl.col("side") == "open").group_by("reason").agg(pl.col("rows").sum()).sort("reason")
    return Count(
        rows=rows,
        within=int(told.filter(pl.col("side") == "within")["rows"].sum()),
        past=sums["past"] - sums["held"],
        held=sums["held"],
        undatable={Reason(reason): int(records) for reason, records in left.iter_rows()},
        quarantined=rows - sums["all"],
        not_begun=int(told.filter(_NOT_BEGUN)["rows"].sum()),
    )


def judged(spread: pl.DataFrame, ends: Ends, today: date) -> pl.DataFrame:
    """The spread with the `side` of today each day lies on, where every reading agrees, and the day it `passes`."""
    table = _ends(spread, ends)
    frame = spread.with_columns(ended=_looked("last", table), running=_looked("first", table))
    open_of = pl.col("reason").is_in([int(Reason.DATED), int(Reason.BLANK)]) & pl.col("last").is_not_null()
    running = (pl.col("running") >= today) | _NOT_BEGUN
    side = pl.when(pl.col("ended") < today).then(pl.lit("past")).when(running).then(pl.lit("within"))
    return frame.select(
        "rows",
        "held",
        "first",
        reason=pl.when(open_of).then(int(Reason.AMBIGUOUS)).otherwise("reason"),
        side=side.otherwise(pl.lit("open")),
        passes=pl.coalesce("ended", "running") + timedelta(days=1),
    )


def since_event(days: pl.DataFrame, event: StartEvent | None) -> pl.DataFrame:
    """Days of a column as those of an event: a blank is after every day where it means that it has not happened yet."""
    if event is None or event.blank != "not_yet":
        return days
    blank = pl.col("reason") == int(Reason.BLANK)
    return days.with_columns(pl.when(blank).then(NEVER).otherwise(pl.col("first", "last")).name.keep())


def last_past(spread: pl.DataFrame, ends: Ends, today: date) -> int | None:
    """The latest day, counted from 1970, of which the term has ended; None when none has."""
    past = [number for number, end in _ends(spread, ends).items() if end < today]
    return max(past, default=None)


def passing(spread: pl.DataFrame, ends: Ends, today: date, *, months: int) -> dict[str, int]:
    """How many records whose term runs pass it, by month (`2026-11`); what passes later as `later`."""
    told = judged(spread, ends, today).filter((pl.col("side") == "within") & ~_NOT_BEGUN.fill_null(value=False))
    coming = [_month(today, i) for i in range(months)]
    counted = Counter(dict.fromkeys([*coming, "later"], 0))
    for day, records in told.group_by("passes").agg(pl.col("rows").sum()).iter_rows():
        month = f"{day:%Y-%m}"
        counted[month if month in coming else "later"] += int(records)
    return dict(counted)


def past_by_age(spread: pl.DataFrame, ends: Ends, today: date) -> dict[str, int]:
    """How long ago records passed their term: in months up to a year (`P1M` …), then in years."""
    bounds = {"P3M": 91, "P1Y": 365, "P2Y": 730, "P5Y": 1826, "": 10**9}
    counted = dict.fromkeys(bounds, 0)
    told = judged(spread, ends, today).filter((pl.col("side") == "past") & ~pl.col("held"))
    for day, records in told.select("passes", "rows").iter_rows():
        counted[next(name for name, most in bounds.items() if (today - day).days <= most)] += int(records)
    return counted


def ages(spread: pl.DataFrame, today: date) -> dict[float, int]:
    """Records by age in years: by quarter below two years (0.0, 0.25 …), else by whole year; of certain days only."""
    counted: Counter[float] = Counter()
    for first, records in _certain(spread).iter_rows():
        years = (day_number(today) - first) / DAYS_PER_YEAR
        counted[int(years * 4) / 4 if years < BY_QUARTER else float(int(years))] += int(records)
    return dict(sorted(counted.items()))


def quantiles(spread: pl.DataFrame, today: date) -> tuple[int, ...]:
    """The ages in days that a quarter, half and three quarters of the records have at least: the oldest first."""
    days = _certain(spread).sort("first").with_columns(upto=pl.col("rows").cum_sum())
    total = int(days["rows"].sum())
    if not total:
        return ()
    found = [days.filter(pl.col("upto") >= share * total)["first"][0] for share in OF_AGES]
    return tuple(day_number(today) - first for first in found)


def _certain(spread: pl.DataFrame) -> pl.DataFrame:
    return spread.filter(pl.col("first") == pl.col("last")).group_by("first").agg(pl.col("rows").sum())


def _ends(spread: pl.DataFrame, ends: Ends) -> dict[int, date]:
    days = {*spread["first"].drop_nulls().to_list(), *spread["last"].drop_nulls().to_list()} - {NEVER}
    return {number: ends(EPOCH_DAY + timedelta(days=number)) for number in days}


def _looked(column: str, table: dict[int, date]) -> pl.Expr:
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.Date)


def _month(today: date, ahead: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return f"{year}-{month + 1:02d}"
