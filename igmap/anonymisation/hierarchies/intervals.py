"""Numbers to intervals with fixed bounds: multiples counted from 0, never from the extremes of the data."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from igmap.errors import HierarchyError
from igmap.sources.typed.numbers import as_numbers

DECIMALS = 9


def intervals(field: str, values: pl.Series, settings: Mapping[str, Any]) -> list[pl.Series]:
    """One level per width, such as `{intervals: [5, 10, 20], bottom: 15, top: 90}`.

    Args:
        field: the column.
        values: distinct values, no blanks.
        settings: `intervals` = widths, each a multiple of the one before; `bottom` and `top` make the classes
            below and from there on open ones.

    Raises:
        HierarchyError: the widths do not nest, or a value is not a number.
    """
    widths = [float(width) for width in settings["intervals"]]
    _check(field, widths)
    numbers = as_numbers(values)
    if unread := numbers.null_count():
        raise HierarchyError(
            f"column {field!r}: {unread} of its {len(values)} values are not numbers (or points and commas can be read "
            "in two ways); correct them, or give the column a hierarchy from a file"
        )
    bounds = (float(settings.get("bottom", -np.inf)), float(settings.get("top", np.inf)))
    return [_labels(numbers.to_numpy(), width, *bounds) for width in widths]


def _check(field: str, widths: Sequence[float]) -> None:
    steps = pairwise(widths)
    nests = all(wide > narrow and round(wide / narrow, DECIMALS).is_integer() for narrow, wide in steps)
    if not widths or min(widths) <= 0 or not nests:
        raise HierarchyError(
            f"column {field!r}: each interval must be a multiple of the one before, such as [5, 10, 20]"
        )


def _labels(numbers: np.ndarray[Any, np.dtype[np.float64]], width: float, bottom: float, top: float) -> pl.Series:
    """`20-24` for whole numbers, `7.5-<8` otherwise, `<15` and `>=90` for the open classes."""
    steps = np.floor(np.round(numbers / width, DECIMALS))
    low, high = np.maximum(steps * width, bottom), np.minimum((steps + 1) * width, top)
    whole = width.is_integer() and bool((numbers == np.floor(numbers)).all())
    ends = (_printed(high - 1), "-") if whole else (_printed(high), "-<")
    frame = pl.DataFrame({"n": numbers, "low": _printed(low), "high": ends[0]})
    inside = pl.concat_str("low", pl.lit(ends[1]), "high")
    return frame.select(
        pl.when(pl.col("n") < bottom)
        .then(pl.lit(f"<{bottom:g}"))
        .when(pl.col("n") >= top)
        .then(pl.lit(f">={top:g}"))
        .otherwise(inside)
        .alias("label")
    )["label"]


def _printed(numbers: np.ndarray[Any, np.dtype[np.float64]]) -> pl.Series:
    """Numbers as text without needless decimals; negative ones in brackets, so that a dash keeps one meaning."""
    different, places = np.unique(np.round(numbers, DECIMALS), return_inverse=True)
    texts = [f"{number:.15g}" if number >= 0 else f"({number:.15g})" for number in different]
    return pl.Series(np.array(texts, dtype=object)[places], dtype=pl.String)
