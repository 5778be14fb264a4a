"""What an adapter hands over: one table as a stream of text columns, and its account."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa

CHUNK_ROWS = 20_000


@dataclass(slots=True)
class Quarantine:
    """Records that fit no row: kept as raw text, told by number and reason. Filled while the table streams by."""

    records: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, record: int, raw: str, problem: str) -> None:
        """Keep one record.

        Args:
            record: its number in the file, from 1.
            raw: its text; goes to the engine, never into a message.
            problem: what is wrong with it, without a value.
        """
        self.records.append((record, raw, problem))


@dataclass(frozen=True, slots=True)
class Reading:
    """One table of a file.

    Args:
        table: sheet or database table, else "".
        names: the fields, in order; column i of `stream` is field i.
        stream: text columns c1, c2 …, blanks as null or "".
        counted: records in the file, counted by other means than the parser.
        quarantine: filled while `stream` is consumed.
        read_as: encoding, delimiter, header line; no value of the file.
        nested: tables of the items of arrays, with a `record` column: pairs of field names and stream.
        problems: what is wrong with the table as a whole.
    """

    table: str
    names: Sequence[str]
    stream: pa.RecordBatchReader
    counted: int
    quarantine: Quarantine = field(default_factory=Quarantine)
    read_as: str = ""
    nested: Sequence[tuple[Sequence[str], pa.RecordBatchReader]] = ()
    problems: Sequence[str] = ()


def stream_rows(rows: Iterable[Sequence[str | None]], width: int) -> pa.RecordBatchReader:
    """Rows of text as a stream of Arrow batches with columns c1 … c`width`."""
    schema = pa.schema([(f"c{i}", pa.string()) for i in range(1, width + 1)])
    return pa.RecordBatchReader.from_batches(schema, _batches(iter(rows), schema))


def _batches(rows: Iterator[Sequence[str | None]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while chunk := list(islice(rows, CHUNK_ROWS)):
        columns = list(zip(*chunk, strict=True)) or [() for _ in schema]
        yield pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], schema=schema)


def text_names(names: Iterable[object]) -> list[str]:
    """Field names as text: an empty one becomes its position `(3)`, a repeated one gets its position behind it."""
    taken: set[str] = set()
    told = []
    for position, name in enumerate(names, 1):
        word = str(name).strip() if name is not None else ""
        word = word or f"({position})"
        word = f"{word} ({position})" if word in taken else word
        taken.add(word)
        told.append(word)
    return told
