"""Steps that give a cell a value of somebody else: post-randomisation and rank swapping."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import as_dates, as_numbers, filled
from igmap.engine.lookups import Exchanged, Swapped
from igmap.errors import PlanError

MOST_CATEGORIES = 100_000
ALIASES = pa.schema(
    [("place", pa.int64()), ("threshold", pa.float64()), ("label", pa.string()), ("other", pa.string())]
)


def pram(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """Post-randomisation, `{pram: 0.2}`: the expected share of the cells that gets another value of the column.

    A cell is redrawn from one distribution, whatever it was: from all values alike, or, `invariant`, from the
    distribution of the column itself, which is then expected to stay as it is (the transition matrix is
    (1 - q) I + q 1 t', so that t' P = t'). How often it is redrawn follows from the share that is to change.

    Source: Gouweleeuw et al. 1998, "Post randomisation for statistical disclosure control", Journal of Official
    Statistics 14(4).
    """
    values, weights = _categories(bench, column)
    if not settings["invariant"]:
        weights = [1.0] * len(values)
    held = _rows_at(weights) if settings["invariant"] else 1 / max(len(values), 1)
    redrawn = settings["share"] / (1 - held) if held < 1 else float("inf")
    if values and redrawn > 1:
        raise PlanError(
            f"{bench.named(column)}: at most {1 - held:.0%} of its cells can change, with its {len(values)} different "
            "values; lower 'share'"
        )
    if values:
        table = bench.table(iter([aliases(values, weights)]), ALIASES)
        bench.add(Exchanged((column,), table, len(values), redrawn, bench.draw(column, "pram", settings["per"])))
    return {"categories": len(values)}


def _categories(bench: Bench, column: str) -> tuple[list[str], list[float]]:
    """The different values and their rows, in order of value."""
    rows: dict[str, int] = {}
    for frame in filled(bench, bench.look([column]), column):
        rows.update(zip(frame["value"].to_list(), frame["rows"].to_list(), strict=True))
        if len(rows) > MOST_CATEGORIES:
            raise PlanError(
                f"{bench.named(column)}: pram is for categories, and it has more than {MOST_CATEGORIES} different "
                "values; generalise it first, or use microaggregate or noise"
            )
    values = sorted(rows)
    return values, [float(rows[value]) for value in values]


def _rows_at(weights: Sequence[float]) -> float:
    """The chance that a value is redrawn as itself."""
    total = sum(weights) or 1.0
    return sum((weight / total) ** 2 for weight in weights)


def aliases(values: Sequence[str], weights: Sequence[float]) -> pa.RecordBatch:
    """The table by which one draw, even over its rows, gives each value by its weight (Walker 1977; Vose 1991)."""
    scaled = [weight * len(weights) / sum(weights) for weight in weights]
    thresholds, others = [1.0] * len(values), list(values)
    small = [place for place, weight in enumerate(scaled) if weight < 1]
    large = [place for place, weight in enumerate(scaled) if weight >= 1]
    while small and large:
        low, high = small.pop(), large[-1]
        thresholds[low], others[low] = scaled[low], values[high]
        scaled[high] -= 1 - scaled[low]
        if scaled[high] < 1:
            small.append(large.pop())
    return pa.record_batch([range(len(values)), thresholds, list(values), others], schema=ALIASES)


def rank_swap(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """Values swapped with neighbours, `{rank_swap: 0.05}`: at most that share of the ranks away.

    What is swapped is a value of a person, however many records have it; with `per: record`, that of a record. The
    values stay the same as a whole, so that every extreme is still there.

    Source: Moore 1996, "Controlled data-swapping techniques for masking public use microdata sets", US Bureau of the
    Census. Partners are drawn inside blocks of ranks, which keeps the distance and is one pass.
    """
    dates, decimals = settings["of"] == "dates", None
    if dates:
        as_dates(bench, column, settings)
    else:
        decimals = as_numbers(bench, column, settings)
    look, target = bench.look([column]), bench.fresh()
    draw = bench.draw(column, "rank_swap", settings["per"])
    values = bench.engine.swap(look, target, column, draw, share=settings["share"])
    if values and int(settings["share"] * values) < 1:
        raise PlanError(
            f"{bench.named(column)}: {settings['share']:g} of {values} ranks is less than one; raise 'share', or every "
            "value stays where it is"
        )
    bench.add(Swapped((column,), target, draw.per))
    if decimals is None:
        bench.dated.add(column)
    else:
        bench.decimals[column] = decimals
    return {"values": values}
