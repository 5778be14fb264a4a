"""`igmap bind`: which dataset serves which purpose; listed with proposals, said by a person, or sent to a colleague."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, opened, show

if TYPE_CHECKING:
    from igmap.found import Found
    from igmap.policy.binding import Known, Said

DAY = ["%Y-%m-%d", "%d-%m-%Y"]
Words = Annotated[str | None, typer.Option(help="Of the register, by commas.")]


def bind(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    dataset: Annotated[str, typer.Argument(help="An export, a pattern of exports, or the id of a binding.")] = "",
    purposes: Annotated[str | None, typer.Option(help="By commas, what it was collected for first; or: none.")] = None,
    role: Annotated[str | None, typer.Option(help="controller or processor.")] = None,
    subjects: Words = None,
    person_key: Annotated[str | None, typer.Option(help="The field that tells persons apart.")] = None,
    start: Annotated[list[str] | None, typer.Option(help="event=column, once per event; all of them.")] = None,
    recipients: Words = None,
    collected_under: Annotated[str | None, typer.Option(help="A version of the register.")] = None,
    table: Annotated[str, typer.Option(help="Only this sheet or table.")] = "",
    by: Annotated[str, typer.Option(help="Who says so.")] = "",
    why: Annotated[str, typer.Option(help="On what ground.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="When; by default today.")] = None,
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Take over from the proposal what is not said.")] = False,
    exactly: Annotated[bool, typer.Option("--exactly", help="This file only, not those of other months.")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="Write all to a spreadsheet, to be filled in.")] = None,
    from_: Annotated[Path | None, typer.Option("--from", help="Read a filled-in XLSX, ODS or CSV back.")] = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Say which dataset serves which purpose; without a dataset, list all with what igmap proposes and why."""
    from igmap.policy.binding import Said

    said = Said(
        dataset=dataset, by=by, why=why, table=table, purposes=_listed(purposes), role=role,
        data_subjects=_listed(subjects), person_key=person_key, start_columns=_starts(start),
        recipients=_listed(recipients), collected_under=collected_under, on=on.date() if on else None,
        accept=accept, exactly=exactly,
    )  # fmt: skip
    with opened(workspace, lang, today) as found:
        status = _done(found, said, to, from_, lang)
    raise typer.Exit(found.exit_status or status)


def _done(found: "Found", said: "Said", to: Path | None, from_: Path | None, lang: str) -> int:
    from igmap.policy.binding import confirm
    from igmap.policy.binding.sheet_in import read_bindings
    from igmap.policy.binding.sheet_out import write_bindings

    known = _known(found)
    if to:
        now = datetime.now()  # noqa: DTZ005 - the analyst's own day
        typer.echo(write_bindings(to, known, lang, on=now))
    elif from_:
        typer.echo(read_bindings(found.workspace, known, from_, said).line(lang))
    elif said.dataset:
        for line in confirm(found.workspace, known, said).lines(lang):
            typer.echo(line)
    else:
        return _list(known, lang)
    return 0


def _known(found: "Found") -> "Known":
    from igmap.errors import PolicyError
    from igmap.inventory.kinships import relate
    from igmap.policy.binding import Known

    if found.register is None:
        raise PolicyError("purposes are those of a register: put policy.yaml into the workspace")
    relations = relate(found.exports, found.inventory)
    return Known(found.inventory, found.register, found.decisions, found.exports, relations, found.today)


def _list(known: "Known", lang: str) -> int:
    """All datasets, and what is wrong with bindings; 3 while one is not bound, 1 when one has to be put right."""
    from igmap.policy.binding import faults
    from igmap.policy.binding.told import overview
    from igmap.report import text

    seen = overview(known)
    for table in seen.tables(lang):
        show(table, lang)
    wrong = faults(known)
    for one in wrong:
        typer.echo(one.line(lang))
    typer.echo(text("bind.counts", lang, **seen.counts))
    return 1 if any(one.is_wrong for one in wrong) else 3 if seen.proposals else 0


def _listed(words: str | None) -> tuple[str, ...] | None:
    from igmap.policy.binding.confirm import NONE

    if words is None:
        return None
    named = tuple(filter(None, (one.strip() for one in words.split(","))))
    return () if named and named[0].lower() in NONE else named


def _starts(pairs: list[str] | None) -> dict[str, str] | None:
    if pairs and not all("=" in pair for pair in pairs):
        raise typer.BadParameter("--start is event=column, for example course_completed='Afgerond op'")
    return dict((part.strip() for part in pair.split("=", 1)) for pair in pairs) if pairs else None  # type: ignore[misc]
