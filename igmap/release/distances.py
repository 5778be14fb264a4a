"""How far the classes of a release are from the whole, by the three distances of t-closeness.

Source: Li et al. 2007, doi:10.1109/ICDE.2007.367856, 3.1 to 3.3.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from igmap.release.ncp import positions


def furthest(held: pl.DataFrame, overall: pl.DataFrame, settings: Mapping[str, Any]) -> float | None:
    """The largest distance of a class, 0-1; None where the values have no order or no hierarchy that is known.

    Args:
        held: `class`, `value`, `p` share within the class and `q` share in the whole.
        overall: `value` and `q`.
        settings: `distance` equal, ordered (`order`) or hierarchical (`labels`, [leaf, level]).
    """
    distance = settings.get("distance", "equal")
    if distance == "ordered":
        far = _ordered(held, overall, settings.get("order") or ())
    elif distance == "hierarchical":
        far = _hierarchical(held, overall, settings.get("labels"))
    else:
        far = _equal(held)
    return None if far is None else float(max(far["far"].to_list(), default=0.0))


def _equal(held: pl.DataFrame) -> pl.DataFrame:
    """Half of sum |p - q|; of values that a class lacks, q is what the others leave of 1."""
    gap = (pl.col("p") - pl.col("q")).abs() - pl.col("q")
    return held.group_by("class").agg(far=0.5 * (1 + gap.sum()))


def _hierarchical(held: pl.DataFrame, overall: pl.DataFrame, labels: Any) -> pl.DataFrame | None:
    """Of all levels below the root, the mean of the equal distance between the labels there."""
    values = held.select("value").vstack(overall.select("value")).unique()
    if labels is None or not values["value"].is_in(pl.Series(labels[:, 0].tolist()).implode(), nulls_equal=True).all():
        return None
    levels = [_equal(_labelled(held, overall, labels, level)) for level in range(labels.shape[1] - 1)]
    return pl.concat(levels).group_by("class").agg(pl.col("far").mean()) if levels else None


def _labelled(held: pl.DataFrame, overall: pl.DataFrame, labels: Any, level: int) -> pl.DataFrame:
    texts = {"value": labels[:, 0].tolist(), "label": labels[:, level].tolist()}
    names = pl.DataFrame(texts, schema={"value": pl.String, "label": pl.String})
    whole = overall.join(names, on="value", nulls_equal=True).group_by("label").agg(pl.col("q").sum())
    parts = held.join(names, on="value", nulls_equal=True).group_by("class", "label").agg(pl.col("p").sum())
    return parts.join(whole, on="label", how="left", nulls_equal=True).with_columns(pl.col("q").fill_null(0.0))


def _ordered(held: pl.DataFrame, overall: pl.DataFrame, order: Sequence[str | None]) -> pl.DataFrame | None:
    """Sum over the places of |cumulated share of the class - of the whole|, over their number - 1."""
    places = _places(overall["value"], order)
    if places is None or not held["value"].is_in(overall["value"].implode(), nulls_equal=True).all():
        return None
    known = overall.with_columns(at=pl.Series(places, dtype=pl.Int64))
    whole = known.group_by("at").agg(pl.col("q").sum()).sort("at")["q"].cum_sum().to_numpy()
    rows = held.join(known.select("value", "at"), on="value", nulls_equal=True)
    rows = rows.group_by("class", "at").agg(pl.col("p").sum()).sort("class", "at")
    steps = rows.with_columns(share=pl.col("p").cum_sum().over("class"))
    start = steps.select("class").unique().with_columns(at=pl.lit(0, pl.Int64), share=pl.lit(0.0))
    steps = pl.concat([start, steps.select("class", "at", "share")]).sort("class", "at", "share")
    until = steps.select(pl.col("at").shift(-1).over("class").fill_null(len(whole))).to_series().to_numpy()
    far = _stretches(whole, steps["at"].to_numpy(), until, steps["share"].to_numpy())
    apart = steps.select("class", far=pl.Series(far)).group_by("class").agg(pl.col("far").sum())
    return apart.with_columns(pl.col("far") / max(len(whole) - 1, 1))


def _stretches(whole: Any, low: Any, high: Any, share: Any) -> Any:
    """Sum of |share - whole[i]| for low <= i < high, in one look per stretch because `whole` only rises."""
    sums = np.concatenate([[0.0], np.cumsum(whole)])
    turn = np.clip(np.searchsorted(whole, share), low, high)
    return share * (2 * turn - low - high) + sums[low] + sums[high] - 2 * sums[turn]


def _places(values: pl.Series, order: Sequence[str | None]) -> Any:
    """The place of each value, those that read alike at one, a blank first unless `order` has it; None without order.

    With a single value that is no number, there is one place.
    """
    if order:
        listed = {None if value is None else str(value): float(at) for at, value in enumerate(order)}
        read = pl.Series([listed.get(value) for value in values.to_list()], dtype=pl.Float64)
        blank = values.is_null() & (None not in listed)
    else:
        found = positions(values) if values.null_count() < len(values) else values.cast(pl.Float64)
        if found is None:
            return None
        read, blank = found, values.is_null()
    if read.filter(~blank).null_count():
        return None
    return np.unique(read.fill_null(float("-inf")).to_numpy(), return_inverse=True)[1]
