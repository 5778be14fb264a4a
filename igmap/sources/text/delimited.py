"""CSV and its relatives: encoding, delimiter, quotes, title lines and header are found out; no record is lost."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from igmap.engine import Scan
from igmap.errors import SourceError
from igmap.sources.reading import Quarantine, Reading, Sound, told
from igmap.sources.text.blocks import Block, blocks_of
from igmap.sources.text.dialects import DELIMITERS, Dialect, find_dialect, survey
from igmap.sources.text.encodings import COLOURS, IN_DOUBT, MARK, UNDECODABLE, Decoder, decoder_of, raw_text
from igmap.sources.text.header import find_header
from igmap.sources.text.line_ends import count_delimiters, count_records

SAMPLE_LINES = 500
BLOCK_BYTES = 1 << 24
MOST_DELIMITERS = 1_000_000  # in one line
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read(path: Path) -> Iterator[Reading | Sound]:
    """The one table of a file, or each block of a report. Counted by its line ends, those between quotes left out."""
    decoder = decoder_of(path)
    if blocks := blocks_of(decoder):
        yield told([f"a report of {len(blocks)} blocks with blank lines between them; each is read by itself"])
        yield from (_block(decoder, block, str(number)) for number, block in enumerate(blocks, 1))
        return
    lines = list(islice((line for line in decoder.lines() if line.strip("\r\n")), SAMPLE_LINES))
    if any(line.count(delimiter) > MOST_DELIMITERS for line in lines for delimiter in DELIMITERS):
        raise SourceError(f"a line holds more than {MOST_DELIMITERS:,} delimiters, which is no record; export it again")
    dialect = find_dialect(lines)
    yield _sound_file(decoder, dialect, lines) or _read_with_care(decoder, dialect, lines)


def _block(decoder: Decoder, block: Block, table: str) -> Reading:
    if not block.is_table:
        return replace(block.read_by_line(), table=table)
    part = replace(decoder, part="".join(block.lines))
    return replace(_read_with_care(part, find_dialect(block.lines), block.lines), table=table)


def _sound_file(decoder: Decoder, dialect: Dialect, lines: Sequence[str]) -> Sound | None:
    """The file as the engine may read it: UTF-8 of which nothing speaks against being sound."""
    number, names = _header(dialect, lines)
    above = list(islice(dialect.split(lines), number))
    if decoder.encoding not in {"utf-8", "utf-8-sig"} or decoder.damaged or dialect.escape:
        return None
    if dialect.delimiter not in DELIMITERS:
        return None
    records = _all_of_one_width(decoder.path, dialect, above)
    if records is None:
        return None
    skip, line_end = _lines_above(decoder, dialect, number), "\r\n" if lines[0].endswith("\r\n") else "\n"
    scan = Scan(decoder.path, dialect.width, dialect.delimiter, dialect.quote, skip, line_end)
    told, problems = _told(decoder, dialect, number), tuple(_problems(decoder, dialect, lines, len(names)))
    careful = partial(_read_with_care, decoder, dialect, lines)
    return Sound(scan, _fitted(names, dialect.width), records, careful, told, problems)


def _all_of_one_width(path: Path, dialect: Dialect, above: Sequence[Sequence[str]]) -> int | None:
    """The records below the header; None when quotes stand where they mean nothing, or a record may be too wide.

    The engine itself refuses a record that is too narrow, but overlooks empty fields too many at its end.
    """
    if dialect.quote and any(dialect.quote in cell for record in above for cell in record):
        return None
    found = count_records(path, quote=dialect.quote, delimiter=dialect.delimiter)
    records = found.records - len(above)
    due = records * (dialect.width - 1) + sum(len(record) - 1 for record in above)
    if not found.sound or (
        found.bare_ends and count_delimiters(path, quote=dialect.quote, delimiter=dialect.delimiter) != due
    ):
        return None
    return records


def _lines_above(decoder: Decoder, dialect: Dialect, above: int) -> int:
    """How many lines the first records take, blank ones among them."""
    reader = dialect.reader(decoder.lines())
    list(islice(filter(None, reader), above))
    return int(reader.line_num)


def _header(dialect: Dialect, lines: Sequence[str]) -> tuple[int, list[str]]:
    """How many records are title lines or header, and the names in the last of them."""
    sample = list(dialect.split(COLOURS.sub("", line) for line in lines))
    header = find_header(sample, dialect.width)
    return (0, []) if header is None else (header + 1, sample[header])


def _fitted(names: Sequence[str], width: int) -> list[str]:
    return [*names[:width], *[""] * (width - len(names))]


def _read_with_care(decoder: Decoder, dialect: Dialect, lines: Sequence[str]) -> Reading:
    """Record by record: what does not fit is quarantined. Counted by Python's csv module, parsed by Arrow."""
    found = survey(decoder.lines(), dialect)
    if not found.closed:
        bare = Dialect(dialect.delimiter, "", dialect.width)
        without = survey(decoder.lines(), bare)
        dialect, found = (bare, without) if without.fitting > found.fitting else (dialect, found)
    number, names = _header(dialect, lines)
    above = list(islice(dialect.split(lines), number))
    quarantine = Quarantine()
    return Reading(
        table="",
        names=_fitted(names, dialect.width),
        stream=_stream(decoder, dialect, above, quarantine, closed=found.closed),
        counted=found.records - len(above),
        quarantine=quarantine,
        read_as=_told(decoder, dialect, len(above)),
        problems=tuple(_problems(decoder, dialect, lines, len(names))),
    )


