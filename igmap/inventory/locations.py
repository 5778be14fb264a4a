"""Where hidden identifiers stand: file, field and record number, for the person who must act; never a value.

A detection is hidden when its kind is not the field's own: a BSN in a remark, an e-mail address in a column of names.
The columns that hold any are looked at again, value by value, with the very counts that made the inventory; the engine
says which records hold the values.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import parquet

from igmap.errors import WorkspaceError
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.detectors.detector import ascii_only
from igmap.inventory.discovering import columns_of
from igmap.inventory.evidence import BATCH_BYTES, BATCH_VALUES, weigh
from igmap.inventory.inventory import Field, Inventory
from igmap.inventory.labels import Located, mask_all, shown
from igmap.inventory.spans import places_of
from igmap.inventory.tally import Tally
from igmap.inventory.texts import Texts
from igmap.sources import Column, Dataset, Exports
from igmap.vocabulary.speaking import special_patterns

FILE = "locations.parquet"
SAMPLED = "records_looked_at_per_table"  # in the metadata of the file; 0 for all
TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("source", TEXT), ("table", TEXT), ("field", TEXT), ("file", TEXT),
        ("record", pa.int64()), ("detector", TEXT), ("start", pa.int32()), ("end", pa.int32()),
    ]
)  # fmt: skip
COUNTS = ("rows", "spoken", "text")  # what a detection may count: see the verdict
SEEN = pa.schema(
    [
        ("place", pa.int64()), ("record", pa.int64()), ("detector", TEXT), ("start", pa.int32()), ("end", pa.int32()),
        *((way, pa.bool_()) for way in COUNTS),
    ]
)  # fmt: skip
GROUP = 64  # values that are weighed together first: hidden identifiers are rare


@dataclass(frozen=True, slots=True)
class Place:
    """A column in which something hides.

    Args:
        source: as it may be shown.
        table: the same.
        files: the files of a folder that is one table, the same; else none.
        field: with what was found in it.
        dataset: the one it lies in.
        column: where the engine keeps it.
        wanted: what hides there, with the records that are counted in the inventory.
    """

    source: str
    table: str
    files: tuple[str, ...]
    field: Field
    dataset: Dataset
    column: Column
    wanted: dict[str, int]


def hidden(field: Field, detectors: Sequence[Detector] = DETECTORS) -> dict[str, int]:
    """What hides in a field, with the number of records: detectors whose category is not the field's own."""
    kinds = {detector.id: detector.category for detector in detectors}
    return {d.detector: d.count for d in field.detections if kinds.get(d.detector, d.detector) != field.category}


def write_locations(
    path: Path,
    exports: Exports,
    inventory: Inventory,
    *,
    staging: Path,
    detectors: Sequence[Detector] = DETECTORS,
) -> Path:
    """Write where every hidden identifier stands, as Parquet that its owner alone can read.

    Args:
        path: of the file, normally in `private/`.
        exports: those that the inventory was made of.
        inventory: says in which fields something hides.
        staging: folder for the file on its way.
        detectors: those the inventory was made with.

    Returns:
        The path. One row per hit: `source`, `table` and `field` as the inventory calls them, `file` in that source,
        masked as everywhere, `record` as igmap counts the records of that file from 1, `detector`, and `start` and
        `end` in the cell, in characters.
    """
    places = list(_places(exports, inventory, detectors))
    with tempfile.TemporaryDirectory(dir=staging, prefix="locations-") as folder:
        seen = Path(folder) / FILE
        counted = _look(exports, places, detectors, seen)
        schema = SCHEMA.with_metadata({SAMPLED: str(_sampled(inventory))})
        with _replaced(path) as written, parquet.ParquetWriter(written, schema, compression="zstd") as writer:
            for table in _kept(seen, places, counted):
                writer.write_table(table)
    return path


