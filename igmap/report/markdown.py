"""Blocks as Markdown in which nothing of an export is obeyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from igmap.report.blocks import Badges, Detail, Paragraph, Table
from igmap.report.texts import number
from igmap.report.workbook import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igmap.report.blocks import Block, Cell, Section

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|<>&~$-])")


def markdown(title: str, sections: Iterable[Section], lang: str) -> str:
    """Sections as Markdown; pictures become their captions.

    Args:
        title: the heading above all.
        sections: in order.
        lang: nl or en, for numbers.
    """
    parts = [f"# {plain(title)}"]
    for section in sections:
        parts += [f"## {plain(section.heading)}", *(_block(block, lang) for block in section.blocks)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block, lang: str) -> str:
    match block:
        case Table():
            told = table(block, lang)
        case Badges():
            told = ", ".join(plain(words(badge, lang)) for badge in block.badges)
        case Detail():
            told = "\n\n".join((f"**{plain(block.summary)}**", *(_block(one, lang) for one in block.blocks)))
        case _:
            told = plain(block.text if isinstance(block, Paragraph) else block.caption)
    return told


def table(block: Table, lang: str, *, level: int = 3) -> str:
    """A table with its caption as a heading."""
    rows = [[_cell(cell, lang) for cell in row] for row in block.rows]
    lines = [[plain(head) for head in block.headers], ["---"] * len(block.headers), *rows]
    caption = f"{'#' * level} {plain(block.caption)}\n\n" if block.caption else ""
    return caption + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell, lang: str) -> str:
    if isinstance(cell, int | float):
        return plain(number(cell, lang))
    return plain("; ".join(words(cell, lang).splitlines()))


def plain(content: str) -> str:
    """A text without anything that Markdown or a page would obey."""
    one_line = " ".join(
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in content).split()
    )
    return _MARKUP.sub(r"\\\1", one_line).replace(r"\<", "&lt;").replace(r"\&", "&amp;")
