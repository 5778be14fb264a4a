"""SQL dumps of MySQL, PostgreSQL and SQLite: parsed, never run. A table per table, from its INSERTs and COPYs.

The dump is walked through once to find where the records of each table stand, and each table is then read from there,
so that a dump of any size is held piece by piece.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from igmap.errors import SourceError
from igmap.sources.reading import CHUNK_ROWS, Quarantine, Reading
from igmap.sources.sql.count import count_records
from igmap.sources.sql.dialect import LOOKED_AT, Dialect, dialect_of
from igmap.sources.sql.literals import Literals, lines_cells
from igmap.sources.sql.rows import Rows, rows_of
from igmap.sources.sql.statements import Piece, Walk
from igmap.sources.sql.tables import Table, find_tables
from igmap.sources.sql.window import window_at
from igmap.sources.text.encodings import UNDECODABLE, Decoder, decoder_of, raw_text

NO_TABLES = "holds no tables: statements are not run; export the tables themselves, as CSV or as a dump"
CUT = "the dump breaks off inside a record; export it again"
MARKS = (b"\xef\x9c", b"\xef\x9d", b"\xef\x9e", b"\xef\x9f")  # how `encodings.MARK` begins in UTF-8


def read(path: Path) -> Iterator[Reading]:
    """One table per table. Counted by brackets and quotes behind VALUES, and by the lines of COPY.

    Raises:
        SourceError: there is no table in it.
    """
    decoder = decoder_of(path)
    with window_at(decoder) as window:
        window.ensure(LOOKED_AT)
        dialect = dialect_of(window.text)
    tables, changes = find_tables(decoder, dialect)
    counts = count_records(decoder, dialect)
    if not tables and not counts:
        raise SourceError(NO_TABLES)
    several = len({key[0] for key in tables}) > 1
    problems = [f"{changes} statements that may change records (UPDATE, DELETE …) were not carried out"] * bool(changes)
    for key in [*tables, *(key for key in counts if key not in tables)]:
        source = _Source(decoder, dialect, tables.get(key) or Table(key), Quarantine())
        yield Reading(
            table=".".join(filter(None, (key[0] if several else "", *key[1:]))),
            names=source.table.names(),
            stream=source.stream(),
            counted=counts[key],
            quarantine=source.quarantine,
            read_as=f"{decoder.encoding}, {'MySQL' if dialect.escapes else 'standard SQL'}",
            problems=[*problems, *[CUT] * source.table.broken],
        )
        problems = []


@dataclass(frozen=True, slots=True)
class _Source:
    """One table of a dump, read from where its records stand.

    Args:
        decoder: of the dump.
        dialect: of the dump.
        table: which.
        quarantine: takes the records that fit no row.
    """

    decoder: Decoder
    dialect: Dialect
    table: Table
    quarantine: Quarantine

    def stream(self) -> pa.RecordBatchReader:
        """The rows as text."""
        schema = pa.schema([(f"c{i}", pa.string()) for i in range(1, len(self.table.names()) + 1)])
        return pa.RecordBatchReader.from_batches(schema, self._batches(schema))

    def _batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        number = 0
        for piece, rows in self._gathered():
            places = self.table.places(piece.columns)
            for offset, raw, problem in rows.misfits:
                self.quarantine.add(number + offset + 1, raw_text(raw.decode("utf-8", "replace")), problem)
            told = dict(zip(places, self._columns(piece, rows), strict=True))
            length = len(rows.columns[0])
            blank = pa.nulls(length, pa.string())
            batch = pa.RecordBatch.from_arrays([told.get(i, blank) for i in range(len(schema))], schema=schema)
            yield self._sound(batch, number, rows) if self.decoder.damaged and length else batch
            number += rows.records

    def _gathered(self) -> Iterator[tuple[Piece, Rows]]:
        """The records of pieces, and those of small ones that are alike together."""
        held: tuple[Piece, Rows] | None = None
        for piece in self._pieces():
            rows = rows_of(piece, self.dialect, len(self.table.places(piece.columns)))
            if held and held[1].records < CHUNK_ROWS and held[0].is_like(piece):
                held[1].extend(rows)
                continue
            if held:
                yield held
            held = piece, rows
        if held:
            yield held

    def _pieces(self) -> Iterator[Piece]:
        for start, end, place in self.table.runs:
            with window_at(self.decoder, start) as window:
                for piece in Walk(window, self.dialect, place):
                    if piece.key == self.table.key and piece.form not in {"table", "skipped"}:
                        yield piece
                    if piece.end >= end:
                        break

    def _columns(self, piece: Piece, rows: Rows) -> list[pa.Array]:
        if piece.form == "lines":
            return list(map(lines_cells, rows.columns))
        return list(map(Literals(self.dialect, self.decoder.encoding).values, rows.columns))

    def _sound(self, batch: pa.RecordBatch, number: int, rows: Rows) -> pa.RecordBatch:
        """The batch without the rows that hold undecodable bytes; those go to quarantine."""
        binary = [column.cast(pa.binary()) for column in batch.columns]
        marks = [
            pc.fill_null(pc.match_substring(column, mark), fill_value=False) for column in binary for mark in MARKS
        ]
        damaged = reduce(pc.or_, marks)
        misfits = {offset for offset, _, _ in rows.misfits}
        numbers = [number + offset + 1 for offset in range(rows.records) if offset not in misfits]
        for i in pc.indices_nonzero(damaged).to_pylist():
            raw = b",".join(column[i] for column in rows.columns)
            self.quarantine.add(numbers[i], raw_text(raw.decode("utf-8", "replace")), UNDECODABLE)
        return batch.filter(pc.invert(damaged))
