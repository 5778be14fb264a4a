"""The command that redacts free text: `igmap redact`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from igmap.cli.options import Lang, Language, opened, plain, show

if TYPE_CHECKING:
    from igmap.inventory.people.known import Known
    from igmap.redaction import Redacted

Several = list[str]
Way = Annotated[
    Several,
    typer.Option("--way", help="placeholder, surrogate or generalise; or for one kind: date=generalise. Repeatable."),
]
Only = Annotated[str, typer.Option("--only", help="Kinds of mentions, with commas: name,email. By default all.")]
Field = Annotated[
    Several,
    typer.Option(
        "--field", help="A field of a table to read as text; by default all, identifiers as a whole. Repeatable."
    ),
]


def redact(  # noqa: PLR0913, PLR0917 - each is an option of the command
    path: Annotated[Path, typer.Argument(help="A mailbox, a message, a text, or any export with tables.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    way: Way = ["placeholder"],  # noqa: B006 - typer copies it
    only: Only = "",
    field: Field = [],  # noqa: B006 - typer copies it
    thread: Annotated[
        str,
        typer.Option(
            "--thread",
            help="The field of a table within which a person has one number; * for all records. By default one that is "
            "called so, else each record by itself.",
        ),
    ] = "",
    key: Annotated[
        Path | None, typer.Option("--key", help="Keep what stands for what: the result is pseudonymised then.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Make up the same again; keep it as you keep a key.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write before and after side by side as HTML: personal data.")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Look for the persons in the tables of this workspace, too.")
    ] = None,
    target: Annotated[
        float, typer.Option("--target", min=0, max=1, help="Share of texts in which something may be left, at most.")
    ] = 0.0,
    *,
    keep_attachments: Annotated[
        bool, typer.Option("--keep-attachments", help="Keep attachments that are no text, as they are.")
    ] = False,
    keep_headers: Annotated[bool, typer.Option("--keep-headers", help="Keep other headers of mail, redacted.")] = False,
    lang: Language = Lang.NL,
) -> None:
    """Replace what free text tells of persons, and write the result as a file of the same kind; of tables as CSV.

    Status 4 when a look by another method finds that something is left; then nothing is written but the report.
    """
    from igmap.redaction import Keeping
    from igmap.redaction import redact as redact_file

    def accept(made: "Redacted") -> "Redacted":
        return looked_through(made, target, report, lang)

    keeping = Keeping(keep_attachments, keep_headers, tuple(field), thread)
    asked: dict[str, Any] = {"language": lang.value, "seed": seed, "key": key, "keeping": keeping, "accept": accept}
    if workspace:
        asked["known"] = persons_of(workspace, lang)
    with progress() as step:
        kinds = [kind.strip() for kind in only.split(",") if kind.strip()]
        result = redact_file(path, out, way, only=kinds, step=step, **asked)
    told(result, target, lang)


def persons_of(workspace: Path, lang: str) -> "Known":
    """The persons whose names stand in the tables of a workspace."""
    from igmap.inventory.people.known.tabled import known_from_workspace

    with opened(workspace, lang, None) as found:
        return known_from_workspace(found.exports, found.inventory)


def looked_through(made: "Redacted", target: float, report: Path | None, lang: str) -> "Redacted":
    """The result with what another method finds to be left.

    Raises:
        RestError: something is left in more texts than the target allows.
    """
    from igmap.errors import RestError
    from igmap.redaction.page import write_page
    from igmap.redaction.redacted import say
    from igmap.release.free_text import rest
    from igmap.report import percentage

    looks = [rest(made.originals, made.redacted, known) for known in made.known or (None,)]
    left = max(looks, key=lambda one: one.certain)
    made = made.checked((left.certain, left.likely, left.texts), left.places)
    if report:
        write_page(report, made, lang)
    if left.certain > target * left.texts:
        share = percentage(target, lang)
        raise RestError(say("rest.refused", lang, left=left.certain, texts=left.texts, target=share))
    return made


def told(result: "Redacted", target: float, lang: str) -> None:
    """Counts per kind, what was left out, the verdicts, and what was written."""
    from igmap.redaction.redacted import say
    from igmap.report import percentage

    for table in result.tables(lang):
        show(table, lang)
    typer.echo(result.verdict(lang).label)
    if result.rest:
        left, likely, texts = result.rest
        typer.echo(say("rest.met", lang, left=left, texts=texts, target=percentage(target, lang)))
        if likely:
            typer.echo(say("rest.likely", lang, likely=likely))
    for file in result.files:
        typer.echo(plain(say("written", lang, name=file.name)))


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
