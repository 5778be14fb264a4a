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
GROUPED = 12  # combinations of levels that are summed beforehand


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

    What a tuple is called at a node is a sum of random numbers, one for each label that it has there: equal labels
    have equal sums, and different ones but for a chance of 2^-32. That does to sort most tuples out.

    Args:
        ladders: of the columns.
        ranks: [column, tuple].
        places: [node, column], the nodes that will be asked for.
    """

    def __init__(self, ladders: Sequence[Ladder], ranks: Numbers, places: Numbers) -> None:
        """Draw the numbers and sum those of few levels."""
        random, sizes = np.random.default_rng(0), [len(ladder.codes) for ladder in ladders]
        tables = (
            [_drawn(random, ladder.codes) for ladder in ladders],
            [ladder.costs[:-1].astype(np.float32) for ladder in ladders],
        )
        drawn, costs = ([one.take(column, axis=1) for one, column in zip(each, ranks, strict=True)] for each in tables)
        groups = together(sizes, GROUPED)
        self.name_sums = [_summed([drawn[column] for column in group]) for group in groups]
        self.cost_sums = [_summed([costs[column] for column in group]) for group in groups]
        columns = [([sizes[column] for column in group], places.T[group]) for group in groups]
        self.rows = [np.asarray(np.ravel_multi_index(tuple(chosen), shape)) for shape, chosen in columns]

    def names(self, nodes: Numbers) -> Any:
        """[node, tuple], what a tuple is called at each node."""
        first, *others = [sums[_span(rows[nodes])] for sums, rows in zip(self.name_sums, self.rows, strict=True)]
        return sum(others, first)

    def costs(self, nodes: Numbers, at: Numbers, places: Numbers) -> Any:
        """[pair], what a row of a tuple costs at one of the nodes."""
        total: Any = np.zeros(len(places), np.float32)
        for sums, rows in zip(self.cost_sums, self.rows, strict=True):
            total += sums.ravel().take((rows[nodes] * sums.shape[1])[at] + places)
        return total

    def only(self, stay: Flags) -> None:
        """Leave the others out; `sums[:, stay]` would leave tuples scattered in memory, which costs fivefold."""
        self.name_sums = [sums.compress(stay, axis=1) for sums in self.name_sums]
        self.cost_sums = [sums.compress(stay, axis=1) for sums in self.cost_sums]


def _span(rows: Numbers) -> Numbers | slice:
    """One row as a view, which costs nothing; several by number."""
    return slice(rows[0], rows[0] + 1) if len(rows) == 1 else rows


def _summed(columns: Sequence[Any]) -> Any:
    """[combination of levels, tuple], the last column changing fastest."""
    total, *others = columns
    for other in others:
        total = (total[:, None] + other).reshape(len(total) * len(other), other.shape[1])
    return total


def _drawn(random: "np.random.Generator", codes: Numbers) -> Any:
    """A random number for every label, laid out as the codes."""
    return np.stack([random.integers(-(2**31), 2**31, level.max() + 1, np.int32)[level] for level in codes])


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
