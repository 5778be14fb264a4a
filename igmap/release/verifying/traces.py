"""What a released file gives away besides its figures, as far as it shows without source or map.

Each trace is counted and named by its kind and column; no value is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from igmap.inventory.detectors import DETECTORS
from igmap.release.coded import UNKNOWN, Coded, Numbers
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


def traces(written: Written, values: pl.DataFrame, quasi: Sequence[str]) -> tuple[Trace, ...]:
    """All of them.

    Args:
        written: the file.
        values: its different ones, with their `column`, `text` and `rows`.
        quasi: the columns whose labels are looked at.
    """
    columns, rows = written.columns, written.rows
    found = [*_identifiers([*columns], values.drop_nulls()), *_numbered(columns, rows), *_ordered(columns, rows)]
    found += [trace for name in quasi for trace in _extremes(name, columns[name])]
    return (*found, *(_in_parquet(written) if written.path.suffix == ".parquet" else _in_text(written)))


def _identifiers(names: list[str], values: pl.DataFrame) -> Iterator[Trace]:
    """Cells and names of columns that are, or hold, what points at one person; more of them than chance would make."""
    texts = pl.concat([pl.Series("text", names, dtype=pl.String), values["text"]])
    for detector in (one for one in DETECTORS if one.id in SURE):
        signs = detector.scan(texts)
        named = int(signs["hit"].head(len(names)).sum())
        if named and not detector.chance:
            yield Trace("name", "", named, detector.category)
        cells = pl.concat([values, signs.slice(len(names))], how="horizontal") if signs["hit"].any() else values.clear()
        for (at,), one in cells.group_by("column", maintain_order=True):
            hits, expected = int(one["hit"].sum()), detector.chance * int(one["shape"].sum())
            if hits and hits > expected + 3 * (expected * (1 - detector.chance)) ** 0.5:
                held = int(one["rows"].filter(one["hit"]).sum())
                yield Trace("identifier", names[at], held, detector.category, round(expected, 1))


def _numbered(columns: Mapping[str, Coded], rows: int) -> Iterator[Trace]:
    """Columns that number the rows, or tell every row from every other."""
    for name, cells in columns.items() if rows > 1 else ():
        unlike = cells.different == rows
        numbers = cells.rows("value")["value"].cast(pl.Int64, strict=False) if unlike and rows >= FEW else UNKNOWN
        whole = not numbers.null_count() and np.ptp(numbers.to_numpy()) == rows - 1
        if whole or re.fullmatch(INDEX_NAMES, name):
            yield Trace("index", name, rows)
        elif unlike and rows >= FEW:
            yield Trace("unique", name, rows)


def _ordered(columns: Mapping[str, Coded], rows: int) -> Iterator[Trace]:
    """Columns by which the rows stand in order, or grouped, more than a shuffle would leave them.

    Of neighbours that differ half ascend, with a variance of at most (n + 1)/12 (Knuth 3, 5.1.3); of all neighbours
    sum n_i (n_i - 1)/n are equal.
    """
    for name, cells in columns.items() if rows >= FEW else ():
        ranks = _ranks(cells.values.set(cells.counts() == 0, None))
        places = ranks[cells.codes.to_numpy()]
        differ = int(np.count_nonzero(places[1:] != places[:-1]))
        apart = abs(int(np.count_nonzero(places[1:] > places[:-1])) - differ / 2)
        if apart > UNLIKELY * ((rows + 1) / 12) ** 0.5 or (differ and apart == differ / 2 and differ >= FEW):
            yield Trace("sorted", name, differ)
            continue
        counts = np.bincount(ranks, weights=cells.counts().to_numpy())
        expected = float((counts * (counts - 1)).sum() / rows)
        if rows - 1 - differ > expected + UNLIKELY * max(expected, 1.0) ** 0.5:
            yield Trace("grouped", name, rows - 1 - differ)


def _ranks(values: pl.Series) -> Numbers:
    """The place of each value among its like: as numbers where all are, else as texts; a blank comes first."""
    numbers = values.cast(pl.Float64, strict=False)
    places = (values if numbers.null_count() > values.null_count() else numbers).rank("dense").fill_null(0)
    return places.cast(pl.UInt32).shrink_dtype().to_numpy()


def _extremes(name: str, cells: Coded) -> Iterator[Trace]:
    """Outer intervals narrower than those between: they may end at the smallest or largest value of the source."""
    labels = cells.values.filter((cells.counts() > 0) & cells.values.str.contains(INTERVAL))
    if len(labels) < LEAST_INTERVALS:
        return
    read = labels.str.extract_groups(INTERVAL).struct.unnest().cast(pl.Float64).drop_nulls()
    bounds = read.unique().sort("1", "2").rename({"1": "low", "2": "high"})
    apart = bool((bounds["low"].shift(-1) >= bounds["high"]).drop_nulls().all())
    if bounds.height < LEAST_INTERVALS or not apart:  # labels of several levels have no outer ones
        return
    widths = (bounds["high"] - bounds["low"]).to_list()
    usual = Counter(widths[1:-1]).most_common(1)[0][0]
    odd = sum(width < usual for width in (widths[0], widths[-1]))
    if odd:
        yield Trace("extremes", name, odd)


def _in_parquet(written: Written) -> Iterator[Trace]:
    """Statistics and dictionaries with what no cell holds, and what whoever wrote the file left in its metadata."""
    with parquet.ParquetFile(written.path) as file:
        metadata = file.metadata
    listed = written.listed[: metadata.num_columns]
    columns = sum(one.vain > 0 or _beyond(_stated(metadata, at), one.held) for at, one in enumerate(listed))
    keys = set(metadata.metadata or {}) - {b"ARROW:schema"}
    counts = {"statistics": columns, "pandas": int(b"pandas" in keys), "metadata": len(keys - {b"pandas"})}
    yield from (Trace(kind, "", count) for kind, count in counts.items() if count)


def _stated(metadata: parquet.FileMetaData, at: int) -> set[tuple[Any, Any]]:
    """The least and largest values that the row groups state of a column."""
    known = [metadata.row_group(group).column(at).statistics for group in range(metadata.num_row_groups)]
    return {(one.min, one.max) for one in known if one is not None and one.has_min_max}


def _beyond(stated: set[tuple[Any, Any]], cells: pa.Array) -> bool:
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