def _stream(
    decoder: Decoder, dialect: Dialect, above: Sequence[Sequence[str]], quarantine: Quarantine, *, closed: bool
) -> pa.RecordBatchReader:
    """Everything below the header as text columns; records of another width go to quarantine.

    A quote that is never closed is closed here with too many delimiters behind it, so that its record is quarantined.
    """
    ending = "" if closed else dialect.quote + dialect.delimiter * dialect.width

    def misfit(row: pc.InvalidRow) -> str:
        if row.number > len(above):
            quarantine.add(row.number - len(above), raw_text(row.text.removesuffix(ending)), _misfit(row, ending))
        return "skip"

    names = [f"c{i}" for i in range(1, dialect.width + 1)]
    fitting = sum(len(record) == dialect.width for record in above)
    batches = _below(_parsed(decoder, dialect, names, misfit, ending), fitting)
    schema = pa.schema([(name, pa.string()) for name in names])
    return pa.RecordBatchReader.from_batches(schema, _sound(batches, decoder, dialect, quarantine))


def _misfit(row: pc.InvalidRow, ending: str) -> str:
    if ending and row.text.endswith(ending):
        return "a quote is opened and never closed"
    return "too many columns" if row.actual_columns > row.expected_columns else "too few columns"


def _parsed(
    decoder: Decoder, dialect: Dialect, names: list[str], misfit: Callable[[pc.InvalidRow], str], ending: str
) -> Iterator[pa.RecordBatch]:
    """The file as Arrow parses it; every cell is text."""
    try:
        with decoder.utf8(ending) as file:
            yield from pc.open_csv(
                file,
                pc.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK_BYTES),
                pc.ParseOptions(
                    delimiter=dialect.delimiter,
                    quote_char=dialect.quote or False,
                    escape_char=dialect.escape or False,
                    newlines_in_values=bool(dialect.quote),
                    invalid_row_handler=misfit,
                ),
                pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
            )
    except pa.ArrowInvalid:
        raise SourceError("a record is longer than 16 MB or the file is damaged; export it again") from None


def _below(batches: Iterator[pa.RecordBatch], above: int) -> Iterator[pa.RecordBatch]:
    """The batches without the first `above` rows: those title lines and headers that have the table's width."""
    for batch in batches:
        yield batch.slice(min(above, len(batch)))
        above -= min(above, len(batch))


def _sound(
    batches: Iterator[pa.RecordBatch], decoder: Decoder, dialect: Dialect, quarantine: Quarantine
) -> Iterator[pa.RecordBatch]:
    """The batches without records that hold undecodable bytes; those go to quarantine."""
    last = 0
    for batch in batches:
        if not decoder.damaged:
            yield batch
            continue
        numbers = quarantine.numbers(last, len(batch))
        last = int(numbers[-1]) if len(numbers) else last
        rows = [list(row.values()) for row in batch.to_pylist()]
        damaged = [any(map(MARK.search, row)) for row in rows]
        for number, row in ((n, row) for n, row, is_damaged in zip(numbers, rows, damaged, strict=True) if is_damaged):
            quarantine.add(int(number), raw_text(dialect.delimiter.join(row)), UNDECODABLE)
        yield batch.filter(pa.array([not is_damaged for is_damaged in damaged], pa.bool_()))


def _told(decoder: Decoder, dialect: Dialect, above: int) -> str:
    delimiter = DELIMITERS.get(dialect.delimiter, "no")
    line = f"header in record {above}" if above else "no header"
    return f"{decoder.encoding}, {delimiter} delimiter, {line}"


def _problems(decoder: Decoder, dialect: Dialect, lines: Sequence[str], names: int) -> Iterator[str]:
    if decoder.doubt:
        yield IN_DOUBT
    if any(CONTROL.search(line.replace(dialect.delimiter, "")) for line in lines):
        yield "control characters stand in its text, such as colours of a terminal; they are kept as they are"
    if names > dialect.width:
        yield f"the header names {names} columns, most records have {dialect.width}: the last names are left out"
