"""Texts of a date column read as days: the first and the last day each may mean, and why when it means none.

A column is read as a whole: it shows itself what its slashes mean, and which of its days are filled in by a system.
What can mean two days stays two days: a term that ends on the same side of today for both is judged all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

import polars as pl
import pyarrow as pa

from igmap.policy.keeping.clocks import UNKNOWN, clock_parts, dates, local_days, zone_of
from igmap.sources.typed.dates import DASHED, ISO, SLASHED, date_parts, in_order, readings

EPOCH_DAY = date(1970, 1, 1)
NEVER = 2**31 - 1  # a day that nothing is past: the last one that an unreadable text may mean
EPOCH = r"^(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.\d+)?$"
COMPACT = r"^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$"
PLAIN = r"^(?:\d{4}-\d\d-\d\d[T ]?|\d\d-\d\d-\d{4})$"
SERIAL = r"^(\d{5})(?:[.,]\d+)?$"
EMPTY_DAY = r"^0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:$|[T ])|^0{8}(?:0{6})?$"
MONTH_FIRST = r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b"
C_TIME = r"^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$"
REWRITTEN = {COMPACT: "$1-$2-$3", C_TIME: "$2 $1 $4 $3", MONTH_FIRST: "$2 $1 $3"}
SERIAL_START, SERIAL_BIRTH = date(1899, 12, 30), date(1970, 1, 1)
PER_SECOND = ((18, 10**9), (15, 10**6), (12, 10**3), (9, 1))
APART = timedelta(days=365)
KEYS = ("y", "m", "d", "slashed", "quarter", "zone", "form", "none")


class Reason(IntEnum):
    """Why a record has no day; the higher, the more there is to tell of a person with several records."""

    DATED = 0
    BLANK = 1
    AMBIGUOUS = 2
    ZONE = 3
    UNREADABLE = 4
    SENTINEL = 5
    FUTURE = 6


@dataclass(frozen=True, slots=True)
class Notation:
    """How a column writes its dates.

    Args:
        orders: what its slashes mean: `day first`, `month first`, or both where nothing in the column decides; `("",)`
            where it has none.
        defaults: days that are filled in by a system.
        forms: records per way of writing: iso, dashed, slashed, named, epoch, serial.
        filled: records that have any text.
    """

    orders: tuple[str, ...]
    defaults: frozenset[date]
    forms: dict[str, int]
    filled: int


def parts_of(batch: pa.RecordBatch, today: date) -> pl.DataFrame:
    """The texts of a batch with what each says: year, month, day, clock, zone, form; beside its own columns."""
    frame = pl.DataFrame(pl.from_arrow(batch)).with_columns(pl.col("value").cast(pl.String))
    plain = pl.col("value").str.contains(PLAIN).fill_null(value=False)
    quick, rest = _plain(frame.filter(plain)), frame.filter(~plain)
    return pl.concat([quick, _parts(rest, today).select(quick.columns)]) if len(rest) else quick


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The parts of texts that are a day, with or without the mark behind it, as most are once the engine has cut."""
    value, iso = pl.col("value").str.slice(0, 10), pl.col("value").str.slice(4, 1) == "-"
    year, day = ((value.str.slice(0, size), value.str.slice(-size)) for size in (4, 2))
    month = pl.when(iso).then(value.str.slice(5, 2)).otherwise(value.str.slice(3, 2))
    empty = value.str.contains(EMPTY_DAY)
    return frame.with_columns(
        y=pl.when(iso).then(year[0]).otherwise(year[1]).cast(pl.Int64),
        m=month.cast(pl.Int64),
        d=pl.when(iso).then(day[1]).otherwise(day[0]).cast(pl.Int64),
        slashed=pl.lit(value=False),
        quarter=pl.lit(None, pl.Int64),
        zone=pl.lit(None, pl.String),
        form=pl.when(iso).then(pl.lit("iso")).otherwise(pl.lit("dashed")),
        none=pl.when(empty).then(pl.lit(int(Reason.SENTINEL))),
    )


