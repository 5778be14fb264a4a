"""Commands about two versions of the register: what changed between them, and the notice of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from igmap.cli.options import Lang, Language

if TYPE_CHECKING:
    from igmap.policy.versions import Affected, Announcement, Diff

Old = Annotated[Path, typer.Argument(help="The earlier register: a file such as policy-2025-01.yaml.")]
New = Annotated[Path, typer.Argument(help="The later register: a file such as policy.yaml.")]
Holding = Annotated[
    Path | None,
    typer.Option("--workspace", help="Say for its datasets which need a test of compatibility or a new announcement."),
]
As = Annotated[Path | None, typer.Option("--out", help="Write to a file: .md, .html, or for diff .json too.")]
VIOLATED, LEFT_OPEN = 4, 3


def diff(old: Old, new: New, workspace: Holding = None, out: As = None, lang: Language = Lang.NL) -> None:
    """Say what changed between two registers: looser, stricter, to be looked at, or only words."""
    from igmap.inventory import load_decisions
    from igmap.policy import load_policy
    from igmap.policy.versions import affected, announcement
    from igmap.policy.versions import diff as compare
    from igmap.workspace import open_workspace

    was, is_now = load_policy(old), load_policy(new)
    changed, announced = compare(was, is_now), announcement(was, is_now)
    decisions = load_decisions(open_workspace(workspace).decisions) if workspace else None
    datasets = affected(changed, was, is_now, decisions) if decisions else None
    _show(_texts(changed, announced, datasets, lang.value), out)
    raise typer.Exit(_status(changed, announced, datasets or ()))


def notice(old: Old, new: New, out: As = None, lang: Language = Lang.NL) -> None:
    """Draft the notice of a change for the websites; status 3 while something in it has to be filled in."""
    from igmap.policy import load_policy
    from igmap.policy.versions.notice import notice as draft
    from igmap.report import text

    drafted = draft(load_policy(old), load_policy(new), lang.value)
    _show({".md": lambda: drafted.markdown, ".html": lambda: drafted.html}, out)
    for gap in drafted.gaps:
        typer.echo(text("versions.gap", lang, what=gap), err=True)
    raise typer.Exit(LEFT_OPEN if drafted.gaps else 0)


def _texts(
    changed: "Diff", announced: "Announcement", datasets: "tuple[Affected, ...] | None", lang: Any
) -> dict[str, Any]:
    """By the ending of a file: how the comparison is written there."""
    from igmap.policy.versions.pages import as_json, sections, titled
    from igmap.report import markdown, page

    title, parts = titled(changed, lang), sections(changed, announced, datasets, lang)
    return {
        ".md": lambda: markdown(title, parts, lang=lang),
        ".html": lambda: page(title, parts, lang=lang),
        ".json": lambda: as_json(changed, announced, datasets),
    }


def _show(texts: dict[str, Any], out: Path | None) -> None:
    """Write what the file's ending asks for, or show the Markdown."""
    from igmap.errors import WorkspaceError, nearest
    from igmap.workspace import write_file

    if out is None:
        typer.echo(texts[".md"](), nl=False)
    elif out.suffix in texts:
        typer.echo(write_file(out, texts[out.suffix]()))
    else:
        known = ", ".join(texts)
        raise WorkspaceError(f"{out.name}: igmap writes {known} here{nearest(out.suffix, texts)}")


def _status(changed: "Diff", announced: "Announcement", datasets: "tuple[Affected, ...]") -> int:
    """4 when the change was announced too late; 3 when that, a change or a dataset is left for a person; else 0."""
    if changed.changes and announced.outcome == "violation":
        return VIOLATED
    unsaid = (announced.outcome == "open", *(one.needs != ("nothing",) for one in datasets), changed.of("unclear"))
    return LEFT_OPEN if changed.changes and any(unsaid) else 0
