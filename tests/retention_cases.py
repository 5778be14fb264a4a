"""A table with dates, a register and decisions, judged by igmap and, beside it, by a plain loop over the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa

from igmap.inventory import Decisions
from igmap.policy.case import Case
from igmap.policy.catalogue import catalogue
from igmap.policy.keeping.counting import Count, count
from igmap.policy.keeping.days import counted_parts, days_of, parts_of
from igmap.policy.keeping.judging import Judged, judge
from igmap.policy.keeping.starts import end_of
from igmap.policy.limits import StartEvent
from igmap.policy.reading import checked
from tests.policy_cases import REGISTER, SECOND, TODAY, decisions, field, inventory, opened, register

FIELDS = (field("naam", "name"), field("cijfer", "learning_result"))
HOLD = {"id": "dispute", "label": {"nl": "geschil"}, "since": "2026-01-01", "until": {"open": "it runs"}}
STEPS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}
TERM = {"id": "term", "purpose": "teaching", "start": "completed", "period": "P2Y", "at_end": "delete"}


def judged(
    table: Mapping[str, Sequence[str | None]], *rules: dict[str, Any], today: date = TODAY, **more: Any
) -> list[Judged]:
    """What every term says of a table in memory.

    Args:
        table: its columns.
        rules: of the register, each over `TERM`.
        today: the day terms are reckoned to.
        more: `events` and `legal_holds` of the register, `holds`; the rest goes into the binding.
    """
    kept: dict[str, Any] = {"rules": [TERM | rule for rule in rules or ({},)], "events": more.pop("events", [])}
    kept["legal_holds"] = [HOLD | one for one in more.pop("legal_holds", [])]
    held = more.pop("holds", [])
    bound = decisions(**{"purposes": ["teaching"]} | more)
    holds = [{"by": "fg", "on": "2026-10-01", "why": "claim"} | one for one in held]
    decided = Decisions.model_validate(bound.model_dump(exclude_unset=True) | {"holds": holds})
    rule = catalogue()["age_within_retention"].rule
    told = checked(register(retention=kept, purposes=[*REGISTER["purposes"], SECOND]))
    with opened(learners={name: list(cells) for name, cells in table.items()}) as exports:
        found = inventory(*(one for one in FIELDS if one.name in table))
        return list(
            judge(
                Case(
                    rule,
                    found,
                    told,
                    decided,
                    exports,
                    today,
                )
            )
        )


def counted(days: Sequence[str | None], *rules: dict[str, Any], **more: Any) -> tuple[int, int, int, dict[str, int]]:
    """Within, past, held and the rest by reason, of a column of dates under one term."""
    (one,) = judged({"naam": ["Jan"] * len(days), "done": days}, *rules, **more)
    if one.count is None:
        raise AssertionError(one.state)
    assert one.count.within + one.count.past + one.count.held + one.count.untold == len(days) == one.count.rows
    return (
        one.count.within,
        one.count.past,
        one.count.held,
        {reason.name.lower(): count for reason, count in one.count.undatable.items()},
    )


def by_hand(days: list[date], period: str, today: date) -> tuple[int, int]:
    """Within and past, record by record, by another library's calendar."""
    ends = [moved(day, period) for day in days]
    return sum(end >= today for end in ends), sum(end < today for end in ends)


def moved(day: date, period: str) -> date:
    """A day so much later, by pandas."""
    step: dict[str, Any] = {STEPS[period[-1]]: int(period[1:-1])}
    end: date = (pd.Timestamp(day) + pd.DateOffset(**step)).date()
    return end


def counted_alone(days: Sequence[str | None], period: str, today: date = TODAY) -> Count:
    """A column of dates under a term, without tables and register around it."""
    values = Counter(day or None for day in days)
    batch = pa.record_batch(
        [pa.array(list(values), pa.string()), pa.array(list(values.values()), pa.int64())], ["value", "rows"]
    )
    _, spread = days_of([counted_parts(parts_of(batch, today))], today)
    ends = partial(end_of, event=StartEvent(id="completed"), period=period)
    return count(spread.with_columns(held=pl.lit(value=False)), ends, today, rows=len(days))


def days_before(today: date, *ages: int) -> list[date]:
    """Days so many days before another."""
    return [today - timedelta(days=age) for age in ages]
