"""Events that start a term: whose they are, and on which day the term starts when a column gives a date."""

from calendar import monthrange
from datetime import date
from functools import cache

from igmap.policy.findings import Words
from igmap.policy.limits import Retention, StartEvent
from igmap.policy.rules.periods import later
from igmap.vocabulary import load_yaml

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@cache
def known_events() -> dict[str, StartEvent]:
    """Igmap's own, by their name in a register."""
    told = load_yaml(__package__, "events.yaml")
    return {
        name: StartEvent.model_validate(
            {"id": name, "label": {lang: entry[lang] for lang in ("nl", "en")}}
            | {key: value for key, value in entry.items() if key not in {"nl", "en"}}
        )
        for name, entry in told.items()
    }


def event_of(name: str, retention: Retention) -> StartEvent:
    """What an event is: the register's word goes before igmap's; of an unknown one the date itself counts."""
    own = {event.id: event for event in retention.events}
    return own.get(name) or known_events().get(name) or StartEvent(id=name)


def called(event: StartEvent) -> Words:
    """An event in words; one without them by its name."""
    label = event.label or (known_events()[event.id].label if event.id in known_events() else None)
    return Words(f"'{label.nl}'", f"'{label.en}'") if label else Words(f"'{event.id}'", f"'{event.id}'")


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
