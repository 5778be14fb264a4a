"""Columns put together: what a tuple is called in several columns at once is one number, found in a table.

A search then looks up a few numbers per tuple at every node, not one per column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from igmap.anonymisation.groups import Shares
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.lattice import together
from igmap.anonymisation.tuples import Numbers, Tuples, dense, joined

MOST = 4096  # combinations of values


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """Some columns as one, whose leaves are the combinations of their leaves.

    Args:
        columns: their places.
        codes: per column [combination, place], the number of the label.
        costs: [place, combination], its weighted cost; the places of one column behind those of another.
        known: what was asked before.
    """

    columns: tuple[int, ...]
    codes: tuple[Numbers, ...]
    costs: Shares
    known: dict[tuple[int, ...], tuple[Numbers, int]] = field(default_factory=dict)

    def labels(self, node: Sequence[int]) -> tuple[Numbers, int]:
        """[combination], the number of its labels at a node, from 0 without gaps, and how many there are."""
        places = tuple(node[column] for column in self.columns)
        if places not in self.known:
            chosen = [codes[:, place] for codes, place in zip(self.codes, places, strict=True)]
            keys, _ = joined(chosen, [int(codes.max(initial=0)) + 1 for codes in chosen])
            different, numbers = np.unique(keys, return_inverse=True)
            self.known[places] = numbers, len(different)
        return self.known[places]

    def spent(self, leaves: Numbers, rows: Numbers) -> Iterator[tuple[int, Shares]]:
        """Each column with what rows of these combinations cost together at each of its places."""
        spent, end = np.einsum("i,ji->j", np.bincount(leaves, rows, self.costs.shape[1]), self.costs), 0
        for column, codes in zip(self.columns, self.codes, strict=True):
            yield column, spent[end : (end := end + codes.shape[1])]


def put_together(tuples: Tuples, axes: Sequence[Axis]) -> tuple[Tuples, list[Joint]]:
    """The tuples with columns put together as far as these have few combinations of values."""
    whole = sum(axis.weight for axis in axes)
    leaves, joints = [], []
    for columns in together([len(axis.codes) for axis in axes], MOST):
        chosen = [axes[column] for column in columns]
        shape = [len(axis.codes) for axis in chosen]
        leaves.append(np.ravel_multi_index(tuple(tuples.leaves[:, column] for column in columns), shape))
        laid = list(zip(chosen, np.unravel_index(np.arange(np.prod(shape)), shape), strict=True))
        codes = tuple(axis.codes[own][:, axis.different_levels()] for axis, own in laid)
        costs = np.vstack([axis.costs[own][:, axis.different_levels()].T * axis.weight / whole for axis, own in laid])
        joints.append(Joint(tuple(columns), codes, costs))
    return replace(tuples, leaves=np.asfortranarray(np.column_stack(leaves))), joints


def classes_at(node: Sequence[int], tuples: Tuples, joints: Sequence[Joint]) -> tuple[Numbers, int]:
    """The class of each tuple at a node, and a bound on the class numbers."""
    looked_up = [(*joint.labels(node), leaves) for joint, leaves in zip(joints, tuples.leaves.T, strict=True)]
    looked_up.sort(key=lambda one: one[1])
    columns = [numbers[leaves] for numbers, _, leaves in looked_up]
    return dense(*joined(columns, [count for _, count, _ in looked_up]))
