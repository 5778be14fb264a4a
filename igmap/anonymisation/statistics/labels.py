"""What each value of a column becomes in a table: the label of its group, a number, or whether its row is in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.anonymisation.hierarchies import ANYTHING, BUILDERS, build_hierarchy
from igmap.anonymisation.hierarchies.from_file import read_labels
from igmap.anonymisation.statistics.specification import Measure
from igmap.errors import HierarchyError, StatisticsError
from igmap.sources.typed.numbers import as_numbers, read_numbers

DECIMALS = 6  # of numbers that are added up
NUMBER = pa.decimal128(38, DECIMALS)
INSIDE, OUTSIDE = "in", "out"
Label = str | None


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The groups of one field.

    Args:
        groups: their labels, in the order in which they are shown; None is the blank one, `*` any other value.
        mapping: from value to label, as the engine joins it.
        given: whether the groups do not depend on the values that occur.
    """

    groups: tuple[Label, ...]
    mapping: pa.Table
    given: bool


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """The distinct values of a column.

    Args:
        field: its name.
        texts: the values; null for a blank.
        persons: of each.
    """

    field: str
    texts: pl.Series
    persons: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def blank(self) -> pl.Series:
        """Which of them are blank, white space included."""
        return self.texts.is_null() | (self.texts.str.strip_chars() == "")

    @property
    def plain(self) -> pl.Series:
        """Trimmed, blanks as null."""
        return self.texts.str.strip_chars().set(self.blank, None)


def grouped(values: Values, settings: Mapping[str, Any], *, fewest: int) -> Labels:
    """The groups of a field.

    Args:
        values: of its column.
        settings: a hierarchy's builder and `level`, or `values`, or nothing.
        fewest: persons that a value as it is needs to be shown, because it may itself tell who; others become `*`.
            0, for tables with noise, reads each value by itself, so that none decides what becomes of another.

    Raises:
        HierarchyError: a value has no place in the hierarchy.
        StatisticsError: there is no such level.
    """
    level = settings.get("level", 1)
    builder = {key: setting for key, setting in settings.items() if key not in {"level", "values"}}
    if groups := settings.get("values"):
        listed = values.plain.is_in(groups)
        return _labels(values, values.plain.set(~listed & ~values.blank, ANYTHING), [*groups, None, ANYTHING])
    if not BUILDERS.keys() & builder.keys() or level == 0:
        rare = pl.Series(values.persons < fewest) & ~values.blank
        return _labels(values, values.plain.set(rare, ANYTHING))
    if not fewest and "intervals" in builder:
        return _fixed_intervals(values, builder, level)
    try:
        hierarchy = build_hierarchy(values.field, values.plain.unique(maintain_order=True), builder)
        given = _column(read_labels_of(builder), level, values.field) if "file" in builder and not fewest else None
        labels = _column(hierarchy.labels, level, values.field)
    except KeyError:
        raise HierarchyError(f"column {values.field!r}: its hierarchy lacks a setting") from None
    places = dict(zip(hierarchy.labels[:, 0].tolist(), labels, strict=True))
    texts = pl.Series([None if text is None else places[text] for text in values.plain], dtype=pl.String)
    return _labels(values, texts, None if given is None else [*dict.fromkeys(given), None])


def read_labels_of(builder: Mapping[str, Any]) -> Any:
    """The labels of a hierarchy file."""
    from pathlib import Path

    return read_labels(Path(builder["file"]))


def _column(labels: Any, level: int, field: str) -> list[Label]:
    if level >= labels.shape[1]:
        raise StatisticsError(f"column {field!r}: has no level {level}; its highest is {labels.shape[1] - 1}")
    column: list[Label] = labels[:, level].tolist()
    return column


