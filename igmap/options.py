"""What the commands share: their options, and how a table is shown."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from igmap.report import Table


class Lang(StrEnum):
    """Languages of everything that igmap writes for people."""

    NL = "nl"
    EN = "en"


Folder = Annotated[Path, typer.Argument(help="The workspace: a folder with exports/ in it, or a folder of exports.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of what is written.")]
Out = Annotated[Path | None, typer.Option("--out", help="Where to write; by default in the workspace's out/.")]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Reckon ages and terms to this day; by default today."),
]
Persons = Annotated[int | None, typer.Option("--k", min=2, help="Persons that must share each combination.")]


def show(table: "Table", lang: str) -> None:
    """A table in the width of the terminal, or as aligned text where the output is none."""
    from rich.console import Console

    from igmap.report import aligned, framed

    console = Console()
    if console.is_terminal:
        console.print(framed(table, lang), end="\n\n")
    else:
        typer.echo(aligned(table, lang) + "\n")
