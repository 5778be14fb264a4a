"""Commands that hold what was found against the register, draw it, and make releases of it."""

from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Out, Persons, Today, counted, day, opened, plain


def check(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Hold what was found against the register and the law; writes findings.json."""
    from igmap.control import logged
    from igmap.policy import check as hold_against
    from igmap.workspace import open_workspace

    with logged(open_workspace(workspace), "check", today=day(today)) as run, opened(workspace, lang, today) as found:
        findings = hold_against(found.inventory, found.policy, found.decisions, found.exports, today=day(today))
        typer.echo(findings.write(out or found.workspace.out / "findings.json"))
        run.saw(found, findings, found.exit_status or findings.exit_status)
    for stand in findings.stands:
        if stand.state != "holds":
            typer.echo(plain(stand.line(lang)))
    typer.echo(counted(findings, lang))
    raise typer.Exit(found.exit_status or findings.exit_status)


def anonymise(
    workspace: Folder,
    plan_file: Annotated[Path | None, typer.Option("--plan", help="By default the workspace's plan.yaml.")] = None,
    k: Persons = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Carry out a plan, prove the result and publish it; nothing is published that misses a threshold."""
    from igmap.job import release
    from igmap.report import text

    with opened(workspace, lang, today) as found:
        proof, published = release(found, plan_file, k=k, lang=lang.value)
    told = {"k": proof.k, "rows": proof.suppressed_rows, "ncp": proof.loss.ncp}
    typer.echo(text("anonymise.done", lang, **told))
    typer.echo(published)
    raise typer.Exit(found.exit_status)


def flows(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Draw where personal data flow, what is where, and what serves which purpose, as PNG and SVG."""
    from igmap.flows.pictures import Held, draw, heat_map, purpose_map, sankey

    with opened(workspace, lang, today) as found:
        figures = {
            "flows": sankey(found.flows, lang, on=found.today),
            "heat": heat_map(found.inventory, lang, policy=found.register, on=found.today),
            "purposes": purpose_map(Held(found.inventory, found.register, found.decisions), lang, on=found.today),
        }
        for name, figure in figures.items():
            for path in draw(figure, out or found.workspace.out / "flows", name):
                typer.echo(path)
    raise typer.Exit(found.exit_status)


def record(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Write the record of processing activities (GDPR Art. 30) as XLSX and HTML."""
    from igmap.flows import write_record

    with opened(workspace, lang, today) as found:
        for path in write_record(found.record, out or found.workspace.out / "record", lang, on=found.today):
            typer.echo(path)
    raise typer.Exit(found.exit_status)
