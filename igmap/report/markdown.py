"""Blocks become Markdown that says the same anywhere: nothing in a text is taken for a mark, a link or a tag."""

import re
from collections.abc import Iterable, Iterator

from igmap.report.blocks import Badges, Block, Cell, Detail, Figure, Items, Mark, Marked, Paragraph, Section, Table
from igmap.report.workbook import words

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")
_STARTS = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|[-=]|$)", re.MULTILINE)  # of a list, a line, or a number of a list


def markdown(title: str, sections: Iterable[Section], *, lang: str, note: str = "") -> str:
    """A whole text: title, note, and the sections in order.

    Args:
        title: heading of the first level.
        sections: headings of the second level.
        lang: nl or en, for numbers.
        note: a line under the title.
    """
    parts = [f"# {escaped(title)}", *([escaped(note)] if note else [])]
    for section in sections:
        parts += [f"## {escaped(section.heading)}", *(part for one in section.blocks for part in _block(one, lang))]
    return "\n\n".join(parts) + "\n"


def escaped(content: str) -> str:
    """A text in which Markdown sees no mark of its own."""
    seen = "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in content)
    return _STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", seen.replace("&", "&amp;")))


def _block(block: Block, lang: str) -> Iterator[str]:
    match block:
        case Paragraph():
            yield escaped(block.text)
        case Items():
            yield "\n".join(f"- {' '.join(escaped(one).split())}" for one in block.items)
        case Badges():
            yield "\n".join(f"- {escaped(words(badge, lang))}" for badge in block.badges)
        case Table():
            yield from _table(block, lang)
        case Detail():
            yield f"**{escaped(block.summary)}**"
            yield from (part for one in block.blocks for part in _block(one, lang))
        case Marked():
            yield grid(Table(block.headers, tuple(tuple(map(_unmarked, row)) for row in block.rows)), lang)
        case Figure():
            yield f"*{escaped(block.caption)}*"


def _unmarked(text: tuple[str | Mark, ...]) -> str:
    return "".join(one if isinstance(one, str) else one.text for one in text)


def _table(table: Table, lang: str) -> Iterator[str]:
    if table.caption:
        yield f"**{escaped(table.caption)}**"
    yield grid(table, lang)


def grid(table: Table, lang: str) -> str:
    """The rows of a table under its headers, without its caption."""
    rows = [table.headers, *table.rows]
    lines = ["| " + " | ".join(_cell(cell, lang) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(table.headers), *lines[1:]])


def _cell(cell: Cell, lang: str) -> str:
    parts = cell if isinstance(cell, tuple) else (cell,)
    return "<br>".join(" ".join(escaped(words(part, lang)).split()) for part in parts)
