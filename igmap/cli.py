"""The command line: one subcommand per verb. A room is imported by the command that needs it, so that help is quick."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.errors import IgmapError

if TYPE_CHECKING:
    from igmap.found import Found, Step

app = typer.Typer(
    name="igmap",
    help="What personal data is where, may it be there, and how can it be kept anonymised? All offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
TERMINATED = 143  # 128 + SIGTERM, as a shell reports it


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


def main() -> None:
    """Run the command line; igmap's own errors become one line and an exit status.

    A request to end is an ordinary end, so that staged copies are removed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        app()
    except IgmapError as error:
        typer.echo(f"igmap: {error}", err=True)
        sys.exit(error.exit_status)


@contextmanager
def _steps(lang: str) -> Iterator["Step"]:
    """A line on the terminal that says what is being done; nothing where the output is not a terminal."""
    from rich.console import Console

    from igmap.report import text

    with Console(stderr=True).status("igmap") as status:
        yield lambda key: status.update(text(f"step.{key}", lang))


@contextmanager
def _found(workspace: Path, lang: str, today: datetime | None) -> Iterator["Found"]:
    """The workspace opened and discovered."""
    from igmap.found import find
    from igmap.workspace import open_workspace

    with _steps(lang) as step, find(open_workspace(workspace), today=_day(today), step=step) as found:
        yield found


def _day(today: datetime | None) -> date:
    return (today or datetime.now()).date()  # noqa: DTZ005 - the analyst's own day


@app.command()
def init(workspace: Annotated[Path, typer.Argument(help="Folder to make.")]) -> None:
    """Make an empty workspace: exports/, an empty register and empty decisions."""
    from igmap.workspace import new_workspace

    for path in new_workspace(workspace):
        typer.echo(path)


