"""The sheets of a register as rows of text, turned so that headings stand in a row, with the fields that they mean."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from igmap.errors import SourceError
from igmap.policy.drafting.phrases import PACKAGE
from igmap.sources.kinds import kind_of
from igmap.sources.sheets.spreadsheet import grids
from igmap.sources.text.encodings import decoder_of
from igmap.vocabulary import load_yaml

Grid = list[list[str]]
BEFORE_HEADINGS, COLUMNS_BEFORE = 30, 4
FEWEST_FIELDS = 3
LONGEST_HEADING, MOST_HEADINGS = 160, 200
CLOSE_ENOUGH = 0.4  # of the words of a heading, that a known one makes up


@dataclass(frozen=True, slots=True)
class Register:
    """One sheet of a register.

    Args:
        sheet: its name; none for a CSV file.
        headings: as they stand there.
        fields: what each column means; none where that is not known.
        rows: number as the sheet shows it, and cells, each as long as the headings.
    """

    sheet: str
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def registers(path: Path, sheet: str = "") -> list[Register]:
    """Every sheet that is a register of processing activities.

    Args:
        path: an XLSX, XLS, ODS or CSV file.
        sheet: only the sheet of this name.

    Raises:
        SourceError: it cannot be read, has no such sheet, or no sheet with headings of a register.
    """
    sheets = dict(_sheets(path))
    if sheet and sheet not in sheets:
        raise SourceError(f"{path.name}: has no sheet {sheet!r}; it has {', '.join(map(repr, sheets))}")
    named = {sheet: sheets[sheet]} if sheet else sheets
    found = [read for name, grid in named.items() if (read := _register(name, grid))]
    if not found:
        known = "'Naam verwerking', 'Doel', 'Grondslag', 'Bewaartermijn'"
        raise SourceError(
            f"{path.name}: no sheet has {FEWEST_FIELDS} headings of a register, such as {known}; name the columns so"
        )
    return found


def _sheets(path: Path) -> Iterator[tuple[str, Grid]]:
    try:
        yield from grids(path) if kind_of(path) == "spreadsheet" else _text(path, kind_of(path))
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from None
    except SourceError as error:
        raise SourceError(f"{path.name}: {error}") from None


def _text(path: Path, kind: str) -> Iterator[tuple[str, Grid]]:
    if kind not in {"delimited", "empty", "mail"}:
        raise SourceError("is no spreadsheet; save the register as XLSX, ODS or CSV")
    yield "", _delimited(decoder_of(path).text() if kind != "empty" else "")


def _delimited(text: str) -> Grid:
    """The rows by the delimiter that makes most headings known."""
    try:
        read = [list(csv.reader(StringIO(text, newline=""), delimiter=sign)) for sign in ";,\t|"]
    except csv.Error:
        raise SourceError(
            "has a cell of more than 131,072 characters, or quotes that do not end; save it again"
        ) from None
    return max(read, key=lambda grid: _headings(grid)[0])


def _register(name: str, grid: Grid) -> Register | None:
    turned = [list(column) for column in zip(*(_padded(grid)), strict=True)]
    upright, sideways = _headings(grid), _headings(turned, COLUMNS_BEFORE)
    if max(upright[0], sideways[0]) < FEWEST_FIELDS:
        return None
    at, rows = (upright[1], grid) if upright[0] >= sideways[0] else (sideways[1], turned)
    headings = _joined(rows, at)
    fields = tuple(field_of(heading) for heading in headings)
    width = len(headings)
    below = ((number, tuple([*row, *[""] * width][:width])) for number, row in enumerate(rows[at + 1 :], at + 2))
    return Register(
        name, headings, fields, tuple((number, row) for number, row in below if any(cell.strip() for cell in row))
    )


def _padded(grid: Grid) -> Grid:
    width = max(map(len, grid), default=0)
    return [[*row, *[""] * (width - len(row))] for row in grid]


def _headings(grid: Sequence[Sequence[str]], within: int = BEFORE_HEADINGS) -> tuple[int, int]:
    """How many different fields the best row names, and which row that is."""
    counts = [
        (len({field_of(cell) for cell in row[:MOST_HEADINGS]} - {None}), -at) for at, row in enumerate(grid[:within])
    ]
    most, at = max(counts, default=(0, 0))
    return most, -at


def _joined(rows: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    """The headings; one that says too little by itself is read with the one that stands over it."""
    above, over = list(rows[at - 1]) if at else [], ""
    grouped = sum(bool(cell.strip()) for cell in above) > 1
    told = []
    for number, cell in enumerate(rows[at]):
        over = above[number] if number < len(above) and above[number].strip() else over
        both = f"{over} {cell}".strip()
        told.append(both if grouped and field_of(cell) is None and (not cell.strip() or field_of(both)) else cell)
    return tuple(" ".join(heading.split()) for heading in told)


@cache
def field_of(heading: str) -> str | None:
    """What a heading means: the field whose known headings come nearest to it."""
    words = heading_words(heading)
    if not words or len(heading) > LONGEST_HEADING:
        return None
    ranked = ((_likeness(words, known), field) for field, listed in _known().items() for known in listed)
    likeness, field = max(ranked)
    return field if likeness >= CLOSE_ENOUGH else None


def _likeness(words: tuple[str, ...], known: tuple[str, ...]) -> float:
    """The share of a heading that a known one makes up, when its words stand there one behind the other."""
    size = len(known)
    inside = any(words[start : start + size] == known for start in range(len(words) - size + 1))
    return size / len(words) + size / 1000 if inside else 0.0


@cache
def _known() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    listed = load_yaml(PACKAGE, "headings.yaml")
    return {field: tuple(heading_words(heading) for heading in headings) for field, headings in listed.items()}


def heading_words(heading: str) -> tuple[str, ...]:
    """The words of a heading that count: without accents, endings in brackets, remarks in brackets and small words.

    Example:
        >>> heading_words("Doel(en) van de verwerking (verplicht)")
        ('doelen', 'verwerking')
    """
    joined = re.sub(r"\((en|n|s|e|es)\)", r"\1", re.sub(r"(?<=\w)-\s*\n\s*", "", heading))
    bare = re.sub(r"\([^)]*\)", " ", joined)
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode().lower()
    small = set(load_yaml(PACKAGE, "cells.yaml")["small"])
    return tuple(word for word in re.findall(r"[a-z0-9]+", plain) if word not in small)
