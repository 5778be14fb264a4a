"""Two commands of the command line: `igmap decide`, of one field or of a spreadsheet full, and `igmap drift`."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Lang, Language, plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from igmap.inventory.deciding.decide import Choice
    from igmap.workspace import Workspace


DAY = ["%Y-%m-%d", "%d-%m-%Y"]


def decide(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Annotated[Path, typer.Argument(help="The workspace: a folder with exports/ in it.")],
    file: Annotated[
        str, typer.Argument(help="An export, a pattern of exports, or a dataset id of decisions.yaml.")
    ] = "",
    field: Annotated[str, typer.Argument(help="The field, as igmap shows it or as the export has it.")] = "",
    category: Annotated[str, typer.Option(help="What it is: an id or a Dutch or English name; none for nothing.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    why: Annotated[str, typer.Option(help="On what ground.")] = "",
    table: Annotated[str, typer.Option(help="Only this sheet or table.")] = "",
    purposes: Annotated[str, typer.Option(help="Purposes of this field, by commas; by default its dataset's.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="When; by default today.")] = None,
    *,
    exactly: Annotated[bool, typer.Option("--exactly", help="This file only, not those of other months.")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="Write fields to a spreadsheet, to be filled in.")] = None,
    undecided: Annotated[bool, typer.Option("--undecided/--all", help="With --to: which fields.")] = True,
    from_: Annotated[Path | None, typer.Option("--from", help="Read a filled-in XLSX, ODS or CSV back.")] = None,
    lang: Language = Lang.NL,
) -> None:
    """Record what a person says a field is; holds for the same export of other months too."""
    from igmap.inventory.deciding.decide import Choice
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    named = tuple(filter(None, (one.strip() for one in purposes.split(","))))
    signed = Choice(file=file, field=field, category=category, by=by, why=why, table=table, purposes=named)
    choice = replace(signed, on=on.date() if on else None, exactly=exactly)
    if to:
        _write_sheet(place, to, every=not undecided, lang=lang)
    elif from_:
        _read_sheet(place, from_, choice, lang)
    else:
        _refuse_missing({"FILE": file, "FIELD": field, "--category": category, "--by": by, "--why": why})
        _one(place, choice, lang)


def _refuse_missing(given: dict[str, str]) -> None:
    missing = [name for name, value in given.items() if not value.strip()]
    if missing:
        raise typer.BadParameter(f"missing: {', '.join(missing)}; or use --to or --from with a spreadsheet")


def _one(workspace: "Workspace", choice: "Choice", lang: str) -> None:
    from igmap.inventory.deciding.decide import decide as decide_one
    from igmap.sources import open_exports

    with open_exports(workspace) as exports:
        decided = decide_one(workspace, exports, choice, purposes=_purposes(workspace))
    typer.echo(plain(decided.line(lang)))
    for line in decided.lines(lang):
        typer.echo("  " + plain(line))


def _write_sheet(workspace: "Workspace", path: Path, *, every: bool, lang: str) -> None:
    from igmap.found import find
    from igmap.inventory.deciding.sheet_out import write_sheet
    from igmap.report import text

    now = datetime.now()  # noqa: DTZ005 - the analyst's own day
    with find(workspace, today=now.date()) as found:
        count = write_sheet(path, found.inventory, found.decisions, lang, every=every, on=now)
    typer.echo(text("decide.sheet_written", lang, count=count))
    typer.echo(path)


def _read_sheet(workspace: "Workspace", path: Path, given: "Choice", lang: str) -> None:
    from igmap.inventory.deciding.sheet_in import read_sheet
    from igmap.sources import open_exports

    today = datetime.now().date()  # noqa: DTZ005 - the analyst's own day
    with open_exports(workspace) as exports:
        typer.echo(read_sheet(workspace, exports, path, given, today=today).line(lang))


def _purposes(workspace: "Workspace") -> "Collection[str] | None":
    """The purposes of the register, if there is one."""
    from igmap.policy import load_policy

    return [one.id for one in load_policy(workspace.policy).purposes] if workspace.policy.exists() else None


def drift(
    old: Annotated[Path, typer.Argument(help="inventory.json of before.")],
    new: Annotated[Path, typer.Argument(help="inventory.json of now.")],
    lang: Language = Lang.NL,
    out: Annotated[Path | None, typer.Option("--out", help="Write to a .html, .md or .json file as well.")] = None,
) -> None:
    """Say what changed between two inventories; status 3 when something personal is new."""
    from igmap.inventory.drifting import drift as compare
    from igmap.inventory.drifting import read_inventory, write_drift
    from igmap.report import aligned

    found = compare(read_inventory(old), read_inventory(new))
    typer.echo(found.line(lang))
    for table in found.tables(lang):
        typer.echo("\n" + aligned(table, lang))
    if out:
        typer.echo(write_drift(out, found, lang))
    raise typer.Exit(3 if found.is_personal else 0)
