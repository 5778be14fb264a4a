"""A table of paths, one per value from itself to the root: what a hierarchy from a file or a plan must be like."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies.column import Column
from igmap.anonymisation.hierarchies.hierarchy import ANYTHING, Labels, codes, parted
from igmap.anonymisation.hierarchies.matching import lookups, matched
from igmap.errors import HierarchyError


def levels_of(column: Column, labels: Labels, origin: str) -> list[pl.Series]:
    """The levels that the paths give to the values, matched exactly, else without case and spaces.

    Args:
        column: the column.
        labels: [path, level], sound.
        origin: where the paths stand, for errors.

    Raises:
        HierarchyError: a value has no path.
    """
    leaves = pl.Series(labels[:, 0].tolist(), dtype=pl.String)
    at = matched(column.values, lookups(leaves, pl.Series(np.arange(len(leaves)))))
    column.placed(at, f"are not in {origin}; add a line for each, the value first, or correct the column")
    inner = enumerate(labels[:, 1:-1].T, start=1)
    return [pl.Series(f"group:{number}", level.tolist(), dtype=pl.String).gather(at) for number, level in inner]


def check_paths(origin: str, labels: Labels) -> Labels:
    """The paths, if they are one hierarchy.

    Args:
        origin: where they stand, for errors.
        labels: [path, level], the value first, the root last.

    Raises:
        HierarchyError: the first thing that is wrong, with its number and what to do.
    """
    for problem in _problems(labels):
        raise HierarchyError(f"{origin}: {problem}")
    return labels


def _problems(labels: Labels) -> Iterator[str]:
    roots = set(labels[:, -1].tolist())
    if len(labels) > 1 and labels[0, -1] != ANYTHING and set(labels[1:, -1].tolist()) == {ANYTHING}:
        yield f"line 1 does not end in '{ANYTHING}' as the others do: a header? Remove it, or name columns in 'levels'"
    if roots != {ANYTHING}:
        yield f"its lines end in {len(roots)} different labels; every line must end in '{ANYTHING}', the one root"
    if twice := len(labels) - len(set(labels[:, 0].tolist())):
        yield f"{twice} values stand in it twice; keep one line for each"
    if level := parted(codes(labels)):
        yield (
            f"a label of level {level - 1} stands under two labels of level {level}: the levels are not nested; each "
            "must only merge groups of the one below"
        )
    if shared := _shared(labels):
        yield (
            f"{shared} labels stand at two levels for different values, so that nobody can tell which is meant; give "
            "the wider group a name of its own, such as 'province of X'"
        )


def _shared(labels: Labels) -> int:
    """How many labels stand at two levels with different members; `*` always means anything."""
    levels = [pl.Series("label", level.tolist(), dtype=pl.String) for level in labels.T]
    once = pl.concat([level.unique() for level in levels])
    several = once.filter(once.is_duplicated() & (once != ANYTHING)).unique()
    if several.is_empty():
        return 0
    cells = [
        level.to_frame().with_row_index("path").filter(pl.col("label").is_in(several.implode())) for level in levels
    ]
    counted = pl.concat([frame.with_columns(level=pl.lit(level)) for level, frame in enumerate(cells)])
    sizes = counted.group_by("label").agg(
        pl.len().alias("cells"), pl.col("path").n_unique().alias("paths"), pl.col("level").n_unique().alias("levels")
    )
    return sizes.filter(pl.col("cells") != pl.col("paths") * pl.col("levels")).height