@app.command()
def sources(
    workspace: Folder,
    *,
    types: Annotated[bool, typer.Option("--types", help="Show what type each column has, too.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """Show what was found, how it was read, and how many records were parsed and quarantined, and why."""
    from rich.console import Console

    from igmap.inventory.account import account
    from igmap.inventory.types import types as types_of
    from igmap.report import aligned, framed
    from igmap.sources import open_exports
    from igmap.workspace import open_workspace

    console = Console()
    with _steps(lang) as step:
        step("open")
        with open_exports(open_workspace(workspace)) as exports:
            tables = [*account(exports, lang), *([types_of(exports, lang, today=_day(None))] if types else [])]
    for table in tables:
        if console.is_terminal:
            console.print(framed(table, lang), end="\n\n")
        else:
            typer.echo(aligned(table, lang) + "\n")
    raise typer.Exit(exports.exit_status)


@app.command()
def discover(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Find the personal data in the exports, with the evidence; writes inventory.json."""
    from igmap.stages import write_stage

    with _found(workspace, lang, today) as found:
        typer.echo(write_stage(out or found.workspace.out / "inventory.json", found.inventory))
    raise typer.Exit(found.exit_status)


@app.command()
def relations(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Show how the tables hang together and who is in them; writes relations.json and its picture."""
    from igmap.flows.pictures import draw, kinship_graph
    from igmap.inventory.kinships import relate
    from igmap.inventory.kinships.told import person_lines
    from igmap.stages import write_stage

    with _found(workspace, lang, today) as found:
        related = relate(found.exports, found.inventory)
        for line in person_lines(related, lang):
            typer.echo(line)
        path = out or found.workspace.out / "relations.json"
        typer.echo(write_stage(path, related))
        for picture in draw(kinship_graph(related, lang, on=found.today), path.parent, path.stem):
            typer.echo(picture)
    raise typer.Exit(found.exit_status)


@app.command()
def check(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Hold what was found against the register and the law; writes findings.json."""
    from igmap.policy import check as hold_against

    with _found(workspace, lang, today) as found:
        findings = hold_against(found.inventory, found.policy, found.decisions, found.exports, today=_day(today))
        typer.echo(findings.write(out or found.workspace.out / "findings.json"))
    typer.echo(", ".join(f"{count} {outcome}" for outcome, count in findings.counts.items()))
    raise typer.Exit(found.exit_status or findings.exit_status)


@app.command()
def plan(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    dataset: Annotated[str, typer.Option(help="Which export; by default the most suited one.")] = "",
    table: Annotated[str, typer.Option(help="Its sheet or table.")] = "",
    k: Persons = None,
    out: Out = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Draft what becomes of every column, for a person to edit; writes plan.yaml."""
    from igmap.anonymisation import write_plan
    from igmap.job import drafted

    with _found(workspace, lang, today) as found:
        typer.echo(write_plan(out or found.workspace.plan, drafted(found, dataset, table, k=k)))
    raise typer.Exit(found.exit_status)


@app.command()
def anonymise(
    workspace: Folder,
    plan_file: Annotated[Path | None, typer.Option("--plan", help="By default the workspace's plan.yaml.")] = None,
    k: Persons = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Carry out a plan, prove the result and publish it; nothing is published that misses a threshold."""
    from igmap.job import release

    with _found(workspace, lang, today) as found:
        proof, published = release(found, plan_file, k=k, lang=lang.value)
    typer.echo(f"k = {proof.k} (persons), {proof.suppressed_rows} rows left out, NCP {proof.loss.ncp:.4f}")
    typer.echo(published)
    raise typer.Exit(found.exit_status)


@app.command()
def verify(
    release: Annotated[Path, typer.Argument(help="A release folder, or a .csv or .parquet file of any origin.")],
    quasi: Annotated[list[str] | None, typer.Option(help="A column others may know; once per column.")] = None,
    lang: Language = Lang.NL,
) -> None:
    """Count k in rows in a released table, and say what cannot be counted without its dossier."""
    from igmap.release import verify as count_again

    typer.echo(count_again(release, quasi_identifiers=quasi or ()).text(lang))


@app.command()
def flows(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Draw where personal data flow, and what is where, as PNG and SVG."""
    from igmap.flows.pictures import draw, heat_map, sankey

    with _found(workspace, lang, today) as found:
        figures = {
            "flows": sankey(found.flows, lang, on=found.today),
            "heat": heat_map(found.inventory, lang, policy=found.register, on=found.today),
        }
        for name, figure in figures.items():
            for path in draw(figure, out or found.workspace.out / "flows", name):
                typer.echo(path)
    raise typer.Exit(found.exit_status)


@app.command()
def record(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Write the record of processing activities (GDPR Art. 30) as XLSX and HTML."""
    from igmap.flows import write_record

    with _found(workspace, lang, today) as found:
        for path in write_record(found.record, out or found.workspace.out / "record", lang, on=found.today):
            typer.echo(path)
    raise typer.Exit(found.exit_status)


@app.command()
def run(workspace: Folder, lang: Language = Lang.NL, k: Persons = None, today: Today = None) -> None:
    """Do it all: discover, check, plan, anonymise, prove, publish, draw, report."""
    from igmap.job import Settings
    from igmap.job import run as run_job
    from igmap.workspace import open_workspace

    with _steps(lang) as step:
        outcome = run_job(open_workspace(workspace), Settings(_day(today), lang.value, k), step=step)
    typer.echo(", ".join(f"{count} {result}" for result, count in outcome.findings.counts.items()))
    if outcome.released.refused:
        typer.echo(f"igmap: {outcome.released.refused}", err=True)
    typer.echo(outcome.report)
    raise typer.Exit(outcome.exit_status)


@app.command()
def close(
    workspace: Folder,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Remove without asking.")] = False,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Say what personal data the workspace still holds, since when and for which purpose; remove it on confirmation."""
    from igmap.closing import copies, held, remove
    from igmap.report import text
    from igmap.workspace import open_workspace

    files = len(copies(open_workspace(workspace)))
    with _found(workspace, lang, today) as found:
        for one in held(found):
            typer.echo(one.line(lang.value))
    asked = sys.stdin.isatty() and not yes
    if not (yes or (asked and typer.confirm(text("close.confirm", lang, files=files)))):
        typer.echo(text("close.files", lang, files=files))
        raise typer.Exit(3 if files else 0)
    removal = remove(open_workspace(workspace))
    for line in removal.lines(lang.value):
        typer.echo(line)
    raise typer.Exit(1 if removal.kept else 0)


@app.command()
def lab(
    workspace: Annotated[Path, typer.Argument(help="The folder to open.")] = Path(),
    *,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Start JupyterLab with igmap's notebooks and manners: no history, no saved outputs, nothing from outside."""
    from igmap.workbench import copy_notebooks, start_lab

    copy_notebooks(workspace, today=_day(None).isoformat())
    raise typer.Exit(start_lab(workspace, browser=browser))
