"""The conditions of a plan besides k, recounted from the written file as their papers define them.

Persons count once per class and value; shares of the whole are those of the source.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import polars as pl

UNCOUNTED = -1.0
CLOSE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Recounted:
    """A column as it is told by the classes of a release.

    Args:
        held: `class`, `value`, `n` persons, `p` share within the class and `q` share in the source.
        overall: `value` and `q` of the source.
    """

    held: pl.DataFrame
    overall: pl.DataFrame

    def per_class(self, figure: pl.Expr) -> pl.Series:
        """A figure per class."""
        return self.held.group_by("class").agg(figure.alias("figure"))["figure"]


def recounted(rows: pl.DataFrame, overall: pl.DataFrame) -> Recounted:
    """A column as it is told by the classes of a release.

    Args:
        rows: `class`, `value` and `person` of each released row.
        overall: `value` and `persons` of the source.
    """
    shares = overall.select("value", q=pl.col("persons") / pl.col("persons").sum())
    held = rows.unique().group_by("class", "value").agg(n=pl.len())
    held = held.with_columns(p=pl.col("n") / pl.col("n").sum().over("class"))
    return Recounted(held.join(shares, on="value", how="left", nulls_equal=True), shares)


def _distinct(told: Recounted, _: Mapping[str, Any]) -> float:
    return _least(told.per_class(pl.len().cast(pl.Float64)))


def _entropy(told: Recounted, _: Mapping[str, Any]) -> float:
    return _least(told.per_class((-(pl.col("p") * pl.col("p").log()).sum()).exp()))


def _recursive(told: Recounted, settings: Mapping[str, Any]) -> float:
    rest = pl.col("n").sort(descending=True).slice(int(settings["l"]) - 1).sum()
    return _most(told.per_class(pl.when(rest > 0).then(pl.col("n").max() / rest).otherwise(inf)))


def _closeness(told: Recounted, settings: Mapping[str, Any]) -> float:
    distance = settings.get("distance", "equal")
    if distance == "equal":
        gap = (pl.col("p") - pl.col("q")).abs() - pl.col("q")
        return _most(told.per_class(0.5 * (1 + gap.sum())))
    order = _ordered(told.overall["value"], settings.get("order")) if distance == "ordered" else None
    if order is None:
        return UNCOUNTED
    every = told.held.select("class").unique().join(told.overall.with_columns(at=order), how="cross")
    known = every.join(told.held.select("class", "value", "p"), on=["class", "value"], how="left", nulls_equal=True)
    gaps = known.sort("class", "at").select(
        "class", gap=(pl.col("p").fill_null(0.0) - pl.col("q")).cum_sum().over("class").abs()
    )
    return _most(gaps.group_by("class").agg(figure=pl.col("gap").sum() / max(len(order) - 1, 1))["figure"])


def _ordered(values: pl.Series, order: Sequence[str] | None) -> pl.Series | None:
    """The place of each value in its order; None when it has none that is known here."""
    if order:
        places = {str(value): at for at, value in enumerate(order)}
        found = [places.get(value) for value in values.to_list()]
        return None if None in found else pl.Series(found, dtype=pl.Int64)
    for read in (
        values.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False),
        values.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).dt.epoch("d").cast(pl.Float64),
    ):
        if not read.null_count():
            return read.rank("dense").cast(pl.Int64)
    return None


def _likeness(told: Recounted, settings: Mapping[str, Any]) -> float:
    beta = float(settings["beta"])
    bound = pl.min_horizontal(pl.lit(beta), -pl.col("q").log()) if settings.get("enhanced", True) else pl.lit(beta)
    gain = (pl.col("p") - pl.col("q")) / pl.col("q")
    relative = told.held.filter(pl.col("p") > pl.col("q")).select(pl.when(gain > 0).then(gain / bound * beta))
    return _most(relative.to_series())


def _disclosure(told: Recounted, _: Mapping[str, Any]) -> float:
    lacking = told.held.group_by("class").len()["len"] < told.overall.height
    if bool(lacking.any()):
        return inf
    return _most(told.held.select((pl.col("p") / pl.col("q")).log().abs()).to_series())


AT_LEAST: dict[str, tuple[str, Callable[[Recounted, Mapping[str, Any]], float]]] = {
    "distinct_l": ("l", _distinct),
    "entropy_l": ("l", _entropy),
}
AT_MOST: dict[str, tuple[str, Callable[[Recounted, Mapping[str, Any]], float]]] = {
    "recursive_l": ("c", _recursive),
    "t_closeness": ("t", _closeness),
    "beta_likeness": ("beta", _likeness),
    "delta_disclosure": ("delta", _disclosure),
}


def judged(
    settings: Mapping[str, Any], told: Mapping[str, Recounted], persons: pl.Series
) -> tuple[str, float, float, bool]:
    """A condition of the plan: its name, what was asked, what was found, and whether it holds.

    What cannot be recounted here does not hold.

    Args:
        settings: as the plan says.
        told: the columns that classes tell.
        persons: of each class.
    """
    model, column = str(settings["model"]), str(settings.get("column", ""))
    name = f"{model}({column})" if column else model
    if model == "average_risk":
        found = len(persons) / max(float(persons.sum()), 1.0)
        return name, float(settings["risk"]), found, found <= float(settings["risk"]) + CLOSE
    least, most = AT_LEAST.get(model), AT_MOST.get(model)
    if column not in told or not (least or most):
        return name, 0.0, UNCOUNTED, False
    key, count = least or most or ("", _distinct)
    asked, found = float(settings[key]), count(told[column], settings)
    holds = found >= asked - CLOSE if least else found <= asked + CLOSE
    return name, asked, found, holds and found != UNCOUNTED


def _least(figures: pl.Series) -> float:
    return float(min(figures.to_list(), default=0.0))


def _most(figures: pl.Series) -> float:
    return float(max((figure for figure in figures.to_list() if figure is not None), default=0.0))
