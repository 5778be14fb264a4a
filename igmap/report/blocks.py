"""What a page is made of. Every text in a block is untrusted: the page escapes it, the workbook stores it as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

Outcome = Literal["pass", "violation", "warning", "open", "note"]


@dataclass(frozen=True, slots=True)
class Badge:
    """An outcome as icon and words, so that it does not hang on colour.

    Args:
        outcome: chooses icon and colour.
        label: the words, in the language of the page.
        count: how many, when it is a count.
    """

    outcome: Outcome
    label: str
    count: int | None = None


Cell: TypeAlias = "str | int | float | Badge | tuple[str | int | float | Badge, ...] | None"
"""One cell: numbers are written as the language does, a tuple as lines, None as nothing."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it are kept."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences, each with a mark before it."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers; the first cell of a row is its heading.

    Args:
        headers: one per column.
        rows: each as long as the headers.
        caption: what the table tells.
    """

    kind: ClassVar[str] = "table"
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One of igmap's own pictures as SVG, with the words for who cannot see it.

    Args:
        svg: the document as `igmap.flows.pictures` draws it.
        caption: stands under it and is its name for screen readers.
    """

    kind: ClassVar[str] = "figure"
    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Badges:
    """Outcomes in a row, at the head of a page or section."""

    kind: ClassVar[str] = "badges"
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """Blocks behind a line that opens them; printing shows them."""

    kind: ClassVar[str] = "detail"
    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Some words of a text that are marked as something.

    Args:
        text: the words.
        kind: what they are; stands before them, and chooses how they are underlined.
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Texts beside each other, line breaks kept, with marks in them.

    Args:
        headers: one per column.
        rows: each a text for every column, as plain and marked pieces.
        caption: what is shown.
    """

    kind: ClassVar[str] = "marked"
    headers: tuple[str, ...]
    rows: tuple[tuple[tuple[str | Mark, ...], ...], ...]
    caption: str = ""

    @property
    def styles(self) -> dict[str, int]:
        """A number for every kind of mark, in the order of their names."""
        kinds = {one.kind for row in self.rows for text in row for one in text if isinstance(one, Mark)}
        return {kind: place for place, kind in enumerate(sorted(kinds))}


Block: TypeAlias = "Paragraph | Items | Table | Figure | Badges | Detail | Marked"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it.

    Args:
        id: anchor in the page: letters, digits and hyphens.
        heading: the words above it and in the table of contents.
        blocks: in order.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...]
