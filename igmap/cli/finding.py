"""Commands that say what is where: exports, personal data, and how tables hang together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Out, Today, day, opened, show, steps

if TYPE_CHECKING:
    from igmap.inventory.discovering import Look


def sources(
    workspace: Folder,
    *,
    types: Annotated[bool, typer.Option("--types", help="Show what type each column has, too.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """Show what was found, how it was read, and how many records were parsed and quarantined, and why."""
    from igmap.inventory.account import account
    from igmap.inventory.types import types as types_of
    from igmap.sources import open_exports
    from igmap.workspace import open_workspace

    with steps(lang) as step:
        step("open")
        with open_exports(open_workspace(workspace)) as exports:
            tables = [*account(exports, lang), *([types_of(exports, lang, today=day(None))] if types else [])]
    for table in tables:
        show(table, lang)
    raise typer.Exit(exports.exit_status)


def discover(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    out: Out = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="Look at so many records of each table; by default at all.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which records a sample holds.")] = 1,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Find the personal data in the exports, with the evidence; writes inventory.json and private/locations.parquet."""
    from igmap.inventory.deciding.applied import conflicts
    from igmap.inventory.deciding.words import inventory_line
    from igmap.inventory.sampling import Sample
    from igmap.report import text
    from igmap.stages import write_stage

    drawn = Sample(sample, seed) if sample else None
    with opened(workspace, lang, today, drawn) as found:
        if drawn:
            show(drawn.account(found.exports, lang), lang)
        typer.echo(write_stage(out or found.workspace.out / "inventory.json", found.inventory))
        typer.echo(found.keep_locations())
        typer.echo(inventory_line(found.inventory, lang))
        if against := len(conflicts(found.inventory)):
            typer.echo(text("decide.conflicts", lang, count=against))
    raise typer.Exit(found.exit_status)


def evaluate(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    truth: Annotated[Path, typer.Option(help="CSV with file,table,field,category[,identifiability].")],
    hidden: Annotated[Path | None, typer.Option(help="CSV with file,table,field,category[,record].")] = None,
    blind: Annotated[
        bool | None, typer.Option("--blind/--headers-only", "--values-only", help="One half only.")
    ] = None,
    at_least: Annotated[float, typer.Option(min=0, max=1, help="Exit with 3 when macro F1 is below this.")] = 0.0,
    out: Annotated[Path | None, typer.Option(help="Write the evaluation as JSON, too.")] = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Hold what is found against what is known: precision, recall, calibration, and each miss with its reasons."""
    from igmap.inventory.evaluation import evaluate_workspace, report

    with steps(lang) as step:
        step("discover")
        look: Look = "all" if blind is None else "values" if blind else "headers"
        outcome = evaluate_workspace(workspace, truth, hidden, look=look, today=day(today))
    typer.echo(report(outcome, lang, out))
    raise typer.Exit(3 if outcome.macro_f1 < at_least else 0)


def relations(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Show how the tables hang together and who is in them; writes relations.json and its picture."""
    from igmap.flows.pictures import draw, kinship_graph
    from igmap.inventory.kinships import relate
    from igmap.inventory.kinships.told import person_lines
    from igmap.stages import write_stage

    with opened(workspace, lang, today) as found:
        related = relate(found.exports, found.inventory)
        for line in person_lines(related, lang):
            typer.echo(line)
        path = out or found.workspace.out / "relations.json"
        typer.echo(write_stage(path, related))
        for picture in draw(kinship_graph(related, lang, on=found.today), path.parent, path.stem):
            typer.echo(picture)
    raise typer.Exit(found.exit_status)


def where(  # noqa: PLR0913 - each is an option of the command
    workspace: Folder,
    file: Annotated[str, typer.Argument(help="An export, as the inventory calls it; by default all.")] = "",
    field: Annotated[str, typer.Argument(help="A field of it; by default all.")] = "",
    detector: Annotated[str, typer.Option("--detector", help="What was recognised, for example bsn.")] = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="List every record number, not the first twenty.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """Show in which records identifiers hide, as 'igmap discover' found them: numbers only, never a value."""
    from igmap.inventory.locations import FILE
    from igmap.inventory.whereabouts import RECORDS_SHOWN, whereabouts
    from igmap.workspace import open_workspace

    path = open_workspace(workspace).root / "private" / FILE
    most = 0 if every else RECORDS_SHOWN
    show(whereabouts(path, lang, file=file, field=field, detector=detector, most=most), lang)


def detectors(
    workspace: Annotated[Path | None, typer.Argument(help="With its own detectors.yaml.")] = None,
    *,
    test: Annotated[bool, typer.Option("--test", help="Run the cases of each.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """List all detectors: igmap's, those of installed packages, and those of the workspace's detectors.yaml."""
    from igmap.inventory.own_detectors import all_detectors
    from igmap.inventory.own_detectors import listed as table_of
    from igmap.workspace import open_workspace

    everyone = all_detectors(open_workspace(workspace).detectors if workspace else None)
    show(table_of(everyone, lang, test=test), lang)
    raise typer.Exit(int(test and any(tested.failures() for tested in everyone)))
