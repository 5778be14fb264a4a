"""The rows of ODS sheets that hold a value, counted by the standard library's XML parser; another reads the cells.

What a cell holds is its value where one is written, and else its text. Notes and drawings in a cell are no values.
"""

from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from igmap.sources.sheets.sheet_rows import UnsoundSheetError

MOST_ROWS = 1 << 21  # of a sheet, empty ones too: twice what a spreadsheet program opens
BLOCK_BYTES = 1 << 20
CELLS = {"table-cell", "covered-table-cell"}
VALUES = {"value", "string-value", "date-value", "time-value", "boolean-value"}
NO_SHEETS = {"dde-link", "annotation"}


def rows_of_open_document(content: IO[bytes]) -> dict[str, int]:
    """The number of rows with at least one value, by sheet; a row that says it is repeated counts so many times.

    Args:
        content: the XML of all sheets.

    Raises:
        UnsoundSheetError: a reader would drop a sheet: it has no name, the name of another, or lies in another; it
            says it has more rows than any sheet; or the text is UTF-16.
        xml.parsers.expat.ExpatError: it is no XML.
    """
    sheets = _Sheets()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = sheets.start, sheets.end
    parser.CharacterDataHandler = sheets.text
    for block in iter(lambda: content.read(BLOCK_BYTES), b""):
        if b"\0" in block:
            raise UnsoundSheetError
        parser.Parse(block, False)  # noqa: FBT003 - that more follows
    parser.Parse(b"", True)  # noqa: FBT003 - that this is the last part
    return sheets.filled


class _Sheets:
    """Follows the elements: `table`, in it `table-row`, in that cells, and in those the paragraphs `p`."""

    def __init__(self) -> None:
        self.filled: dict[str, int] = {}
        self._sheet: str | None = None
        self._rows = self._repeated = 0
        self._depth = 0  # in a cell: 1 is the cell itself
        self._aside = 0  # in what is no value
        self._is_filled = self._is_said = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element == "table" and not (self._aside and self._sheet is None):
            self._begin_sheet(_said(attributes).get("name"))
        elif self._aside or element in NO_SHEETS or (self._depth == 1 and element != "p"):
            self._aside += 1
        elif self._depth:
            self._depth += 1
        elif self._sheet is not None and element == "table-row":
            self._begin_row(int(_said(attributes).get("number-rows-repeated", "1")))
        elif self._sheet is not None and element in CELLS:
            self._begin_cell(_said(attributes))

    def _begin_sheet(self, name: str | None) -> None:
        if name is None or self._sheet is not None or name in self.filled:
            raise UnsoundSheetError
        self._sheet, self.filled[name], self._rows = name, 0, 0

    def _begin_row(self, repeated: int) -> None:
        self._repeated, self._is_filled = repeated, False
        self._rows += repeated
        if repeated < 0 or self._rows > MOST_ROWS:
            raise UnsoundSheetError

    def _begin_cell(self, said: Mapping[str, str]) -> None:
        self._depth = 1
        values = [said[key] for key in VALUES & set(said)]
        self._is_said = bool(values)
        self._is_filled |= any(value.strip() for value in values)

    def text(self, content: str) -> None:
        if self._depth > 1 and not (self._aside or self._is_said) and content.strip():
            self._is_filled = True

    def end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        if self._aside:
            self._aside -= 1
        elif self._depth:
            self._depth -= 1
        elif self._sheet is not None and element == "table-row":
            self.filled[self._sheet] += self._repeated * self._is_filled
        elif element == "table":
            self._sheet = None


def _said(attributes: Mapping[str, str]) -> dict[str, str]:
    return {key.rpartition(":")[2]: value for key, value in attributes.items()}
