"""The command that makes tables of counts, sums and means in place of rows."""

from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, opened, plain


def statistics(
    workspace: Folder,
    file: Annotated[Path | None, typer.Option("--file", help="By default the workspace's statistics.yaml.")] = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Release tables of counts, sums and means in place of rows, as statistics.yaml says."""
    from igmap.anonymisation.statistics import load_statistics, release_statistics, say
    from igmap.workspace import open_workspace

    wanted = load_statistics(file or open_workspace(workspace).statistics)
    with opened(workspace, lang, today) as found:
        folder, tables = release_statistics(found, wanted, lang=lang.value)
    for one in tables:
        told, protection = len(one.lines) - one.withheld, one.table.protection
        costs = {"epsilon": protection.epsilon, "delta": protection.delta}
        counts = {"told": told, "withheld": one.withheld}
        typer.echo(plain(say("drawn" if one.table.is_noisy else "done", lang, table=one.table.name, **counts, **costs)))
    typer.echo(folder)
    raise typer.Exit(found.exit_status)
