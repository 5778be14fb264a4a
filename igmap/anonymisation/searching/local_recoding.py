"""Local recoding: every class of tuples stands at levels of its own.

1. The cheapest cell first (`cells.py`): of all cells of the generalisation lattice that meet the models, the one whose
   labels cost least becomes a class and its tuples are out; then the next, until no cell passes. That is finer than
   the cheapest node first: one node has cells of very different costs.
2. Every class is labelled with the lowest common ancestors of its members.
3. What is left joins the class where it raises the cost least, or is suppressed where that costs less.
4. In a small table, where taking cells errs most, the best global recoding is taken when that loses less.

Sources: Xu et al. 2006, doi:10.1145/1150402.1150504 (local recoding and NCP); Prasser & Kohlmayer 2015,
doi:10.1007/978-3-319-23633-9_6 (ARX, which repeats global recoding on what is left); Gionis & Tassa 2009,
doi:10.1109/TKDE.2008.129 (classes closed to their lowest common ancestors).
"""

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from igmap.anonymisation.models import Model
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.cells import Cells
from igmap.anonymisation.searching.global_recoding import global_recoding
from igmap.anonymisation.searching.joining import Classes, settle
from igmap.anonymisation.searching.ladder import ladders_of, ranked
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.solution import Solution, levelled
from igmap.anonymisation.tuples import Numbers, Tuples
from igmap.errors import TargetError

CLOSE = 1e-9
SMALL = 2_000  # tuples, and nodes, up to which the best global recoding is found in no time


def local_recoding(tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], limits: Limits) -> Solution:
    """A recoding with labels of its own for every class, found by the cheapest cell first and improved.

    Args:
        tuples: the distinct quasi-identifier tuples.
        axes: their columns.
        models: that every class has to meet.
        limits: on suppression and time; when time runs out, what is left is released at its coarsest labels.

    Raises:
        TargetError: more has to be suppressed than the limit allows.
    """
    found = _searched(tuples, axes, models, limits)
    if len(tuples.rows) <= SMALL and found.figures["nodes"] <= SMALL:
        best = global_recoding(tuples, axes, models, Limits())
        if best.loss(tuples, axes) < found.loss(tuples, axes) - CLOSE and _gone(tuples, best) <= limits.suppression:
            found = _closed(tuples, axes, best)
    if (share := _gone(tuples, found)) > limits.suppression + CLOSE:
        raise TargetError(
            f"{share:.2%} of the rows fit into no class and must be suppressed, the limit is {limits.suppression:.2%}; "
            "allow coarser levels, drop a column, or raise the limit"
        )
    return found


def _searched(tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], limits: Limits) -> Solution:
    """What the cheapest cell first finds."""
    ladders = ladders_of(axes)
    work, ranks, stood = ranked(tuples, ladders)
    cells = Cells(work, ranks, ladders, models)
    classes = Classes(work, ranks, ladders, models, cells.take(time.monotonic() + limits.seconds))
    joined = settle(classes, limits.suppression)
    numbers = np.full(len(stood), -1, np.int64)
    numbers[stood] = classes.classes
    at = np.column_stack(
        [np.array(ladder.levels)[places] for ladder, places in zip(ladders, classes.places, strict=True)]
    )
    figures = {"nodes": len(cells.nodes.mean), "evaluated": cells.looked, "classes": len(at), "joined": joined}
    return levelled(tuples, axes, numbers, at, levels=None, search="local", figures=figures)


def _closed(tuples: Tuples, axes: Sequence[Axis], found: Solution) -> Solution:
    """The same classes under the lowest labels that hold for all of a class.

    Where a population is counted the labels stay: fewer of its persons would be under lower ones.
    """
    if tuples.population is not None:
        return replace(found, levels=None, search="local")
    kept = found.released
    at = np.column_stack([_lowest(axis, tuples.leaves[kept, i], found.classes[kept]) for i, axis in enumerate(axes)])
    return levelled(tuples, axes, found.classes, at, levels=None, search="local", figures=found.figures)


def _lowest(axis: Axis, leaves: Numbers, classes: Numbers) -> Numbers:
    """[class], the lowest level that may be released at which all members have one label."""
    codes, count = axis.codes, int(classes.max(initial=-1)) + 1
    lowest = np.full(count, axis.levels[-1], np.int64)
    for level in reversed(axis.levels):
        least, most = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
        np.minimum.at(least, classes, codes[leaves, level])
        np.maximum.at(most, classes, codes[leaves, level])
        lowest[least == most] = level
    return lowest


def _gone(tuples: Tuples, found: Solution) -> float:
    """Share of the rows that are suppressed."""
    return found.suppressed_rows(tuples) / max(int(tuples.rows.sum()), 1)
