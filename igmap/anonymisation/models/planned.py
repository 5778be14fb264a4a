"""Models as a plan names them, and what they ask in words."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from math import inf
from typing import Any

from igmap.anonymisation.models.average_risk import AverageRisk
from igmap.anonymisation.models.beta_likeness import BetaLikeness
from igmap.anonymisation.models.delta_disclosure import DeltaDisclosure
from igmap.anonymisation.models.delta_presence import DeltaPresence
from igmap.anonymisation.models.distinct_l import DistinctL
from igmap.anonymisation.models.entropy_l import EntropyL
from igmap.anonymisation.models.hierarchical_t import HierarchicalT
from igmap.anonymisation.models.k_anonymity import KAnonymity
from igmap.anonymisation.models.k_map import KMap
from igmap.anonymisation.models.model import Measured
from igmap.anonymisation.models.ordered_t import OrderedT
from igmap.anonymisation.models.recursive_l import RecursiveL
from igmap.anonymisation.models.t_closeness import EqualT
from igmap.anonymisation.population import Population
from igmap.errors import PlanError, nearest
from igmap.vocabulary import load_yaml

MODELS: dict[str, type[Measured]] = {
    "k_anonymity": KAnonymity,
    "k_map": KMap,
    "delta_presence": DeltaPresence,
    "distinct_l": DistinctL,
    "entropy_l": EntropyL,
    "recursive_l": RecursiveL,
    "t_closeness": EqualT,
    "beta_likeness": BetaLikeness,
    "delta_disclosure": DeltaDisclosure,
    "average_risk": AverageRisk,
}
DISTANCES: dict[str, type[Measured]] = {"equal": EqualT, "ordered": OrderedT, "hierarchical": HierarchicalT}
NAMES = {kind: name for name, kind in MODELS.items()} | {
    OrderedT: "t_closeness_ordered",
    HierarchicalT: "t_closeness_hierarchical",
}
RANGES: dict[str, tuple[float, float]] = {
    "k": (2, inf),
    "l": (2, inf),
    "c": (0, inf),
    "t": (0, 1),
    "beta": (0, inf),
    "delta": (0, inf),
    "low": (0, 1),
    "high": (0, 1),
    "risk": (0, 1),
}
MAY_BE_LOWEST = {"k", "l", "t", "low"}  # of the others the lowest figure is no condition, or one nobody meets
FOUND = {"places", "least"}  # fields that igmap fills in


def model_of(settings: Mapping[str, Any]) -> Measured:
    """The model that a plan asks for.

    Args:
        settings: `model`, a name out of MODELS, and what it needs.

    Raises:
        PlanError: an unknown model, an unknown or missing key, or a figure out of range.

    Example:
        >>> model_of({"model": "distinct_l", "column": "occupation", "l": 2})
        DistinctL(column='occupation', l=2)
    """
    given = {key: value for key, value in settings.items() if key != "model"}
    name = str(settings.get("model", ""))
    if name not in MODELS:
        raise PlanError(f"unknown model {name!r}{nearest(name, MODELS)}; there are {', '.join(MODELS)}")
    kind: type[Any] = MODELS[name]
    if name == "t_closeness":
        distance = str(given.pop("distance", "equal"))
        if distance not in DISTANCES:
            raise PlanError(
                f"{name}: unknown distance {distance!r}{nearest(distance, DISTANCES)}; choose {', '.join(DISTANCES)}"
            )
        kind = DISTANCES[distance]
    model: Measured = _made(kind, given, name)
    if isinstance(model, DeltaPresence) and model.low > model.high:
        raise PlanError(f"{name}: low must not be above high")
    return model


def described(model: Measured, language: str) -> str:
    """What a model asks, in Dutch (nl) or English (en)."""
    words: str = load_yaml("igmap.anonymisation.models", "texts.yaml")[NAMES[type(model)]][language]
    return words.format(**{entry.name: getattr(model, entry.name) for entry in fields(model)})  # type: ignore[arg-type] # every model is a dataclass


def _made(kind: type[Any], given: Mapping[str, Any], place: str) -> Any:
    """A dataclass from what a plan says, its keys and figures checked."""
    known = {entry.name: entry for entry in fields(kind) if entry.name not in FOUND}
    for key in given:
        if key not in known:
            raise PlanError(f"{place}: unknown key {str(key)!r}{nearest(str(key), known)}; it takes {', '.join(known)}")
    for key, entry in known.items():
        if key not in given and entry.default is MISSING and entry.default_factory is MISSING:
            raise PlanError(f"{place}: says no {key!r}; it takes {', '.join(known)}")
    return kind(**{key: _checked(known[key].type, value, f"{place}: {key}") for key, value in given.items()})


def _checked(kind: Any, value: Any, place: str) -> Any:
    """A setting in the type that its field has."""
    if kind in {int, float}:
        return _figure(kind, value, place)
    if kind == tuple[str | None, ...]:
        return _order(value, place)
    if kind in {str, bool}:
        if not isinstance(value, kind):
            raise PlanError(f"{place} must be {'a name' if kind is str else 'true or false'}")
        return value
    if not isinstance(value, Mapping):
        raise PlanError(f"{place} must be a mapping of settings")
    return _made(Population, value, place) if kind is Population else value


def _order(value: Any, place: str) -> tuple[str | None, ...]:
    if not isinstance(value, list | tuple) or len(set(map(str, value))) < len(value):
        raise PlanError(f"{place} must be a list of different values, from low to high")
    return tuple(None if one is None else str(one) for one in value)


def _figure(kind: type[int] | type[float], value: Any, place: str) -> Any:
    name = place.rpartition(" ")[2]
    low, high = RANGES[name]
    whole = isinstance(value, int) and not isinstance(value, bool)
    fits = whole or (kind is float and isinstance(value, float))
    if not fits or not low <= value <= high or value == inf or (value == low and name not in MAY_BE_LOWEST):
        lowest = f"{low:g} or more" if name in MAY_BE_LOWEST else f"above {low:g}"
        bounds = f"{lowest}, at most {high:g}" if high < inf else lowest
        raise PlanError(f"{place} must be a {'whole ' if kind is int else ''}number, {bounds}")
    return value
