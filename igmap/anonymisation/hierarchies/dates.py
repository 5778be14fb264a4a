"""Dates to months, quarters, half years, years, groups of years, school and academic years."""

from collections.abc import Callable

import polars as pl

from igmap.anonymisation.hierarchies.column import Column, name
from igmap.errors import nearest

NOTATIONS = {
    "iso": r"^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?:[T ].*)?$",
    "compact": r"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$",
    "day_first": r"^(?<d>\d{1,2})[-./](?<m>\d{1,2})[-./](?<y>\d{4})(?:[T, ].*)?$",
    "month_first": r"^(?<m>\d{1,2})[-./](?<d>\d{1,2})[-./](?<y>\d{4})(?:[T, ].*)?$",
}
SLASHED = r"^\d{1,2}/\d{1,2}/\d{4}"


def _years(dates: pl.Series, span: int) -> pl.Series:
    first = dates.dt.year() // span * span
    return first.cast(pl.String) + "-" + (first + span - 1).cast(pl.String)


def _course(dates: pl.Series, month: int) -> pl.Series:
    """The years that a course of a year beginning in a month falls in: 2023/2024."""
    first = dates.dt.year() - (dates.dt.month() < month).cast(pl.Int32)
    return first.cast(pl.String) + "/" + (first + 1).cast(pl.String)


STEPS: dict[str, Callable[[pl.Series], pl.Series]] = {
    "day": lambda dates: dates.dt.strftime("%Y-%m-%d"),
    "month": lambda dates: dates.dt.strftime("%Y-%m"),
    "quarter": lambda dates: dates.dt.strftime("%Y") + "-Q" + dates.dt.quarter().cast(pl.String),
    "half year": lambda dates: dates.dt.strftime("%Y") + "-H" + ((dates.dt.quarter() + 1) // 2).cast(pl.String),
    "year": lambda dates: dates.dt.strftime("%Y"),
    "5 years": lambda dates: _years(dates, 5),
    "10 years": lambda dates: _years(dates, 10),
    "school year": lambda dates: _course(dates, 8),
    "academic year": lambda dates: _course(dates, 9),
}
COURSES = {"school year", "academic year"}
CALENDAR = {"quarter", "half year", "year", "5 years", "10 years"}


def as_dates(values: pl.Series, notation: str = "") -> pl.Series:
    """The values as dates, null where one is not a date in a notation that can be told apart.

    ISO (a time may follow), yyyymmdd and dd-mm-yyyy are read as such. With slashes, day and month are told
    apart by the column as a whole; when both readings fit, nothing is read until `notation` says which it is.
    """
    plain = values.str.strip_chars()
    if notation:
        return _read(plain, notation)
    slashed = plain.str.contains(SLASHED)
    known = _read(plain, "iso").zip_with(~slashed, _nothing(plain))
    for other in ("compact", "day_first"):
        known = known.zip_with(known.is_not_null() | slashed, _read(plain, other))
    return known.zip_with(~slashed, _slashed(plain, slashed))


def _slashed(plain: pl.Series, slashed: pl.Series) -> pl.Series:
    """The reading that fits all values with slashes, if only one does."""
    readings = [_read(plain, notation) for notation in ("day_first", "month_first")]
    fitting = [reading for reading in readings if not (reading.is_null() & slashed).any()]
    return fitting[0] if len(fitting) == 1 else _nothing(plain)


def _nothing(values: pl.Series) -> pl.Series:
    return pl.Series([None] * len(values), dtype=pl.Date)


def _read(plain: pl.Series, notation: str) -> pl.Series:
    parts = plain.str.extract_groups(NOTATIONS[notation]).struct
    padded = [parts.field("y"), parts.field("m").str.zfill(2), parts.field("d").str.zfill(2)]
    return (padded[0] + "-" + padded[1] + "-" + padded[2]).str.to_date("%Y-%m-%d", strict=False)


def dates(column: Column) -> list[pl.Series]:
    """One level per step, from fine to coarse, such as `{date: [month, quarter, year], notation: day_first}`.

    Steps: day, month, quarter, half year, year, 5 years, 10 years; or school year (from 1 August) or academic year
    (from 1 September), which no calendar year nests in. `notation` = iso, compact, day_first or month_first where the
    values leave it open.

    Raises:
        HierarchyError: an unknown step or notation, steps out of order, or a value that is not a date.
    """
    steps, notation = column.each("date", name), str(column.settings.get("notation", ""))
    for word, known in [(step, STEPS) for step in steps] + [(notation or "iso", NOTATIONS)]:
        if word not in known:
            raise column.wrong(f"unknown date step or notation {word!r}{nearest(word, known)}")
    if steps != sorted(set(steps), key=list(STEPS).index):
        raise column.wrong(f"date steps must go from fine to coarse: {', '.join(STEPS)}")
    if COURSES & {*steps} and (COURSES | CALENDAR) & {*steps[:-1]}:
        raise column.wrong("a school or academic year must be the last step, after day or month: no other step nests")
    read = column.placed(
        as_dates(column.values, notation),
        f"cannot be read as dates; correct them, or say 'notation' ({', '.join(NOTATIONS)}) when day and month cannot "
        "be told apart",
    )
    return [STEPS[step](read).alias(step) for step in steps]
