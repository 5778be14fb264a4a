"""Dates moved by as much per person, so that what lies between them stays."""

from collections.abc import Mapping
from typing import Any

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import as_dates
from igmap.engine.changes import Shifted
from igmap.engine.draws import Draw

DAYS_PER_WEEK = 7


def date_shift(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """All dates of a person moved by one drawn number of days, `{date_shift: {days: 30}}`, never by none.

    The shift is drawn for the person, not for column or table, so that intervals hold over a whole release. `weeks`
    moves by whole weeks: days of the week stay, and there are fewer shifts to guess. The time of day goes unless
    `time` is asked for. Fillers (years before 1000 or after 2999) stay: shifted, each would tell the shift.
    """
    fillers = as_dates(bench, column, settings)
    weeks = settings["weeks"] is not None
    draw = Draw(bench.key.named("date_shift"), "person")
    most, days = (settings["weeks"], DAYS_PER_WEEK) if weeks else (settings["days"], 1)
    bench.add(Shifted((column,), most, days, draw))
    bench.dated.add(column)
    return {"fillers": fillers}
