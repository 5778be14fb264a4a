"""What must hold of a written release, each as a count of what is wrong: all of them have to be 0."""

from typing import Any

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Labels, Staged
from igmap.release.survivors import surviving_identifiers

TYPES = {"string": "string", "integer": "int64", "number": "double"}
NUMERIC = {"integer": pl.Int64, "number": pl.Float64}
UNLIKELY = 5.0  # standard deviations; a shuffle gets there once in two million releases


def columns_not_as_planned(staged: Staged) -> int:
    """Columns that are missing, too many, in another place or of another type than planned."""
    text = staged.data.suffix == ".csv"
    planned = [(column["field"], TYPES["string" if text else column["type"]]) for column in staged.kept]
    written = list(staged.types.items())
    unequal = sum(one != other for one, other in zip(planned, written, strict=False))
    return unequal + abs(len(planned) - len(written))


def rows_of_others(staged: Staged, source: pl.DataFrame) -> int:
    """Rows whose record does not exist, occurs twice, or belongs to another person than the map says.

    Args:
        staged: the release with its map.
        source: `record` and `person` of every source record.
    """
    persons = staged.persons
    found = persons.join(source.rename({"person": "\0true"}), on="record", how="left", maintain_order="left")
    wrong = ~persons["record"].is_in(source["record"].implode()) | persons["record"].is_duplicated()
    wrong |= ~persons["person"].eq_missing(found["\0true"])
    return int(wrong.sum()) + abs(staged.table.height - persons.height)


def rows_in_source_order(records: pl.Series) -> int:
    """Neighbouring rows that stand in the source's order (or its reverse), if more than a shuffle would leave.

    In a random order of n rows the number of ascents has mean (n - 1)/2 and variance (n + 1)/12.

    Source: Knuth, The Art of Computer Programming 3, 5.1.3 (Eulerian numbers).
    """
    steps = records.diff().drop_nulls()
    ascents = int((steps > 0).sum())
    spread = ((len(records) + 1) / 12) ** 0.5
    if abs(ascents - len(steps) / 2) <= UNLIKELY * spread:
        return 0
    return max(ascents, len(steps) - ascents)


def standing_level(staged: Staged, field: str, source: pl.Series) -> tuple[int, int]:
    """The level at which a quasi-identifier stands, and the cells that do not fit their own source value there.

    A cell fits when it is what the hierarchy makes of the value of its own record. Of levels that fit equally
    well it is the most general one.

    Args:
        staged: the release.
        field: the quasi-identifier.
        source: the source value of each released row, in the same order.
    """
    labels, written = staged.hierarchies[field], staged.table[field]
    misfits = [
        int((~written.eq_missing(_generalised(source, labels, level))).sum()) for level in range(labels.shape[1])
    ]
    level = min(reversed(range(labels.shape[1])), key=lambda level: misfits[level])
    return level, misfits[level]


def _generalised(values: pl.Series, labels: Labels, level: int) -> pl.Series:
    mapping = pl.DataFrame(
        {"v": labels[:, 0].tolist(), "label": labels[:, level].tolist()}, schema={"v": pl.String, "label": pl.String}
    )
    known = pl.DataFrame({"v": values}).join(mapping, on="v", how="left", nulls_equal=True, maintain_order="left")
    return known["label"]


def cells_not_kept(written: pl.Series, source: pl.Series, planned: str) -> int:
    """Cells of a kept column that are not the value of their own record."""
    kind: Any = NUMERIC.get(planned, pl.String)
    equal = written.cast(kind, strict=False).eq_missing(source.cast(kind, strict=False))
    return int((~equal).sum())


def check(staged: Staged, source: Source) -> tuple[dict[str, int], dict[str, int]]:
    """What is wrong with a release, by check, and the level of each quasi-identifier.

    A check that needs a column the file lacks counts its rows as wrong.
    """
    records = staged.persons["record"]
    present = [column for column in staged.kept if column["field"] in staged.table.columns]
    levels, misfits = {}, 0
    for column in present if len(records) == staged.table.height else []:
        cells = source.cells(column["field"], records)
        if column["field"] in staged.hierarchies:
            levels[column["field"]], wrong = standing_level(staged, column["field"], cells)
        else:
            wrong = cells_not_kept(staged.table[column["field"]], cells, column["type"])
        misfits += wrong
    return {
        "columns_not_as_planned": columns_not_as_planned(staged),
        "rows_of_others": rows_of_others(staged, source.persons()),
        "cells_not_as_planned": misfits,
        "rows_in_source_order": rows_in_source_order(records),
        "surviving_identifiers": surviving_identifiers(source, staged),
    }, levels