def _parts(frame: pl.DataFrame, today: date) -> pl.DataFrame:
    plain = pl.col("value").str.strip_chars().str.strip_chars("[]").str.replace_all(r"\s+", " ")
    text = (
        plain.str.replace(COMPACT, "$1-$2-$3").str.replace(C_TIME, "$2 $1 $4 $3").str.replace(MONTH_FIRST, "$2 $1 $3")
    )
    frame = frame.with_columns(text=text).with_columns(moment=_moment(pl.col("text"), today))
    written = date_parts(frame.select(value=pl.when(pl.col("moment").is_null()).then("text")), today)
    frame = pl.concat([frame, written], how="horizontal").with_columns(**clock_parts(pl.col("text")), form=_form())
    zones = {name: zone_of(name) for name in frame["zone"].drop_nulls().unique().to_list()}
    return frame.with_columns(
        pl.coalesce("y", pl.col("moment").dt.year().cast(pl.Int64)).alias("y"),
        pl.coalesce("m", pl.col("moment").dt.month().cast(pl.Int64)).alias("m"),
        pl.coalesce("d", pl.col("moment").dt.day().cast(pl.Int64)).alias("d"),
        pl.col("zone").replace_strict(zones, default=None, return_dtype=pl.String),
        none=pl.when(pl.col("value").is_null() | pl.col("text").str.to_lowercase().is_in(dates()["none"]))
        .then(pl.lit(int(Reason.BLANK)))
        .when(pl.col("text").str.contains(EMPTY_DAY))
        .then(pl.lit(int(Reason.SENTINEL))),
        slashed=pl.col("slashed").fill_null(value=False),
    )


def counted_parts(parts: pl.DataFrame, *apart: str) -> pl.DataFrame:
    """The parts once each, with the sum of their `rows`: as many as there are days; columns may keep them apart."""
    return parts.group_by(*KEYS, *apart).agg(pl.col("rows").cast(pl.Int64).sum())


def notation_of(parts: pl.DataFrame) -> Notation:
    """How a column writes its dates, from all its parts."""
    orders = tuple(readings(parts))
    days = parts.select("rows", day=_ordered(parts, orders)[0]).drop_nulls()
    always, alone = ({date.fromisoformat(day) for day in dates()["sentinels"][key]} for key in ("always", "alone"))
    held = sorted(set(days["day"].to_list()) - always)
    near = {day for day in alone for one in held if one != day and abs(one - day) < APART}
    lonely = alone.intersection(held) - near
    filled = parts.filter(pl.col("none").fill_null(0) != int(Reason.BLANK))
    forms = (
        filled.drop_nulls("y").group_by("form").agg(pl.col("rows").sum()).sort("rows", "form", descending=[True, False])
    )
    return Notation(orders, frozenset(always | lonely), dict(forms.iter_rows()), int(filled["rows"].sum()))


def placed(parts: pl.DataFrame, notation: Notation, today: date) -> pl.DataFrame:
    """The parts with the days they may mean: `first` and `last` since 1970, and `reason`."""
    days = _ordered(parts, notation.orders)
    unknown = (parts["zone"] == UNKNOWN).fill_null(value=False)
    frame = parts.with_columns(first=_least(days), last=_most(days), unknown=unknown)
    spare = pl.when("unknown").then(1).otherwise(0)
    reason = (
        pl.when(pl.col("none").is_not_null()).then("none")
        .when(pl.col("first").is_null()).then(pl.lit(int(Reason.UNREADABLE)))
        .when(pl.col("first").is_in(sorted(notation.defaults))).then(pl.lit(int(Reason.SENTINEL)))
        .when(pl.col("first") > today).then(pl.lit(int(Reason.FUTURE)))
        .when("unknown").then(pl.lit(int(Reason.ZONE)))
        .when(pl.col("first") != pl.col("last")).then(pl.lit(int(Reason.AMBIGUOUS)))
        .otherwise(pl.lit(int(Reason.DATED)))
    )  # fmt: skip
    frame = frame.with_columns(reason=reason.cast(pl.Int32))
    dated = pl.col("reason").is_in([int(Reason.DATED), int(Reason.ZONE), int(Reason.AMBIGUOUS)])
    first, last = (pl.col(name).cast(pl.Int32).cast(pl.Int64) for name in ("first", "last"))
    blank = pl.col("reason") == int(Reason.BLANK)
    return frame.with_columns(
        first=pl.when(dated).then(first - spare),
        last=pl.when(dated).then(last + spare).when(~blank).then(pl.lit(NEVER, pl.Int64)),
    )


