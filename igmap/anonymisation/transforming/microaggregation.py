"""Numbers replaced by the mean of a group of k persons with neighbouring values."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.mdav import Crowd, Floats, Numbers, Points, group
from igmap.anonymisation.transforming.reading import as_numbers
from igmap.engine.changes import MOST_DECIMALS
from igmap.engine.lookups import Means
from igmap.errors import PlanError

MORE_DECIMALS = 2  # of a mean than of its numbers


def microaggregate(bench: Bench, columns: Sequence[str], settings: Mapping[str, Any]) -> dict[str, int]:
    """The mean of a group, `{microaggregate: 5}`; columns with the same `group` are taken together.

    Every group holds k different persons. Records in which some of the columns are blank are grouped among those in
    which the same are: a mean over fewer than k persons would tell a value.

    Raises:
        PlanError: fewer than k persons have a value, or the same columns blank.
    """
    own = [as_numbers(bench, column, settings) for column in columns]
    counted = bench.engine.numbers(bench.look(columns), columns, persons=bench.source.person is not None)
    points = _gathered(counted, len(columns))
    labels, total, blank = np.full(points.places.shape, np.nan), 0, np.isnan(points.places)
    for pattern in np.unique(blank[~blank.all(axis=1)], axis=0):
        at = np.flatnonzero((blank == pattern).all(axis=1))
        among = Points(points.places[at][:, ~pattern], points.rows[at], points.crowd.among(at))
        groups = _grouped(bench, columns, among, settings["k"])
        labels[np.ix_(at, ~pattern)] = _means(among, groups)
        total += int(groups.max()) + 1
    decimals = [min(places + MORE_DECIMALS, MOST_DECIMALS) for places in own]
    _look_up(bench, columns, np.hstack([points.places, labels]), decimals)
    return {"groups": total}


def _look_up(bench: Bench, columns: Sequence[str], table: Floats, decimals: Sequence[int]) -> None:
    names = [f"{kind}{place}" for kind in "vl" for place in range(len(columns))]
    cells = [pa.array(cell, from_pandas=True) for cell in table.T]
    batch = pa.record_batch(cells, names=names)
    bench.add(Means(tuple(columns), bench.table(iter([batch]), batch.schema), tuple(decimals)))
    bench.decimals.update(zip(columns, decimals, strict=True))


def _gathered(counted: pa.Table, width: int) -> Points:
    """The distinct points with their rows, and who stands behind them; the table is ordered by point."""
    cells = np.column_stack([counted[f"v{i}"].to_numpy().astype(np.float64) for i in range(width)])
    same = (cells[1:] == cells[:-1]) | (np.isnan(cells[1:]) & np.isnan(cells[:-1]))
    starts = np.concatenate([np.ones(min(len(cells), 1), bool), ~same.all(axis=1)])
    number, times = np.cumsum(starts) - 1, counted["rows"].to_numpy().astype(np.int64)
    rows = np.bincount(number, weights=times).astype(np.int64)
    if "who" in counted.column_names:
        return Points(cells[starts], rows, Crowd.of(number, counted["who"].to_numpy()))
    return Points(cells[starts], rows, Crowd(rows, np.zeros(len(rows) + 1, np.int64), np.zeros(0, np.int64)))


def _grouped(bench: Bench, columns: Sequence[str], points: Points, k: int) -> Numbers:
    if (persons := points.crowd.persons(np.arange(len(points.rows)))) < k:
        where = " where the same columns are blank" if len(columns) > 1 else ""
        named = " and ".join(map(bench.named, columns))
        raise PlanError(
            f"{named}: only {persons} persons have a value{where}, fewer than the {k} of a group; lower 'k', or drop a "
            "column"
        )
    return group(points, k)


def _means(points: Points, groups: Numbers) -> Floats:
    """The mean of the group of each point, by rows."""
    weights = np.bincount(groups, weights=points.rows)
    sums = [np.bincount(groups, weights=column * points.rows) for column in points.places.T]
    return np.column_stack([(total / weights)[groups] for total in sums])
