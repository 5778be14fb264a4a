"""Columns whose text is read as numbers or dates, once: rewritten in one plain notation, unless they are in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl
import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.engine.changes import FILLERS, MOST_DECIMALS
from igmap.engine.lookups import Days, Labels
from igmap.errors import PlanError
from igmap.sources.typed.dates import counted, date_parts, in_order, readings
from igmap.sources.typed.numbers import MARKS, NOTATIONS, count_forms, notation_of

PLAIN = r"^-?[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4,}))?$"  # never read in two ways
ASCII = r"^[-+0-9.,]+$"
TWO_DIGIT_YEAR = r"^\d{1,2}[-./]\d{1,2}[-./]\d{2}(?:$|[,T ])"
EARLY = r"(?:^|[-./])(00\d\d)(?:[-./T ,]|$|\d{4}$)"
NOTHING_SAID: Mapping[str, Any] = {}
LABELS = pa.schema([("value", pa.string()), ("label", pa.string())])
EVER = date(2000, 1, 1)  # no year has two digits here


def as_numbers(bench: Bench, column: str, settings: Mapping[str, Any] = NOTHING_SAID) -> int:
    """Make sure that a column holds plain numbers; how many decimals they have at most.

    Args:
        bench: with the table.
        column: the engine's column.
        settings: `notation` = what stands before the decimals, point or comma, told by the column itself when it is
            not said; `otherwise` = blank makes cells blank that are no numbers.

    Raises:
        PlanError: cells that are no numbers, or points and commas that can be read in two ways.
    """
    if column not in bench.decimals:
        look = bench.look([column])
        forms: Counter[str] = Counter()
        for frame in filled(bench, look, column):
            forms.update(_forms(frame))
        notation = settings.get("notation") or notation_of(Counter(forms))
        if not notation:
            raise PlanError(
                f"{bench.named(column)}: its points and commas can be read in two ways; say 'notation', what "
                "stands before the decimals: point or comma"
            )
        if forms["rows"] != forms["plain"] or notation != "point":
            bench.add(Labels((column,), _plain_numbers(bench, column, notation, settings)))
            look = bench.look([column])
        bench.decimals[column] = _decimals(bench, look, column)
    return bench.decimals[column]


def filled(bench: Bench, look: str, column: str) -> Iterator[pl.DataFrame]:
    """The distinct values of a column as they stream by: `value`, `plain` (trimmed) and `rows`, blanks left out."""
    for batch in bench.engine.values(look, column):
        frame = pl.DataFrame(pl.from_arrow(batch)).with_columns(pl.col("rows").cast(pl.Int64))
        yield frame.with_columns(plain=pl.col("value").str.strip_chars()).filter(pl.col("plain") != "")


def _forms(frame: pl.DataFrame) -> dict[str, int]:
    """In which forms numbers are written, by rows; most columns are plain, and need no more than a look."""
    plain = frame["value"].str.contains(PLAIN)
    usual, other = frame.filter(plain), frame.filter(~plain)
    point = usual["value"].str.contains(".", literal=True)
    whole = ~point
    sizes = {
        "rows": frame["rows"],
        "plain": usual["rows"],
        "point": usual.filter(point)["rows"],
        "whole": usual.filter(whole)["rows"],
        "small": usual.filter(whole & (usual["value"].str.len_chars() <= 3))["rows"],  # noqa: PLR2004 - below 1000
    }
    told = Counter({form: int(rows.sum()) for form, rows in sizes.items()})
    told.update(count_forms(other["plain"], other["rows"]))
    return told


def _plain_numbers(bench: Bench, column: str, notation: str, settings: Mapping[str, Any]) -> str:
    """A table of the values as plain numbers."""
    (decimal, thousands), look = MARKS[notation], bench.look([column])
    unread = Counter[str]()

    def read() -> Iterator[pa.RecordBatch]:
        for frame in filled(bench, look, column):
            known = frame["plain"].set(~frame["plain"].str.contains(ASCII), None)
            fits = known.str.extract(NOTATIONS[notation]).str.strip_prefix("+")
            plain = fits.str.replace_all(thousands, "", literal=True).str.replace(decimal, ".", literal=True)
            unread["cells"] += int(frame.filter(plain.is_null())["rows"].sum())
            yield _labels(frame["value"], plain)

    table = bench.table(read(), LABELS)
    _account(bench, column, "numbers", unread["cells"], settings)
    return table


def _account(bench: Bench, column: str, kind: str, cells: int, settings: Mapping[str, Any]) -> None:
    """Tell or refuse cells that cannot be read."""
    if cells and settings.get("otherwise") != "blank":
        raise PlanError(
            f"{bench.named(column)}: {cells} of its cells are not {kind}; correct them, say 'otherwise': blank, or "
            "leave the step out"
        )
    bench.unread[column] = bench.unread.get(column, 0) + cells


def _labels(values: pl.Series, labels: pl.Series) -> pa.RecordBatch:
    arrays = [series.to_arrow().cast(pa.string()) for series in (values, labels)]
    return pa.record_batch(arrays, schema=LABELS)


def _decimals(bench: Bench, look: str, column: str) -> int:
    sizes = (
        frame["plain"].str.extract(r"\.([0-9]*[1-9])").str.len_chars().max() for frame in filled(bench, look, column)
    )
    return min(max((int(str(size)) for size in sizes if size is not None), default=0), MOST_DECIMALS)


def as_dates(bench: Bench, column: str, settings: Mapping[str, Any] = NOTHING_SAID) -> int:
    """Make sure that a column holds dates as yyyy-mm-dd; how many cells are fillers, such as 9999-12-31.

    Args:
        bench: with the table.
        column: the engine's column.
        settings: `notation` = day_first or month_first, where slashes leave it open; `time` = whether a time of day
            stays behind the date; `otherwise` = blank makes cells blank that are no dates.

    Raises:
        PlanError: cells that are no dates with a year of four digits, or an order that nothing in the column decides.
    """
    if column in bench.dated:
        return 0
    look = bench.look([column])
    parts = counted(pl.concat([counted(_parts(frame)) for frame in _moments(bench, look, column)] or [_parts(NONE)]))
    read = parts.select("rows", **readings(parts))
    orders = [order for order in read.columns if order != "rows"]
    if settings.get("notation") and len(orders) > 1:
        orders = [settings["notation"].replace("_", " ")]
    _refuse_two_readings(bench, column, read, orders)
    unread = read.filter(pl.col(orders[0]).is_null())["rows"].sum()
    _account(bench, column, "dates with a year of four digits", int(unread), settings)
    labels = (
        _labels(frame["value"], _parts(frame).select(in_order(orders[0]).dt.strftime("%Y-%m-%d")).to_series())
        for frame in _moments(bench, look, column)
    )
    bench.add(Days((column,), bench.table(labels, LABELS), look, bool(settings.get("time"))))
    bench.dated.add(column)
    years = read.filter(~pl.col(orders[0]).dt.year().is_between(*FILLERS))
    return int(years["rows"].sum())


NONE = pl.DataFrame(schema={"value": pl.String, "rows": pl.Int64})


def _moments(bench: Bench, look: str, column: str) -> Iterator[pl.DataFrame]:
    for batch in bench.engine.moments(look, [column]):
        frame = pl.DataFrame(pl.from_arrow(batch)).select("value", pl.col("rows").cast(pl.Int64))
        yield frame.filter(pl.col("value").str.strip_chars() != "")


def _parts(frame: pl.DataFrame) -> pl.DataFrame:
    """The parts of dates; those of years as 0001 too, which are fillers."""
    value = pl.col("value").str.strip_chars()
    told = frame.with_columns(
        pl.when(~value.str.contains(TWO_DIGIT_YEAR)).then(value),
        early=value.str.extract(EARLY).cast(pl.Int64, strict=False),
    )
    return date_parts(told, EVER).with_columns(y=pl.coalesce("early", "y")).drop("early")


def _refuse_two_readings(bench: Bench, column: str, read: pl.DataFrame, orders: list[str]) -> None:
    if len(orders) > 1 and not (read[orders[0]] == read[orders[1]]).fill_null(value=False).all():
        raise PlanError(
            f"{bench.named(column)}: day and month cannot be told apart; say 'notation': day_first or month_first"
        )
