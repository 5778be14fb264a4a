"""Tables with differential privacy, through opendp: it draws all noise, and says what each figure costs.

A person is protected with all rows: at most `per_person` of them count, chosen by a hash with a key that is drawn for
the release and forgotten, and rows of nobody do not count. Two datasets are neighbours when one lacks all of a person.
Every sum is in whole millionths, so that no error of rounding adds to what a person contributes.

Source: Dwork and Roth 2014, doi:10.1561/0400000042 (Laplace); Rogers 2023, arXiv:2309.09170 (unknown groups); Bun and
Steinke 2016, doi:10.1007/978-3-662-53641-4_24 (zCDP).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from itertools import product
from math import ceil
from typing import Any

import pyarrow as pa

from igmap.anonymisation.statistics.labels import DECIMALS, Label, Labels
from igmap.anonymisation.statistics.specification import WantedTable
from igmap.errors import StatisticsError

UNITS = 10**DECIMALS
MOST = 2**62
HIGHEST_THRESHOLD = 2**30
UNSURE = 0.05  # of a figure, how often it is further off than its accuracy
Group = tuple[Label, ...]
Query = tuple[str, int]  # persons, rows, filled or sum, and the number of the field


@dataclass(frozen=True, slots=True, eq=False)
class Noisy:
    """A table with noise.

    Args:
        groups: that are told.
        figures: of each group, by measure; None for a mean that cannot be told.
        accuracy: by measure: a figure is not further off in 95 of 100 cases; none for means.
    """

    groups: tuple[Group, ...]
    figures: Mapping[str, Sequence[float | None]]
    accuracy: Mapping[str, float]


def check_installed() -> None:
    """Refuse noise of one's own making.

    Raises:
        StatisticsError: opendp is not there.
    """
    if find_spec("opendp") is None:
        raise StatisticsError("epsilon needs opendp, which is not installed: run  pip install 'igmap[dp]'")


def check_noisy(table: WantedTable, labels: Sequence[Labels]) -> None:
    """Refuse groups that follow the data without a delta, before anything is booked.

    Raises:
        StatisticsError: with the fields.
    """
    loose = [field for field, one in zip(table.by, labels, strict=True) if not one.given]
    if loose and not table.protection.delta:
        raise StatisticsError(
            f"table {table.name!r}: the groups of {', '.join(loose)} follow the data; list them (values: […], a "
            "hierarchy file, intervals with bottom and top), or give a delta such as 1e-6"
        )
    for query in _queries(table, labels):
        if _influence(table, query) >= MOST:
            raise StatisticsError(f"table {table.name!r}: bounds are too wide to add up; narrow them")


def cost(table: WantedTable, labels: Sequence[Labels]) -> tuple[float, float]:
    """Epsilon and delta of a table: a delta is used only where groups follow the data."""
    given = all(one.given for one in labels)
    return table.protection.epsilon or 0.0, 0.0 if given else table.protection.delta


def add_noise(table: WantedTable, labels: Sequence[Labels], counted: pa.Table) -> Noisy:
    """Draw the figures of a table whose cost is booked.

    Args:
        table: how it is protected.
        labels: of its groups.
        counted: the groups as the engine counts them when at most `per_person` rows of each person are there.
    """
    queries = list(_queries(table, labels))
    epsilon = (table.protection.epsilon or 0.0) / len(queries)
    exact = _exact(table, counted)
    drawn: dict[Query, list[int]] = {}
    if all(one.given for one in labels):
        groups = list(product(*(one.groups for one in labels)))
    else:
        found = _found(table, exact, epsilon)
        groups = list(found)
        drawn["persons", 0] = [found[group] for group in groups]
    scales = {query: _scale(_influence(table, query), epsilon) for query in queries}
    for query in queries:
        if query not in drawn:
            drawn[query] = _laplace([exact.get(group, {}).get(query, 0) for group in groups], scales[query])
    accuracy = {m.name: _accuracy(scales[q], q) for m, q in _told(table) if not m.mean}
    return Noisy(tuple(groups), {m.name: list(_figures(table, m.name, drawn)) for m in table.measures}, accuracy)


def _told(table: WantedTable) -> Iterator[tuple[Any, Query]]:
    for measure in table.measures:
        number = table.summed.index(measure.field) if measure.field else 0
        yield measure, (measure.count or "sum", number)


def _queries(table: WantedTable, labels: Sequence[Labels]) -> Iterator[Query]:
    """What is asked, each once; persons too where groups follow the data."""
    asked = [query for _, query in _told(table)]
    asked += [("filled", query[1]) for measure, query in _told(table) if measure.mean]
    asked += [] if all(one.given for one in labels) else [("persons", 0)]
    yield from dict.fromkeys(asked)


def _influence(table: WantedTable, query: Query) -> int:
    """How much all figures of a query change together at most when a person is left out (L1)."""
    if query[0] != "sum":
        return table.protection.per_person
    bounds = next(m.bounds for m in table.measures if m.field == table.summed[query[1]] and m.bounds)
    each: int = ceil(max(abs(bounds[0]), abs(bounds[1])) * UNITS)
    return table.protection.per_person * each


def _exact(table: WantedTable, counted: pa.Table) -> dict[Group, dict[Query, int]]:
    rows = counted.to_pylist()
    names = [f"g{i}" for i in range(len(table.by))]
    return {
        tuple(row[name] for name in names): {
            ("persons", 0): row["persons"],
            ("rows", 0): row["rows"],
            **{("filled", i): row[f"filled{i}"] for i in range(len(table.summed))},
            **{("sum", i): int(Decimal(row[f"sum{i}"]) * UNITS) for i in range(len(table.summed))},
        }
        for row in rows
    }


def _figures(table: WantedTable, name: str, drawn: Mapping[Query, Sequence[int]]) -> Iterator[float | None]:
    measure, query = next((m, q) for m, q in _told(table) if m.name == name)
    if measure.count:
        yield from drawn[query]
    elif measure.sum:
        yield from (units / UNITS for units in drawn[query])
    else:
        low, high = measure.bounds
        for units, filled in zip(drawn[query], drawn["filled", query[1]], strict=True):
            yield min(max(units / UNITS / filled, low), high) if filled >= 1 else None


def _space() -> tuple[Any, Any]:
    from opendp import domains, metrics

    _enable()
    return domains.vector_domain(domains.atom_domain(T="i64")), metrics.l1_distance(T="i64")


def _enable() -> None:
    from opendp.mod import enable_features

    enable_features("contrib")


def _scale(influence: int, epsilon: float) -> float:
    """The least noise with which a query costs no more than epsilon."""
    from opendp import measurements, mod

    space = _space()
    found = mod.binary_search_param(
        lambda scale: measurements.make_laplace(*space, scale=scale), d_in=influence, d_out=epsilon
    )
    return float(found)


def _laplace(figures: Sequence[int], scale: float) -> list[int]:
    from opendp import measurements

    drawn: list[int] = measurements.make_laplace(*_space(), scale=scale)(list(figures))
    return drawn


def _found(table: WantedTable, exact: Mapping[Group, Mapping[Query, int]], epsilon: float) -> dict[Group, int]:
    """The groups that enough persons are in to be told at all, with their noisy persons."""
    from opendp import domains, measurements, metrics, mod

    _enable()
    most = table.protection.per_person
    texts, whole = domains.atom_domain(T="String"), domains.atom_domain(T="i64")
    space = domains.map_domain(texts, whole), metrics.l01inf_distance(metrics.absolute_distance(T="i64"))
    scale = _scale(most, epsilon)

    def made(threshold: int) -> Any:
        return measurements.make_laplace_threshold(*space, scale=scale, threshold=threshold)

    threshold = mod.binary_search(
        lambda one: made(one).map((most, most, 1))[1] <= table.protection.delta, bounds=(1, HIGHEST_THRESHOLD), T=int
    )
    persons = {json.dumps(group): figures["persons", 0] for group, figures in exact.items()}
    drawn: dict[str, int] = made(threshold)(persons)
    return {tuple(json.loads(group)): drawn[group] for group in sorted(drawn)}


def _accuracy(scale: float, query: Query) -> float:
    from opendp.accuracy import discrete_laplacian_scale_to_accuracy

    off = float(discrete_laplacian_scale_to_accuracy(scale, UNSURE))
    return off / UNITS if query[0] == "sum" else off


def concentrated(epsilons: Sequence[float], delta: float) -> float:
    """The epsilon that several releases have together at a delta, by zero-concentrated differential privacy."""
    from opendp import combinators, domains, measurements, metrics

    check_installed()
    _enable()
    space = domains.atom_domain(T="i64"), metrics.absolute_distance(T="i64")
    each = [
        combinators.make_pureDP_to_zCDP(measurements.make_laplace(*space, scale=1 / epsilon)) for epsilon in epsilons
    ]
    together = combinators.make_zCDP_to_approxDP(combinators.make_composition(each))
    return float(together.map(1).epsilon(delta))
