"""What a released file gives away besides its figures, as far as it shows without source or map.

Each trace is counted and named by its kind and column; no value is told.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from igmap.inventory.detectors import DETECTORS
from igmap.release.verifying.foreign import Written

SURE = {"email", "phone", "bsn", "iban", "payment_card", "ip_address", "education_number"}  # by form or checksum alone
INDEX_NAMES = r"^$|^Unnamed: \d+$|^__index_level_\d+__$|^level_0$|^index$"
INTERVAL = r"^\D{0,2}?(\d+(?:\.\d+)?)(?: ?(?:-|\.\.|,) ?<?)(\d+(?:\.\d+)?)\D?$"
UNLIKELY = 5.0  # standard deviations; a shuffle gets there once in two million releases
FEW = 20  # rows of which an order says nothing
LEAST_INTERVALS = 3  # outer ones are told from those between


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that a released file should not show.

    Args:
        kind: identifier, name, index, unique, sorted, grouped, extremes, statistics, pandas, metadata or cut_off.
        column: where; "" for the file as a whole, and for a column whose name is the trace.
        count: cells, rows, columns or keys.
        what: the category of an identifier.
        by_chance: so many cells are expected to look like one by chance.
    """

    kind: str
    column: str
    count: int
    what: str = ""
    by_chance: float = 0.0


def traces(written: Written, quasi: Sequence[str]) -> tuple[Trace, ...]:
    """All of them.

    Args:
        written: the file.
        quasi: the columns whose labels are looked at.
    """
    found = [*_identifiers(written.table), *_numbered(written.table), *_ordered(written.table)]
    found += [trace for name in quasi for trace in _extremes(name, written.table[name].unique())]
    return (*found, *(_in_parquet(written.path) if written.path.suffix == ".parquet" else _in_text(written)))


def _identifiers(table: pl.DataFrame) -> Iterator[Trace]:
    """Cells and names of columns that are, or hold, what points at one person; more of them than chance would make."""
    names = pl.Series(table.columns, dtype=pl.String)
    for detector in (one for one in DETECTORS if one.id in SURE):
        named = int(detector.scan(names)["hit"].sum())
        if named and not detector.chance:
            yield Trace("name", "", named, detector.category)
    for name in table.columns:
        values = table[name].drop_nulls().value_counts(name="\0n", sort=True)
        yield from _in_column(name, values.rename({name: "value"}))


def _in_column(name: str, values: pl.DataFrame) -> Iterator[Trace]:
    for detector in (one for one in DETECTORS if one.id in SURE):
        signs = detector.scan(values["value"]).with_columns(n=values["\0n"])
        cells = int(signs.filter("hit")["n"].sum())
        shaped = int(signs.filter("shape").height)
        hits = int(signs.filter(pl.col("hit")).height)
        expected = detector.chance * shaped
        if hits and hits > expected + 3 * (expected * (1 - detector.chance)) ** 0.5:
            yield Trace("identifier", name, cells, detector.category, round(expected, 1))


def _numbered(table: pl.DataFrame) -> Iterator[Trace]:
    """Columns that number the rows, or tell every row from every other."""
    for name in table.columns if table.height > 1 else ():
        unlike = table[name].n_unique() == table.height
        numbers = table[name].cast(pl.Int64, strict=False)
        whole = unlike and not numbers.null_count() and table.height >= FEW
        if (whole and np.ptp(numbers.to_numpy()) == table.height - 1) or pl.Series([name]).str.contains(
            INDEX_NAMES
        ).all():
            yield Trace("index", name, table.height)
        elif unlike and table.height >= FEW:
            yield Trace("unique", name, table.height)


