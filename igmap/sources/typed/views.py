"""Typed views: what the text of a column is as a type, and for which share of its records; the text itself stays.

A number with a leading zero is a code, not a number. A notation that can be read in two ways is told, never guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.sources.exports import Column
from igmap.sources.typed.dates import DASHED, ISO, NAMED, SLASHED, counted, date_parts, in_order, readings
from igmap.sources.typed.numbers import count_forms, notation_of, read_numbers

Kind = Literal["text", "boolean", "integer", "decimal", "date", "iban", "postcode"]
MOST = 0.5  # of the records: a type of fewer is a coincidence
ANSWERS = dict.fromkeys(("ja", "yes", "true", "waar", "j", "y", "wel"), True)
ANSWERS |= dict.fromkeys(("nee", "no", "false", "onwaar", "n", "niet"), False)
UNNAMED = [re.sub(r"\?P<.>", "", form) for form in (ISO, DASHED, SLASHED, NAMED)]
DATED = "|".join(f"(?:{form})" for form in UNNAMED)
SHAPES: dict[Kind, str] = {
    "boolean": rf"^(?i:{'|'.join(ANSWERS)})$",
    "integer": r"^-?(?:0|[1-9]\d{0,17})$",
    "iban": r"^[A-Z]{2}\d{2}(?:(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?|(?: ?[A-Z0-9]{4}){2} ?[A-Z0-9]{3})$",
    "postcode": r"^[1-9]\d{3} ?[A-Za-z]{2}$",
}
CODE = r"^[-+]?0\d"


@dataclass(frozen=True, slots=True)
class TypedView:
    """A column as a type.

    Args:
        kind: what the text is; `text` when it is nothing else.
        share: of the filled records, 0-1, those whose text can be read so.
        notation: `point` or `comma` before decimals; `day first` or `month first` for dates with slashes.
        ambiguous: whether the column can be read in two ways, so that nothing is read: 03/04/2026, 1.000 beside 1.5.
    """

    kind: Kind
    share: float = 1.0
    notation: str = ""
    ambiguous: bool = False


def typed_view(engine: Engine, column: Column, *, today: date) -> TypedView:
    """The type that most of a column's records have.

    Args:
        engine: holds the tables.
        column: where the text lies.
        today: two-digit years lie in the hundred years before it and one after.
    """
    shapes: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    dates: list[pl.DataFrame] = []
    for batch in engine.values(column.table, column.column):
        frame = _frame(batch)
        shapes.update(_shapes(frame))
        numbers = frame.filter(~frame["value"].str.contains(CODE))
        forms.update(count_forms(numbers["value"], numbers["rows"]))
        dates.append(counted(date_parts(frame.filter(frame["value"].str.contains(DATED)), today)))
    if not shapes["rows"]:
        return TypedView("text")
    found = [*_by_shape(shapes), _number(forms, shapes["rows"]), _date(pl.concat(dates), shapes["rows"])]
    return max(found, key=lambda view: view.share)


def as_typed(values: pl.Series, view: TypedView, *, today: date) -> pl.Series:
    """The values as their type, null where one cannot be read so; all null when the column is ambiguous.

    Args:
        values: texts of the column.
        view: what `typed_view` says of it.
        today: two-digit years lie in the hundred years before it and one after.

    Example:
        >>> as_typed(pl.Series(["ja", "Nee", None]), TypedView("boolean"), today=date(2026, 11, 1)).to_list()
        [True, False, None]
    """
    plain = values.str.strip_chars()
    if view.ambiguous:
        return pl.Series(values.name, [None] * len(values), pl.Null)
    readers: dict[Kind, Callable[[], pl.Series]] = {
        "boolean": lambda: plain.str.to_lowercase().replace_strict(ANSWERS, default=None, return_dtype=pl.Boolean),
        "integer": lambda: plain.str.extract(f"({SHAPES['integer']})").cast(pl.Int64, strict=False),
        "decimal": lambda: read_numbers(plain.set(plain.str.contains(CODE), None), view.notation),
        "date": lambda: _days(plain, view.notation, today),
    }
    return readers[view.kind]() if view.kind in readers else values


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    frame = pl.DataFrame(pl.from_arrow(batch))
    return frame.select(pl.col("value").str.strip_chars(), pl.col("rows").cast(pl.Int64))


def _shapes(frame: pl.DataFrame) -> dict[str, int]:
    values, rows = frame["value"], frame["rows"]
    fitting = {kind: int(rows.filter(values.str.contains(shape)).sum()) for kind, shape in SHAPES.items()}
    return {"rows": int(rows.sum()), **{str(kind): count for kind, count in fitting.items()}}


def _by_shape(shapes: Counter[str]) -> Iterable[TypedView]:
    """Text first: it wins where nothing else has most of the records, or as many."""
    yield TypedView("text", MOST)
    yield from (TypedView(kind, shapes[kind] / shapes["rows"]) for kind in SHAPES)


def _number(forms: Counter[str], rows: int) -> TypedView:
    notation = notation_of(forms)
    readable = forms[f"as {notation}"] if notation else max(forms["as point"], forms["as comma"])
    return TypedView("decimal", readable / rows, notation or "", ambiguous=notation is None)


def _date(days: pl.DataFrame, rows: int) -> TypedView:
    read = days.select("rows", **readings(days))
    orders = [order for order in read.columns if order != "rows"]
    readable = read.filter(pl.any_horizontal(pl.col(orders).is_not_null()))
    either = len(orders) > 1 and not (readable[orders[0]] == readable[orders[1]]).fill_null(value=False).all()
    return TypedView("date", int(readable["rows"].sum()) / rows, "" if either else orders[0], ambiguous=either)


def _days(plain: pl.Series, order: str, today: date) -> pl.Series:
    dated = pl.DataFrame({"value": plain.set(~plain.str.contains(DATED), None), "rows": 1})
    parts = date_parts(dated, today)
    return parts.select(in_order(order).alias(plain.name)).to_series()
