"""Commands about how long data are kept: terms against records, the calendar, lists of what has to go, the re-scan."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Out, Today, opened, show

if TYPE_CHECKING:
    from igmap.found import Found
    from igmap.policy.case import Case

DAY = ["%Y-%m-%d"]


def show_terms(workspace: Folder, lang: Language = Lang.NL, today: Today = None) -> None:
    """Hold every term against the records; where none is set, show how old the records are; status 3 or 4 as check."""
    from igmap.policy.keeping.judging import judge
    from igmap.policy.keeping.tables import counted_table, open_table

    with opened(workspace, lang, today) as found:
        judged = list(judge(_case(found)))
        show(counted_table(judged, lang.value), lang)
        show(open_table(judged, found.today, lang.value), lang)
        unjudged = _told_unjudged(found, lang)
    past = any(one.count and one.count.past for one in judged)
    left_open = any(one.count is None or one.count.untold for one in judged)
    raise typer.Exit(found.exit_status or (4 if past else 3 if left_open or unjudged else 0))


def calendar(workspace: Folder, out: Out = None, lang: Language = Lang.NL, today: Today = None) -> None:
    """Show how many records pass their term when; writes it as JSON, XLSX, PNG and SVG."""
    from igmap.flows.pictures import draw
    from igmap.flows.pictures.retention_calendar import retention_calendar
    from igmap.policy.keeping.calendar import Passing, calendar_of
    from igmap.policy.keeping.judging import judge
    from igmap.policy.keeping.tables import calendar_table
    from igmap.report import workbook
    from igmap.stages import write_stage

    with opened(workspace, lang, today) as found:
        told = calendar_of(judge(_case(found)), found.today)
        folder = out or found.workspace.out / "retention"
        table = calendar_table(told, lang.value)
        show(table, lang)
        typer.echo(write_stage(folder / "calendar.json", told, tuple[Passing, ...]))
        created = datetime.combine(found.today, datetime.min.time())
        workbook(folder / "calendar.xlsx", {table.caption.split(":")[0]: table}, lang=lang, created=created)
        typer.echo(folder / "calendar.xlsx")
        for path in draw(retention_calendar(told, lang.value, on=found.today), folder, "calendar"):
            typer.echo(path)
        unjudged = _told_unjudged(found, lang)
    raise typer.Exit(found.exit_status or (3 if unjudged else 0))


def due(
    workspace: Folder,
    dataset: Annotated[str, typer.Option(help="Only this export; its sheet or table behind a #.")] = "",
    on: Annotated[
        datetime | None, typer.Option("--on", formats=DAY, help="The day to reckon to; by default today.")
    ] = None,
    lang: Language = Lang.NL,
) -> None:
    """Write the list of records that are past their term, and those that may stay anonymised only, to private/."""
    from igmap.policy.keeping.due import write_due
    from igmap.release.finalise import list_released
    from igmap.release.wording import say
    from igmap.report import Table, text

    heads = tuple(text(f"retention.head_{key}", lang) for key in ("dataset", "records", "persons", "list", "kept"))
    with opened(workspace, lang, on) as found:
        manifest = write_due(_case(found), only=dataset)
        released = list_released(found.workspace, manifest)
        unjudged = not dataset and _told_unjudged(found, lang)
    rows = tuple((one.dataset, one.records, one.persons, one.file, one.kept) for one in manifest.lists)
    if rows:
        show(Table(heads, rows, text("retention.due", lang)), lang)
    typer.echo(text("retention.deletes_nothing" if rows else "retention.nothing_due", lang))
    if any(one.kept for one in manifest.lists):
        typer.echo(text("retention.plan_kept", lang))
    for name, records in released.items():
        typer.echo(say("finality.due", lang, name=name, records=records))
    raise typer.Exit(found.exit_status or (3 if manifest.left_open or unjudged else 0))


def verify(workspace: Folder, lang: Language = Lang.NL, today: Today = None) -> None:
    """Look in the new exports for what the last lists say has to go; status 4 when any of it is still there."""
    from igmap.policy.keeping.verifying import verify_due
    from igmap.report import Badge, Table, text

    badges = {"gone": "pass", "absent": "pass", "still": "violation", "own_term": "note", "untold": "open"}
    with opened(workspace, lang, today) as found:
        told = verify_due(_case(found))
    heads = tuple(text(f"retention.head_{key}", lang) for key in ("dataset", "term", "sought", "still", "verdict"))
    rows = tuple(
        (
            one.dataset or one.list_of,
            one.term,
            one.sought,
            one.still,
            Badge(badges[one.verdict], text(f"retention.verdict_{one.verdict}", lang)),  # type: ignore[arg-type]
        )
        for one in told.results
    )
    show(Table(heads, rows, text("retention.verified", lang)), lang)
    raise typer.Exit(found.exit_status or told.exit_status)


def _told_unjudged(found: "Found", lang: Lang) -> bool:
    """Say what no term can be held against, and whether there is any: no register, or datasets without a purpose."""
    from igmap.report import text

    if found.register is None:
        typer.echo(text("retention.no_register", lang))
        return True
    case = _case(found)
    count = len(case.held.personal) - len(case.held.bound)
    if count:
        typer.echo(text("retention.no_purpose", lang, datasets=count))
    return bool(count)


def _case(found: "Found") -> "Case":
    """The register's own word on terms, for what was found."""
    from igmap.policy.case import Case
    from igmap.policy.catalogue import rules_of

    rule = next(rule for rule in rules_of(found.register) if rule.check == "age_within_retention")
    return Case(rule, found.inventory, found.register, found.decisions, found.exports, found.today)
