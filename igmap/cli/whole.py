"""Commands for a workspace as a whole: make it, do everything in it, open it in JupyterLab, close it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Persons, Today, counted, day, opened, steps


def init(
    workspace: Annotated[Path, typer.Argument(help="Folder to make.")],
    lang: Language = Lang.NL,
) -> None:
    """Make an empty workspace: exports/, an empty register and empty decisions."""
    from igmap.report import text
    from igmap.workspace import new_workspace

    for path in new_workspace(workspace):
        typer.echo(path)
    typer.echo(text("init.next", lang, workspace=workspace))


def run(workspace: Folder, lang: Language = Lang.NL, k: Persons = None, today: Today = None) -> None:
    """Do it all: discover, check, plan, anonymise, prove, publish, draw, report."""
    from igmap.dutch import said
    from igmap.job import Settings
    from igmap.job import run as run_job
    from igmap.workspace import open_workspace

    with steps(lang) as step:
        outcome = run_job(open_workspace(workspace), Settings(day(today), lang.value, k), step=step)
    typer.echo(counted(outcome.findings, lang))
    if outcome.released.refused:
        typer.echo(f"igmap: {said(outcome.released.refused, lang)}", err=True)
    typer.echo(outcome.report)
    raise typer.Exit(outcome.exit_status)


def close(
    workspace: Folder,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Remove without asking.")] = False,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Say what personal data the workspace still holds, since when and for which purpose; remove it on confirmation."""
    from igmap.closing import copies, held, remove, staying
    from igmap.report import text
    from igmap.workspace import open_workspace

    files = len(copies(open_workspace(workspace)))
    with opened(workspace, lang, today) as found:
        for one in held(found):
            typer.echo(one.line(lang.value))
    typer.echo(text("close.stays", lang, files=staying(open_workspace(workspace))))
    asked = sys.stdin.isatty() and not yes
    if not (yes or (asked and typer.confirm(text("close.confirm", lang, files=files)))):
        typer.echo(text("close.files", lang, files=files))
        raise typer.Exit(3 if files else 0)
    removal = remove(open_workspace(workspace))
    for line in removal.lines(lang.value):
        typer.echo(line)
    raise typer.Exit(1 if removal.kept else 0)


def lab(
    workspace: Annotated[Path, typer.Argument(help="The folder to open.")] = Path(),
    *,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    lang: Language = Lang.NL,
) -> None:
    """Start JupyterLab with igmap's notebooks and manners: no history, no saved outputs, nothing from outside."""
    from igmap.report import text
    from igmap.workbench import copy_notebooks, start_lab
    from igmap.workspace import open_workspace

    copy_notebooks(open_workspace(workspace).root, today=day(None).isoformat())
    typer.echo(text("lab.starts", lang, workspace=workspace))
    raise typer.Exit(start_lab(workspace, browser=browser))
