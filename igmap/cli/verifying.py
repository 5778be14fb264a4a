"""The command that counts again what a release of any origin shows by itself."""

from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Lang, Language, plain

Columns = list[str] | None
OPEN, BELOW = 3, 4


def verify(  # noqa: PLR0913, PLR0917 - each is an option of the command
    release: Annotated[Path, typer.Argument(help="A release folder, or a .csv or .parquet file of any origin.")],
    quasi: Annotated[Columns, typer.Option(help="A column others may know; once per column.")] = None,
    sensitive: Annotated[Columns, typer.Option(help="A column nobody may learn; once per column.")] = None,
    measure: Annotated[Columns, typer.Option(help="A column the release is for; once per column.")] = None,
    person: Annotated[str, typer.Option(help="The column that tells which rows are of one person.")] = "",
    suppressed: Annotated[str, typer.Option(help="The sign that stands for all values.")] = "*",
    k: Annotated[int | None, typer.Option("--k", min=1, help="Rows, or persons, each combination must have.")] = None,
    least: Annotated[int | None, typer.Option("--l", min=1, help="Different values each class must have.")] = None,
    lang: Language = Lang.NL,
) -> None:
    """Count again what a released table shows by itself, and say what cannot be told without source and map."""
    from igmap.release import Roles
    from igmap.release import verify as count_again

    columns = (tuple(quasi or ()), tuple(sensitive or ()), tuple(measure or ()))
    found = count_again(release, Roles(*columns, person=person, suppressed=suppressed, k=k, l=least))
    for line in found.text(lang).splitlines():
        typer.echo(plain(line))
    raise typer.Exit(OPEN if found.met and found.untold else 0 if found.met else BELOW)
