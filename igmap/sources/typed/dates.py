"""Text as dates, in Dutch and English notations; where day and month cannot be told apart both readings are kept.

Read are ISO 8601, day-month-year with - or . (the Dutch order), day/month/year or month/day/year with / (the column
itself has to show which), `31 October 2026` and its kin in Dutch and English (mail, Apache and Moodle write so), and
Unix time in seconds or milliseconds.
"""

from datetime import date

import polars as pl

MONTHS = ("jan", "feb", "mar|mrt|maa", "apr", "may|mei", "jun", "jul", "aug", "sep", "oct|okt", "nov", "dec")
ISO = r"^(?P<y>\d{4})[-/]?(?P<m>[01]\d)[-/]?(?P<d>[0-3]\d)(?:$|[T ])"
DASHED = r"^(?P<d>\d{1,2})[-.](?P<m>\d{1,2})[-.](?P<y>\d{4}|\d{2})(?:$|[,T ])"
SLASHED = r"^(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2})(?:$|[,T ])"
NAMED = rf"(?i)\b(?P<d>\d{{1,2}})[ /-](?P<m>{'|'.join(MONTHS)})[a-z]*\.?[ /-](?P<y>\d{{4}})\b"
UNIX = r"^(?P<s>\d{9,10})(?:\d{3})?(?:\.\d+)?$"
MONTHS_PER_YEAR = 12


def date_parts(values: pl.DataFrame, today: date) -> pl.DataFrame:
    """Year, month and day as written, and how.

    Args:
        values: texts (`value`), other columns stay beside them.
        today: two-digit years lie in the hundred years before it and one after.

    Returns:
        `y`, `m`, `d` (null where it is no date), `slashed`, one row per text in the same order.
    """
    value = pl.col("value").cast(pl.String).str.strip_chars().str.strip_chars("[]")
    found = [_groups(value, form) for form in (ISO, DASHED, SLASHED, NAMED)]
    moment = pl.from_epoch(value.str.extract(UNIX, 1).cast(pl.Int64, strict=False), time_unit="s")
    unix = (moment.dt.year().cast(pl.Int64), moment.dt.month().cast(pl.Int64), moment.dt.day().cast(pl.Int64))
    year, month, day = (pl.coalesce(*(form[part] for form in found), unix[part]) for part in range(3))
    century = pl.when(year + 2000 > today.year + 1).then(year + 1900).otherwise(year + 2000)
    return values.select(
        pl.exclude("value"),
        y=pl.when(year < 100).then(century).otherwise(year),  # noqa: PLR2004 - two digits
        m=month,
        d=day,
        slashed=value.str.contains(SLASHED),
    )


def counted(parts: pl.DataFrame) -> pl.DataFrame:
    """The parts of dates once each, with the sum of their `rows`: as many as there are days."""
    return parts.group_by("y", "m", "d", "slashed").agg(pl.col("rows").cast(pl.Int64).sum())


def _groups(value: pl.Expr, form: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    groups = value.str.extract_groups(form)
    month = groups.struct.field("m").str.to_lowercase()
    for number, names in enumerate(MONTHS, 1):
        month = month.str.replace(f"^(?:{names})$", str(number))
    year, day = (groups.struct.field(name).cast(pl.Int64, strict=False) for name in ("y", "d"))
    return year, month.cast(pl.Int64, strict=False), day


def readings(days: pl.DataFrame) -> dict[str, pl.Expr]:
    """The date in each order of day and month that is left: the column itself decides what its slashes mean.

    Args:
        days: parts of dates with their `rows`.

    Returns:
        `day first`, `month first`, both where nothing in the column decides; one without a name when nothing has
        slashes.
    """
    slashed = days.filter("slashed")
    if slashed.is_empty():
        return {"": in_order("")}
    day_first, month_first = (int(slashed.filter(pl.col(part) > MONTHS_PER_YEAR)["rows"].sum()) for part in ("d", "m"))
    left = {"day first": day_first >= month_first, "month first": month_first >= day_first}
    return {order: in_order(order) for order, fits in left.items() if fits}


def in_order(order: str) -> pl.Expr:
    """The date that parts give when slashes mean `day first` or `month first`; null where there is no such day."""
    written = _day("m", "d")
    return pl.when("slashed").then(_day("d", "m")).otherwise(written) if order == "month first" else written


def _day(month: str, day: str) -> pl.Expr:
    two_digits = [pl.col(part).cast(pl.String).str.zfill(2) for part in (month, day)]
    return pl.format("{}-{}-{}", "y", *two_digits).str.to_date("%Y-%m-%d", strict=False)
