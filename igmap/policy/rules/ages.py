"""How old the records of a column are: its distinct values read as dates, counted, never shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from igmap.sources.typed.dates import counted, date_parts, readings

NOT_A_DATE = ("0", "-", "never", "nooit")


@dataclass(frozen=True, slots=True)
class Ages:
    """What a date column says.

    Args:
        filled: records that have a date, or something that may be one.
        judged: of these, records of which it is certain on which side of the day asked for they lie.
        past: of these, records dated before that day.
        ambiguous: records that day/month puts on one side and month/day on the other, and the column fits both.
    """

    filled: int
    judged: int
    past: int
    ambiguous: int


def count_ages(batches: Iterable[pa.RecordBatch], *, before: date, today: date) -> Ages:
    """Count the records dated before a day.

    Args:
        batches: distinct values (`value`) with the records that hold them (`rows`), as the engine streams them.
        before: the first day that is within the term.
        today: two-digit years lie in the hundred years before it and one after.
    """
    values = (pl.DataFrame(pl.from_arrow(batch)) for batch in batches)
    parts = [counted(date_parts(frame.filter(~_no_date(frame["value"])), today)) for frame in values]
    if not parts:
        return Ages(0, 0, 0, 0)
    days = pl.concat(parts)
    read = list(readings(days).values())
    first, last = pl.min_horizontal(read), pl.max_horizontal(read)
    past, within, either = (
        int(days.filter(kept)["rows"].sum())
        for kept in (last < before, first >= before, (first < before) & (last >= before))
    )
    return Ages(int(days["rows"].sum()), past + within, past, either)


def _no_date(values: pl.Series) -> pl.Series:
    """What Moodle and others write for a date that is not there."""
    return values.cast(pl.String).str.strip_chars().str.to_lowercase().is_in(NOT_A_DATE)
