"""What the order of rows or a column that numbers them tells of the order of the source."""

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Staged

UNLIKELY = 5.0  # standard deviations; a shuffle gets there once in two million releases
LOOKED_AT = 20_000  # rows: a table that is sorted is sorted there
FEWEST = 10  # rows, of which a column that numbers them is told from one that happens to run on


def rows_in_order(values: pl.Series) -> int:
    """Neighbours that go up (or down), if more than a shuffle would leave; equal neighbours say nothing.

    In a random order of n rows the number of ascents has mean (n - 1)/2 and variance (n + 1)/12.

    Source: Knuth, The Art of Computer Programming 3, 5.1.3 (Eulerian numbers).
    """
    up, down = int((values > values.shift(1)).sum()), int((values < values.shift(1)).sum())
    spread = ((up + down + 2) / 12) ** 0.5
    return 0 if abs(up - down) / 2 <= UNLIKELY * spread else max(up, down)


def rows_together(values: pl.Series) -> int:
    """Neighbours that are equal, if more than a shuffle would leave.

    With shares p of the values two neighbours are equal with chance S2 = sum of p²; the variance of their number is
    about n (S2 (1 - S2) + 2 (S3 - S2²)), since pairs that share a row are not independent.
    """
    shares = values.value_counts()["count"] / max(len(values), 1)
    two, three = float((shares**2).sum()), float((shares**3).sum())
    equal = int(values.eq_missing(values.shift(1)).slice(1).sum())
    spread = (len(values) * (two * (1 - two) + 2 * (three - two**2))) ** 0.5
    return equal if equal - two * len(values) > UNLIKELY * spread + 1 else 0


def sorted_by_a_column(staged: Staged, source: Source) -> int:
    """Rows that stand in the order of a column of the source, whether it was released or not."""
    records = staged.persons["record"].head(LOOKED_AT)
    known = source.every(*source.columns, among=records)
    rows = records.rename("record").to_frame().join(known, on="record", how="left", maintain_order="left")
    return sum(_ordered(rows[column]) for column in source.columns.values())


def _ordered(values: pl.Series) -> int:
    numbers = values.cast(pl.Float64, strict=False)
    readings = [values] if numbers.null_count() > values.null_count() else [values, numbers]
    return max(rows_together(values), *map(rows_in_order, readings))


def row_numbers(staged: Staged) -> int:
    """Rows of columns that number them: as they stand in the file, or as they stood in the source."""
    records = staged.persons["record"].head(staged.table.height)
    asked = [name for name in staged.table.columns if name not in staged.hierarchies]
    numbering = [field for field in asked if _numbers_rows(staged.table[field].head(len(records)), records)]
    return len(numbering) * staged.table.height


def _numbers_rows(cells: pl.Series, records: pl.Series) -> bool:
    first = cells.head(FEWEST).cast(pl.Float64, strict=False)
    if len(first) < FEWEST or first.null_count():
        return False
    numbers = cells.cast(pl.Float64, strict=False)
    steps = numbers.diff().drop_nulls()
    here = bool((steps > 0).all() or (steps < 0).all())
    there = (numbers - records).n_unique() == 1 or (numbers + records).n_unique() == 1
    return numbers.null_count() == 0 and (here or there)
