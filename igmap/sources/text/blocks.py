"""Reports of several tables in one delimited file, parted by blank lines, each under a header of its own.

Attendance reports of meetings are written so: what was held, who was there, who came and went when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice

from igmap.sources.reading import Reading, stream_rows
from igmap.sources.text.dialects import find_dialect, survey
from igmap.sources.text.encodings import Decoder, raw_text
from igmap.sources.text.header import find_header, is_of_headers

HEAD_LINES, MOST_BYTES, MOST_BLOCKS = 100, 1 << 24, 50
FEWEST_FIELDS, FEWEST_TABLES, FEWEST_WORDS, FEWEST_RECORDS = 3, 2, 2, 2  # of a header and what stands below it
FITTING = 0.9


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a report: its lines, and whether they are a table under a header."""

    lines: tuple[str, ...]
    is_table: bool

    def read_by_line(self) -> Reading:
        """What is no table, a line to a record: what a meeting was called is no name of a field."""
        rows = [[raw_text(line).strip("\ufeff\r\n")] for line in self.lines]
        return Reading("", ("",), stream_rows(rows, 1), len(rows), read_as="no delimiter, no header")


def blocks_of(decoder: Decoder) -> tuple[Block, ...]:
    """Each block of a report; nothing for a file that is one table.

    Two blocks must be tables with words in their headers that headers use, and that are no cells of others: a blank
    line between records parts no tables.
    """
    is_long = decoder.path.stat().st_size > MOST_BYTES
    if is_long or not any(_is_blank(line) for line in islice(decoder.lines(), HEAD_LINES)):
        return ()
    blocks = [list(lines) for blank, lines in groupby(decoder.lines(), _is_blank) if not blank]
    tables = [_table(block) for block in blocks] if len(blocks) <= MOST_BLOCKS else []
    told = list(filter(None, tables))
    heads, cells = (set(chain.from_iterable(part)) for part in zip(*told, strict=True)) if told else (set(), set())
    if len(told) < FEWEST_TABLES or heads & cells:
        return ()
    return tuple(Block(tuple(block), table is not None) for block, table in zip(blocks, tables, strict=True))


def _is_blank(line: str) -> bool:
    return not line.strip()


def _table(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """The names in the header of a block, and the cells below it; nothing for one that is no table."""
    dialect = find_dialect(lines)
    found, records = survey(lines, dialect), list(dialect.split(lines))
    header = find_header(records, dialect.width) if dialect.width >= FEWEST_FIELDS and found.closed else None
    if header is None or found.fitting < max(FITTING * (found.records - header), FEWEST_RECORDS):
        return None
    if sum(map(is_of_headers, records[header])) < FEWEST_WORDS:
        return None
    return records[header], tuple(filter(None, chain.from_iterable(records[header + 1 :])))
