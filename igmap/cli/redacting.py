"""The command that redacts free text: `igmap redact`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from igmap.cli.options import Lang, Language, show

Several = list[str]
Way = Annotated[
    Several,
    typer.Option(
        "--way", help="placeholder, surrogate or generalise; or for one kind, as date=generalise. Repeatable."
    ),
]
Only = Annotated[str, typer.Option("--only", help="Kinds of mentions, with commas: name,email. By default all.")]
Field = Annotated[Several, typer.Option("--field", help="A field of a table; by default all of them. Repeatable.")]


def redact(  # noqa: PLR0913, PLR0917 - each is an option of the command
    path: Annotated[Path, typer.Argument(help="A mailbox, a message, a text, or any export with tables.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    way: Way = ["placeholder"],  # noqa: B006 - typer copies it
    only: Only = "",
    field: Field = [],  # noqa: B006 - typer copies it
    thread: Annotated[str, typer.Option("--thread", help="The field of a table that tells threads apart.")] = "",
    key: Annotated[
        Path | None, typer.Option("--key", help="Keep what stands for what: the result is pseudonymised then.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Make up the same again; keep it as you would a key.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write before and after side by side as HTML: personal data.")
    ] = None,
    *,
    keep_attachments: Annotated[
        bool, typer.Option("--keep-attachments", help="Keep attachments that are no text, as they are.")
    ] = False,
    keep_headers: Annotated[
        bool, typer.Option("--keep-headers", help="Keep the other headers of mail, redacted.")
    ] = False,
    lang: Language = Lang.NL,
) -> None:
    """Replace what free text tells of persons, and write the result as a file of the same kind."""
    from igmap.redaction import Keeping
    from igmap.redaction import redact as redact_file
    from igmap.redaction.page import write_page
    from igmap.redaction.redacted import say

    keeping = Keeping(keep_attachments, keep_headers, tuple(field), thread)
    with progress() as step:
        result = redact_file(
            path, out, way, only=_kinds(only), language=lang.value, seed=seed, key=key, keeping=keeping, step=step
        )
    for table in result.tables(lang.value):
        show(table, lang)
    typer.echo(result.verdict(lang.value).label)
    for file in result.files:
        typer.echo(say("written", lang.value, name=file.name))
    if report:
        typer.echo(write_page(report, result, lang.value))


def _kinds(only: str) -> list[str]:
    return [kind.strip() for kind in only.split(",") if kind.strip()]


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal; nothing where the output is not one."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *_: None
        return
    with Progress(console=console, transient=True) as bars:
        bar = bars.add_task("igmap")
        yield lambda done, of: bars.update(bar, completed=done, total=of or None)
