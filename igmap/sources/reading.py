"""What an adapter hands over: one table as a stream of text columns, and its account."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from igmap.engine import Scan

CHUNK_ROWS = 20_000


@dataclass(slots=True)
class Quarantine:
    """Records that fit no row: kept as raw text, told by number and reason. Filled while the table streams by."""

    records: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, record: int, raw: str, problem: str) -> None:
        """Keep one record.

        Args:
            record: its number among the records of the table, from 1.
            raw: its text; goes to the engine, never into a message.
            problem: what is wrong with it, without a value.
        """
        self.records.append((record, raw, problem))

    def numbers(self, last: int, rows: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The numbers of the next rows: those after `last` that are not kept here.

        An adapter adds what it quarantines before it hands over the rows that come after it.
        """
        skipped = np.array([record for record, _, _ in self.records if record > last], np.int64)
        following = np.arange(last + 1, last + 1 + rows + len(skipped), dtype=np.int64)
        return following[~np.isin(following, skipped)][:rows]


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
        problems: what is wrong with the table as a whole; may be filled while `stream` is consumed.
    """

    table: str
    names: Sequence[object]
    stream: pa.RecordBatchReader
    counted: int
    quarantine: Quarantine = field(default_factory=Quarantine)
    read_as: str = ""
    nested: Sequence[tuple[Sequence[object], pa.RecordBatchReader]] = ()
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sound:
    """A table that the engine may read from the file itself, if it finds as many records as were counted.

    Args:
        scan: how it lies there.
        names: the fields, in order.
        counted: records in the file, counted by other means than the engine's.
        otherwise: reads it with care, record by record, when the engine does not agree.
        read_as: encoding, delimiter, header line; no value of the file.
    """

    scan: Scan
    names: Sequence[object]
    counted: int
    otherwise: Callable[[], Reading]
    read_as: str = ""
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Inner:
    """A file inside a file, opened as an export of its own: an archive's member, a message's attachment.

    Args:
        name: its path inside the outer file; shown, never a path on disk; "" for the outer's without its suffix.
        content: opens it; read in pieces and only as far as the limits allow.
        size: in bytes, as the outer file says; None when it does not.
    """

    name: str
    content: Callable[[], AbstractContextManager[BinaryIO]]
    size: int | None = None


def told(problems: Sequence[str]) -> Reading:
    """A reading without records: what is to be said of a file whose content is in other files."""
    return Reading("", (), stream_rows((), 0), 0, problems=problems)


def stream_rows(rows: Iterable[Sequence[str | None]], width: int, *, at_once: int = CHUNK_ROWS) -> pa.RecordBatchReader:
    """Rows of text as a stream of Arrow batches with columns c1 … c`width`.

    Args:
        rows: of text.
        width: cells of each.
        at_once: rows of a batch; fewer where rows are long.
    """
    schema = pa.schema([(f"c{i}", pa.string()) for i in range(1, width + 1)])
    return pa.RecordBatchReader.from_batches(schema, _batches(iter(rows), schema, at_once))


def _batches(rows: Iterator[Sequence[str | None]], schema: pa.Schema, at_once: int) -> Iterator[pa.RecordBatch]:
    while chunk := list(islice(rows, at_once)):
        yield pa.RecordBatch.from_arrays([text_array(column) for column in zip(*chunk, strict=True)], schema=schema)


def text_array(cells: Sequence[str | None]) -> pa.Array:
    """Cells as an Arrow column; half a surrogate pair, which JSON may hold and UTF-8 may not, becomes `?`."""
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if cell is None else sound_text(cell) for cell in cells], pa.string())


def sound_text(text: str) -> str:
    """The text with `?` for what no file can hold.

    Example:
        >>> sound_text("Jan" + chr(0xD800))
        'Jan?'
    """
    return text.encode("utf-8", "replace").decode()


def text_names(names: Iterable[object]) -> list[str]:
    """Field names as text: an empty one becomes its position `(3)`, a repeated one gets a number behind it.

    A NUL in a name ends the process on its way to Arrow, and becomes the sign for what cannot be read.

    Example:
        >>> text_names(["name", None, "name"])
        ['name', '(2)', 'name (3)']
    """
    told: dict[str, None] = {}
    for position, name in enumerate(names, 1):
        word = sound_text("" if name is None else str(name)).replace("\0", "\ufffd").strip() or f"({position})"
        numbered = (f"{word} ({number})" for number in count(position))
        told[word if word not in told else next(other for other in numbered if other not in told)] = None
    return list(told)
