"""The command about what sites keep on and read from visitors' devices."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, opened, show

if TYPE_CHECKING:
    from igmap.found import Found
    from igmap.policy.devices.captures import Capture
    from igmap.report import Table


def cookies(
    workspace: Folder,
    out: Annotated[Path | None, typer.Option("--out", help="Write to a .xlsx, .html or .json file as well.")] = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Show every cookie and host of the browser captures, with class, evidence and both verdicts."""
    from igmap.policy.devices.account import COLUMNS, cookie_tables, narrowed
    from igmap.policy.devices.captures import captures
    from igmap.report import Badge, text

    if out and out.suffix.lower() not in {".xlsx", ".html", ".json"}:
        raise typer.BadParameter(f"{out.name}: give a name that ends in .xlsx, .html or .json")
    with opened(workspace, lang, today) as found:
        seen = captures(found.inventory, found.exports, found.register, found.decisions, today=found.today)
        tables = cookie_tables(seen, found.register, lang.value)
        if not seen:
            typer.echo(text("devices.none", lang))
        for table in tables.values() if seen else ():
            show(narrowed(table) if len(table.headers) == len(COLUMNS) else table, lang)
        if out:
            typer.echo(_written(out, found, seen, tables, lang))
    outcomes = {
        cell.outcome for table in tables.values() for row in table.rows for cell in row if isinstance(cell, Badge)
    }
    raise typer.Exit(
        found.exit_status or (4 if "violation" in outcomes else 3 if "open" in outcomes or not seen else 0)
    )


def _written(out: Path, found: "Found", seen: "tuple[Capture, ...]", tables: "dict[str, Table]", lang: Lang) -> Path:
    from datetime import datetime

    from igmap.policy.devices.account import as_records, cookie_blocks
    from igmap.report import Section, page, text, workbook
    from igmap.workspace import write_file, write_json

    if out.suffix.lower() == ".xlsx":
        workbook(out, tables, lang=lang, created=datetime.combine(found.today, datetime.min.time()))
        return out
    if out.suffix.lower() == ".json":
        return write_json(out, as_records(seen, found.register))
    name = found.policy.controller.name if found.policy else found.workspace.root.resolve().name
    section = Section("devices", text("run.devices", lang), cookie_blocks(seen, found.register, lang.value))
    return write_file(out, page(text("devices.title", lang, name=name), [section], lang=lang))
