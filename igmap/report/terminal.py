"""Tables on a terminal, and as aligned text where the output is none. No name of a file can steer the terminal."""

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from igmap.report.texts import number
from igmap.report.workbook import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igmap.report.blocks import Cell, Table

UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
GLUE = "\N{NO-BREAK SPACE}"  # between a figure and its sign
GAP = "  "
WIDEST = 80  # characters of a cell that is running text; what has no spaces is never broken


def framed(table: "Table", lang: str) -> Any:
    """The table as rich draws it, in the width of the terminal."""
    from rich.table import Table as Frame
    from rich.text import Text

    frame = Frame(title=Text(table.caption), title_justify="left")
    for head, is_number in zip(table.headers, _numeric(table), strict=True):
        frame.add_column(Text(head), justify="right" if is_number else "left", overflow="fold")
    for row in table.rows:
        frame.add_row(*(Text("\n".join(_lines(cell, lang))) for cell in row))
    return frame


def aligned(table: "Table", lang: str) -> str:
    """The table as lines of text under its caption: columns of spaces, no tabs, no frames."""
    rows = [[[head] for head in table.headers], *([_wrapped(_lines(cell, lang)) for cell in row] for row in table.rows)]
    widths = [max((len(line) for row in rows for line in row[i]), default=0) for i in range(len(table.headers))]
    numeric = _numeric(table)
    lines = (line for row in rows for line in zip_longest(*row, fillvalue=""))
    placed = (
        [
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(line, widths, numeric, strict=True)
        ]
        for line in lines
    )
    return "\n".join([table.caption, *(GAP.join(line).rstrip() for line in placed)])


def _numeric(table: "Table") -> list[bool]:
    columns: Iterable[tuple[Cell, ...]] = zip(*table.rows, strict=True)
    return [any(isinstance(cell, int | float) for cell in column) for column in columns] or [False] * len(table.headers)


def _wrapped(lines: "Iterable[str]") -> list[str]:
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, WIDEST, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _lines(cell: "Cell", lang: str) -> list[str]:
    """The lines of a cell, with a sign in place of everything that a terminal would obey."""
    if isinstance(cell, int | float):
        return [number(cell, lang)]
    told = cell if isinstance(cell, tuple) else (cell,)
    return ["".join(ch if ch.isprintable() or ch == GLUE else UNPRINTABLE for ch in words(one, lang)) for one in told]
