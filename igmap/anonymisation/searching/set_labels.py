"""Set labels: classes of near tuples, each labelled with the sets and intervals of the values that it holds.

1. Tuples that meet the models on their own are classes.
2. The others are parted in blocks of near tuples (`blocks.py`). In every block, all at once, a class grows from the
   tuple farthest from the one before: it takes the tuple in that raises its cost least, until it meets the models.
3. What is left in a block joins the class where that costs least, whole if it must, or is suppressed.

A set says which values the class holds, not how often. See `atoms.py` for what the labels give away.

Source: Byun et al. 2007, "Efficient k-anonymization using clustering techniques",
doi:10.1007/978-3-540-71703-4_18 (k-member); of the cost: Xu et al. 2006, doi:10.1145/1150402.1150504.
"""

import time
from collections.abc import Sequence

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models import Model, met
from igmap.anonymisation.searching.atoms import Atoms, atoms_of
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.blocks import blocks_of
from igmap.anonymisation.searching.growing import Growing
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.solution import Solution, Texts
from igmap.anonymisation.tuples import Numbers, Tuples
from igmap.errors import TargetError

BLOCK = 400  # tuples in a block: more cost time, fewer cost loss
TRIED = 50  # classes that are tried for a tuple that is left, the cheapest first
CLOSE = 1e-9


def set_labels(tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], limits: Limits) -> Solution:
    """A recoding whose labels are sets of values, and intervals where a column has a scale.

    Args:
        tuples: the distinct quasi-identifier tuples.
        axes: their columns; the finest level that each may take says what sets are made of.
        models: that every class has to meet.
        limits: on suppression and time; tuples whose turn has not come in time are left out.

    Raises:
        TargetError: more has to be suppressed than the limit allows.
    """
    atoms = [atoms_of(axis) for axis in axes]
    weights = np.array([axis.weight for axis in axes]) / sum(axis.weight for axis in axes)
    numbers = np.stack([one.of[leaves] for one, leaves in zip(atoms, tuples.leaves.T, strict=True)])
    order = np.lexsort(numbers[::-1])
    work, numbers = tuples.only(order), numbers[:, order]
    classes = _grown(work, numbers, (atoms, weights), models, time.monotonic() + limits.seconds)
    joined = _settled(work, numbers, (atoms, weights), models, classes)
    share = work.rows[classes < 0].sum() / max(work.rows.sum(), 1)
    if share > limits.suppression + CLOSE:
        raise TargetError(
            f"{share:.2%} of the rows fit into no class and must be suppressed, the limit is {limits.suppression:.2%}; "
            "drop a column, weaken the models, or raise the limit"
        )
    back = np.empty_like(classes)
    back[order] = classes
    return _labelled(numbers, atoms, classes, back, joined)


def _grown(
    work: Tuples, numbers: Numbers, columns: tuple[list[Atoms], Shares], models: Sequence[Model], until: float
) -> Numbers:
    """[tuple], the class of each from 0 without gaps; -1 where a block could not complete one."""
    alone = met(models, Groups(work, np.arange(len(work.rows)), len(work.rows)))
    classes = np.where(alone, np.cumsum(alone) - 1, -1)
    others = np.flatnonzero(~alone)
    if len(others):
        places = [weight * _place(one)[held] for one, weight, held in zip(*columns, numbers[:, others], strict=True)]
        blocks = [np.sort(others[block]) for block in blocks_of(np.stack(places), BLOCK)]
        growing = Growing(work, numbers, columns, blocks)
        growing.grow(models, classes, until)
    return classes


def _place(atoms: Atoms) -> Shares:
    """[atom], where it lies, 0-1: on its scale, else in the order of the hierarchy."""
    if atoms.low.size:
        return (atoms.low + atoms.high) / 2
    return np.arange(len(atoms.share)) / max(len(atoms.share) - 1, 1)


def _settled(
    work: Tuples, numbers: Numbers, columns: tuple[list[Atoms], Shares], models: Sequence[Model], classes: Numbers
) -> int:
    """Put what is left into the class where it costs least; how many tuples that were."""
    left, count = np.flatnonzero(classes < 0), int(classes.max(initial=-1)) + 1
    if not count:
        return 0
    held = [_held(one, classes, here, count) for one, here in zip(columns[0], numbers, strict=True)]
    rows = np.bincount(classes[classes >= 0], work.rows[classes >= 0], count)
    before = sum(weight * one.costs(here) for one, weight, here in zip(*columns, held, strict=True))
    for item in left.tolist():
        after = np.zeros(count)
        for one, weight, here, atom in zip(*columns, held, numbers[:, item], strict=True):
            saved, here[:, atom] = here[:, atom].copy(), True
            after += weight * one.costs(here)
            here[:, atom] = saved
        increases = after * (rows + work.rows[item]) - before * rows
        target = _fitting(work, models, classes, item, increases)
        if target >= 0:
            classes[item] = target
            rows[target] += work.rows[item]
            before[target] = after[target]
            for here, atom in zip(held, numbers[:, item], strict=True):
                here[target, atom] = True
    return int((classes[left] >= 0).sum())


def _held(atoms: Atoms, classes: Numbers, numbers: Numbers, count: int) -> Flags:
    """[class, atom], whether it is held."""
    held = np.zeros((count, len(atoms.share)), np.bool_)
    held[classes[classes >= 0], numbers[classes >= 0]] = True
    return held


def _fitting(work: Tuples, models: Sequence[Model], classes: Numbers, item: int, increases: Shares) -> int:
    """The cheapest class that meets the models with a tuple more; -1 when there is none among the first."""
    for target in np.argsort(increases, kind="stable")[:TRIED].tolist():
        together = np.append(np.flatnonzero(classes == target), item)
        if met(models, Groups(work.only(together), np.zeros(len(together), np.int64), 1))[0]:
            return int(target)
    return -1


def _labelled(numbers: Numbers, atoms: list[Atoms], classes: Numbers, back: Numbers, joined: int) -> Solution:
    count = int(classes.max(initial=-1)) + 1
    held = [_held(one, classes, here, count) for one, here in zip(atoms, numbers, strict=True)]
    costs = np.column_stack([one.costs(here) for one, here in zip(atoms, held, strict=True)])
    labels = tuple(_texts(one, here) for one, here in zip(atoms, held, strict=True))
    return Solution(back, labels, costs, None, "sets", {"classes": count, "joined": joined})


def _texts(atoms: Atoms, held: Flags) -> Texts:
    """[class], the labels; each different set is written once."""
    sets, which = np.unique(np.packbits(held, axis=1), axis=0, return_inverse=True)
    written = [atoms.label(np.flatnonzero(row)) for row in np.unpackbits(sets, axis=1, count=held.shape[1])]
    texts: Texts = np.empty(len(written), object)
    texts[:] = written
    return texts[which.ravel()]
