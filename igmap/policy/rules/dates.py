"""How old the records of a column are: its distinct values read as dates, counted, never shown.

Read are ISO 8601, day-month-year with - or . (the Dutch order), day/month/year or month/day/year with / (the column
itself has to show which), `31 October 2026` and its kin in Dutch and English (mail, Apache and Moodle write so), and
Unix time in seconds or milliseconds. Zero, a dash and `never` mean no date, as Moodle writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

MONTHS = ("jan", "feb", "mar|mrt|maa", "apr", "may|mei", "jun", "jul", "aug", "sep", "oct|okt", "nov", "dec")
ISO = r"^(?P<y>\d{4})[-/]?(?P<m>[01]\d)[-/]?(?P<d>[0-3]\d)(?:$|[T ])"
DASHED = r"^(?P<d>\d{1,2})[-.](?P<m>\d{1,2})[-.](?P<y>\d{4}|\d{2})(?:$|[,T ])"
SLASHED = r"^(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2})(?:$|[,T ])"
NAMED = rf"(?i)\b(?P<d>\d{{1,2}})[ /-](?P<m>{'|'.join(MONTHS)})[a-z]*\.?[ /-](?P<y>\d{{4}})\b"
UNIX = r"^(?P<s>\d{9,10})(?:\d{3})?(?:\.\d+)?$"
NOT_A_DATE = ("0", "-", "never", "nooit")
MONTHS_PER_YEAR = 12


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
    parts = [_parts(pl.DataFrame(pl.from_arrow(batch)), today) for batch in batches]
    if not parts:
        return Ages(0, 0, 0, 0)
    days = pl.concat(parts)
    readings = _readings(days)
    first, last = pl.min_horizontal(readings), pl.max_horizontal(readings)
    past, within, either = (
        int(days.filter(kept)["rows"].sum())
        for kept in (last < before, first >= before, (first < before) & (last >= before))
    )
    return Ages(int(days["rows"].sum()), past + within, past, either)


def _parts(values: pl.DataFrame, today: date) -> pl.DataFrame:
    """Year, month and day as written, per way of writing, with the records that have them."""
    value = pl.col("value").cast(pl.String).str.strip_chars().str.strip_chars("[]")
    found = [_groups(value, form) for form in (ISO, DASHED, SLASHED, NAMED)]
    moment = pl.from_epoch(value.str.extract(UNIX, 1).cast(pl.Int64, strict=False), time_unit="s")
    unix = (moment.dt.year().cast(pl.Int64), moment.dt.month().cast(pl.Int64), moment.dt.day().cast(pl.Int64))
    year, month, day = (pl.coalesce(*(form[part] for form in found), unix[part]) for part in range(3))
    century = pl.when(year + 2000 > today.year + 1).then(year + 1900).otherwise(year + 2000)
    return (
        values.filter(~value.str.to_lowercase().is_in(NOT_A_DATE))
        .select(
            pl.when(year < 100).then(century).otherwise(year).alias("y"),  # noqa: PLR2004 - two digits
            month.alias("m"),
            day.alias("d"),
            value.str.contains(SLASHED).alias("slashed"),
            pl.col("rows").cast(pl.Int64),
        )
        .group_by("y", "m", "d", "slashed")
        .agg(pl.col("rows").sum())
    )


def _groups(value: pl.Expr, form: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    groups = value.str.extract_groups(form)
    month = groups.struct.field("m").str.to_lowercase()
    for number, names in enumerate(MONTHS, 1):
        month = month.str.replace(f"^(?:{names})$", str(number))
    year, day = (groups.struct.field(name).cast(pl.Int64, strict=False) for name in ("y", "d"))
    return year, month.cast(pl.Int64, strict=False), day


def _readings(days: pl.DataFrame) -> list[pl.Expr]:
    """The date, in each order of day and month that is left: the column itself decides what its slashes mean."""
    slashed = days.filter("slashed")
    day_first, month_first = (int(slashed.filter(pl.col(part) > MONTHS_PER_YEAR)["rows"].sum()) for part in ("d", "m"))
    written = _day("m", "d")
    swapped = pl.when("slashed").then(_day("d", "m")).otherwise(written)
    if slashed.is_empty() or day_first > month_first:
        return [written]
    return [swapped] if month_first > day_first else [written, swapped]


def _day(month: str, day: str) -> pl.Expr:
    two_digits = [pl.col(part).cast(pl.String).str.zfill(2) for part in (month, day)]
    return pl.format("{}-{}-{}", "y", *two_digits).str.to_date("%Y-%m-%d", strict=False)