def _sampled(inventory: Inventory) -> int:
    """How many records of each table were looked at; 0 for all."""
    reasons = (reason for dataset in inventory.datasets for field in dataset.fields for reason in field.reasons)
    return next((int(reason["records"]) for reason in reasons if reason["code"] == "sampled"), 0)


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """A file beside the path that only its owner can read, which comes into its place when all is written."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    os.close(handle)
    try:
        yield Path(scratch)
        Path(scratch).replace(path)
    except OSError as error:
        raise WorkspaceError(f"{path.name}: cannot be written ({error.strerror})") from None
    finally:
        Path(scratch).unlink(missing_ok=True)


def _places(exports: Exports, inventory: Inventory, detectors: Sequence[Detector]) -> Iterator[Place]:
    for at, found in zip(shown(exports), inventory.datasets, strict=True):
        files = tuple(members(at))
        for column, field in zip(columns_of(at), found.fields, strict=False):
            if wanted := hidden(field, detectors):
                yield Place(at.source, at.table, files, field, at.dataset, column, wanted)


def members(at: Located) -> Iterator[str]:
    """The files of a folder that is one table, as they may be shown."""
    folder = PurePosixPath(at.source).parent
    masks = mask_all([name for name, _ in at.dataset.files])
    yield from (str(folder / masks[name]) for name, _ in at.dataset.files)


def _look(
    exports: Exports, places: Sequence[Place], detectors: Sequence[Detector], path: Path
) -> Counter[tuple[int, str, str]]:
    """Write every hit, and count the records of each place, kind and way of counting."""
    counted: Counter[tuple[int, str, str]] = Counter()
    with parquet.ParquetWriter(path, SEEN, compression="zstd") as writer:
        for batch in _batches(exports, places, detectors):
            fired = _hits(batch, places, detectors)
            for number, detector, *counts in fired.group_by("place", "detector").agg(pl.col(COUNTS).sum()).rows():
                counted.update({(number, detector, way): count for way, count in zip(COUNTS, counts, strict=True)})
            for (number,), values in fired.group_by("place", maintain_order=True):
                column = places[int(str(number))].column
                for table in _recorded(exports, column, _spread(values, detectors)):
                    writer.write_table(table.select(SEEN.names).cast(SEEN))
    return counted


def _batches(exports: Exports, places: Sequence[Place], detectors: Sequence[Detector]) -> Iterator[pl.DataFrame]:
    """The distinct values of all columns together, so that a pattern is compiled once for many."""
    held: list[pl.DataFrame] = []
    for number, place in enumerate(places):
        sign = sign_of(place.wanted, detectors)
        for batch in exports.engine.values(place.column.table, place.column.column):
            values = pl.DataFrame(pl.from_arrow(batch)).filter(pl.col("value").str.contains(sign))
            held.append(values.with_columns(place=pl.lit(number, pl.Int64)))
            if sum(map(len, held)) >= BATCH_VALUES or sum(one.estimated_size() for one in held) >= BATCH_BYTES:
                yield pl.concat(held)
                held = []
    if held:
        yield pl.concat(held)


def sign_of(kinds: Container[str], detectors: Sequence[Detector]) -> str:
    """A pattern without which no value holds any of the kinds; every value has that of names."""
    patterns = [ascii_only(detector.pattern) for detector in detectors if detector.id in kinds]
    patterns += [f"(?i:{pattern})" for category, pattern in special_patterns().items() if category in kinds]
    return "" if "name" in kinds else "|".join(f"(?:{pattern})" for pattern in patterns)


def _hits(batch: pl.DataFrame, places: Sequence[Place], detectors: Sequence[Detector]) -> pl.DataFrame:
    """The values in which something hides: `place`, `value`, `detector`, and the records by each way of counting."""
    wanted = pl.DataFrame(
        [(number, kind) for number, place in enumerate(places) for kind in place.wanted],
        schema={"place": pl.Int64, "detector": pl.String},
        orient="row",
    )
    kinds = set(wanted["detector"])
    numbered = batch.with_row_index("at")
    grouped = _counted(numbered.with_columns(field=pl.col("at") // GROUP), kinds, detectors)
    near = numbered.filter((pl.col("at") // GROUP).is_in(grouped["field"].unique().implode()))
    each = _counted(near.with_columns(field="at"), kinds, detectors)
    return (
        numbered.drop("rows")
        .join(each, left_on="at", right_on="field")
        .join(wanted, on=["place", "detector"], how="semi")
    )


def _counted(batch: pl.DataFrame, kinds: Container[str], detectors: Sequence[Detector]) -> pl.DataFrame:
    """What the evidence counts of each field in which something wanted was met."""
    met: dict[tuple[int, str], Counter[str]] = {}
    tally = Tally(batch["field"].to_numpy(), batch["rows"].to_numpy())
    weigh(Texts.of(batch["value"].to_arrow()), tally, detectors)
    for field, counts in tally.evidence():
        for key in counts:
            way, _, kind = key.partition(":")
            if way in COUNTS and kind in kinds:
                met.setdefault((field, kind), Counter())[way] += counts[key]
    rows = [(field, kind, *(counts[way] for way in COUNTS)) for (field, kind), counts in met.items()]
    schema: dict[str, Any] = {
        "field": batch["field"].dtype,
        "detector": pl.String,
        **dict.fromkeys(COUNTS, pl.Int64),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _spread(fired: pl.DataFrame, detectors: Sequence[Detector]) -> pl.DataFrame:
    """One row per place in a value; a value that fires as a whole, such as a name by its list, is one place."""
    found = []
    for (kind,), values in fired.group_by("detector", maintain_order=True):
        places = places_of(str(kind), values["value"], detectors)
        whole = {"start": pl.lit(0), "end": pl.col("value").str.len_chars()}
        at = values.with_row_index("row").join(places, on="row", how="left")
        found.append(at.with_columns(pl.col(name).fill_null(default).cast(pl.Int32) for name, default in whole.items()))
    return pl.concat(found).with_columns(pl.col(COUNTS) > 0)


def _recorded(exports: Exports, column: Column, spread: pl.DataFrame) -> Iterator[pa.Table]:
    """The places with the numbers of the records that hold the values."""
    values = spread["value"].unique(maintain_order=True)
    sought = pl.DataFrame({"value": values}).with_row_index("sought").cast({"sought": pl.Int64})
    placed = spread.join(sought, on="value").drop("value", "row")
    for batch in exports.engine.records(column.table, column.column, values.to_arrow().cast(pa.string())):
        records = pl.DataFrame(pl.from_arrow(batch)).rename({"place": "sought"})
        yield records.join(placed, on="sought", maintain_order="left").to_arrow()


def _kept(path: Path, places: Sequence[Place], counted: Counter[tuple[int, str, str]]) -> Iterator[pa.Table]:
    """What the inventory counts of what was seen, with where it is."""
    ways = pl.DataFrame(
        [
            (number, kind, _way(records, {way: counted[number, kind, way] for way in COUNTS}))
            for number, place in enumerate(places)
            for kind, records in place.wanted.items()
        ],
        schema={"place": pl.Int64, "detector": pl.String, "way": pl.String},
        orient="row",
    )
    is_counted = pl.any_horizontal((pl.col("way") == way) & pl.col(way) for way in COUNTS)
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches():
            seen = pl.DataFrame(pl.from_arrow(batch)).with_columns(pl.col("detector").cast(pl.String))
            kept = seen.join(ways, on=["place", "detector"], maintain_order="left").filter(is_counted)
            for (number,), part in kept.group_by("place", maintain_order=True):
                yield _told(part.to_arrow(), places[int(str(number))])


def _way(records: int, counts: Mapping[str, int]) -> str:
    """Which of the counts is the inventory's: of a checksum met by chance, only what stands in text is."""
    return next((way for way in COUNTS if counts[way] == records), "rows" if counts["rows"] else "spoken")


def _told(table: pa.Table, place: Place) -> pa.Table:
    told = {"source": place.source, "table": place.table, "field": place.field.name}
    columns = {name: pa.repeat(value, len(table)) for name, value in told.items()}
    columns["file"], columns["record"] = _in_files(place, table["record"].to_numpy())
    cells = [columns[name] if name in columns else table[name] for name in SCHEMA.names]
    return pa.table(cells, names=SCHEMA.names).cast(SCHEMA)


def _in_files(place: Place, records: "np.ndarray[Any, Any]") -> tuple[pa.Array, pa.Array]:
    """The file of each record and its number there: those of a folder are numbered from file to file."""
    if not place.files:
        return pa.repeat(place.source, len(records)), pa.array(records)
    offsets = np.array(place.dataset.offsets)
    file = np.searchsorted(offsets, records, side="left") - 1
    return pa.array(place.files).take(pa.array(file)), pa.array(records - offsets[file])
