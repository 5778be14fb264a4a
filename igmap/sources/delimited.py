"""CSV and its relatives: encoding, delimiter, quotes, title lines and header are found out; no record is lost."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from igmap.errors import SourceError
from igmap.sources.encodings import MARK, Decoder, decoder_of, raw_text
from igmap.sources.header import find_header
from igmap.sources.reading import Quarantine, Reading, text_names

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
QUOTES = ('"', "'", "")
NO_DELIMITER = "\x1f"
SAMPLE_LINES = 500
LEAST_SHARE = 0.5
BLOCK_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written.

    Args:
        delimiter: between fields.
        quote: around fields, or "" when quotes mean nothing.
        width: fields per record.
    """

    delimiter: str
    quote: str
    width: int

    def split(self, lines: Sequence[str]) -> list[list[str]]:
        """The lines as records, blank ones left out."""
        quoting = csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE
        reader = csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote or None, quoting=quoting)
        try:
            return [record for record in reader if record]
        except csv.Error:
            return []


def read(path: Path) -> Iterator[Reading]:
    """The one table of a delimited file."""
    decoder = decoder_of(path)
    lines = list(islice(decoder.lines(), SAMPLE_LINES))
    dialect = _dialect(lines)
    records, closed = _count(decoder, dialect)
    if not closed:
        dialect = Dialect(dialect.delimiter, "", dialect.width)
        records, _ = _count(decoder, dialect)
    sample = dialect.split(lines)
    header = find_header(sample, dialect.width)
    above = 0 if header is None else header + 1
    names = sample[header][: dialect.width] if header is not None else []
    quarantine = Quarantine()
    yield Reading(
        table="",
        names=text_names([*names, *[""] * (dialect.width - len(names))]),
        stream=_stream(decoder, dialect, sample[:above], quarantine),
        counted=records - above,
        quarantine=quarantine,
        read_as=_told(decoder, dialect, header),
        problems=() if header is None else tuple(_lost_names(len(sample[header]), dialect.width)),
    )


def _dialect(lines: Sequence[str]) -> Dialect:
    """The delimiter and quote under which most records have the same number of fields, at least two.

    Of two quotes that fit as well the first one counts; of two delimiters the one that gives more fields.
    """
    best, best_score = Dialect(NO_DELIMITER, "", 1), (LEAST_SHARE, 1)
    for delimiter in DELIMITERS:
        share, dialect = max((_fit(Dialect(delimiter, quote, 0), lines) for quote in QUOTES), key=lambda fit: fit[0])
        if dialect.width > 1 and (share, dialect.width) > best_score:
            best, best_score = dialect, (share, dialect.width)
    return best


def _fit(dialect: Dialect, lines: Sequence[str]) -> tuple[float, Dialect]:
    """The share of records of the most frequent width, to two decimals, and the dialect with that width."""
    widths = Counter(map(len, dialect.split(lines)))
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return round(times / max(widths.total(), 1), 2), Dialect(dialect.delimiter, dialect.quote, width)


def _count(decoder: Decoder, dialect: Dialect) -> tuple[int, bool]:
    """Count records line by line, and say whether the last quoted field is closed. Shares nothing with the parser."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    whole = re.compile(rf"(^|{delimiter}){quote}(?:[^{quote}]|{quote}{quote})*{quote}") if quote else None
    opening = re.compile(rf"(?:^|{delimiter}){quote}")
    closing = re.compile(rf"^(?:[^{quote}]|{quote}{quote})*{quote}(?!{quote})") if quote else None
    records, inside = 0, False
    for line in decoder.lines():
        text = line
        if inside and closing:
            if dialect.quote not in text or not closing.match(text):
                continue
            text, inside = closing.sub("", text), False
        elif not text.strip("\r\n"):
            continue
        if whole and dialect.quote in text:
            inside = bool(opening.search(whole.sub(r"\1", text)))
        records += not inside
    return records, not inside


def _stream(decoder: Decoder, dialect: Dialect, above: list[list[str]], quarantine: Quarantine) -> pa.RecordBatchReader:
    """Everything below the header as text columns; records of another width go to quarantine."""

    def misfit(row: pc.InvalidRow) -> str:
        if row.number > len(above):
            problem = "too many columns" if row.actual_columns > row.expected_columns else "too few columns"
            quarantine.add(row.number - len(above), raw_text(row.text), problem)
        return "skip"

    names = [f"c{i}" for i in range(1, dialect.width + 1)]
    file = decoder.utf8()
    try:
        reader = pc.open_csv(
            file,
            pc.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK_BYTES),
            pc.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote or False,
                newlines_in_values=bool(dialect.quote),
                invalid_row_handler=misfit,
            ),
            pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        raise SourceError("a record is longer than 16 MB or the file is damaged; export it again") from None
    fitting = sum(len(record) == dialect.width for record in above)
    return pa.RecordBatchReader.from_batches(reader.schema, _sound(_below(reader, fitting, file), decoder, quarantine))


def _below(batches: Iterator[pa.RecordBatch], above: int, file: Any) -> Iterator[pa.RecordBatch]:
    """The batches without the first `above` rows: title lines and header. The file is closed at the end."""
    try:
        with file:
            for batch in batches:
                yield batch.slice(min(above, len(batch)))
                above -= min(above, len(batch))
    except pa.ArrowInvalid:
        raise SourceError("a record is longer than 16 MB or the file is damaged; export it again") from None


def _sound(batches: Iterator[pa.RecordBatch], decoder: Decoder, quarantine: Quarantine) -> Iterator[pa.RecordBatch]:
    """The batches without records that hold undecodable bytes; those go to quarantine."""
    before = 0
    for batch in batches:
        yield _without_damage(batch, before, quarantine) if decoder.damaged else batch
        before += len(batch)


def _without_damage(batch: pa.RecordBatch, before: int, quarantine: Quarantine) -> pa.RecordBatch:
    damaged = [any(map(MARK.search, row.values())) for row in batch.to_pylist()]
    for position in (i for i, is_damaged in enumerate(damaged) if is_damaged):
        raw = " ".join(batch.slice(position, 1).to_pylist()[0].values())
        quarantine.add(before + position + 1, raw_text(raw), "bytes that fit no encoding")
    return batch.filter(pa.array([not is_damaged for is_damaged in damaged]))


def _told(decoder: Decoder, dialect: Dialect, header: int | None) -> str:
    delimiter = DELIMITERS.get(dialect.delimiter, "no")
    line = "no header" if header is None else f"header in record {header + 1}"
    return f"{decoder.encoding}, {delimiter} delimiter, {line}"


def _lost_names(names: int, width: int) -> Iterator[str]:
    if names > width:
        yield f"the header names {names} columns, most records have {width}: the last names are left out"
