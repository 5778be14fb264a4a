"""Models held against the data before a search: what contradicts it, and what no recoding can meet."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace
from math import ceil, floor, isfinite, log10
from typing import Any

import numpy as np

from igmap.anonymisation.groups import Groups
from igmap.anonymisation.models.average_risk import AverageRisk
from igmap.anonymisation.models.delta_disclosure import DeltaDisclosure
from igmap.anonymisation.models.delta_presence import DeltaPresence
from igmap.anonymisation.models.distinct_l import DistinctL
from igmap.anonymisation.models.entropy_l import EntropyL
from igmap.anonymisation.models.hierarchical_t import HierarchicalT
from igmap.anonymisation.models.k_anonymity import KAnonymity
from igmap.anonymisation.models.k_map import KMap
from igmap.anonymisation.models.model import CLOSE, Measured, Model
from igmap.anonymisation.models.ordered_t import OrderedT
from igmap.anonymisation.models.planned import RANGES, described
from igmap.anonymisation.models.recursive_l import RecursiveL
from igmap.anonymisation.population import Population
from igmap.anonymisation.tuples import Told, Tuples
from igmap.errors import PlanError, TargetError, nearest

DIGITS, MOST_DIGITS = 3, 9  # of a figure that is proposed or told


def fitted(models: Sequence[Measured], tuples: Tuples, quasi_identifiers: Collection[str]) -> tuple[Measured, ...]:
    """The models with what they take from the data (places in an order or hierarchy), and with what they imply.

    A class that meets entropy or recursive diversity has l values, and one that meets delta-disclosure has all of
    them. These are hereditary where the models themselves are not, so that a search may leave out what fails them.

    Raises:
        PlanError: a sensitive column that is a quasi-identifier too, is not there, or has one value; l above the
            number of its values; k above the number of persons; values without a place in an order; a population
            smaller than the table.
        HierarchyError: a hierarchy cannot place every value.
    """
    ready = tuple(_fitted(model, tuples, quasi_identifiers) for model in models)
    return (*ready, *(implied for model in ready for implied in _implied(model, tuples)))


def _implied(model: Measured, tuples: Tuples) -> Iterator[Measured]:
    if isinstance(model, EntropyL | RecursiveL):
        yield DistinctL(model.column, ceil(model.l - CLOSE))
    if isinstance(model, DeltaDisclosure):
        yield DistinctL(model.column, len(tuples.column(model.column).values))


def _fitted(model: Measured, tuples: Tuples, quasi_identifiers: Collection[str]) -> Measured:
    if model.column:
        told = _sensitive(model.column, tuples, quasi_identifiers)
        if (asked := getattr(model, "l", 0)) > len(told.values):
            raise PlanError(
                f"column {model.column!r}: l = {asked:g}, but it has {len(told.values)} different values, a blank "
                "counted as one; choose a smaller l"
            )
        return model.fitted(told) if isinstance(model, OrderedT | HierarchicalT) else model
    if isinstance(model, KMap | DeltaPresence):
        _check_population(model.population, tuples)
    if isinstance(model, KAnonymity) and model.k > tuples.persons:
        raise PlanError(f"k = {model.k}, but there are {tuples.persons} persons; choose a smaller k or a larger table")
    return model


def _check_population(population: Population, tuples: Tuples) -> None:
    """Refuse a population with fewer persons than the table, who all belong to it."""
    behind = tuples.population
    persons = int(behind.per(np.zeros(len(tuples.rows), np.int64), 1)[0]) if behind else tuples.persons
    if persons < tuples.persons:
        raise PlanError(
            f"population {population.source}: has {persons} persons, but the table {tuples.persons}; give a population "
            "to which all of these belong, or leave the model out"
        )


def _sensitive(field: str, tuples: Tuples, quasi_identifiers: Collection[str]) -> Told:
    known = {told.field: told for told in tuples.told}
    if field in quasi_identifiers:
        raise PlanError(
            f"column {field!r}: is sensitive in a model and a quasi-identifier too; what others know is no secret, "
            "choose one of the two"
        )
    if field not in known:
        raise PlanError(f"column {field!r}: a model asks about it, but it is not kept{nearest(field, known)}")
    values = known[field].values
    if len(values) == 1:
        what = "holds blanks only" if values.null_count() else "has the same value in every record"
        raise PlanError(f"column {field!r}: {what}, which tells everybody's value; drop it, and the model")
    return known[field]


def shortfalls(models: Sequence[Measured], tuples: Tuples) -> Iterator[tuple[Measured, str]]:
    """The models that all rows in one class do not meet, each with what is reached and the cheapest that is met.

    For a hereditary model that means that no class of any recoding meets it. Of another a class may, but not all.
    """
    groups = Groups(tuples, np.zeros(len(tuples.rows), np.int64), 1)
    for model in models:
        if not _holds(model, groups):
            figure = float(model.figure(groups)[0])
            easier = _relaxed(model, figure, groups)
            remedy = "; ask " + easier if easier else "; leave the model out"
            yield model, f"{described(model, 'en')}: all rows in one group reach {_apart(model, figure)}{remedy}"


def check_reachable(models: Sequence[Measured], tuples: Tuples, *, suppression: float) -> None:
    """Nothing, if all rows in one class meet the models, or parts of the rows may.

    Args:
        models: that every class has to meet.
        tuples: of the table.
        suppression: share of the rows that may be left out, 0-1.

    Raises:
        TargetError: what no recoding can meet, by how much it is missed, and the cheapest relaxation.
    """
    missed = [said for model, said in shortfalls(models, tuples) if model.hereditary or not suppression]
    if missed:
        raise TargetError("no recoding can meet this: " + "; and ".join(missed))


def population_of(models: Sequence[Model]) -> Population | None:
    """The population table that models count in, if any does.

    Raises:
        PlanError: they name several.
    """
    named = [model.population for model in models if isinstance(model, KMap | DeltaPresence)]
    different = [one for place, one in enumerate(named) if one not in named[:place]]
    if len(different) > 1:
        raise PlanError(f"the models name {len(different)} population tables; give all the same")
    return different[0] if different else None


def mergeable(models: Sequence[Model], tuples: Tuples) -> bool:
    """Whether any two classes that meet the models meet them together, given who stands in several tuples."""
    behind = [tuples.people, *([tuples.population] if tuples.population else [])]
    apart = not any(people.shared.size for people in behind)
    return all(model.hereditary or (model.mergeable and apart) for model in models)


def _holds(model: Measured, groups: Groups) -> bool:
    return bool(model.met(groups)[0]) and (not isinstance(model, AverageRisk) or model.whole(groups))


def _apart(model: Any, figure: float) -> str:
    """A figure with as many digits as it takes not to look like what was asked."""
    asked = {f"{getattr(model, entry.name):g}" for entry in fields(model) if entry.name in RANGES}
    written = [f"{figure:.{digits}g}" for digits in range(DIGITS, MOST_DIGITS + 1)]
    return next((one for one in written if one not in asked), written[-1])


def _relaxed(model: Any, figure: float, groups: Groups) -> str:
    """The nearest setting of one parameter that one class meets, found by trying; "" when there is none."""
    if not isfinite(figure) or figure <= 0:
        return ""
    step = 10.0 ** (floor(log10(figure)) - DIGITS + 1)
    tried = [floor(figure / step) * step, ceil(figure / step) * step, (ceil(figure / step) + 1) * step]
    for name, kind in ((entry.name, entry.type) for entry in fields(model) if entry.name in RANGES):
        low, high = RANGES[name]
        for value in [floor(figure)] if kind is int else tried:
            if low <= value <= high and _holds(replace(model, **{name: value}), groups):
                return f"{name} = {value:.{DIGITS}g}" if kind is float else f"{name} = {value}"
    return ""
