"""One command of the command line: `igmap accept`, of findings that the organisation lives with for a while."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, show

if TYPE_CHECKING:
    from igmap.policy import Findings
    from igmap.policy.accepting import Consent
    from igmap.workspace import Workspace

DAY = ["%Y-%m-%d", "%d-%m-%Y"]


def accept(  # noqa: PLR0913 - each is an option of the command
    workspace: Folder,
    findings: Annotated[list[str] | None, typer.Argument(help="Ids of findings, as the report shows them.")] = None,
    by: Annotated[str, typer.Option(help="Who accepts.")] = "",
    why: Annotated[str, typer.Option(help="On what ground.")] = "",
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="The last day on which it holds.")] = None,
    *,
    whatever: Annotated[bool, typer.Option("--whatever", help="Also when it gets worse; else it comes back.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show what is accepted, ended and came back.")] = False,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Accept findings with a reason and a last day; each comes back when what it rests on gets worse."""
    from igmap.policy.accepting import Consent
    from igmap.workspace import open_workspace

    place, on = open_workspace(workspace), day(today)
    if listed:
        raise typer.Exit(_listed(place, on, lang))
    missing = [
        name for name, given in {"FINDINGS": findings, "--by": by, "--why": why, "--until": until}.items() if not given
    ]
    if missing or until is None:
        raise typer.BadParameter(f"missing: {', '.join(missing)}; an acceptance ends; --list shows those there are")
    _write(place, findings or [], Consent(by=by, why=why, until=until.date(), on=on, whatever=whatever), lang)


def _write(workspace: "Workspace", ids: list[str], consent: "Consent", lang: str) -> None:
    from igmap.policy.accepting import accept_findings
    from igmap.report import text

    written = accept_findings(workspace, _last(workspace), ids, consent)
    typer.echo(text("accept.written", lang, count=len(written), until=consent.until, by=consent.by))
    if not consent.whatever:
        typer.echo(text("accept.comes_back", lang))


def _listed(workspace: "Workspace", today: date, lang: Lang) -> int:
    """Show what became of each acceptance; 3 when one came back or ended."""
    from igmap.inventory import load_decisions
    from igmap.policy.accepting import standing_table, standings
    from igmap.report import text

    stands = standings(_last(workspace), load_decisions(workspace.decisions), today)
    if stands:
        show(standing_table(stands, lang.value), lang)
    else:
        typer.echo(text("accept.none", lang))
    return 3 if any(one.state in {"returned", "ended"} for one in stands) else 0


def _last(workspace: "Workspace") -> "Findings":
    """The findings of the last check."""
    from igmap.errors import WorkspaceError
    from igmap.policy import read_findings

    path = workspace.root / "out" / "findings.json"
    if not path.is_file():
        raise WorkspaceError(f"{workspace.root.name}: has no out/findings.json yet; run 'igmap check' first")
    return read_findings(path)
