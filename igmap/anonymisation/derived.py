"""Quasi-identifiers that can be reckoned from each other, found by counting: birth date and age, postcode and place."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pyarrow as pa

from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.tuples import Numbers
from igmap.engine import Engine

CERTAIN = 0.9  # of the error in guessing one column that disappears for who knows the other
ROWS_PER_GROUP = 5  # on average, below which every column seems to follow from every other
MOST_ROWS = 100_000  # that are looked at; of more a sample, the same every time
GRADED = 3  # levels: the value, something between, anything


def followed(engine: Engine, table: str, columns: Mapping[str, tuple[str, Hierarchy]]) -> dict[str, str]:
    """Which columns follow from which, so that both should be generalised together: leader by follower.

    A column follows another when its finest groups can be guessed from the other's nearly without error (Goodman and
    Kruskal's lambda of 0.9 or more, doi:10.1080/01621459.1954.10501231). Columns that only stay or become `*` are left
    alone: they would be lost with the first step of the other. Blanks are values.

    Args:
        engine: holds the table.
        table: its name there.
        columns: engine column and hierarchy, by field.
    """
    graded = {field: one for field, one in columns.items() if one[1].levels >= GRADED}
    if len(graded) < 2:  # noqa: PLR2004 - it takes two
        return {}
    counted = table
    if engine.describe(table)[0] > MOST_ROWS:
        counted = f"{table}_derived"
        engine.sample(counted, table, records=MOST_ROWS, seed=0)
    certain: dict[tuple[str, str], float] = {}
    for pair in combinations(graded, 2):
        certain |= _certain(engine, counted, {field: graded[field] for field in pair})
    if counted != table:
        engine.forget(counted)
    return _chosen(certain, {field: hierarchy.leaves for field, (_, hierarchy) in graded.items()})


def _chosen(certain: Mapping[tuple[str, str], float], sizes: Mapping[str, int]) -> dict[str, str]:
    """One leader for each follower, the finest; no leader follows itself."""
    leaders: dict[str, str] = {}
    for field in sorted(sizes, key=lambda name: sizes[name]):
        offers = [one for one in sizes if certain.get((one, field), 0.0) >= CERTAIN and one not in leaders]
        if offers and field not in leaders.values():
            leaders[field] = max(offers, key=lambda one: (certain[one, field], sizes[one]))
    return leaders


def _certain(engine: Engine, table: str, pair: Mapping[str, tuple[str, Hierarchy]]) -> dict[tuple[str, str], float]:
    """How certainly each of two columns tells the other."""
    counted = engine.distinct(table, [column for column, _ in pair.values()])
    rows = counted["rows"].to_numpy().astype(np.int64)
    (one, first), (other, second) = (
        (field, _groups(counted[column], hierarchy, int(rows.sum()))) for field, (column, hierarchy) in pair.items()
    )
    if first is None or second is None:
        return {}
    return {(one, other): predicted(first, second, rows), (other, one): predicted(second, first, rows)}


def _groups(values: pa.ChunkedArray, hierarchy: Hierarchy, rows: int) -> Numbers | None:
    """The group of each value at the finest level, above the value itself, that is no mere list of rows."""
    import pyarrow.compute as pc

    codes = hierarchy.codes()
    for level in range(1, hierarchy.levels - 1):
        count = int(codes[:, level].max(initial=0)) + 1
        if 1 < count <= rows / ROWS_PER_GROUP:
            known = pa.array(hierarchy.labels[:, 0], pa.string())
            places = pc.index_in(values, value_set=known).fill_null(-1).to_numpy().astype(np.int64)
            return np.where(places >= 0, codes[places, level], count)
    return None


def predicted(known: Numbers, asked: Numbers, rows: Numbers) -> float:
    """Goodman and Kruskal's lambda, 0-1: the share of wrong guesses that knowing the other column spares.

    Args:
        known: [line], the group in the column that is known.
        asked: [line], the group in the column that is guessed.
        rows: [line], records.

    Example:
        >>> predicted(np.array([0, 0, 1]), np.array([0, 0, 1]), np.array([1, 2, 3]))
        1.0
    """
    size = int(asked.max(initial=0)) + 1
    pairs, numbers = np.unique(known * size + asked, return_inverse=True)
    together = np.bincount(numbers, weights=rows)
    best = np.zeros(int(known.max(initial=0)) + 1)
    np.maximum.at(best, pairs // size, together)
    blindly, whole = np.bincount(asked, weights=rows).max(initial=0), rows.sum()
    return float((best.sum() - blindly) / (whole - blindly)) if whole > blindly else 0.0
