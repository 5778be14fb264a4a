"""Nodes of the generalisation lattice, and what a tuple is called at each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from igmap.anonymisation.groups import Flags, Shares
from igmap.anonymisation.searching.ladder import Ladder
from igmap.anonymisation.tuples import Numbers

MOST_NODES, FEWEST_NODES, EFFORT = 20_000, 2_000, 2 * 10**9  # fewer nodes when there are many tuples
HALF = 32  # bits
GROUPED, SMALL = 40, 200_000  # combinations of levels that are summed beforehand, in tables of this size


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Nodes of the lattice.

    Args:
        places: [node, column].
        mean: [node], what a row costs there on average.
        least: [node], what its cheapest label costs.
    """

    places: Numbers
    mean: Shares
    least: Shares


def cheapest_nodes(ladders: Sequence[Ladder], ranks: Numbers, rows: Numbers) -> Nodes:
    """The nodes with the lowest mean cost, found column by column; of a large lattice also a chain up to its top."""
    most = max(FEWEST_NODES, min(MOST_NODES, EFFORT // max(len(rows), 1)))
    own = [ladder.costs[:-1] for ladder in ladders]
    shares = [np.bincount(column, rows, costs.shape[1]) / rows.sum() for column, costs in zip(ranks, own, strict=True)]
    means = [np.einsum("pr,r->p", costs, share) for costs, share in zip(own, shares, strict=True)]
    places, mean = np.zeros((1, 0), np.int64), np.zeros(1)
    for costs in means:  # a prefix of one of the cheapest nodes is one of the cheapest prefixes
        sums = (mean[:, None] + costs).ravel()
        kept = np.argsort(sums, kind="stable")[:most]
        places, mean = np.column_stack([places[kept // len(costs)], kept % len(costs)]), sums[kept]
    if prod(map(len, means)) > most:
        places = np.unique(np.vstack([places, _chain(means)]), axis=0)
    mean, least = (
        np.add.reduce([figures[column] for figures, column in zip(each, places.T, strict=True)])
        for each in (means, [costs.min(axis=1) for costs in own])
    )
    return Nodes(places, mean, least)


def _chain(means: Sequence[Shares]) -> Numbers:
    """Nodes from the finest to the coarsest, the cheapest step first."""
    steps = sorted((cost, at) for at, costs in enumerate(means) for cost in np.diff(costs))
    return np.cumsum(np.eye(len(means), dtype=np.int64)[[at for _, at in steps]], axis=0)


class Open:
    """The tuples that stand in no class yet: what each is called and costs at every node.

    The key of a tuple at a node is a sum of random numbers, one for each label that it has there: equal labels have
    equal keys, and different ones but for a chance of 2^-64. Half of its bits do to sort most tuples out.

    Args:
        ladders: of the columns.
        ranks: [column, tuple].
        persons: [tuple], a bound on the persons behind each.
        places: [node, column], the nodes that will be asked for.
    """

    def __init__(self, ladders: Sequence[Ladder], ranks: Numbers, persons: Numbers, places: Numbers) -> None:
        """Draw the numbers and sum those of few levels."""
        self.at, self.persons = np.arange(len(persons)), persons.astype(np.float64)
        random, sizes = np.random.default_rng(0), [len(ladder.codes) for ladder in ladders]
        drawn = [_drawn(random, ladder.codes) for ladder in ladders]
        halves = [
            [half[:, column] for half, column in zip(side, ranks, strict=True)] for side in zip(*drawn, strict=True)
        ]
        costs = [ladder.costs[:-1].astype(np.float32)[:, column] for ladder, column in zip(ladders, ranks, strict=True)]
        groups = together(sizes, GROUPED if len(persons) < SMALL else 1)
        self.low_sums, self.high_sums = (
            [_summed([half[column] for column in group]) for group in groups] for half in halves
        )
        self.cost_sums = [_summed([costs[column] for column in group]) for group in groups]
        columns = [([sizes[column] for column in group], places.T[group]) for group in groups]
        self.rows = [np.asarray(np.ravel_multi_index(tuple(chosen), shape)) for shape, chosen in columns]

    def halves(self, nodes: Numbers) -> Numbers:
        """[node, tuple], half of what a tuple is called at each node."""
        parts = [sums[_span(rows[nodes])] for sums, rows in zip(self.low_sums, self.rows, strict=True)]
        total: Numbers = parts[0] + (parts[1] if len(parts) > 1 else 0)
        for part in parts[2:]:
            total += part
        return total

    def keys(self, nodes: Numbers, places: Numbers) -> Numbers:
        """What a tuple is called at a node, pair by pair."""
        low, high = (
            np.add.reduce([half[at[nodes], places] for half, at in zip(sums, self.rows, strict=True)], dtype=np.int32)
            for sums in (self.low_sums, self.high_sums)
        )
        keys: Numbers = (high.astype(np.int64) << HALF) + low
        return keys

    def costs(self, nodes: Numbers, places: Numbers) -> Shares:
        """What a row of a tuple costs at a node, pair by pair."""
        pairs = zip(self.cost_sums, self.rows, strict=True)
        total: Shares = np.add.reduce([sums[rows[nodes], places] for sums, rows in pairs])
        return total

    def only(self, stay: Flags) -> None:
        """Leave the others out."""
        self.at, self.persons = self.at[stay], self.persons[stay]
        self.low_sums = [sums[:, stay] for sums in self.low_sums]
        self.high_sums = [sums[:, stay] for sums in self.high_sums]
        self.cost_sums = [sums[:, stay] for sums in self.cost_sums]


def _span(rows: Numbers) -> Numbers | slice:
    """One row as a view, which costs nothing; several by number."""
    return slice(rows[0], rows[0] + 1) if len(rows) == 1 else rows


def _summed(columns: Sequence[Any]) -> Any:
    """[combination of levels, tuple], the last column changing fastest."""
    total, *others = columns
    for other in others:
        total = (total[:, None] + other).reshape(-1, other.shape[1])
    return total


def _drawn(random: "np.random.Generator", codes: Numbers) -> tuple[Any, Any]:
    """Two random numbers for every label, laid out as the codes."""
    low, high = (
        np.stack([random.integers(-(2**31), 2**31, level.max() + 1, np.int32)[level] for level in codes])
        for _ in range(2)
    )
    return low, high


def together(sizes: Sequence[int], most: int) -> list[list[int]]:
    """Columns in groups with at most `most` combinations of levels, unless it is one column."""
    groups: list[list[int]] = []
    for column in sorted(range(len(sizes)), key=lambda column: -sizes[column]):
        fitting = [group for group in groups if prod(sizes[one] for one in group) * sizes[column] <= most]
        if fitting:
            fitting[0].append(column)
        else:
            groups.append([column])
    return groups
