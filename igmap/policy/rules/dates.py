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
DAYS_PER_MONTH_AT_MOST, MONTHS_PER_YEAR = 31, 12


@dataclass(frozen=True, slots=True)
class Ages:
    """What a date column says.

    Args:
        records: that have something in it.
        read: of these, records whose date was understood.
        past: records dated before the day asked for.
        ambiguous: whether day/month and month/day fit equally well.
    """

    records: int
    read: int
    past: int
    ambiguous: bool

    @property
    def share_read(self) -> float:
        """The share of records whose date was understood; 1 when nothing is filled in."""
        return self.read / self.records if self.records else 1.0


def count_ages(batches: Iterable[pa.RecordBatch], *, before: date, today: date) -> Ages:
    """Count the records dated before a day.

    Args:
        batches: distinct values (`value`) with the records that hold them (`rows`), as the engine streams them.
        before: the first day that is within the term.
        today: two-digit years lie in the hundred years before it and one after.
    """
    parts = [_parts(pl.DataFrame(pl.from_arrow(batch)), today) for batch in batches]
    if not parts:
        return Ages(0, 0, 0, ambiguous=False)
    days, ambiguous = _ordered(pl.concat(parts))
    text = pl.format(
        "{}-{}-{}", pl.col("y"), pl.col("m").cast(pl.String).str.zfill(2), pl.col("d").cast(pl.String).str.zfill(2)
    )
    counted = days.with_columns(text.str.to_date("%Y-%m-%d", strict=False).alias("day"))
    past, read = (
        int(counted.filter(kept)["rows"].sum()) for kept in (pl.col("day") < before, pl.col("day").is_not_null())
    )
    return Ages(int(days["rows"].sum()), read, past, ambiguous)


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


def _ordered(days: pl.DataFrame) -> tuple[pl.DataFrame, bool]:
    """Decide by the column itself whether slashes mean day/month or month/day."""
    slashed = days.filter("slashed")
    if slashed.is_empty():
        return days, False
    day_first, month_first = (int(slashed.filter(pl.col(part) > MONTHS_PER_YEAR)["rows"].sum()) for part in ("d", "m"))
    swap = pl.col("slashed") & (month_first > day_first)
    swapped = days.with_columns(
        pl.when(swap).then("d").otherwise("m").alias("m"), pl.when(swap).then("m").otherwise("d").alias("d")
    )
    return swapped, day_first == month_first
