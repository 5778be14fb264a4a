"""Groups that the plan itself writes down, nested or not."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies.column import Column, name
from igmap.anonymisation.hierarchies.hierarchy import ANYTHING, Labels
from igmap.anonymisation.hierarchies.paths import check_paths, levels_of

DEEPEST = 20
ORIGIN = "the 'groups' of the plan"


def taxonomy(column: Column) -> list[pl.Series]:
    """One level per depth of the groups, `{groups: {West: [NL, BE], East: {Near: [TR], Far: [JP, KR]}}}`.

    Where branches are of unequal depth, the group of a shallow one stands for the levels it lacks.

    Raises:
        HierarchyError: the groups are no names with lists, are inconsistent, or lack a value.
    """
    try:
        paths = list(_paths(column.settings["groups"], ()))
    except (TypeError, ValueError):
        raise column.wrong(
            "'groups' must be names with lists of values or further groups; write words such as 'no' between quotes"
        ) from None
    width = max(map(len, paths), default=0)
    if not width:
        raise column.wrong("'groups' holds no value; write {group: [value, value]}")
    rows = [[*path, *[path[-1]] * (width - len(path)), ANYTHING] for path in paths]
    labels: Labels = np.array(rows, dtype=object).reshape(len(rows), width + 1)
    return levels_of(column, check_paths(f"column {column.field!r}: {ORIGIN}", labels), ORIGIN)


def _paths(node: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """From each value up to its widest group.

    Raises:
        TypeError, ValueError: something is neither a group, nor a list, nor a name; or the groups go too deep.
    """
    if len(above) > DEEPEST or not isinstance(node, Mapping if not above else Mapping | list | tuple):
        raise TypeError
    for entry in node:
        if isinstance(node, Mapping):
            yield from _paths(node[entry], (name(entry), *above))
        else:
            yield (name(entry), *above)
