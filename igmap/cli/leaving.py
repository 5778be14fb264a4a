"""`igmap policy open`: what the register leaves open, what is asked, and what hangs on it."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, opened, show

if TYPE_CHECKING:
    from igmap.policy.hanging import Found, Hanging
    from igmap.policy.left_open import LeftOpen
    from igmap.report import Table

HEADS = ("open.path", "register.question", "open.why", "open.suggest", "register.hanging")


def open_values(
    workspace: Folder,
    lang: Language = Lang.NL,
    out: Annotated[Path | None, typer.Option("--out", help="Write the list to a .xlsx or .csv file as well.")] = None,
    today: Today = None,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Look at no exports where out/inventory.json is not.")] = False,
) -> None:
    """List what the register leaves open and nobody has answered, with what hangs on it; status 3 while there is any.

    Datasets are taken from out/inventory.json, and discovered where there is none.
    """
    from igmap.policy import load_policy
    from igmap.policy.left_open import left_open, unbound
    from igmap.policy.named import registered
    from igmap.workspace import open_workspace

    policy = load_policy(open_workspace(workspace).policy)
    found = seen(workspace, day(today), lang, discover=not quick)
    rows = left_open(registered(policy, found.decisions), found)
    table = _table(rows, found, lang)
    if rows:
        show(table, lang)
    outside = unbound(found)
    for line in _told(len(rows), found, outside, workspace, lang):
        typer.echo(line)
    if out:
        typer.echo(_written(out, table, lang))
    raise typer.Exit(3 if rows or any(outside) else 0)


def seen(workspace: Path, today: date, lang: str, *, discover: bool) -> "Found":
    """What was found: as the last run wrote it; else as it is now, if that is wanted; else nothing."""
    from igmap.inventory import load_decisions
    from igmap.inventory.drifting import read_inventory
    from igmap.inventory.inventory import Inventory
    from igmap.policy.hanging import Found
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    decisions, before = load_decisions(place.decisions), place.root / "out" / "inventory.json"
    if before.exists():
        return Found(read_inventory(before), decisions, today)
    if not discover:
        return Found(Inventory(()), decisions, today)
    with opened(workspace, lang, datetime(today.year, today.month, today.day)) as now:  # noqa: DTZ001 - a day
        return Found(now.inventory, decisions, today)


def told_hanging(hanging: "Hanging", lang: str, *, counted: bool) -> str:
    """The rules with what they ask, and how many datasets."""
    from igmap.policy.messages import term
    from igmap.report import text

    if not hanging.rules:
        return text("register.hangs_nothing", lang)
    rules = ", ".join(f"{rule} {term(check, 'nl' if lang == 'nl' else 'en')}" for rule, check in hanging.rules)
    return text("register.hangs_both", lang, rules=rules, datasets=len(hanging.datasets)) if counted else rules


def _table(rows: "list[LeftOpen]", found: "Found", lang: str) -> "Table":
    from igmap.policy.editing import flow
    from igmap.report import Table, text

    counted = bool(found.inventory.datasets)
    return Table(
        tuple(text(key, lang) for key in HEADS),
        tuple(
            (
                one.path,
                getattr(one.question, lang),
                getattr(one.why, lang),
                ", ".join(map(flow, one.suggest)),
                told_hanging(one.hanging, lang, counted=counted),
            )
            for one in rows
        ),
    )


def _told(rows: int, found: "Found", outside: tuple[int, int], workspace: Path, lang: str) -> Iterator[str]:
    from igmap.report import text

    yield text("register.open_count" if rows else "register.open_none", lang, values=rows)
    if not found.inventory.datasets:
        yield text("register.open_unseen", lang)
    datasets, fields = outside
    if datasets or fields:
        yield text("register.open_unbound", lang, datasets=datasets, fields=fields)
    if rows:
        yield text("register.open_how", lang, workspace=workspace.name or ".")


def _written(path: Path, table: "Table", lang: str) -> Path:
    """The list as a spreadsheet or as CSV, in which no cell is a formula."""
    from igmap.report import workbook
    from igmap.workspace import inert, write_file

    if path.suffix.lower() == ".xlsx":
        workbook(path, {"open": table}, lang=lang, created=datetime.now())  # noqa: DTZ005 - the analyst's own day
        return path
    if path.suffix.lower() != ".csv":
        raise typer.BadParameter(f"{path.name}: give a file that ends in .xlsx or .csv")
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [table.headers, *([inert(str(cell)) for cell in row] for row in table.rows)]
    )
    return write_file(path, text.getvalue().encode("utf-8-sig"))
