"""Inventories in, and a drift report out: as a page, as Markdown, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from igmap.errors import WorkspaceError
from igmap.inventory.inventory import Inventory
from igmap.report import Paragraph, Section, page, text
from igmap.report.markdown import escaped, grid
from igmap.stages import read_stage, write_stage
from igmap.workspace import write_file

if TYPE_CHECKING:
    from pathlib import Path

    from igmap.inventory.drifting.drift import Drift
    from igmap.report import Block


def read_inventory(path: Path) -> Inventory:
    """An inventory.json as `igmap discover` wrote it.

    Raises:
        WorkspaceError: it cannot be read, or is something else.
    """
    try:
        return read_stage(path, Inventory)
    except OSError as error:
        raise WorkspaceError(f"{path.name}: cannot be read ({error.strerror})") from None
    except ValidationError:
        raise WorkspaceError(f"{path.name}: is no inventory as 'igmap discover' writes it") from None


def write_drift(path: Path, found: Drift, lang: str) -> Path:
    """Write a drift report by one rename, in the form that the name asks for.

    Args:
        path: a file that ends in .html, .md or .json.
        found: the report.
        lang: nl or en.

    Raises:
        WorkspaceError: the name ends otherwise, or it cannot be written.
    """
    match path.suffix.lower():
        case ".json":
            return write_stage(path, found)
        case ".md":
            return write_file(path, _markdown(found, lang))
        case ".html" | ".htm":
            return write_file(path, _page(found, lang))
    raise WorkspaceError(f"{path.name}: a drift report is a .html, .md or .json file")


def _page(found: Drift, lang: str) -> str:
    title = text("drift.title", lang)
    blocks: tuple[Block, ...] = (Paragraph(found.line(lang)), *found.tables(lang))
    return page(title, [Section("drift", title, blocks)], lang=lang)


def _markdown(found: Drift, lang: str) -> str:
    parts = [f"# {text('drift.title', lang)}", escaped(found.line(lang))]
    tables = (f"## {escaped(one.caption)}\n\n{grid(one, lang)}" for one in found.tables(lang))
    return "\n\n".join([*parts, *tables]) + "\n"
