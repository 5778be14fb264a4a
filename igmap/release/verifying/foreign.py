"""A released file of any origin as a table of text: what does not read whole is refused, and nothing is skipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv

from igmap.errors import SourceError
from igmap.release.coded import Coded, Listed, joined, parquet_columns, read
from igmap.sources.text.dialects import DELIMITERS, Dialect, find_dialect, survey
from igmap.sources.text.encodings import Decoder, decoder_of

SUFFIXES = {".csv", ".tsv", ".parquet"}
SAMPLE_LINES = 500


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Written:
    """A released file.

    Args:
        path: where it lies.
        columns: their cells, as texts; in a CSV nothing is a blank, and `""` a text without letters.
        listed: of a Parquet file, what is written of the different values of each column.
        ended: whether its last line has an end; one that was cut off has none.
    """

    path: Path
    columns: Mapping[str, Coded]
    listed: tuple[Listed, ...] = ()
    ended: bool = True

    @property
    def rows(self) -> int:
        """In it."""
        return next((len(cells.codes) for cells in self.columns.values()), 0)

    @property
    def values(self) -> pl.DataFrame:
        """Each different `text` of each `column`, with its `rows`; columns by number."""
        cells = [*self.columns.values()]
        each = {
            "column": pl.Series(np.repeat(np.arange(len(cells)), [len(one.values) for one in cells])),
            "text": pl.concat([one.values.alias("") for one in cells]),
            "rows": pl.concat([one.counts() for one in cells]),
        }
        return pl.DataFrame(each).filter(pl.col("rows") > 0)


def files_of(folder: Path) -> list[Path]:
    """The data files of a release.

    Raises:
        SourceError: there is none.
    """
    files = [folder] if folder.is_file() else sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES)
    if not files:
        raise SourceError(f"{folder.name}: holds no data file; name a .csv or .parquet file")
    return files


def read_written(path: Path, delimiter: str = "") -> Written:
    """Read a file as whatever wrote it meant it: encoding, separator and quotes of a CSV are found out.

    Args:
        path: the file.
        delimiter: of a CSV, where it is known.

    Raises:
        SourceError: it is damaged, cut off, or holds no rows.
    """
    try:
        found = _parquet(path) if path.suffix == ".parquet" else _delimited(path, delimiter)
    except (OSError, ValueError, pa.ArrowException, pl.exceptions.PolarsError) as error:
        told = f"{path.name}: cannot be read ({type(error).__name__}); it is damaged or cut off: ask for it again"
        raise SourceError(told) from None
    if not found.rows:
        raise SourceError(f"{path.name}: holds no rows; there is nothing to verify")
    return found


def _parquet(path: Path) -> Written:
    schema, parts = parquet_columns(path)
    if len(set(schema.names)) < len(schema):
        raise ValueError("two columns have one name")
    cells, listed = zip(*map(read, parts), strict=True) if parts else ((), ())
    return Written(path, dict(zip(schema.names, cells, strict=True)), tuple(listed))


def _delimited(path: Path, delimiter: str) -> Written:
    decoder = decoder_of(path)
    lines = list(islice((line for line in decoder.lines() if line.strip("\r\n")), SAMPLE_LINES))
    dialect = Dialect(delimiter, '"', 0) if delimiter else find_dialect(lines)
    if dialect.delimiter not in DELIMITERS:
        dialect = Dialect(",", '"', 1)
    names = [name.removeprefix("\ufeff") for name in next(dialect.split(lines), [])]
    twice = len(names) - len(set(names))
    if twice:
        raise SourceError(f"{path.name}: {twice} columns have the name of another; give each a name of its own")
    if not _closed(decoder, dialect):
        raise SourceError(f"{path.name}: a quote is opened and never closed; it is cut off: ask for it again")
    parsed = _parsed(decoder, dialect, names)
    columns = {name: joined(column.chunks) for name, column in zip(names, parsed.columns, strict=True)}
    return Written(path, columns, ended=_ends(path))


def _parsed(decoder: Decoder, dialect: Dialect, names: list[str]) -> pa.Table:
    misfits: list[int] = []

    def misfit(row: pacsv.InvalidRow) -> str:
        misfits.append(row.actual_columns)
        return "skip"

    parsing = pacsv.ParseOptions(
        delimiter=dialect.delimiter,
        quote_char=dialect.quote or False,
        newlines_in_values=bool(dialect.quote),
        ignore_empty_lines=len(names) > 1,
        invalid_row_handler=misfit,
    )
    types = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.large_string()))
    texts = {"strings_can_be_null": True, "quoted_strings_can_be_null": False, "null_values": [""]}
    with decoder.utf8() as file:
        options = pacsv.ConvertOptions(column_types=types, **texts)
        table = pacsv.read_csv(file, parse_options=parsing, convert_options=options)
    if misfits:
        raise SourceError(
            f"{decoder.path.name}: {len(misfits)} rows do not have the {len(names)} columns of its first line; "
            "it is damaged or cut off: ask for it again"
        )
    return table


def _closed(decoder: Decoder, dialect: Dialect) -> bool:
    """Whether every quote is closed; only where their number is odd can one be open."""
    mark, odd = dialect.quote.encode(), 0
    with decoder.path.open("rb") as file:
        while mark and (block := file.read(1 << 22)):
            odd ^= block.count(mark) & 1
    return not odd or survey(decoder.lines(), dialect).closed


def _ends(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 4), 2)
        return file.read().rstrip(b"\0")[-1:] in {b"\n", b"\r"}
