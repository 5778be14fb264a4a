"""The conditions of a plan besides k, recounted from the written files as their papers define them.

Persons count once per class and value, all without a person key as one; shares of the whole are those of the source.
What cannot be recounted here does not hold.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import polars as pl

from igmap.release.distances import furthest

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


@dataclass(frozen=True, slots=True)
class Judged:
    """What was asked, what was found, and whether it holds."""

    name: str
    asked: float
    found: float
    holds: bool


def recounted(held: pl.DataFrame, overall: pl.DataFrame) -> Recounted:
    """A column as it is told by the classes of a release.

    Args:
        held: each `class` and `value` in it, with its `n` persons.
        overall: `value` and `persons` of the source.
    """
    shares = overall.select("value", q=pl.col("persons") / pl.col("persons").sum())
    held = held.sort("class").with_columns(p=pl.col("n") / pl.col("n").sum().over("class"))
    known = held.join(shares, on="value", how="left", nulls_equal=True, maintain_order="left")
    return Recounted(known.with_columns(pl.col("q").fill_null(0.0)), shares)


Count = Callable[[Recounted, Mapping[str, Any]], tuple[float, bool]]


def _distinct(told: Recounted, settings: Mapping[str, Any]) -> tuple[float, bool]:
    found = _least(told.per_class(pl.len()))
    return found, found >= settings["l"]


def _entropy(told: Recounted, settings: Mapping[str, Any]) -> tuple[float, bool]:
    found = _least(told.per_class((-(pl.col("p") * pl.col("p").log()).sum()).exp()))
    return found, found >= settings["l"] - CLOSE


def _recursive(told: Recounted, settings: Mapping[str, Any]) -> tuple[float, bool]:
    rest = pl.col("n").sort(descending=True).slice(int(settings["l"]) - 1).sum()
    each = told.held.group_by("class").agg(most=pl.col("n").max(), rest=rest)
    found = each.select(pl.when(pl.col("rest") > 0).then(pl.col("most") / pl.col("rest")).otherwise(inf)).to_series()
    return _most(found), bool((each["most"] < float(settings["c"]) * each["rest"]).all())


def _closeness(told: Recounted, settings: Mapping[str, Any]) -> tuple[float, bool]:
    found = furthest(told.held, told.overall, settings)
    return (UNCOUNTED, False) if found is None else (found, found <= settings["t"] + CLOSE)


def _likeness(told: Recounted, settings: Mapping[str, Any]) -> tuple[float, bool]:
    """A gain is (p - q)/q; enhanced, that of a value is at most min(beta, -ln q)."""
    beta, enhanced = float(settings["beta"]), settings.get("enhanced", True)
    gained = told.held.filter(pl.col("p") > pl.col("q")).select("q", gain=(pl.col("p") - pl.col("q")) / pl.col("q"))
    bound = pl.min_horizontal(pl.lit(beta), -pl.col("q").log()) if enhanced else pl.lit(beta)
    return _most(gained["gain"]), gained.filter(pl.col("gain") > bound + CLOSE).is_empty()


def _disclosure(told: Recounted, settings: Mapping[str, Any]) -> tuple[float, bool]:
    """|log2(p / q)|, infinite in a class that lacks a value."""
    lacking = told.per_class(pl.len()) < told.overall.height
    found = inf if lacking.any() else _most(told.held.select((pl.col("p") / pl.col("q")).log(2).abs()).to_series())
    return found, found < settings["delta"] - CLOSE


COLUMN: dict[str, tuple[str, Count]] = {
    "distinct_l": ("l", _distinct),
    "entropy_l": ("l", _entropy),
    "recursive_l": ("c", _recursive),
    "t_closeness": ("t", _closeness),
    "beta_likeness": ("beta", _likeness),
    "delta_disclosure": ("delta", _disclosure),
}
POPULATION = {"k_map", "delta_presence"}


def name_of(settings: Mapping[str, Any]) -> str:
    """What a proof calls a condition: `model(column)`, with what tells its variants apart."""
    model, column = str(settings.get("model", "")), settings.get("column")
    distance = settings.get("distance", "equal")
    variant = "" if distance == "equal" else f"_{distance}"
    variant += "" if settings.get("enhanced", True) else "_basic"
    rank = f" l={settings.get('l')}" if model == "recursive_l" else ""
    return f"{model}{variant}({column}){rank}" if column else f"{model}{variant}"


def judged_persons(settings: Mapping[str, Any], persons: pl.Series) -> Judged:
    """A condition on the `persons` of each class alone: k-anonymity, or the average risk."""
    name = name_of(settings)
    if name == "k_anonymity":
        return Judged(name, settings["k"], _least(persons), _least(persons) >= settings["k"])
    found = len(persons) / max(float(persons.sum()), 1.0)
    return Judged(name, float(settings["risk"]), found, found <= float(settings["risk"]) + CLOSE)


def judged_column(settings: Mapping[str, Any], told: Recounted | None) -> Judged:
    """A condition on a column that classes tell; None where the release does not hold it."""
    key, count = COLUMN[str(settings["model"])]
    found, holds = (UNCOUNTED, False) if told is None else count(told, settings)
    return Judged(name_of(settings), float(settings[key]), found, holds)


def judged_population(settings: Mapping[str, Any], counts: pl.DataFrame | None) -> Iterator[Judged]:
    """A condition on the `persons` of each class and the `population` that its labels cover, or `most` of it."""
    if settings["model"] == "k_map":
        found = UNCOUNTED if counts is None else _least(counts["population"])
        yield Judged("k_map", settings["k"], found, found >= settings["k"])
        return
    low, high = float(settings.get("low", 0)), float(settings["high"])
    least, most = UNCOUNTED, UNCOUNTED
    if counts is not None:
        least, most = _least(counts["persons"] / counts["most"]), _most(counts["persons"] / counts["population"])
    yield Judged("delta_presence_low", low, least, least >= low - CLOSE)
    yield Judged("delta_presence_high", high, most, counts is not None and most <= high + CLOSE)


def _least(figures: pl.Series) -> float:
    return float(min(figures.to_list(), default=0.0))


def _most(figures: pl.Series) -> float:
    return float(max(figures.to_list(), default=0.0))
