"""Numbers to intervals with fixed bounds: multiples counted from 0, or cut points, never the extremes of the data."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies.column import Column, number
from igmap.anonymisation.hierarchies.neighbours import labelled, merged
from igmap.sources.typed.numbers import as_numbers
from igmap.vocabulary import load_yaml

DECIMALS = 9
UNREAD = (
    "are not numbers (or points and commas can be read in two ways); correct them, or give the column a hierarchy "
    "from a file"
)
Values = np.ndarray[Any, np.dtype[np.float64]]


def intervals(column: Column) -> list[pl.Series]:
    """One level per width, such as `{intervals: [5, 10, 20], bottom: 15, top: 90}`.

    Each width is a multiple of the one before; `bottom` and `top` make the classes below and from there on open ones.

    Raises:
        HierarchyError: the widths do not nest, or a value is not a number.
    """
    widths = column.each("intervals", number)
    nests = all(wide > narrow and round(wide / narrow, DECIMALS).is_integer() for narrow, wide in pairwise(widths))
    if min(widths) <= 0 or not nests:
        raise column.wrong("each interval must be a multiple of the one before, such as [5, 10, 20]")
    bottom = column.each("bottom", number)[0] if "bottom" in column.settings else -np.inf
    top = column.each("top", number)[0] if "top" in column.settings else np.inf
    if bottom >= top:
        raise column.wrong("'bottom' must be below 'top'")
    numbers = column.placed(as_numbers(column.values), UNREAD)
    return [_labels(numbers, width, bottom, top).alias(f"interval:{width:g}") for width in widths]


def _labels(numbers: pl.Series, width: float, bottom: float, top: float) -> pl.Series:
    """`20-24` for whole numbers, `7.5-<8` otherwise, `<15` and `>=90` for the open classes."""
    plain = numbers.fill_null(0.0).to_numpy()
    steps = np.floor(np.round(plain / width, DECIMALS))
    low, high = np.maximum(steps * width, bottom), np.minimum((steps + 1) * width, top)
    whole = width.is_integer() and _whole(numbers)
    ends = (_printed(high - 1), "-") if whole else (_printed(high), "-<")
    frame = pl.DataFrame({"n": numbers, "low": _printed(low), "high": ends[0]})
    inside = pl.concat_str("low", pl.lit(ends[1]), "high")
    return frame.select(
        pl.when(pl.col("n").is_null())
        .then(None)
        .when(pl.col("n") < bottom)
        .then(pl.lit(f"<{bottom:g}"))
        .when(pl.col("n") >= top)
        .then(pl.lit(f">={top:g}"))
        .otherwise(inside)
        .alias("label")
    )["label"]


def _whole(numbers: pl.Series) -> bool:
    return bool((numbers == numbers.floor()).all())


def _printed(numbers: Values) -> pl.Series:
    """Numbers as text without needless decimals; negative ones in brackets, so that a dash keeps one meaning."""
    different, places = np.unique(np.round(numbers, DECIMALS), return_inverse=True)
    return pl.Series(np.array([_text(one) for one in different], dtype=object)[places], dtype=pl.String)


def _text(one: float) -> str:
    return f"{one:.15g}" if one >= 0 else f"({one:.15g})"


def cuts(column: Column) -> list[pl.Series]:
    """Classes between cut points, `{cuts: [0, 18, 25, 65]}`, then merged with their neighbours.

    A class holds its lower bound; below the first and from the last cut on the classes are open. `merge` says how many
    neighbours become one group, as in `ordered`, the lowest open class being the first. In place of the numbers a
    shipped set of cuts may be named; see cuts.yaml.

    Raises:
        HierarchyError: cut points that do not ascend, or a value that is not a number.
    """
    known = load_yaml("igmap.anonymisation.hierarchies", "cuts.yaml")
    if isinstance(column.settings["cuts"], str):
        shipped = known[column.word("cuts", known)]
        column = Column(column.field, column.values, {**shipped, **column.settings, "cuts": shipped["cuts"]})
    bounds = column.each("cuts", number)
    if any(high <= low for low, high in pairwise(bounds)):
        raise column.wrong("its cuts must ascend, such as [0, 18, 25, 65]")
    numbers = column.placed(as_numbers(column.values), UNREAD)
    at = pl.Series(np.searchsorted(bounds, numbers.fill_null(0.0).to_numpy(), side="right").astype(np.int64))
    at = at.zip_with(numbers.is_not_null(), pl.Series([None] * len(at), dtype=pl.Int64))
    whole = all(bound.is_integer() for bound in bounds) and _whole(numbers)
    return labelled(at, merged(column, len(bounds) + 1), lambda first, last: _between(bounds, first, last, whole=whole))


def _between(bounds: Sequence[float], first: int, last: int, *, whole: bool) -> str:
    """The name of the classes from first to last; class 0 lies below the first cut."""
    low, high = bounds[first - 1] if first else None, bounds[last] if last < len(bounds) else None
    if low is None or high is None:
        return f"<{high:.15g}" if high is not None else f">={low:.15g}" if low is not None else "*"
    return f"{_text(low)}-{_text(high - 1)}" if whole else f"{_text(low)}-<{_text(high)}"
