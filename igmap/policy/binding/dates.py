"""Which column holds the date of an event of the register, with the evidence: what its values are as dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from igmap.inventory.kinships.subjects import phrases, plain
from igmap.policy.binding.known import Known, Sight
from igmap.policy.binding.proposal import Part, Reason
from igmap.policy.register import Policy
from igmap.policy.values import Open
from igmap.sources import Exports
from igmap.sources.typed.dates import counted, date_parts, readings
from igmap.vocabulary import load_yaml

READ, LOOKED_AT, MOST_COLUMNS = 0.8, 60, 60  # share of values that must be dates; values to try first; columns to try
BEGINNINGS = ("enrolled", "moment", "ordered", "invoiced")  # kinds of dates that say when a record came in
PLACEHOLDERS = (date(1900, 1, 1), date(1970, 1, 1))
NEVER_DATES = {"birth_date", "email", "name", "phone", "postcode", "message_content", "ip_address", "bsn", "password"}


@dataclass(frozen=True, slots=True)
class Dated:
    """What a column is as dates.

    Args:
        field: its name.
        share: of the filled cells that are dates, 0-1.
        filled: of the records, 0-1.
        first: the earliest day; None when nothing is a date.
        last: the latest day.
        future: records dated after today.
        placeholder: records dated 1900-01-01 or 1970-01-01, which is no date but a way to say nothing.
    """

    field: str
    share: float
    filled: float
    first: date | None
    last: date | None
    future: int
    placeholder: int

    @property
    def reasons(self) -> Iterator[Reason]:
        """The evidence: years only, since a day may be somebody's."""
        if self.first and self.last:
            years = "–".join(dict.fromkeys((str(self.first.year), str(self.last.year))))
            yield {"code": "dates", "field": self.field, "share": self.share, "filled": self.filled, "years": years}
        if self.future:
            yield {"code": "future", "records": self.future}
        if self.placeholder:
            yield {"code": "placeholder", "records": self.placeholder}


def events_of(
    policy: Policy, purposes: Sequence[str] | None = None, categories: Sequence[str] | None = None
) -> tuple[str, ...]:
    """The start events of the register's retention rules, the default among them.

    Args:
        policy: the register.
        purposes: of these only; None for all.
        categories: of rules that hold for one of these only; None for all.
    """
    rules = [
        rule
        for rule in policy.retention.rules
        if (purposes is None or rule.purpose in purposes)
        and (categories is None or not rule.categories or set(rule.categories) & set(categories))
    ]
    default = policy.retention.default
    starts = [*(rule.start for rule in rules), *([default.start] if default else [])]
    return tuple(dict.fromkeys(start for start in starts if not isinstance(start, Open)))


def proposed_starts(sight: Sight, known: Known, purposes: Sequence[str], columns: Sequence[str]) -> Part:
    """A column per start event of the rules for these purposes, with what its dates are; what none supplies is told.

    Args:
        sight: the dataset.
        known: the register, and the tables to look at.
        purposes: ids, as proposed.
        columns: the fields that are dates.
    """
    wanted = events_of(known.policy, purposes, sight.categories) if purposes else ()
    if not wanted:
        return Part({}, ({"code": "no_event"},) if purposes else ())
    if known.exports is None or sight.place is None:
        return Part({}, ({"code": "not_read"},))
    starts: dict[str, str] = {}
    reasons: list[Reason] = []
    for event in wanted:
        field, code = _column(event, columns)
        told: Reason = {"code": code, "event": event, "field": field, "fields": tuple(columns)}
        reasons.append(told)
        if field:
            starts[event] = field
    looked_at = (dated(sight, known, field) for field in dict.fromkeys(starts.values()))
    return Part(starts, (*reasons, *(reason for one in looked_at if one for reason in one.reasons)))


def began(sight: Sight, known: Known, columns: Sequence[str]) -> date | None:
    """The day the records of a dataset begin, by a column that says when each came in; None when none does."""
    starting = {plain(cue) for kind in BEGINNINGS for cue in _events()[kind]["columns"]}
    field = next((name for name in columns if starting & {*phrases([name]), plain(name)}), "")
    found = dated(sight, known, field) if field else None
    return found.first if found else None


