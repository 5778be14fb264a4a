"""What privacy models cost: the time of one count over all classes, as a ratio to that of k-anonymity.

Run: python benchmarks/models.py
"""

import resource
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl

from igmap.anonymisation.groups import Groups
from igmap.anonymisation.models import Measured, fitted, model_of
from igmap.anonymisation.tuples import Numbers, People, Told, Tuples

TIMES = 2
POPULATION = {"source": "population"}
HIERARCHY = {"intervals": [5, 50]}
SETTINGS: list[Mapping[str, Any]] = [
    {"model": "k_anonymity", "k": 5},
    {"model": "average_risk", "risk": 0.05},
    {"model": "k_map", "k": 5, "population": POPULATION},
    {"model": "delta_presence", "high": 0.5, "population": POPULATION},
    {"model": "distinct_l", "column": "value", "l": 2},
    {"model": "entropy_l", "column": "value", "l": 2},
    {"model": "recursive_l", "column": "value", "c": 2, "l": 2},
    {"model": "t_closeness", "column": "value", "t": 0.2},
    {"model": "t_closeness", "column": "value", "t": 0.2, "distance": "ordered"},
    {"model": "t_closeness", "column": "value", "t": 0.2, "distance": "hierarchical", "hierarchy": HIERARCHY},
    {"model": "beta_likeness", "column": "value", "beta": 1},
    {"model": "delta_disclosure", "column": "value", "delta": 1},
]


def drawn(tuples: int, values: int, *, rows: int, several: bool) -> Tuples:
    """Tuples of drawn records, one person each or one for ten records.

    Args:
        tuples: how many.
        values: of the sensitive column, the first ones more frequent.
        rows: records.
        several: whether persons have ten records.
    """
    draw = np.random.default_rng(7)
    tuple_of, person = draw.integers(0, tuples, rows), np.arange(rows) // (10 if several else 1)
    value = (values * draw.random(rows) ** 2).astype(np.int64)
    items, item_of = np.unique(tuple_of * values + value, return_inverse=True)
    shares = np.bincount(value, minlength=values) / rows
    texts = pl.Series([str(number) for number in range(values)])
    told = Told("value", texts, items // values, items % values, _people(item_of, len(items), person), shares)
    people = _people(tuple_of, tuples, person)
    counted = np.bincount(tuple_of, minlength=tuples)
    return Tuples(np.arange(tuples).reshape(-1, 1), counted, people, int(person[-1]) + 1, (told,), people)


def _people(items: Numbers, count: int, person: Numbers) -> People:
    pairs = np.unique(items * (person[-1] + 1) + person)
    item, who = pairs // (person[-1] + 1), pairs % (person[-1] + 1)
    often = (np.bincount(who) > 1)[who]
    alone = np.bincount(item[~often], minlength=count)
    return People(alone, np.stack([item[often], who[often]]), int(person[-1]) + 1)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of some runs."""
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def measure(tuples: Tuples, classes: int) -> None:
    """Print milliseconds and ratio of every model."""
    numbers = np.arange(len(tuples.rows)) % classes
    models: tuple[Measured, ...] = fitted([model_of(settings) for settings in SETTINGS], tuples, [])[: len(SETTINGS)]
    base = 0.0
    for model, settings in zip(models, SETTINGS, strict=True):
        taken = seconds(lambda model=model: model.met(Groups(tuples, numbers, classes)))  # type: ignore[misc] # bound now
        base = base or taken
        name = f"{settings['model']} {settings.get('distance', '')}"
        print(f"{name:<28}{taken * 1000:>10.1f} ms{taken / base:>10.1f} x k")


def main() -> None:
    """Small and large, each record a person or ten records to a person."""
    for tuples, values, classes in ((20_000, 14, 20_000), (1_000_000, 1_000, 1_000_000), (1_000_000, 1_000, 1_000)):
        for several in (False, True):
            rows = 2 * tuples
            who = "ten of each person" if several else "each a person"
            print(f"{rows} records, {who}, {tuples} tuples in {classes} classes, {values} values")
            measure(drawn(tuples, values, rows=rows, several=several), classes)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