def _ordered(table: pl.DataFrame) -> Iterator[Trace]:
    """Columns by which the rows stand in order, or grouped, more than a shuffle would leave them.

    Of neighbours that differ half ascend, with a variance of at most (n + 1)/12 (Knuth 3, 5.1.3); of all neighbours
    sum n_i (n_i - 1)/n are equal.
    """
    for name in table.columns if table.height >= FEW else ():
        places = _ranks(table[name])
        steps = np.diff(places)
        differ, rows = int(np.count_nonzero(steps)), table.height
        apart = abs(int((steps > 0).sum()) - differ / 2)
        if apart > UNLIKELY * ((rows + 1) / 12) ** 0.5 or (differ and apart == differ / 2 and differ >= FEW):
            yield Trace("sorted", name, differ)
            continue
        counts = np.unique(places, return_counts=True)[1].astype(float)
        expected = float((counts * (counts - 1)).sum() / rows)
        if rows - 1 - differ > expected + UNLIKELY * max(expected, 1.0) ** 0.5:
            yield Trace("grouped", name, rows - 1 - differ)


def _ranks(cells: pl.Series) -> np.ndarray:
    """The place of each cell among its like: as numbers where all are, else as texts; a blank comes first."""
    values = cells.drop_nulls().unique()
    numbers = values.cast(pl.Float64, strict=False)
    places = (values if numbers.null_count() else numbers).rank("dense")
    placed = cells.to_frame("value").join(
        pl.DataFrame({"value": values, "place": places}), on="value", how="left", maintain_order="left"
    )
    return placed["place"].fill_null(0).to_numpy().astype(np.int64)


def _extremes(name: str, labels: pl.Series) -> Iterator[Trace]:
    """Outer intervals narrower than those between: they may end at the smallest or largest value of the source."""
    read = labels.drop_nulls().str.extract_groups(INTERVAL).struct.unnest().cast(pl.Float64).drop_nulls()
    bounds = read.unique().sort("1", "2").rename({"1": "low", "2": "high"})
    apart = bool((bounds["low"].shift(-1) >= bounds["high"]).drop_nulls().all())
    if bounds.height < LEAST_INTERVALS or not apart:  # labels of several levels have no outer ones
        return
    widths = (bounds["high"] - bounds["low"]).to_list()
    usual = Counter(widths[1:-1]).most_common(1)[0][0]
    odd = sum(width < usual for width in (widths[0], widths[-1]))
    if odd:
        yield Trace("extremes", name, odd)


def _in_parquet(path: Path) -> Iterator[Trace]:
    """Statistics that reach beyond the cells themselves, and what whoever wrote the file left in its metadata."""
    with parquet.ParquetFile(path) as file:
        metadata, table = file.metadata, file.read()
    columns = sum(
        _beyond(_stated(metadata, at), table.column(at)) for at in range(min(metadata.num_columns, table.num_columns))
    )
    keys = set(metadata.metadata or {}) - {b"ARROW:schema"}
    counts = {"statistics": columns, "pandas": int(b"pandas" in keys), "metadata": len(keys - {b"pandas"})}
    yield from (Trace(kind, "", count) for kind, count in counts.items() if count)


def _stated(metadata: parquet.FileMetaData, at: int) -> set[tuple[Any, Any]]:
    """The least and largest values that the row groups state of a column."""
    known = [metadata.row_group(group).column(at).statistics for group in range(metadata.num_row_groups)]
    return {(one.min, one.max) for one in known if one is not None and one.has_min_max}


def _beyond(stated: set[tuple[Any, Any]], cells: pa.ChunkedArray) -> bool:
    """Whether a least or largest value lies outside those of the cells; of long texts they are cut off."""
    try:
        found = pc.min_max(cells).as_py() if stated else {}
        return any(_lies_beyond(low, high, found["min"], found["max"]) for low, high in stated)
    except (TypeError, AttributeError, pa.ArrowException):  # kinds of values that are compared in another form
        return False


def _lies_beyond(low: Any, high: Any, least: Any, most: Any) -> bool:
    cut = isinstance(high, str | bytes) and most is not None and most[: len(high) - 1] == high[:-1]
    low = least if isinstance(low, str | bytes) and least is not None and least.startswith(low) else low
    return bool(least is None or low < least or (high > most and not cut))


def _in_text(written: Written) -> Iterator[Trace]:
    if not written.ended:
        yield Trace("cut_off", "", 1)
