"""Privacy models by their definitions, in the plainest Python: what the vectorised ones must agree with."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import log
from typing import TYPE_CHECKING, Any, cast

import networkx as nx
import numpy as np
import polars as pl
import pyarrow as pa

from igmap.anonymisation.groups import Groups
from igmap.anonymisation.models import Measured, model_of
from igmap.anonymisation.population import united
from igmap.anonymisation.tuples import Tuples, read_tuples

if TYPE_CHECKING:
    from igmap.engine import Engine

Record = tuple[str, str | None, str | None]  # quasi-identifier, sensitive value, person
Member = tuple[str, str | None]  # quasi-identifier, person
Pairs = list[str | None]  # the value of every different (person, value)
POPULATION = {"source": "population"}
HIERARCHY = {"intervals": [2, 4]}

CASES: dict[str, Measured] = {
    "k": model_of({"model": "k_anonymity", "k": 2}),
    "k-map": model_of({"model": "k_map", "k": 3, "population": POPULATION}),
    "presence": model_of({"model": "delta_presence", "low": 0.3, "high": 0.75, "population": POPULATION}),
    "distinct": model_of({"model": "distinct_l", "column": "s", "l": 3}),
    "entropy": model_of({"model": "entropy_l", "column": "s", "l": 2}),
    "recursive": model_of({"model": "recursive_l", "column": "s", "c": 1.5, "l": 2}),
    "equal": model_of({"model": "t_closeness", "column": "s", "t": 0.4}),
    "ordered": model_of({"model": "t_closeness", "column": "s", "t": 0.25, "distance": "ordered"}),
    "hierarchical": model_of(
        {"model": "t_closeness", "column": "s", "t": 0.3, "distance": "hierarchical", "hierarchy": HIERARCHY}
    ),
    "basic": model_of({"model": "beta_likeness", "column": "s", "beta": 1, "enhanced": False}),
    "enhanced": model_of({"model": "beta_likeness", "column": "s", "beta": 1}),
    "disclosure": model_of({"model": "delta_disclosure", "column": "s", "delta": 1}),
}


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts records in plain Python, as an engine does."""

    records: Sequence[Sequence[str | None]]

    def distinct(self, _table: str, columns: Sequence[str], **_settings: str) -> pa.Table:
        """Distinct tuples of the columns c1, c2 … with their counts."""
        places = [int(column[1:]) - 1 for column in columns]
        counted = Counter(tuple(record[place] for place in places) for record in self.records)
        texts = [pa.array(column, pa.string()) for column in zip(*counted, strict=True)]
        rows = pa.array(counted.values(), pa.int64())
        return pa.table([*texts, rows, rows], names=[*columns, "rows", "persons"])

    def behind(self, table: str, columns: Sequence[str], person: str) -> tuple[pa.Table, pa.Table]:
        """The same with the persons who have one record, and the tuples of the others."""
        at = int(person[1:]) - 1
        people = [(record[at] or "").strip().lower() for record in self.records]
        times = Counter(people)
        places = [int(column[1:]) - 1 for column in columns]
        told = [tuple(record[place] for place in places) for record in self.records]
        alone = Counter(one for one, who in zip(told, people, strict=True) if times[who] == 1)
        lines = self.distinct(table, columns).drop_columns(["persons"])
        keys = zip(*(lines[column].to_pylist() for column in columns), strict=True)
        several = {(*one, who) for one, who in zip(told, people, strict=True) if times[who] > 1}
        texts = [pa.array([pair[i] for pair in several], pa.string()) for i in range(len(columns) + 1)]
        counts = pa.array([alone[key] for key in keys])
        return lines.append_column("alone", counts), pa.table(texts, names=[*columns, "who"])


def read(records: Sequence[Record], *, persons: bool = True) -> tuple[Tuples, list[pl.Series]]:
    engine = cast("Engine", Counting(records))
    return read_tuples(engine, "", ["c1"], "c3" if persons else None, sensitive={"s": "c2"})


def grouped(
    records: Sequence[Record],
    *,
    classes: dict[str, int],
    population: Sequence[Member] = (),
    persons: bool = True,
) -> Groups:
    """The classes of records, each of its quasi-identifier's."""
    known = read(records, persons=persons)
    if population:
        others = cast("Engine", Counting(population))
        known = united(*known, *read_tuples(others, "", ["c1"], "c2"))
    tuples, (values,) = known
    numbers = np.array([classes[values[int(leaf)]] for leaf in tuples.leaves[:, 0]], np.int64)
    return Groups(tuples, numbers, max(classes.values()) + 1)


