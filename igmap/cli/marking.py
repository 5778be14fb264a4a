"""The command for looking at redacted texts without JupyterLab: `igmap mark`, a spreadsheet out and in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, opened

if TYPE_CHECKING:
    from igmap.release.free_text import Scanned
    from igmap.workspace import Workspace

ENOUGH = 100  # texts in a sheet where the plan sets no target


def mark(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    to: Annotated[Path | None, typer.Option("--to", help="Write the next texts to an XLSX file.")] = None,
    from_: Annotated[Path | None, typer.Option("--from", help="Read a filled-in XLSX, ODS or CSV back.")] = None,
    by: Annotated[str, typer.Option(help="Who looked, for rows that do not say so.")] = "",
    texts: Annotated[int, typer.Option(min=0, help="How many; 0 for as many as the target needs.")] = 0,
    plan_file: Annotated[Path | None, typer.Option("--plan", help="By default the workspace's plan.yaml.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last mark back.")] = False,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Look at redacted texts and count what is left in them; says how many more the plan's target needs."""
    from igmap.job import texts_to_mark
    from igmap.report import text
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    if undo:
        from igmap.release.free_text import undo_mark

        typer.echo(text("mark.undone" if undo_mark(place) else "mark.nothing", lang))
    if from_:
        from igmap.release.free_text.sheet import read_texts

        taken = read_texts(place, from_, by=by, on=day(today))
        typer.echo(text("mark.taken", lang, marked=taken.marked, skipped=taken.skipped))
    with opened(workspace, lang, today) as found, texts_to_mark(found, plan_file) as scanned:
        _told(scanned, place, lang)
        if to:
            _written(scanned, place, to, (texts, lang))


def _told(scanned: "Scanned", workspace: "Workspace", lang: str) -> None:
    from igmap.release.free_text import progress, read_marks
    from igmap.release.free_text.telling import lines

    for line in lines(progress(scanned, read_marks(workspace)), lang):
        typer.echo(line)


def _written(scanned: "Scanned", workspace: "Workspace", path: Path, asked: tuple[int, str]) -> None:
    from igmap.release.free_text import progress, read_marks
    from igmap.release.free_text.sheet import write_texts
    from igmap.report import text

    marks, (texts, lang) = read_marks(workspace), asked
    many = texts or progress(scanned, marks).needed or ENOUGH
    on = datetime.now()  # noqa: DTZ005 - the analyst's own day
    count = write_texts(path, scanned.sample.to_look_at(marks, many), lang, on=on)
    typer.echo(text("mark.written", lang, count=count))
    typer.echo(path)
