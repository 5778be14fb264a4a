"""The generalisation lattice with a lower bound on the loss of every node.

A node says at which level each column stands. Its loss is a sum of per-column means, with 1 for each suppressed row.
Without suppression the loss of all nodes follows from one vector per column. Rows suppressed at a node are
suppressed at every more specific node too, so that one visit bounds them all:
bound(s) = [cost at s of the rows that stay + rows suppressed] / rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.loss import Costs, label_costs
from igmap.anonymisation.tuples import Numbers, Tuples, joined
from igmap.errors import PlanError

MOST_NODES = 1_000_000
DENSE = 4  # class numbers with gaps up to this factor are counted as they are
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Node: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One quasi-identifier in the search.

    Args:
        hierarchy: over its distinct values.
        levels: the levels it may take, ascending.
        weight: how much its loss counts, relative to the others.
    """

    hierarchy: Hierarchy
    levels: tuple[int, ...]
    weight: float = 1.0

    def different_levels(self) -> tuple[int, ...]:
        """The levels that part the values differently, the most specific of each."""
        groups = self.hierarchy.codes().max(axis=0)
        return tuple(
            level for level in self.levels if level == min(at for at in self.levels if groups[at] == groups[level])
        )


class Lattice:
    """Bounds of all nodes, which tighten as nodes are visited.

    Args:
        tuples: what is counted.
        axes: the columns.
        k: persons per class.

    Raises:
        PlanError: more nodes than can be searched.
    """

    def __init__(self, tuples: Tuples, axes: Sequence[Axis], k: int) -> None:
        """Lay out the costs, and the loss of every node if nothing were suppressed."""
        self.tuples, self.k, self.rows, self.evaluated = tuples, k, int(tuples.rows.sum()), 0
        self.levels = [axis.different_levels() for axis in axes]
        self.shape = tuple(len(levels) for levels in self.levels)
        if prod(self.shape) > MOST_NODES:
            raise PlanError(
                f"{prod(self.shape)} combinations of levels, more than the {MOST_NODES} that can be searched; drop "
                "columns, or give columns fewer levels"
            )
        whole = sum(axis.weight for axis in axes)
        chosen = list(zip(axes, self.levels, strict=True))
        self.codes = [axis.hierarchy.codes()[:, levels] for axis, levels in chosen]
        self.costs = [label_costs(axis.hierarchy)[:, levels] * (axis.weight / whole) for axis, levels in chosen]
        self.plain = _outer(self._spent(np.ones(len(tuples.rows), dtype=np.bool_)))
        self.bounds = self.plain.copy()

    @property
    def top(self) -> Node:
        """The most general node."""
        return tuple(size - 1 for size in self.shape)

    def nearest(self) -> Node:
        """The open node with the lowest bound, the first in order among equals."""
        return tuple(int(place) for place in np.unravel_index(int(self.bounds.argmin()), self.shape))

    def classes(self, node: Node) -> tuple[Numbers, int]:
        """The class of each tuple at a node, and a bound on the class numbers."""
        places = [
            (code[:, place], self.tuples.leaves[:, i])
            for i, (code, place) in enumerate(zip(self.codes, node, strict=True))
        ]
        keys, bound = joined([code[leaves] for code, leaves in places], [int(code.max()) + 1 for code, _ in places])
        if bound <= DENSE * len(keys):
            return keys, bound
        numbered = pa.array(keys).dictionary_encode()  # hashing beats sorting where tuples share classes
        return numbered.indices.to_numpy().astype(np.int64), len(numbered.dictionary)

    def suppressed(self, node: Node) -> Flags:
        """Which tuples fall in classes of fewer than k persons at a node."""
        classes, count = self.classes(node)
        return (self.tuples.persons_per(classes, count) < self.k)[classes]

    def visit(self, node: Node, *, most_rows: float) -> float:
        """Count a node, tighten the bounds below it, close it, and return its loss.

        A node that suppresses more than `most_rows` has no loss that counts (infinity), nor has any below it.
        """
        self.evaluated += 1
        gone = self.suppressed(node)
        rows = int(self.tuples.rows[gone].sum())
        below = tuple(slice(0, place + 1) for place in node)
        spared = _outer([spent[: place + 1] for spent, place in zip(self._spent(gone), node, strict=True)])
        losses = self.plain[below] - spared + (rows / self.rows if rows <= most_rows else np.inf)
        np.maximum(self.bounds[below], losses, out=self.bounds[below])
        self.bounds[node] = np.inf
        return float(losses[node])

    def _spent(self, chosen: Flags) -> list[Costs]:
        """What the chosen tuples cost at each level of each column, as a share of all rows."""
        rows, leaves = self.tuples.rows[chosen], self.tuples.leaves[chosen]
        counts = [np.bincount(leaves[:, i], weights=rows, minlength=len(cost)) for i, cost in enumerate(self.costs)]
        return [count @ cost / self.rows for count, cost in zip(counts, self.costs, strict=True)]


def _outer(vectors: Sequence[Costs]) -> Costs:
    """The sum of one entry per vector, for every combination of entries."""
    total: Costs = reduce(np.add.outer, vectors)
    return total
