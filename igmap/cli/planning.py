"""The command that drafts a plan and tells it in words."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from igmap.cli.options import Folder, Lang, Language, Out, Persons, Today, opened, plain, show

if TYPE_CHECKING:
    from igmap.anonymisation import Plan
    from igmap.found import Found


def plan(  # noqa: PLR0913, PLR0917 - each is an option of the command
    workspace: Folder,
    dataset: Annotated[str, typer.Option(help="Which export; by default the most suited one.")] = "",
    table: Annotated[str, typer.Option(help="Its sheet or table.")] = "",
    k: Persons = None,
    model: Annotated[
        list[str] | None, typer.Option(help="A further condition, as `distinct_l,column=grade,l=2`; once per model.")
    ] = None,
    linked: Annotated[
        list[str] | None, typer.Option("--with", help="A further table about the same persons; `file#table`.")
    ] = None,
    suppression_limit: Annotated[
        float | None, typer.Option(min=0, max=1, help="Share of the rows that may be left out, 0-1.")
    ] = None,
    search: Annotated[str, typer.Option(help="auto, global, local, top_down or sets.")] = "",
    seed: Annotated[
        int | None, typer.Option(help="Decides the order of the rows; by default drawn, and secret.")
    ] = None,
    out: Out = None,
    lang: Language = Lang.NL,
    today: Today = None,
) -> None:
    """Draft what becomes of every column, for a person to edit; writes plan.yaml and tells it in words."""
    from igmap.anonymisation import write_plan
    from igmap.job import drafted

    models = tuple(_model(one) for one in model or ())
    _check(models, search)
    asked = {"k": k, "suppression_limit": suppression_limit, "search": search or None, "seed": seed}
    given: Any = {key: value for key, value in asked.items() if value is not None}
    with opened(workspace, lang, today) as found:
        made = drafted(found, dataset, table, models=models, **given)
        made, proposals = _joined(found, made, linked or [], lang)
        _tell(found, made, lang)
        for line in proposals:
            typer.echo(plain(line))
        typer.echo(write_plan(out or found.workspace.plan, made))
    raise typer.Exit(found.exit_status)


def _check(models: tuple[dict[str, Any], ...], search: str) -> None:
    """Refuse what no plan can hold before anything is read."""
    from igmap.anonymisation.models import model_of
    from igmap.anonymisation.searching import AUTO, SEARCHES
    from igmap.errors import PlanError, nearest

    for one in models:
        model_of(one)
    if search not in {"", AUTO, *SEARCHES}:
        raise PlanError(
            f"unknown search {search!r}{nearest(search, [AUTO, *SEARCHES])}; there are {AUTO}, {', '.join(SEARCHES)}"
        )


def _model(written: str) -> dict[str, Any]:
    """`distinct_l,column=grade,l=2` as a plan has it."""
    import yaml

    name, *settings = written.split(",")
    pairs = (one.partition("=") for one in settings)
    return {"model": name.strip(), **{key.strip(): yaml.safe_load(value) for key, _, value in pairs}}


def _joined(found: "Found", made: "Plan", names: list[str], lang: str) -> tuple["Plan", list[str]]:
    """The plan with the tables that were asked for, and in words which others are about the same persons."""
    from igmap.anonymisation.kin_tables import Known, kin_of, with_table
    from igmap.inventory.kinships import relate
    from igmap.policy import check

    if not made.person_key:
        return made, []
    kin = kin_of(made, relate(found.exports, found.inventory))
    findings = check(found.inventory, found.policy, found.decisions, today=found.today)
    known = Known(found.exports, found.inventory, found.decisions, found.register, findings)
    for name in names:
        made = with_table(made, name, known, kin)
    taken = {(one.source, one.table) for one in made.tables}
    return made, [one.words(lang) for one in kin if (one.source, one.table) not in taken]


def _tell(found: "Found", made: "Plan", lang: Lang) -> None:
    from igmap.anonymisation.purposes import kept_for
    from igmap.anonymisation.telling import column_table, hierarchies, nodes, sentences, unnamed
    from igmap.report import number
    from igmap.vocabulary import load_yaml

    said = load_yaml("igmap.anonymisation", "texts.yaml")["telling"]
    for number_of, table in enumerate(made.tables):
        held = hierarchies(found.exports, table)
        show(column_table(table, lang.value, held), lang.value)
        if not number_of:
            ways = number(nodes(made, held), lang.value)
    served = kept_for(found.register, found.decisions, made.source, made.table).words(lang)
    blanks = [line for table in made.tables for line in unnamed(found.exports, table, lang.value)]
    for line in (
        *sentences(made, lang.value),
        *blanks,
        *([served] if served else []),
        said["ways"][lang].format(count=ways),
    ):
        typer.echo(plain(line))
