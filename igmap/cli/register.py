"""Commands about the register: is it sound, what does it leave open, what is answered, and its next version."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Folder, Lang, Language, Today, day, show

if TYPE_CHECKING:
    from igmap.inventory.decisions import Decisions
    from igmap.policy.reading import Written
    from igmap.policy.register import Policy
    from igmap.policy.validating import Compared, Remark

DAY = ["%Y-%m-%d", "%d-%m-%Y"]
BROKEN, UNDECIDED = 4, 3
Place = Annotated[Path, typer.Argument(help="A workspace, or a register by itself.", show_default="this folder")]
Document = Annotated[Path | None, typer.Option("--document", help="The policy itself: .md, .txt, .html, .docx, .pdf.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]
Why = Annotated[str, typer.Option("--why", help="On what ground.")]
On = Annotated[datetime | None, typer.Option("--on", formats=DAY, help="When; by default today.")]
Announced = Annotated[datetime, typer.Option("--announced", formats=DAY, help="When it was or will be announced.")]
Effective = Annotated[datetime, typer.Option("--effective", formats=DAY, help="From which day it holds.")]


def validate_register(
    place: Place = Path(), document: Document = None, lang: Language = Lang.NL, today: Today = None
) -> None:
    """Say what is wrong in a register and what contradicts; with --document, which quotes the policy does not hold.

    Status 1: it is not of the form. 4: a quote does not occur, the document is another one, or a rule is broken. 3: a
    contradiction leaves something open, or the document is in another language. Values left open are for `igmap policy
    open`.
    """
    from igmap.policy.validating import compared, remarks

    written, policy, decisions = _read(place / "policy.yaml" if place.is_dir() else place)
    beside = compared(written, document) if document else None
    found = remarks(written, policy, decisions, day(today))
    _show_summary(written, policy, lang)
    _show_remarks(found, lang)
    if beside and document:
        _show_compared(beside, document.name, written, lang)
    outcomes = {one.outcome for one in found}
    is_broken = "violation" in outcomes or bool(beside and (beside.missing or beside.sum == "other"))
    is_foreign = bool(beside and beside.language not in {"", written.policy.header.language})
    raise typer.Exit(BROKEN if is_broken else UNDECIDED if "open" in outcomes or is_foreign else 0)


def _read(path: Path) -> "tuple[Written, Policy, Decisions]":
    """The register as written, and with the answers of a workspace's decisions in it."""
    from igmap.inventory.decisions import Decisions, load_decisions
    from igmap.policy.named import registered
    from igmap.policy.reading import read_register

    written = read_register(path)
    beside = path.with_name("decisions.yaml")
    decisions = load_decisions(beside) if path.name == "policy.yaml" else Decisions()
    return written, registered(written.policy, decisions), decisions


def _show_summary(written: "Written", policy: "Policy", lang: str) -> None:
    from igmap.policy import open_values
    from igmap.policy.validating import examples, unused
    from igmap.report import text

    figures = {
        "purposes": len(policy.purposes),
        "recipients": len(policy.recipients),
        "terms": len(policy.retention.rules),
        "open": len(open_values(policy)),
        "examples": len(examples(written)),
    }
    typer.echo(text("register.sound", lang, file=getattr(policy.title, lang), **figures))
    for line, key in unused(written):
        typer.echo(text("register.unused", lang, line=line, name=key))


def _show_remarks(found: "list[Remark]", lang: str) -> None:
    from igmap.policy.messages import term
    from igmap.report import Table, text

    typer.echo(text("register.contradictions" if found else "register.no_contradictions", lang))
    heads = tuple(text(f"register.{key}", lang) for key in ("line", "outcome", "what", "remedy"))
    rows = tuple(
        (
            one.line,
            term(one.outcome, "nl" if lang == "nl" else "en"),
            getattr(one.message, lang),
            getattr(one.remedy, lang),
        )
        for one in found
    )
    if rows:
        show(Table(heads, rows), lang)