def days_of(parts: Sequence[pl.DataFrame], today: date) -> tuple[Notation, pl.DataFrame]:
    """A column as days: its notation, and `first`, `last`, `reason` with their `rows`.

    Args:
        parts: of its texts, as `counted_parts` gives them.
        today: dates after it are told apart.
    """
    whole = counted_parts(pl.concat(parts) if parts else parts_of(_nothing(), today))
    notation = notation_of(whole)
    days = placed(whole, notation, today)
    return notation, days.group_by("first", "last", "reason").agg(pl.col("rows").sum()).sort("first", "last", "reason")


def day_number(day: date) -> int:
    """The day, counted from 1970."""
    return (day - EPOCH_DAY).days


def _moment(text: pl.Expr, today: date) -> pl.Expr:
    """The day of Unix time, and of the serial numbers of spreadsheets where they are of our time."""
    digits = text.str.extract(EPOCH, 1)
    units = pl.lit(None, pl.Int64)
    for least, per_second in PER_SECOND:
        units = pl.when(units.is_null() & (digits.str.len_chars() >= least)).then(pl.lit(per_second)).otherwise(units)
    seconds = digits.cast(pl.Int64, strict=False) // units
    epoch = pl.from_epoch(seconds, time_unit="s").dt.replace_time_zone("UTC").dt.convert_time_zone(dates()["zone"])
    serial = text.str.extract(SERIAL, 1).cast(pl.Int64, strict=False)
    known = serial.is_between((SERIAL_BIRTH - SERIAL_START).days, (today - SERIAL_START).days + 366)
    return pl.coalesce(epoch.dt.date(), pl.when(known).then(pl.lit(SERIAL_START) + pl.duration(days=serial)))


def _form() -> pl.Expr:
    text = pl.col("text")
    return (
        pl.when(text.str.contains(SERIAL)).then(pl.lit("serial"))
        .when(pl.col("moment").is_not_null()).then(pl.lit("epoch"))
        .when(text.str.contains(ISO)).then(pl.lit("iso"))
        .when(text.str.contains(DASHED)).then(pl.lit("dashed"))
        .when(text.str.contains(SLASHED)).then(pl.lit("slashed"))
        .otherwise(pl.lit("named"))
    )  # fmt: skip


def _ordered(parts: pl.DataFrame, orders: tuple[str, ...]) -> list[pl.Series]:
    """The days in each order of day and month that is left, in the organisation's zone."""
    read = parts.with_columns(**{f"day{i}": in_order(order) for i, order in enumerate(orders)})
    return [local_days(read, f"day{i}") for i in range(len(orders))]


def _least(days: list[pl.Series]) -> pl.Series:
    return pl.DataFrame({str(i): day for i, day in enumerate(days)}).select(pl.min_horizontal(pl.all())).to_series()


def _most(days: list[pl.Series]) -> pl.Series:
    return pl.DataFrame({str(i): day for i, day in enumerate(days)}).select(pl.max_horizontal(pl.all())).to_series()


def _nothing() -> pa.RecordBatch:
    return pa.record_batch([pa.array([], pa.string()), pa.array([], pa.int64())], ["value", "rows"])
