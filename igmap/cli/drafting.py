"""Commands that draft a register from a text or a spreadsheet, and hold a register beside what was found."""

from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, opened, show

Draft = Annotated[
    Path, typer.Option("--out", help="Where to write the draft; a file that is there is not overwritten.")
]


def read_text(
    file: Annotated[Path, typer.Argument(help="The policy: Markdown, text, HTML, DOCX or PDF.")],
    out: Draft = Path("draft.yaml"),
    lang: Language = Lang.NL,
) -> None:
    """Draft a register from the text of a privacy policy in Dutch or English; it proposes, a person confirms."""
    from igmap.policy.drafting import items_table, left_table, read_policy_text, write_draft
    from igmap.report import text

    draft = read_policy_text(file)
    written = write_draft(out, draft.content, file.name, ((one.section, one.text) for one in draft.unrecognised))
    show(items_table(draft.content, lang, text("draft.proposed", lang, file=file.name)), lang)
    show(left_table(draft.unrecognised, len(draft.passages), lang), lang)
    typer.echo(written)


def import_sheet(
    file: Annotated[Path, typer.Argument(help="A record of processing activities: XLSX, ODS or CSV.")],
    sheet: Annotated[str, typer.Option(help="Only this sheet; by default every one with headings of a register.")] = "",
    out: Draft = Path("draft.yaml"),
    lang: Language = Lang.NL,
) -> None:
    """Draft a register from a spreadsheet; columns and words that found no place are listed."""
    from igmap.policy.drafting import import_register, items_table, unmapped_table, write_draft
    from igmap.report import text

    read = import_register(file, sheet)
    written = write_draft(out, read.content, file.name, read.left)
    show(items_table(read.content, lang, text("draft.activities", lang, count=read.activities, file=file.name)), lang)
    show(unmapped_table(read.unmapped, lang), lang)
    typer.echo(text("draft.cells", lang, count=len(read.left)))
    typer.echo(written)


def compare_register(
    register: Annotated[Path, typer.Argument(help="A register, such as policy.yaml or a draft.")],
    workspace: Folder,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Hold a register beside what was found in a workspace; status 3 when they differ."""
    from igmap.policy import load_policy
    from igmap.policy.drafting import compare, difference_table
    from igmap.report import text

    policy = load_policy(register)
    with opened(workspace, lang, today) as found:
        differences = compare(policy, found.inventory, found.decisions)
    if differences:
        show(difference_table(differences, policy, lang), lang)
    else:
        typer.echo(text("compare.same", lang))
    raise typer.Exit(3 if differences else 0)