def _labels(values: Values, labels: pl.Series, given: Sequence[Label] | None = None) -> Labels:
    groups = given if given is not None else sorted(set(labels.to_list()), key=_place)
    table = pa.table({"value": pa.array(values.texts.to_list(), pa.string()), "label": _texts(labels)})
    return Labels(tuple(dict.fromkeys(groups)), table, given is not None)


def _texts(labels: pl.Series) -> pa.Array:
    return pa.array(labels.to_list(), pa.string())


def _place(label: Label) -> tuple[bool, bool, float, str]:
    """Blanks and the rest last, numbers by their size."""
    number = re.search(r"\d+(?:\.\d+)?", label or "")
    size = float(number[0]) if number else np.inf
    open_below = (label or "").startswith("<")
    return label is None, label == ANYTHING, -np.inf if open_below else size, label or ""


def _fixed_intervals(values: Values, builder: Mapping[str, Any], level: int) -> Labels:
    """Intervals between bottom and top, whose labels are the same whichever values occur."""
    widths, bottom, top = builder["intervals"], float(builder["bottom"]), float(builder["top"])
    if not 1 <= level <= len(widths) or bottom >= top:
        raise StatisticsError(f"column {values.field!r}: needs bottom below top, and a level from 1 to {len(widths)}")
    width = float(widths[level - 1])
    starts = [bottom - width, *np.arange(np.floor(bottom / width) * width, top, width).clip(min=bottom), top]
    points = pl.Series([f"{start:.{DECIMALS}f}" for start in starts])
    shape = {"intervals": [width], "bottom": bottom, "top": top}
    labels = build_hierarchy(values.field, points.unique(maintain_order=True), shape).labels[:, 1].tolist()
    numbers = _read(values, builder.get("notation", "point"))
    at = np.searchsorted(np.unique(np.array(starts)), numbers.fill_null(bottom).to_numpy(), side="right") - 1
    texts = pl.Series([labels[max(place, 0)] for place in at], dtype=pl.String).set(values.blank, None)
    return _labels(values, texts, [*labels, None])


def _read(values: Values, notation: str | None) -> pl.Series:
    """The values as numbers, blanks as null.

    Raises:
        StatisticsError: a value is not a number.
    """
    plain = values.plain
    numbers = read_numbers(plain, notation) if notation else as_numbers(plain.drop_nulls())
    numbers = numbers if notation else _spread(numbers, plain)
    if unread := numbers.null_count() - plain.null_count():
        raise StatisticsError(
            f"column {values.field!r}: {unread} of its {len(plain)} values are not numbers, or points and commas can "
            "be read in two ways; correct them, or say notation: point or comma"
        )
    return numbers


def _spread(numbers: pl.Series, plain: pl.Series) -> pl.Series:
    """Numbers of what is filled, put back among the blanks."""
    spread = np.full(len(plain), np.nan)
    spread[plain.is_not_null().to_numpy()] = numbers.fill_null(np.nan).to_numpy()
    return pl.Series(spread).fill_nan(None)


def numbered(values: Values, measure: Measure, *, noisy: bool) -> pa.Table:
    """The numbers of a column, as the engine joins them; a blank is none.

    Raises:
        StatisticsError: a value is not a number.
    """
    numbers = _read(values, measure.notation or ("point" if noisy else None))
    if measure.bounds:
        numbers = numbers.clip(*measure.bounds)
    decimals = pa.array(numbers.round(DECIMALS).to_list(), pa.float64()).cast(NUMBER)
    return pa.table({"value": pa.array(values.texts.to_list(), pa.string()), "label": decimals})


def limited(values: Values, among: Sequence[str] | None, without: Sequence[str]) -> pa.Table:
    """Whether rows with a value are in."""
    plain = values.plain.fill_null("")
    inside = ~plain.is_in(list(without)) & (plain.is_in(list(among)) if among is not None else True)
    labels = [INSIDE if one else OUTSIDE for one in inside]
    return pa.table({"value": pa.array(values.texts.to_list(), pa.string()), "label": pa.array(labels)})
