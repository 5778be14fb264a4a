"""What a plan asks of a release as a whole: what was asked, what was found, and what of it does not hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from igmap.release.attacks.classes import Told
from igmap.release.classes import class_sizes, smallest
from igmap.release.conditions import (
    CLOSE,
    COLUMN,
    POPULATION,
    UNCOUNTED,
    Judged,
    Recounted,
    judged_column,
    judged_persons,
    judged_population,
    name_of,
    recounted,
)
from igmap.release.lost import Counted
from igmap.release.population import covered
from igmap.release.told import persons_per_combination
from igmap.sources import Exports

DIGITS = 12  # beyond them the order of a sum shows, and the same release is to have the same figures


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What was asked and found, under the same names, and which do not hold."""

    asked: dict[str, int | float]
    found: dict[str, int | float]
    unmet: tuple[str, ...]

    def with_more(self, other: "Thresholds") -> "Thresholds":
        """These and others, whose names differ."""
        return Thresholds(self.asked | other.asked, self.found | other.found, (*self.unmet, *other.unmet))


def thresholds(exports: Exports, tables: Sequence[Counted], told: Told) -> Thresholds:
    """All that the plan asks, recounted.

    Args:
        exports: hold the population that a condition may ask about.
        tables: of the release.
        told: what the first of them tells.
    """
    asked: dict[str, int | float] = {}
    found: dict[str, int | float] = {}
    unmet = []
    for one in _judged(exports, tables, told):
        number = sum(name.split(" #")[0] == one.name for name in asked)
        name = f"{one.name} #{number + 1}" if number else one.name
        asked[name], found[name] = one.asked, round(one.found, DIGITS)
        unmet += [] if one.holds else [name]
    return Thresholds(asked, found, tuple(unmet))


def _judged(exports: Exports, tables: Sequence[Counted], told: Told) -> Iterator[Judged]:
    first, plan = tables[0], tables[0].staged.plan
    sizes = class_sizes(told.table, told.quasi, told.persons)
    persons = persons_per_combination(first.staged) if first.staged.joined else sizes["persons"]
    yield Judged("k", plan["k"], smallest(persons), smallest(persons) >= plan["k"])
    risk, worst = (plan.get("thresholds") or {}).get("highest_risk"), 1 / max(smallest(persons), 1)
    if risk is not None:
        yield Judged("highest_risk", float(risk), worst, worst <= float(risk) + CLOSE)
    gone, limit = first.gone / max(first.source.rows, 1), plan["suppression_limit"]
    yield Judged("suppression_limit", limit, gone, gone <= limit + CLOSE)
    for number, settings in enumerate(plan.get("models") or (), start=1):
        model = settings.get("model")
        if model in COLUMN:
            laid = {**settings, "labels": first.staged.models.get(number)}
            yield judged_column(laid, _column(first, told, str(settings.get("column"))))
        elif model in POPULATION:
            population: Mapping[str, Any] = settings["population"]
            yield from judged_population(settings, covered(exports, population, first.staged, told.persons))
        elif model in {"k_anonymity", "average_risk"}:
            yield judged_persons(settings, persons)
        else:
            yield Judged(name_of(settings), 0.0, UNCOUNTED, holds=False)


def _column(first: Counted, told: Told, field: str) -> Recounted | None:
    """A released column as the classes tell it."""
    if field not in told.columns:
        return None
    rows = told.table.select(pl.col(*told.quasi).alias("class"), value=field).with_columns(person=told.persons)
    return recounted(rows.unique().group_by("class", "value").agg(n=pl.len()), first.source.pairs(field))
