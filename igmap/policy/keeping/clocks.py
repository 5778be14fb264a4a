"""What of a text is a clock and a time zone, and which day it was in the organisation's own zone then."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import polars as pl

from igmap.vocabulary import load_yaml

OFFSET = r"[+-]\d{2}(?::?\d{2})?"
CLOCK = (
    r"^.*?\d(?:T|,? +|:)(?P<h>\d{1,2})(?::(?P<m>\d{2}))?(?::?\d{2}(?:[.,]\d+)?)? ?(?:(?P<half>[AaPp])\.?[Mm]\b\.?)? ?"
    rf"(?P<zone>{OFFSET}|(?:UTC|GMT){OFFSET}|(?:UTC|GMT)[+-]\d|[A-Za-z]+/[A-Za-z_/]+|[A-Z]{{1,5}})?(?: ?\(.*\))?$"
)
QUARTER, NOON, MINUTES = 15, 12, 60
UNKNOWN = "?"


@cache
def dates() -> dict[str, Any]:
    """The data beside this module: days and words that are no dates, names of zones."""
    told: dict[str, Any] = load_yaml(__package__, "dates.yaml")
    return told


def clock_parts(value: pl.Expr) -> dict[str, pl.Expr]:
    """The clock in quarters of an hour and the zone, of texts that have a zone; both null for the others.

    The zone is minutes east of Greenwich as text, a name of the zone database, or `?` when nobody can tell.
    """
    groups = value.str.extract_groups(CLOCK).struct
    hour, minute = (groups.field(name).cast(pl.Int64, strict=False) for name in ("h", "m"))
    afternoon = groups.field("half").str.to_lowercase()
    hour = pl.when(afternoon == "p").then(hour % NOON + NOON).when(afternoon == "a").then(hour % NOON).otherwise(hour)
    zone = groups.field("zone")
    quarters = (hour * MINUTES + minute.fill_null(0)) // QUARTER
    return {"zone": zone, "quarter": pl.when(zone.is_not_null()).then(quarters)}


def zone_of(name: str) -> str:
    """A zone as written: its minutes east of Greenwich, its name in the zone database, or `?`.

    Example:
        >>> zone_of("+0530"), zone_of("GMT+1"), zone_of("CET"), zone_of("IST"), zone_of("Asia/Tokyo")
        ('330', '60', '60', '?', 'Asia/Tokyo')
    """
    known: dict[str, int] = dates()["zones"]
    if name.upper() in known:
        return str(known[name.upper()])
    if offset := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", name):
        sign, hours, minutes = offset.groups("0")
        return str((int(hours) * MINUTES + int(minutes)) * (-1 if sign == "-" else 1))
    return name if "/" in name and name in available_timezones() else UNKNOWN


def local_days(frame: pl.DataFrame, day: str) -> pl.Series:
    """The day in the organisation's zone, of a day with `quarter` and `zone`; the day as written where there is none.

    Args:
        frame: with the column `day` of dates, `quarter` and `zone`.
        day: the column's name.
    """
    moment = pl.col(day).cast(pl.Datetime("ms")) + pl.duration(minutes=pl.col("quarter") * QUARTER)
    offset = pl.duration(minutes=pl.col("zone").cast(pl.Int64, strict=False))
    told = frame.select(day=day, zone="zone", moment=moment, universal=(moment - offset).dt.replace_time_zone("UTC"))
    for name in told["zone"].drop_nulls().unique().to_list():
        if "/" in name:
            there = pl.col("moment").dt.replace_time_zone(name, ambiguous="earliest", non_existent="null")
            told = told.with_columns(
                universal=pl.when(pl.col("zone") == name).then(there.dt.convert_time_zone("UTC")).otherwise("universal")
            )
    here = pl.col("universal").dt.convert_time_zone(dates()["zone"]).dt.date()
    return told.select(pl.coalesce(here, "day")).to_series()
