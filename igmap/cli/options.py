"""What the commands share: their options, the workspace opened and discovered, and how a table is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from igmap.found import Found
    from igmap.inventory.sampling import Sample
    from igmap.policy.findings import Findings
    from igmap.progress import Step
    from igmap.report import Table


class Lang(StrEnum):
    """Languages of everything that igmap writes for people."""

    NL = "nl"
    EN = "en"


Folder = Annotated[Path, typer.Argument(help="The workspace: a folder with exports/ in it, or a folder of exports.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of what is told and written.")]
Out = Annotated[Path | None, typer.Option("--out", help="Where to write; by default in the workspace's out/.")]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Reckon ages and terms to this day; by default today."),
]
Persons = Annotated[int | None, typer.Option("--k", min=2, help="Persons that must share each combination.")]


def show(table: "Table", lang: str) -> None:
    """A table in the width of the terminal, or as aligned text where the output is none; of an empty one that it is."""
    from rich.console import Console

    from igmap.report import aligned, framed, text

    if table.caption and not table.rows:
        typer.echo(text("table.empty", lang, caption=table.caption) + "\n")
        return
    console = Console()
    if console.is_terminal:
        console.print(framed(table, lang), end="\n\n")
    else:
        typer.echo(aligned(table, lang) + "\n")


def counted(findings: "Findings", lang: Lang) -> str:
    """How many findings have each outcome, in a line."""
    from igmap.policy.messages import term

    return ", ".join(f"{count} {term(outcome, lang.value, count)}" for outcome, count in findings.counts.items())


@contextmanager
def steps(lang: str) -> Iterator["Step"]:
    """A line on the terminal that says what is being done; nothing where the output is not a terminal."""
    from rich.console import Console

    from igmap.report import text

    with Console(stderr=True).status("igmap") as status:
        yield lambda key, **figures: status.update(text(f"step.{key}", lang, **figures))


@contextmanager
def opened(workspace: Path, lang: str, today: datetime | None, sample: "Sample | None" = None) -> Iterator["Found"]:
    """The workspace opened and discovered."""
    from igmap.found import find
    from igmap.workspace import open_workspace

    with steps(lang) as step, find(open_workspace(workspace), today=day(today), step=step, sample=sample) as found:
        yield found


def day(today: datetime | None) -> date:
    """The day to reckon to: as given, or today."""
    return (today or datetime.now()).date()  # noqa: DTZ005 - the analyst's own day


def plain(line: str) -> str:
    """A line that cannot steer the terminal, whatever an export calls its columns; what glues a sign is a space."""
    glued = line.replace("\N{NO-BREAK SPACE}", " ")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in glued)