def pairs(records: Iterable[Record]) -> Pairs:
    return [value for _, value in {(person, value) for _, value, person in records}]


def oracle(
    case: str,
    members: Sequence[Record],
    records: Sequence[Record],
    classes: dict[str, int],
    population: Sequence[Member],
) -> bool:
    """Whether a class meets the model of a case."""
    if not members:
        return False
    persons = {person for _, _, person in members}
    here = {person for quasi, person in population if classes[quasi] == classes[members[0][0]]}
    counted = {
        "k": len(persons) >= 2,
        "k-map": len(here) >= 3,
        "presence": Fraction(3, 10) * len(here) <= len(persons) <= Fraction(3, 4) * len(here),
    }
    return counted[case] if case in counted else MEASURES[case](pairs(members), pairs(records))


def _entropy(held: Pairs, _all: Pairs) -> bool:
    shares = [number / len(held) for number in Counter(held).values()]
    return -sum(share * log(share) for share in shares) >= log(2) - 1e-9


def _recursive(held: Pairs, _all: Pairs) -> bool:
    counts = sorted(Counter(held).values(), reverse=True)
    return counts[0] < Fraction(3, 2) * sum(counts[1:])


def _gains(held: Pairs, everything: Pairs) -> list[tuple[float, float]]:
    """(share in the table, relative gain) of every value of the table."""
    shares = [(Fraction(held.count(v), len(held)), Fraction(everything.count(v), len(everything))) for v in everything]
    return [(float(p), float((q - p) / p)) for q, p in shares]


def _disclosure(held: Pairs, everything: Pairs) -> bool:
    ratios = [Fraction(held.count(v) * len(everything), everything.count(v) * len(held)) for v in set(everything)]
    return all(Fraction(1, 2) < ratio < 2 for ratio in ratios)


def distance(held: Pairs, everything: Pairs, cost: Callable[[str | None, str | None], int]) -> Fraction:
    """Earth mover's distance, times the scale of the costs: the cheapest way to carry one heap into the other."""
    ways: Any = nx.DiGraph()
    for value in set(everything):
        ways.add_node(("from", value), demand=-held.count(value) * len(everything))
        ways.add_node(("to", value), demand=everything.count(value) * len(held))
    for one, other in product(set(everything), repeat=2):
        ways.add_edge(("from", one), ("to", other), weight=cost(one, other))
    return Fraction(nx.network_simplex(ways)[0], len(held) * len(everything))


def _equal(held: Pairs, everything: Pairs) -> bool:
    return distance(held, everything, lambda one, other: int(one != other)) <= Fraction(2, 5)


def _ordered(held: Pairs, everything: Pairs) -> bool:
    row = sorted(set(everything), key=lambda value: int(value or 0))
    moved = distance(held, everything, lambda one, other: abs(row.index(one) - row.index(other)))
    return len(row) == 1 or moved / (len(row) - 1) <= Fraction(1, 4)


def _hierarchical(held: Pairs, everything: Pairs) -> bool:
    def labels(value: str | None) -> list[str]:
        steps = [f"{int(value) // width * width} of {width}" for width in (1, 2, 4)] if value else ["", "", ""]
        return [*steps, "*"]

    def cost(one: str | None, other: str | None) -> int:
        levels = enumerate(zip(labels(one), labels(other), strict=True))
        return next(level for level, (here, there) in levels if here == there)

    return distance(held, everything, cost) / 3 <= Fraction(3, 10)


MEASURES: dict[str, Callable[[Pairs, Pairs], bool]] = {
    "distinct": lambda held, _: len(set(held)) >= 3,
    "entropy": _entropy,
    "recursive": _recursive,
    "equal": _equal,
    "ordered": _ordered,
    "hierarchical": _hierarchical,
    "basic": lambda held, everything: all(gain <= 1 for _, gain in _gains(held, everything)),
    "enhanced": lambda held, everything: all(gain <= min(1, -log(p)) + 1e-9 for p, gain in _gains(held, everything)),
    "disclosure": _disclosure,
}
