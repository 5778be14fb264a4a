"""A reading becomes a table of the engine, and its account a dataset."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from igmap.engine import Engine
from igmap.engine.protocol import RECORD
from igmap.errors import EngineError, IgmapError, SourceError
from igmap.sources.exports import Column, Dataset, Problem
from igmap.sources.reading import Quarantine, Reading, Sound, text_array, text_names

PROBLEMS_LISTED = 1000
MOST_COLUMNS = 10_000


def scanned(engine: Engine, name: str, told: Dataset, sound: Sound) -> Dataset | None:
    """The dataset with its table as it lies in the file; None when the engine does not find what was counted."""
    try:
        parsed = engine.scan(name, sound.scan)
    except EngineError:
        return None
    if parsed != sound.counted:
        engine.forget(name)
        return None
    fields = text_names(sound.names)
    return replace(
        told,
        rows=sound.counted,
        parsed=parsed,
        problems=tuple(Problem(None, problem) for problem in sound.problems),
        columns=tuple(Column(field, name, f"c{i}") for i, field in enumerate(fields, 1)),
        name=name,
        read_as=sound.read_as,
    )


def loaded(engine: Engine, name: str, told: Dataset, reading: Reading) -> Dataset:
    """The dataset with its tables in the engine."""
    if not reading.names and not reading.counted:
        return replace(told, problems=tuple(_problems(reading, 0, ())))
    if len(reading.names) > MOST_COLUMNS:
        raise SourceError(f"has more than {MOST_COLUMNS} columns; export it in parts")
    streams = {name: _numbered(reading.stream, reading.quarantine)}
    streams |= {f"{name}_{number}": stream for number, (_, stream) in enumerate(reading.nested, 1)}
    places = [place for table, stream in streams.items() for place in _load(engine, table, stream, items=table != name)]
    fields = text_names([*reading.names, *(field for fields, _ in reading.nested for field in fields)])
    kept = sorted(reading.quarantine.records)
    if kept:
        records, raws, _ = zip(*kept, strict=True)
        engine.load(f"{name}_quarantine", pa.table({RECORD: records, "c1": text_array(raws)}).to_reader())
    parsed, _ = engine.describe(name)
    return replace(
        told,
        rows=reading.counted,
        parsed=parsed,
        quarantined=len(kept),
        problems=tuple(_problems(reading, parsed, kept)),
        columns=tuple(Column(field, *place) for field, place in zip(fields, places, strict=True)),
        name=name,
        quarantine=f"{name}_quarantine" if kept else "",
    )


def _problems(reading: Reading, parsed: int, kept: Sequence[tuple[int, str, str]]) -> Iterator[Problem]:
    yield from (Problem(None, problem) for problem in reading.problems)
    if parsed + len(kept) != reading.counted:
        yield Problem(
            None, f"{reading.counted} records counted, {parsed} parsed and {len(kept)} quarantined: look at the file"
        )
    yield from (Problem(record, problem) for record, _, problem in kept[:PROBLEMS_LISTED])
    if len(kept) > PROBLEMS_LISTED:
        yield Problem(None, f"{len(kept) - PROBLEMS_LISTED} more quarantined records are not listed here")


def _numbered(stream: pa.RecordBatchReader, quarantine: Quarantine) -> pa.RecordBatchReader:
    """The stream with the number of each record in its file, quarantined ones counted."""
    schema = pa.schema([(RECORD, pa.int64()), *stream.schema])

    def batches() -> Iterator[pa.RecordBatch]:
        last = 0
        for batch in stream:
            numbers = quarantine.numbers(last, len(batch))
            last = int(numbers[-1]) if len(numbers) else last
            yield pa.RecordBatch.from_arrays([pa.array(numbers), *batch.columns], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _load(engine: Engine, name: str, stream: pa.RecordBatchReader, *, items: bool) -> list[tuple[str, str]]:
    """Load one table and say where its columns are."""
    failures: list[IgmapError] = []
    batches = pa.RecordBatchReader.from_batches(stream.schema, map(_blanks_as_null, _watched(stream, failures)))
    try:
        engine.load(name, batches, items=items)
    except EngineError as error:
        raise (failures or [SourceError(f"cannot be loaded: {error}")])[0] from None
    return [(name, column) for column in stream.schema.names if column != RECORD]


def _watched(stream: Iterable[pa.RecordBatch], failures: list[IgmapError]) -> Iterator[pa.RecordBatch]:
    """The stream as it is; our own errors are kept, since the engine turns what is raised in it into its own."""
    try:
        yield from stream
    except IgmapError as error:
        failures.append(error)
        raise


def _blanks_as_null(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Blank text is null everywhere after this: one kind of blank, as anyone reading the file would see it."""
    arrays = [_unblanked(array) if pa.types.is_string(array.type) else array for array in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _unblanked(array: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    blank = pc.or_(pc.utf8_is_space(array), pc.equal(array, ""))
    return pc.if_else(blank, None, array) if pc.any(blank).as_py() else array