def _show_compared(beside: "Compared", document: str, written: "Written", lang: str) -> None:
    from igmap.report import Table, text

    typer.echo(text(f"register.sum_{beside.sum}", lang, document=document, sha256=beside.sha256))
    stated = written.policy.header.language
    if beside.language not in {"", stated}:
        typer.echo(text("register.other_language", lang, document=document, told=beside.language, stated=stated))
    key = "register.quotes_missing" if beside.missing else "register.quotes_found"
    typer.echo(text(key, lang, count=beside.quotes, missing=len(beside.missing), document=document))
    heads = tuple(text(f"register.{key}", lang) for key in ("line", "where", "quote", "nearest"))
    rows = tuple((line, one.path, one.part, one.nearest) for line, one in beside.missing)
    if rows:
        show(Table(heads, rows), lang)


def answer_value(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    path: Annotated[str, typer.Argument(help="Where, as igmap policy open shows it.")],
    value: Annotated[str, typer.Argument(help="The answer: a word, a list with commas, YAML; null: not applicable.")],
    by: By = "",
    why: Why = "",
    on: On = None,
    lang: Language = Lang.NL,
) -> None:
    """Answer what the register leaves open; signed, in decisions.yaml."""
    from igmap.policy import load_policy
    from igmap.policy.answering import answer
    from igmap.policy.editing import flow
    from igmap.report import text
    from igmap.workspace import open_workspace

    place = open_workspace(workspace)
    signed = (by.strip(), day(on), why.strip())
    given = answer(load_policy(place.policy), path, value, decisions=place.decisions, signed=signed)
    if given.why_open is None:
        typer.echo(text("register.answered_before", lang, path=path))
        return
    told = {"path": path, "why": getattr(given.why_open, lang), "value": flow(given.value)}
    typer.echo(text("register.answered", lang, **told))
    _show_judged(given.before, path, workspace, lang)


def _show_judged(before: "Policy", path: str, workspace: Path, lang: str) -> None:
    """What hung on the value until now."""
    from igmap.cli.leaving import seen, told_hanging
    from igmap.policy.hanging import hanging
    from igmap.report import text

    on_it = hanging(before, seen(workspace, day(None), lang, discover=False)).get(path)
    if on_it and on_it.rules:
        typer.echo(text("register.now_judged", lang, rules=told_hanging(on_it, lang, counted=bool(on_it.datasets))))


def promote_answers(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    version: Annotated[str, typer.Option("--version", help="What the new version is called.")],
    announced: Announced,
    effective: Effective,
    by: By = "",
    why: Why = "",
    on: On = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write there; policy.yaml stays as it is.")] = None,
    lang: Language = Lang.NL,
) -> None:
    """Make the next version of the register, with the signed answers in it; the old one is kept beside it."""
    from igmap.policy.promoting import Edition, promote
    from igmap.report import text
    from igmap.workspace import open_workspace

    edition = Edition(version.strip(), announced.date(), effective.date(), (by.strip(), day(on), why.strip()))
    made = promote(open_workspace(workspace), edition, out)
    told = {"file": made.path.name, "version": edition.version, "effective": edition.effective.isoformat()}
    typer.echo(text("register.promoted", lang, answers=made.answers, open=made.open, **told))
    if made.kept:
        typer.echo(text("register.kept", lang, file=made.kept.name))


def new_register(
    file: Annotated[Path, typer.Argument(help="Where the register is to lie; must not be there yet.")],
    name: Annotated[str, typer.Option("--name", help="Of the organisation.")],
    country: Annotated[str, typer.Option("--country", help="Two capitals.")] = "NL",
    lang: Language = Lang.NL,
) -> None:
    """Make an empty register for an organisation: every value open, nothing invented."""
    from igmap.errors import PolicyError
    from igmap.policy.starting import new_register as empty
    from igmap.report import text
    from igmap.workspace import write_file

    if file.exists():
        raise PolicyError(f"{file.name}: is there already; choose another name, or take it away first")
    write_file(file, empty(name, country=country, language=lang.value))
    typer.echo(text("register.new", lang, file=file.name, name=name.strip()))
