"""The command that gives data to a recipient, or shows the log of what was given."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, opened, show

if TYPE_CHECKING:
    from igmap.policy.disclosures import Disclosure


def disclose(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    file: Annotated[str, typer.Argument(help="The export, as igmap shows it; without one the log is shown.")] = "",
    to: Annotated[str, typer.Option("--to", help="The recipient: its id in the register.")] = "",
    purpose: Annotated[str, typer.Option(help="The purpose: its id in the register.")] = "",
    ground: Annotated[str, typer.Option(help="The ground: one of the register's list.")] = "",
    by: Annotated[str, typer.Option(help="Who gives the data.")] = "",
    necessity: Annotated[str, typer.Option(help="Why it is necessary.")] = "",
    law: Annotated[str, typer.Option(help="The statute, order or case behind it.")] = "",
    table: Annotated[str, typer.Option(help="Its sheet or table.")] = "",
    fields: Annotated[str, typer.Option(help="Fields by commas; by default the personal ones the purpose needs.")] = "",
    match: Annotated[str, typer.Option(help="The field that says who; by default the dataset's person key.")] = "",
    parquet: Annotated[bool, typer.Option("--parquet/--csv", help="Form of the file.")] = False,  # noqa: FBT002
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Make an extract for a recipient on a ground of the policy, without those who may not be in it; and log it."""
    from igmap.disclosing import Request
    from igmap.disclosing import disclose as give

    if not file:
        _show_log(workspace, lang)
        return
    named = tuple(filter(None, (one.strip() for one in fields.split(","))))
    request = Request(file, to, purpose, ground, by, necessity, law, table, named, match)
    with opened(workspace, lang, today) as found:
        done, path = give(found, request, form="parquet" if parquet else "csv")
    typer.echo(line(done, lang))
    typer.echo(path)


def line(done: "Disclosure", lang: str) -> str:
    """What left and what did not, in a sentence."""
    from igmap.report import text

    left = ", ".join(f"{text(f'disclose.{reason}', lang)} {rows}" for reason, rows in done.left_out.items())
    told = text("disclose.given", lang, number=done.number, records=done.records, of=done.of, fields=len(done.fields))
    return f"{told} {text('disclose.left_out', lang, reasons=left)}" if left else told


def _show_log(workspace: Path, lang: str) -> None:
    from igmap.policy.disclosures import LOG, read_disclosures
    from igmap.report import Table, text
    from igmap.workspace import open_workspace

    entries = read_disclosures(open_workspace(workspace).out / LOG)
    parts = ("number", "on", "recipient", "ground", "purpose", "dataset", "records", "by", "necessity")
    heads = tuple(text(f"disclose.head_{part}", lang) for part in parts)
    rows = tuple(tuple(str(getattr(entry, part)) for part in parts) for entry in entries)
    show(Table(heads, rows), lang)
