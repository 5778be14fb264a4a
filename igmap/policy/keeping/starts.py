"""On which day a term starts, and ends, when a column gives the date of its event."""

from calendar import monthrange
from datetime import date

from igmap.policy.limits import StartEvent
from igmap.policy.rules.periods import later

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def start_of(day: date, event: StartEvent) -> date:
    """The day a term starts, given the date in the column.

    Example:
        >>> start_of(date(2024, 5, 3), StartEvent(id="e", end_of="year", month=6))
        datetime.date(2024, 6, 30)
    """
    if event.end_of == "day":
        return day
    size, last = MONTHS[event.end_of], event.month if event.end_of == "year" else 12
    months = day.year * 12 + day.month - 1
    ending = months + (last - 1 - months) % size
    year, month = divmod(ending, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, monthrange(year, month + 1)[1])


def end_of(day: date, event: StartEvent, period: str) -> date:
    """The last day within the term, given the date in the column."""
    return later(start_of(day, event), period)
