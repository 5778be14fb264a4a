"""`igmap policy assess`: may data collected for one purpose serve another? Five questions, answered and signed."""

import sys
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from igmap.cli.options import Lang, Language

if TYPE_CHECKING:
    from igmap.workspace import Workspace

DAY = ["%Y-%m-%d", "%d-%m-%Y"]


class Found(StrEnum):
    """How the test may end."""

    COMPATIBLE = "compatible"
    INCOMPATIBLE = "incompatible"


def assess(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Annotated[Path, typer.Argument(help="The workspace.")],
    collected_for: Annotated[str, typer.Option("--from", help="Purpose that the data were collected for.")],
    used_for: Annotated[str, typer.Option("--to", help="Purpose that they are to serve.")],
    by: Annotated[str, typer.Option(help="Who assesses.")] = "",
    why: Annotated[str, typer.Option(help="Why it is assessed now.")] = "",
    dataset: Annotated[str, typer.Option(help="A dataset id of decisions.yaml, a file or a pattern; or all.")] = "",
    link: Annotated[str, typer.Option(help="Which link there is between the purposes.")] = "",
    context: Annotated[str, typer.Option(help="How the data were collected, and what persons expect.")] = "",
    nature: Annotated[str, typer.Option(help="What data they are; special categories?")] = "",
    consequences: Annotated[str, typer.Option(help="What it may mean for the persons.")] = "",
    safeguards: Annotated[str, typer.Option(help="Encryption, pseudonymisation, access …")] = "",
    outcome: Annotated[Found | None, typer.Option(help="What follows from the five answers.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="When; by default today.")] = None,
    lang: Language = Lang.NL,
) -> None:
    """Answer the five questions of GDPR Art. 6(4); on a terminal those not given are asked. Status 3 if unfinished."""
    from igmap.inventory.assessments import Assessment
    from igmap.inventory.deciding.assess import assess as write
    from igmap.policy.messages import term
    from igmap.report import text
    from igmap.workspace import open_workspace

    given = {"link": link, "context": context, "nature": nature, "consequences": consequences, "safeguards": safeguards}
    signed = {"outcome": outcome.value if outcome else "", "by": by, "why": why}
    answers = _asked(given | signed, lang) if sys.stdin.isatty() else given | signed
    day = (on or datetime.now()).date()  # noqa: DTZ005 - the analyst's own day
    known = {"from": collected_for, "to": used_for, "dataset": dataset, "on": day}
    if collected_for == used_for:
        raise typer.BadParameter(f"--from and --to are the same purpose, {used_for}")
    made = Assessment.model_validate(known | answers | {"outcome": answers["outcome"] or None})
    place = open_workspace(workspace)
    write(place.decisions, made, purposes=_purposes(place), sources=_sources(place) if dataset else ())
    typer.echo(text("assess.written", lang, first=collected_for, second=used_for))
    if made.unanswered:
        missing = ", ".join(term(f"question_{name}", lang.value) for name in made.unanswered)
        typer.echo(text("assess.unfinished", lang, missing=missing))
        raise typer.Exit(3)


def _asked(answers: dict[str, str], lang: str) -> dict[str, str]:
    """The answers, with what was not given asked for; an empty answer leaves a question open."""
    return {name: given or _prompted(name, lang) for name, given in answers.items()}


def _prompted(name: str, lang: str) -> str:
    from igmap.report import text

    asked = partial(typer.prompt, text(f"assess.{name}", lang), default="", show_default=False, prompt_suffix=" ")
    return str(asked(value_proc=_outcome) if name == "outcome" else asked())


def _outcome(answer: str) -> str:
    if answer.strip() not in {"", *Found}:
        raise typer.BadParameter(" / ".join(Found))
    return answer.strip()


def _purposes(workspace: "Workspace") -> Collection[str] | None:
    """The purposes of the register, if there is one."""
    from igmap.policy import load_policy

    return [one.id for one in load_policy(workspace.policy).purposes] if workspace.policy.exists() else None


def _sources(workspace: "Workspace") -> Collection[str]:
    """The files as they are shown."""
    from igmap.inventory.labels import shown
    from igmap.sources import open_exports

    with open_exports(workspace) as exports:
        return [name for one in shown(exports) for name in (one.source, f"{one.source}#{one.table}")]
