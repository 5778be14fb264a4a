"""What a class gives away of a column to an attacker who knows all quasi-identifiers: nobody has to be singled out.

Homogeneity: everybody in the class has one value. Skewness: a value is far likelier in the class than in the whole.
Similarity: the values differ, but by so little that it does not matter.

For columns of the role sensitive they are held against limits, which the plan may set (`thresholds`). The defaults:
nobody in a class with a single value, or with values that lie close together (0), because such a class says for sure
what nobody may learn; and no value of which a class takes away more than half of the doubt (0.5: 1 - p is at least half
of 1 - q), because then it is rather known than not, however rare or common it is elsewhere. A column with one value
everywhere tells nobody anything. Measures are what the release is for: their figures are told.

Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302 (homogeneity); Li et al. 2007,
doi:10.1109/ICDE.2007.367856 (skewness, similarity).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
import polars as pl

from igmap.release.attacks.attack import DIGITS, Attack, counted, limited
from igmap.release.attacks.covering import codes
from igmap.release.attacks.crowd import classes, coded, released
from igmap.release.attacks.target import WHO, Target
from igmap.release.ncp import positions
from igmap.release.staged import Labels
from igmap.release.told import CLASS

Places: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Near: TypeAlias = Sequence[tuple[Places, bool]]  # of each different value a place on a scale, or (True) a label

LIMITS = {"homogeneity": 0.0, "skewness": 0.5, "similarity": 0.0}
SHARE = 0.05  # of the range, or of the values of a hierarchy
MIDDLE: tuple[tuple[float, Literal["lower", "higher"]], ...] = (
    (0.01, "lower"),
    (0.99, "higher"),
)  # the range lies between: a single outlier would make all others seem alike
KNOWS = "the attacker knows that the person is in the release, and all quasi-identifiers; "
CONTROL = "control: the same when the values are dealt to the rows at random; exact"
METHODS = {
    "homogeneity": "share of persons (counted once per class) in classes with a single value, blank or not; ",
    "skewness": "largest (p - q) / (1 - q) of any value in any class, p its share there and q in the release; ",
    "similarity": "share of persons (counted once per class) in classes whose values all lie within 5 % of the range "
    "(of the middle 98 % of the persons), or that share a label for at most 5 % of the values of their hierarchy; ",
}


def giving_away(target: Target) -> Iterator[tuple[str, Attack]]:
    """Homogeneity, skewness and, where values lie on a scale or in a hierarchy, similarity of each column."""
    rows = told_rows(target)
    for column in target.told if rows.height else ():
        dealt = rows[column].sample(fraction=1, shuffle=True, seed=target.seed)
        near = _near(target, column)
        sides = (_held(rows, values, single=target.single) for values in (rows[column], dealt))
        found, control = (_figures(one, near, single=target.single) for one in sides)
        for name, risk in found.items():
            baseline = 0.0 if name == "skewness" else commonest(rows[column])
            attack = counted(risk, control[name], METHODS[name] + KNOWS + CONTROL, baseline=baseline)
            limit = target.limits.get(name, LIMITS[name]) if column in target.sensitive else None
            yield f"{name}({column})", limited(attack, limit)


def told_rows(target: Target) -> pl.DataFrame:
    r"""Who stands in each row (`\0who`), in which `\0class`, and what it tells; all coded."""
    rows = released(target)[0]
    told = rows.select(WHO, *target.told)
    if target.together is not None:
        told = told.with_columns(coded(target.together.to_frame(CLASS))[0])
    else:
        told = told.with_columns(pl.Series(CLASS, classes(target), dtype=pl.Int32))
    return told


def commonest(values: pl.Series) -> float:
    """Share of the rows with the commonest value: what a guess gets right."""
    return round(int(np.bincount(values.to_numpy()).max()) / len(values), DIGITS)


def _held(rows: pl.DataFrame, values: pl.Series, *, single: bool) -> pl.DataFrame:
    """The different `class`, `value` and `who`."""
    held = rows.select(who=WHO, **{"class": CLASS}).with_columns(value=values)
    return held if single else held.unique()


def _figures(held: pl.DataFrame, near: Near, *, single: bool) -> dict[str, float]:
    """The figures by name, each 0 for a column with a single value; similarity where there is a scale or kin."""
    there = held.group_by("class", "value").len("n")
    each = there.group_by("class").agg(pl.col("n").sum().alias("who"), single=pl.len() == 1)
    persons = (
        each if single else held.group_by("class").agg(pl.col("who").n_unique()).join(each.drop("who"), on="class")
    )
    everybody = max(int(persons["who"].sum()), 1)
    found = {
        "homogeneity": int(persons.filter("single")["who"].sum()) / everybody,
        "skewness": _gain(there, (held if single else held.select("value", "who").unique())["value"]),
    }
    if near:
        alike = _alike(held, near).join(persons, on="class")
        found["similarity"] = int(alike.filter(pl.col("alike") | pl.col("single"))["who"].sum()) / everybody
    several = held["value"].n_unique() > 1
    return {name: round(figure, DIGITS) if several else 0.0 for name, figure in found.items()}


def _gain(there: pl.DataFrame, values: pl.Series) -> float:
    """The largest (p - q) / (1 - q), a person counting once per value.

    Args:
        there: `n` persons of each `class` and `value`.
        values: of each person in the release.
    """
    whole = values.value_counts(name="all").with_columns(q=pl.col("all") / pl.col("all").sum())
    there = there.with_columns(p=pl.col("n") / pl.col("n").sum().over("class"))
    gains = there.join(whole.filter(pl.col("q") < 1), on="value").select(
        (pl.col("p") - pl.col("q")) / (1 - pl.col("q"))
    )
    return float(gains.to_series().to_numpy().max(initial=0.0))


def _alike(held: pl.DataFrame, near: Near) -> pl.DataFrame:
    """Whether the values of each `class` lie together, by any of the readings."""
    told, ways = held.select("class", "who"), []
    for number, (places, labels) in enumerate(near):
        name = str(number)
        told = told.with_columns(pl.Series(name, places[held["value"].to_numpy()]).fill_nan(None))
        if labels:
            ways.append(pl.col(name).n_unique() == 1)
            continue
        low, high = (told[name].quantile(at, how) for at, how in MIDDLE)
        spread = pl.col(name).max() - pl.col(name).min()
        ways.append((pl.col(name).null_count() == 0) & (spread <= SHARE * ((high or 0.0) - (low or 0.0))))
    return told.group_by("class").agg(alike=pl.any_horizontal(ways))


def _near(target: Target, column: str) -> Near:
    """In which ways values are near each other: their places on a scale, or labels that they share."""
    cells = target.released[column].unique(maintain_order=True).cast(pl.String)
    order = {None if value is None else str(value): float(at) for at, value in enumerate(target.orders.get(column, ()))}
    placed = positions(cells)
    if order:
        placed = pl.Series([order.get(cell) for cell in cells.to_list()], dtype=pl.Float64)
    ways = [] if placed is None else [(placed.to_numpy(), False)]
    labels = target.kinships.get(column)
    return [*ways, *(() if labels is None else _kin(labels, cells))]


def _kin(labels: Labels, cells: pl.Series) -> Iterator[tuple[Places, bool]]:
    """Of each level the labels, where they cover few values; the value itself where they cover more."""
    for level in range(1, labels.shape[1]):
        covering = Counter(labels[:, level].tolist())
        close = {label for label, many in covering.items() if many - 1 <= SHARE * (len(labels) - 1)}
        told = {leaf: f"{level} {label}" for leaf, label in labels[:, [0, level]].tolist() if label in close}
        texts = pl.Series([told.get(cell, f"0 {cell}") for cell in cells.to_list()])
        yield codes(texts).astype(np.float64), True
