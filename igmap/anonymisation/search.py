"""The best global recoding: an exact best-first search of the generalisation lattice.

Source of the setting: Kohlmayer et al. 2012, "Flash: efficient, stable and optimal k-anonymity",
doi:10.1109/SocialCom-PASSAT.2012.52.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from igmap.anonymisation.lattice import Axis, Lattice, Node
from igmap.anonymisation.tuples import Numbers, Tuples
from igmap.errors import PlanError, TargetError

CLOSE = 1e-12


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Optimum:
    """The recoding with the least loss.

    Args:
        levels: the level of each column.
        loss: weighted NCP, 0-1, a suppressed row counted as 1.
        suppressed_rows: rows in classes of fewer than k persons.
        classes: [tuple], the class of each tuple; -1 where it is suppressed.
        evaluated: nodes that were counted.
        nodes: nodes of the lattice.
    """

    levels: tuple[int, ...]
    loss: float
    suppressed_rows: int
    classes: Numbers
    evaluated: int
    nodes: int


def search(tuples: Tuples, axes: Sequence[Axis], *, k: int, suppression_limit: float) -> Optimum:
    """The recoding with the least loss in which every class that stays holds k different persons.

    Among equals it is the one whose levels come first.

    Args:
        tuples: the distinct quasi-identifier tuples.
        axes: their columns.
        k: persons per class.
        suppression_limit: share of the rows that may be suppressed, 0-1.

    Raises:
        PlanError: fewer than k persons, or more combinations of levels than can be searched.
        TargetError: every recoding suppresses more than the limit.
    """
    if k > tuples.persons:
        raise PlanError(f"k = {k}, but there are {tuples.persons} persons; choose a smaller k or a larger table")
    lattice = Lattice(tuples, axes, k)
    most_rows = suppression_limit * lattice.rows + CLOSE
    best, loss = lattice.top, lattice.visit(lattice.top, most_rows=most_rows)
    while lattice.bounds[node := lattice.nearest()] < loss - CLOSE:
        found = lattice.visit(node, most_rows=most_rows)
        best, loss = (node, found) if found < loss - CLOSE else (best, loss)
    if loss == np.inf:
        least = tuples.rows[lattice.suppressed(lattice.top)].sum() / lattice.rows
        raise TargetError(
            f"with k = {k} at least {least:.2%} of the rows must be suppressed, the limit is {suppression_limit:.2%}; "
            "allow coarser levels, drop a column, or raise the limit"
        )
    return _optimum(lattice, best, loss)


def _optimum(lattice: Lattice, node: Node, loss: float) -> Optimum:
    gone = lattice.suppressed(node)
    return Optimum(
        levels=tuple(levels[place] for levels, place in zip(lattice.levels, node, strict=True)),
        loss=loss,
        suppressed_rows=int(lattice.tuples.rows[gone].sum()),
        classes=np.where(gone, -1, lattice.classes(node)[0]),
        evaluated=lattice.evaluated,
        nodes=prod(lattice.shape),
    )
