"""How a delimited file is written: found out from its first lines, and checked against all of them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
QUOTES = ('"', "'", "")
NO_DELIMITER = "\x1f"
LEAST_SHARE = 0.5
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
    """

    delimiter: str
    quote: str
    width: int

    def split(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The lines as records, blank ones left out."""
        return filter(None, self.reader(lines))

    def reader(self, lines: Iterable[str]) -> Any:
        """The lines as Python's csv module reads them: it knows how many it has taken."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
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
    fits = {delimiter: fit for delimiter, fit in fits.items() if fit[0] >= LEAST_SHARE and fit[2].width > 1}
    if len(fits) > 1 and "," in fits and _decimal(lines):
        del fits[","]
    if not fits:
        return _best_quote(NO_DELIMITER, QUOTES[::-1], lines)[2]
    return max(fits.values(), key=lambda fit: (fit[0], fit[2].width))[2]


def _decimal(lines: Sequence[str]) -> bool:
    return 2 * sum(len(DECIMAL.findall(line)) for line in lines) > sum(line.count(",") for line in lines)


def _best_quote(delimiter: str, quotes: Sequence[str], lines: Sequence[str]) -> tuple[float, float, Dialect]:
    """The best fit of a delimiter; of two quotes that fit as well the first one counts."""
    absent = [quote for quote in quotes if not quote or not any(quote in line for line in lines)]
    tried = [quote for quote in quotes if quote not in absent[1:]]  # those that stand nowhere fit alike
    return max((_fit(Dialect(delimiter, quote, 0), lines) for quote in tried), key=lambda fit: fit[:2])


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
        Dialect(dialect.delimiter, dialect.quote, width),
    )
