"""Commands that look back over the runs of a workspace: `igmap status` and `igmap report`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, plain, show


def status(workspace: Folder, lang: Language = Lang.NL, today: Today = None) -> None:
    """Say where the workspace stands today and what to do first; nothing is scanned. Status 3 when there is work."""
    from igmap.control import status as look
    from igmap.report import Table, text
    from igmap.workspace import open_workspace

    state = look(open_workspace(workspace), today=day(today), lang=lang.value)
    for line in state.lines(lang.value):
        typer.echo(plain(line))
    if not state.tasks:
        typer.echo(text("status.nothing", lang))
        return
    heads = tuple(text(f"status.{key}", lang) for key in ("first", "how"))
    typer.echo()
    show(Table(heads, tuple((one.line(lang), one.command) for one in state.tasks), text("status.tasks", lang)), lang)
    raise typer.Exit(3)


def report(
    workspace: Folder,
    since: Annotated[str, typer.Option(help="A day (2026-10-31), or so many runs back.")] = "1",
    out: Annotated[
        Path | None, typer.Option("--out", help="A .html, .md or .json; by default out/control.html.")
    ] = None,
    lang: Language = Lang.NL,
) -> None:
    """Tell how it went since an earlier run: what is new, worse and solved, which controls ran, and the trend."""
    from igmap.control.report import line, sections, write_control
    from igmap.control.runs import FILE, Runs
    from igmap.control.since import period, since_runs
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    runs = Runs(place.root / "private" / FILE)
    shown = period(runs.judged(), _since(since))
    compared = since_runs(runs, shown)
    if compared is None:
        from igmap.errors import WorkspaceError

        raise WorkspaceError(f"{place.root.name}: no run is logged yet; run 'igmap check' or 'igmap run' first")
    told = sections(runs, shown, compared, lang.value)
    typer.echo(line(compared, lang))
    typer.echo(write_control(out or place.out / "control.html", told, compared, shown, lang))


def _since(given: str) -> date | int:
    """A day or a number of runs."""
    if given.isascii() and given.isdigit() and len(given) < 5:  # noqa: PLR2004 - a longer one is a day without hyphens
        return max(1, int(given))
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter("--since is a day such as 2026-10-31, or a number of runs") from None
