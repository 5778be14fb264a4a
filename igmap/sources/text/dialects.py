"""How a delimited file is written: found out from its first lines, and checked against all of them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar", "~": "tilde", "\x01": "control", ":": "colon"}
QUOTES = ('"', "'", "")
NO_DELIMITER = "\x1f"
LEAST_SHARE = 0.5
RARE = {"~": (3, 2), "\x01": (2, 2), ":": (3, 10)}  # which texts hold as well: the fewest fields and lines that tell
LEAST_SHARE_OF_RARE = 0.95
OTHER_COLON = re.compile(
    r":(?=[ \t]|//)|(?<![\w:])[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{0,4})+(?![\w:])"
)  # of words, hours, addresses
ESCAPED = re.compile(r"\\[\"\\]")
END = ["\x1e", "\x1e"]
WRAPPED = re.compile(r"\"[^\"]*\"|'[^']*'", re.DOTALL)
DECIMAL = re.compile(r"(?<=\d),(?=\d)")
csv.field_size_limit(
    2**31 - 1
)  # the csv module refuses cells of more than 128 kB; a cell is never too long to be counted


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written.

    Args:
        delimiter: between fields.
        quote: around fields, or "" when quotes mean nothing.
        width: fields per record.
        escape: before a quote inside quotes, where it is not doubled; else "".
    """

    delimiter: str
    quote: str
    width: int
    escape: str = ""

    def split(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The lines as records, blank ones left out."""
        return filter(None, self.reader(lines))

    def reader(self, lines: Iterable[str]) -> Any:
        """The lines as Python's csv module reads them: it knows how many it has taken."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            escapechar=self.escape or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
        )


@dataclass(frozen=True, slots=True)
class Survey:
    """What the whole file holds under a dialect, told by Python's csv module; the tables are parsed by Arrow.

    Args:
        records: all records, title lines and header included.
        fitting: those of the dialect's width.
        closed: whether the last quote is closed.
    """

    records: int
    fitting: int
    closed: bool


def survey(lines: Iterable[str], dialect: Dialect) -> Survey:
    """Count the records. A last line of our own with two fields tells whether a quote is still open at the end."""
    records = fitting = 0
    last: list[str] = []
    for last in dialect.split(chain(lines, [dialect.delimiter.join(END)])):
        records += 1
        fitting += len(last) == dialect.width
    closed = last == END
    return Survey(records - closed, fitting - (closed and dialect.width == len(END)), closed)


def find_dialect(lines: Sequence[str]) -> Dialect:
    """The delimiter and quote under which most records have the same number of fields, at least two.

    Of two delimiters that fit as well, the one that gives more fields counts, but a comma that stands mostly
    between digits is a decimal comma when another delimiter fits.
    """
    fits = {delimiter: _best_quote(delimiter, QUOTES, lines) for delimiter in DELIMITERS}
    fits = {delimiter: fit for delimiter, fit in fits.items() if _is_told(delimiter, fit, lines)}
    if len(fits) > 1 and "," in fits and _decimal(lines):
        del fits[","]
    if not fits:
        return _best_quote(NO_DELIMITER, QUOTES[::-1], lines)[2]
    return max(fits.values(), key=lambda fit: (fit[0], fit[2].width))[2]


def _is_told(delimiter: str, fit: tuple[float, float, Dialect], lines: Sequence[str]) -> bool:
    """Whether a delimiter gives most records as many fields; one that texts hold as well must be beyond doubt."""
    share, _, dialect = fit
    if delimiter not in RARE:
        return share >= LEAST_SHARE and dialect.width > 1
    width, fewest = RARE[delimiter]
    other = delimiter == ":" and any(map(OTHER_COLON.search, lines))
    return share >= LEAST_SHARE_OF_RARE and dialect.width >= width and len(lines) >= fewest and not other


def _escape(dialect: Dialect, lines: Sequence[str]) -> str:
    """The backslash, if it only stands before quotes and itself, and before a quote that cannot be a closing one."""
    inside = re.compile(rf'\\"[^{re.escape(dialect.delimiter)}"\r\n]')
    if dialect.quote != '"' or not any(map(inside.search, lines)):
        return ""
    return "" if any("\\" in ESCAPED.sub("", line) for line in lines) else "\\"


def _decimal(lines: Sequence[str]) -> bool:
    return 2 * sum(len(DECIMAL.findall(line)) for line in lines) > sum(line.count(",") for line in lines)


def _best_quote(delimiter: str, quotes: Sequence[str], lines: Sequence[str]) -> tuple[float, float, Dialect]:
    """The best fit of a delimiter; of two quotes that fit as well the first one counts."""
    absent = [quote for quote in quotes if not quote or not any(quote in line for line in lines)]
    tried = [quote for quote in quotes if quote not in absent[1:]]  # those that stand nowhere fit alike
    dialects = [Dialect(delimiter, quote, 0) for quote in tried]
    dialects += [replace(dialect, escape=escape) for dialect in dialects if (escape := _escape(dialect, lines))]
    return max((_fit(dialect, lines) for dialect in dialects), key=lambda fit: (*fit[:2], fit[2].escape))


def _fit(dialect: Dialect, lines: Sequence[str]) -> tuple[float, float, Dialect]:
    """The share of records of the most frequent width, that of cells without quotes around them, and the dialect."""
    records = list(dialect.split(lines))
    widths = Counter(map(len, records))
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    bare = sum(WRAPPED.fullmatch(cell) is None for record in records for cell in record)
    cells = max(sum(map(len, records)), 1)
    return (
        round(times / max(len(records), 1), 2),
        round(bare / cells, 1),
        replace(dialect, width=width),
    )
