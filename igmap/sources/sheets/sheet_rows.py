"""The rows of an XLSX sheet that hold a value, counted by the standard library's XML parser; another reads the cells.

A sheet whose rows or cells stand twice in one place is refused: a reader keeps one of them and drops the other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from xml.parsers import expat


class UnsoundSheetError(ValueError):
    """The sheet's XML is not what a spreadsheet program writes."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a sheet holds: rows with at least one value, and formulas of which no result was saved."""

    rows: int
    unsaved: int


def filled_rows(sheet: bytes, blank: Collection[str]) -> Filled:
    """Count the rows with at least one value.

    Args:
        sheet: the XML.
        blank: numbers of shared strings that are empty.

    Raises:
        UnsoundSheetError: a place is taken twice, or the text is UTF-16, which XML allows and readers take for empty.
        xml.parsers.expat.ExpatError: it is no XML.
    """
    if b"\0" in sheet:
        raise UnsoundSheetError
    rows = _Rows(blank)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = rows.start, rows.text
    parser.Parse(sheet, True)  # noqa: FBT003 - that this is the last part
    return Filled(len(rows.filled), len(rows.unsaved))


class _Rows:
    """Follows the elements of a sheet as they begin: `row`, in it `c`, in that formula `f` and values `v`, `t`."""

    def __init__(self, blank: Collection[str]) -> None:
        self.filled: set[int] = set()
        self.unsaved: set[int] = set()
        self._cell = 0
        self._blank = blank
        self._row = 0
        self._taken: set[str] = set()
        self._type = ""
        self._is_value = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = name.rpartition(":")[2]
        self._is_value = element in {"v", "t"} and self._type != "e"  # an error such as #N/A is no value
        if element == "f" and self._type not in {"str", "e"}:  # whose result may be an empty text, or an error
            self.unsaved.add(self._cell)
        elif element == "c":
            self._type = attributes.get("t", "")
            self._cell += 1
            self._begin_cell(attributes.get("r"))
        elif element == "row":
            self._begin_row(attributes.get("r"))

    def _begin_row(self, number: str | None) -> None:
        told = int(number) if number else self._row + 1
        if told <= self._row:
            raise UnsoundSheetError
        self._row = told
        self._taken.clear()

    def _begin_cell(self, place: str | None) -> None:
        if place:
            if place in self._taken or place.lstrip(ascii_uppercase) != str(self._row):
                raise UnsoundSheetError
            self._taken.add(place)

    def text(self, content: str) -> None:
        if self._is_value and content.strip() and not (self._type == "s" and content.strip() in self._blank):
            self.filled.add(self._row)
            self.unsaved.discard(self._cell)
