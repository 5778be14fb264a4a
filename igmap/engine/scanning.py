"""A file as DuckDB reads it where it lies: every setting is given, nothing is guessed, since its guesses lose rows."""

from collections.abc import Sequence
from pathlib import Path

from igmap.engine.protocol import RECORD, Scan

SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)


def selection(scan: Scan, columns: Sequence[str], filled: Sequence[str]) -> str:
    """The statement that reads the file: its records numbered from 1, its cells as text, blank ones as null.

    Args:
        scan: how the file lies there.
        columns: igmap's names for its columns.
        filled: those of them without a blank cell that is not null already.
    """
    number = "row_number() OVER ()" if scan.delimiter else "file_row_number + 1"
    cells = [
        f"{column}::VARCHAR AS {column}"
        if column in filled
        else f"CASE WHEN {is_blank(column)} THEN NULL ELSE {column}::VARCHAR END AS {column}"
        for column in columns
    ]
    return f"SELECT {number} AS {RECORD}, {', '.join(cells)} FROM {file_of(scan, columns)}"


def is_blank(column: str) -> str:
    """Whether a cell is white space only; just a cell that begins like white space is trimmed to see it."""
    cell = f"{column}::VARCHAR"
    begins = f"{cell} < '!' OR ({cell} >= chr({0x85}) AND {cell} < chr({0x3001}))"
    return f"(CASE WHEN {begins} THEN trim({cell}, {quoted(SPACES)}) = '' ELSE false END)"


def file_of(scan: Scan, columns: Sequence[str]) -> str:
    """The file as a table with igmap's own column names."""
    path = quoted(str(scan.path))
    if not scan.delimiter:
        named = ", ".join([*columns, "file_row_number"])
        return f"read_parquet({path}, file_row_number = true, hive_partitioning = false) AS file({named})"
    settings = {
        "delim": scan.delimiter,
        "quote": scan.quote,
        "escape": scan.quote,
        "new_line": scan.line_end.encode("unicode_escape").decode(),
    }
    told = ", ".join(f"{key} = {quoted(value)}" for key, value in settings.items())
    types = ", ".join(f"{quoted(column)}: 'VARCHAR'" for column in columns)
    return (
        f"read_csv({path}, {told}, columns = {{{types}}}, skip = {scan.skip}, header = false, auto_detect = false, "
        "strict_mode = true, ignore_errors = false, null_padding = false, compression = 'none')"
    )


def state_of(path: Path) -> tuple[int, int]:
    """What changes when a file does; nothing is left of one that is gone."""
    try:
        told = path.stat()
    except OSError:
        return 0, 0
    return told.st_size, told.st_mtime_ns


def quoted(text: str) -> str:
    """The text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


_PLAIN = "ascii({0}) BETWEEN 33 AND 126 AND ascii(right({0}, 1)) BETWEEN 33 AND 126"  # trimming is slow
TRIMMED = f"lower(CASE WHEN {_PLAIN} THEN {{0}} ELSE trim({{0}}, {quoted(SPACES)}) END)"