def _column(event: str, columns: Sequence[str]) -> tuple[str, str]:
    """The column for an event, and how it was found: by its name, or by a name that stands in."""
    for key, code in (("columns", "start_named"), ("instead", "start_instead")):
        for cue in _cues(event, key):
            holding = [name for name in columns if cue in phrases([name]) or cue == plain(name)]
            if holding:
                return min(holding, key=len), code
    return "", "start_unsure" if columns else "start_none"


def _cues(event: str, key: str) -> Iterator[str]:
    """What a column for this event may be called: as date_columns.yaml says, or as the event itself."""
    said = set(phrases([event]))
    kinds = [entry for kind, entry in _events().items() if kind != "technical"]
    if key == "columns":
        yield plain(event)
    matched = [(max(map(len, words)), entry) for entry in kinds if (words := said & set(map(plain, entry["events"])))]
    for _, entry in sorted(matched, key=lambda pair: -pair[0])[:1]:
        yield from map(plain, entry[key])


@cache
def _events() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = load_yaml("igmap.policy.binding", "date_columns.yaml")
    return found


def dates_of(sight: Sight, exports: Exports | None) -> list[str]:
    """The fields of the records whose values are dates, birth dates left out; a few values of each are looked at."""
    if sight.place is None or exports is None:
        return []
    main, technical = sight.place.dataset.name, set(map(plain, _events()["technical"]["columns"]))
    may_be = [f.name for f in sight.dataset.fields if f.category not in NEVER_DATES and not f.secret]
    columns = {
        name: at.column
        for name in may_be[:MOST_COLUMNS]
        if (at := sight.place.columns.get(name)) and at.table == main and not technical & set(phrases([name]))
    }
    values = ((name, exports.engine.few(main, column, LOOKED_AT).to_pylist()) for name, column in columns.items())
    schema = {"value": pl.String}
    frames = [pl.DataFrame({"value": found}, schema).with_columns(name=pl.lit(name)) for name, found in values]
    return _are_dates(pl.concat(frames)) if frames else []


def _are_dates(values: pl.DataFrame) -> list[str]:
    """The names under which most values are dates; numbers of up to eight digits are rather numbers than days."""
    values = values.filter(pl.col("value").str.contains(r"\d"))
    parts = date_parts(values, date(2200, 1, 1)).with_columns(number=values["value"].str.contains(r"^\d{1,8}$"))
    told = parts.group_by("name", maintain_order=True).agg(
        share=pl.col("y").is_not_null().mean(), numbers=pl.col("number").all()
    )
    return told.filter((pl.col("share") >= READ) & ~pl.col("numbers"))["name"].to_list()


def dated(sight: Sight, known: Known, field: str) -> Dated | None:
    """What a column is as dates, all its values counted; None when it cannot be read."""
    at = sight.place.columns.get(field) if sight.place else None
    if known.exports is None or at is None or sight.place is None:
        return None
    frames = (pl.DataFrame(pl.from_arrow(batch)) for batch in known.exports.engine.values(at.table, at.column))
    parts = [counted(date_parts(frame, min(known.today, date(2200, 1, 1)))) for frame in frames]
    if not parts:
        return None
    days = pl.concat(parts)
    days = days.with_columns(day=next(iter(readings(days).values())))
    real = days.filter(pl.col("day").is_not_null() & ~pl.col("day").is_in(PLACEHOLDERS))
    filled, read = int(days["rows"].sum()), days.filter(pl.col("day").is_not_null())
    first, last = real["day"].min(), real["day"].max()
    return Dated(
        field,
        round(int(read["rows"].sum()) / max(1, filled), 3),
        round(min(1.0, filled / max(1, sight.place.dataset.parsed)), 3),
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
        int(real.filter(pl.col("day") > known.today)["rows"].sum()),
        int(read.filter(pl.col("day").is_in(PLACEHOLDERS))["rows"].sum()),
    )
