"""One look for every HTML page and workbook that igmap writes, in Dutch and English. A leaf: it imports no room."""

from igmap.report.blocks import (
    Badge,
    Badges,
    Block,
    Cell,
    Detail,
    Figure,
    Items,
    Mark,
    Marked,
    Paragraph,
    Section,
    Table,
)
from igmap.report.markdown import markdown
from igmap.report.page import fragment, page
from igmap.report.terminal import aligned, framed
from igmap.report.texts import filled, number, percentage, text
from igmap.report.workbook import workbook

__all__ = [
    "Badge",
    "Badges",
    "Block",
    "Cell",
    "Detail",
    "Figure",
    "Items",
    "Mark",
    "Marked",
    "Paragraph",
    "Section",
    "Table",
    "aligned",
    "filled",
    "fragment",
    "framed",
    "markdown",
    "number",
    "page",
    "percentage",
    "text",
    "workbook",
]
