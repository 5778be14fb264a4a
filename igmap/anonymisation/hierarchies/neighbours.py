"""Classes in an order, merged with their neighbours step by step."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies.column import Column, name, whole
from igmap.anonymisation.hierarchies.matching import lookups, matched

Spans = list[tuple[int, int]]
BETWEEN = " – "


def ordered(column: Column) -> list[pl.Series]:
    """Ordered categories, merged with their neighbours: `{order: [low, middle, high], merge: [[2, 1]]}`.

    Each entry of `merge` makes one level out of the groups of the one below: so many at a time, or the sizes one by
    one. Without `merge`, two at a time until two groups are left.

    Raises:
        HierarchyError: a category twice, sizes that do not add up, or a value that is none of the categories.
    """
    names = column.each("order", name)
    if len(set(names)) < max(len(names), 2):
        raise column.wrong("'order' needs two categories or more, each once")
    at = matched(column.values, lookups(pl.Series(names), pl.Series(np.arange(len(names)))))
    column.placed(at, "are not in its 'order'; add them, or correct the column")
    return labelled(
        at,
        merged(column, len(names))[1:],
        lambda first, last: BETWEEN.join([names[first], names[last]] if first < last else [names[first]]),
    )


def merged(column: Column, count: int) -> list[Spans]:
    """The groups of each level as (first, last) class, one class each to begin with.

    Raises:
        HierarchyError: sizes that are no whole numbers from 1, or do not add up to the groups of the level below.
    """
    levels: list[Spans] = [[(at, at) for at in range(count)]]
    steps = column.each("merge", _step) if "merge" in column.settings else [2] * max((count - 1).bit_length() - 1, 0)
    for step in steps:
        below = levels[-1]
        sizes = step if isinstance(step, list) else [step] * (len(below) // step) + [len(below) % step]
        if sum(sizes) != len(below):
            raise column.wrong(f"'merge' adds up to {sum(sizes)} groups where the level below has {len(below)}")
        ends = np.cumsum([0, *filter(None, sizes)]).tolist()
        levels.append([(below[start][0], below[end - 1][1]) for start, end in pairwise(ends)])
    return levels


def _step(given: Any) -> int | list[int]:
    return [whole(size) for size in given] if isinstance(given, list | tuple) else whole(given)


def labelled(at: pl.Series, levels: Sequence[Spans], label: Callable[[int, int], str]) -> list[pl.Series]:
    """What the class of each value is called at each level.

    Args:
        at: the class of each value, null where it has none.
        levels: the groups of each level.
        label: the name of the classes from the first to the last.
    """
    labels = [[label(*span) for span in spans for _ in range(span[0], span[1] + 1)] for spans in levels]
    return [pl.Series(f"classes:{len(spans)}", names).gather(at) for spans, names in zip(levels, labels, strict=True)]
