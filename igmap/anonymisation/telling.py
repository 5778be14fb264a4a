"""A whole plan in sentences: who is counted, what is asked, and what each column becomes."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from igmap.anonymisation.axes import column_axis
from igmap.anonymisation.candidate import first_values
from igmap.anonymisation.conditioned import models_of
from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
from igmap.anonymisation.hierarchies.words import level_name
from igmap.anonymisation.models import described, model_of
from igmap.anonymisation.persons import count_unnamed, own_columns
from igmap.anonymisation.plan import LinkedTable, Plan, PlannedColumn
from igmap.anonymisation.recode import KEY_BYTES
from igmap.anonymisation.searching import AUTO
from igmap.anonymisation.searching.choosing import choose
from igmap.anonymisation.table import planned_table
from igmap.anonymisation.transforming import ReleaseKey, words
from igmap.anonymisation.tuples import read_tuples
from igmap.errors import HierarchyError
from igmap.inventory import locate
from igmap.vocabulary import CATEGORIES, load_yaml

if TYPE_CHECKING:
    from igmap.report import Block, Cell, Table
    from igmap.sources import Exports

Language = Literal["nl", "en"]


def sentences(plan: Plan, lang: Language) -> tuple[str, ...]:
    """What the plan asks as a whole: who is counted, the models, what may be left out, the search, the weights."""
    said = _texts()["whole"]
    return tuple(said[key][lang].format(**figures) for key, figures in _asked(plan, lang))


def unnamed(exports: "Exports", table: LinkedTable, lang: Language) -> tuple[str, ...]:
    """A sentence on the rows of a table that name nobody, where there are any."""
    from igmap.report import number

    located, key = locate(exports, table.source, table.table), table.person_key
    rows = count_unnamed(exports, located, key) if key in own_columns(located) else 0
    said = _texts()["whole"]["unnamed"][lang]
    return (said.format(rows=number(rows, lang), source=table.source, key=key),) if key and rows else ()


def _asked(plan: Plan, lang: Language) -> Iterator[tuple[str, dict[str, Any]]]:
    from igmap.report import percentage

    yield ("persons" if plan.person_key else "records"), {"source": plan.source, "key": plan.person_key}
    yield "k", {"k": plan.k, "columns": ", ".join(column.field for column in plan.quasi_identifiers) or "–"}
    for settings in plan.models:
        yield "model", {"model": described(model_of(settings), lang)}
    yield "limit", {"limit": percentage(plan.suppression_limit, lang)}
    if plan.sample < 1:
        yield "sample", {"share": percentage(plan.sample, lang)}
    if plan.joined:
        yield "joined", {"tables": ", ".join(f"{one.source} ({one.most})" for one in plan.tables)}
    chosen = choose(models_of(plan)) if plan.search == AUTO else plan.search
    why = load_yaml("igmap.anonymisation", "texts.yaml").get(f"search.{chosen}", {}).get(lang, "?")
    yield ("auto" if plan.search == AUTO else "search"), {"search": chosen, "why": why}
    weighed = [f"{c.field} ({c.weight:g})" for table in plan.tables for c in table.quasi_identifiers if c.weight != 1]
    yield ("weighed" if weighed else "equal"), {"columns": ", ".join(weighed)}
    yield "seed", {}


def becomes(column: PlannedColumn, lang: Language) -> str:
    """What becomes of one column: the steps its values take first, then what the plan says, or its treatment."""
    said = str(column.becomes.get(lang) or _texts()["treatments"][column.treatment][lang])
    return f"{words(column.transform, lang)}; {said}" if column.transform else said


def role(name: str, lang: Language) -> str:
    """A role in words."""
    return str(_texts()["roles"][name][lang])


def treatment(name: str, lang: Language) -> str:
    """A treatment in words."""
    return str(_texts()["treatments"][name][lang])


def levels(hierarchy: Hierarchy, lang: Language, least: int = 0) -> str:
    """The levels that a column may stand at, finest first; for a hierarchy from a file by their numbers."""
    whole = ("value", *hierarchy.names, "*")
    names = (
        whole
        if len(whole) == hierarchy.levels
        else ("value", *(f"group:{n}" for n in range(1, hierarchy.levels - 1)), "*")
    )
    allowed = max(least, hierarchy.least_level)
    told = (level_name(name, lang) for name in names[: hierarchy.levels][allowed:])
    return " › ".join(dict.fromkeys(told))


def hierarchies(exports: "Exports", planned: LinkedTable) -> dict[str, Hierarchy]:
    """The hierarchy of each quasi-identifier of a table over the values that it has, by field.

    Raises:
        HierarchyError: one cannot place every value.
        PlanError: the plan names a column that is not there.
    """
    table = planned_table(exports, planned, ReleaseKey(secrets.token_bytes(KEY_BYTES), 0))
    found = {}
    for column, name in zip(planned.quasi_identifiers, table.quasi, strict=True):
        tuples, (values,) = read_tuples(exports.engine, table.name, [name], table.person)
        persons = pl.Series(tuples.people.per(tuples.leaves[:, 0], len(values)))
        found[column.field] = column_axis(column, values, persons).hierarchy
    return found


def nodes(plan: Plan, held: Mapping[str, Hierarchy]) -> int:
    """In how many ways the columns of the plan's own table can be generalised; those that follow go with others."""
    count = 1
    for column in plan.quasi_identifiers:
        if not column.follows:
            count *= held[column.field].levels - max(column.least_level, held[column.field].least_level)
    return count


def column_table(table: LinkedTable, lang: Language, held: Mapping[str, Hierarchy] | None = None) -> "Table":
    """Every column with its role and what becomes of it, and the levels it may stand at where these were counted."""
    from igmap.report import Table

    said = _texts()["heads"]
    heads = tuple(said[key][lang] for key in ("column", "category", "role", "becomes", *(["levels"] if held else [])))
    return Table(heads, tuple(_row(column, lang, held) for column in table.columns), table.source)


def _row(column: PlannedColumn, lang: Language, held: Mapping[str, Hierarchy] | None) -> "tuple[Cell, ...]":
    told = (column.field, getattr(CATEGORIES[column.category], lang), role(column.role, lang), becomes(column, lang))
    if not held:
        return told
    one = held.get(column.field)
    return (*told, levels(one, lang, column.least_level) if one else "")


def blocks(plan: Plan, lang: Language, said: Sequence[str] = ()) -> "tuple[Block, ...]":
    """The plan as a page or notebook shows it.

    Args:
        plan: to tell.
        lang: nl or en.
        said: further sentences, such as what the data are kept for.
    """
    from igmap.report import Items

    return (Items((*sentences(plan, lang), *said)), *(column_table(table, lang) for table in plan.tables))


def _texts() -> Any:
    return load_yaml("igmap.anonymisation", "texts.yaml")["telling"]


def fits(exports: "Exports", plan: Plan, column: PlannedColumn, lang: Language) -> list[tuple[Mapping[str, Any], str]]:
    """The hierarchies that fit a column's values, its own first, each told by its levels.

    Those are tried that igmap proposes for some category; a column with several values per record has none.
    """
    located = locate(exports, plan.source, plan.table)
    own = own_columns(located)
    if column.field not in own:
        return []
    values = first_values(exports, located, own[column.field])
    proposed = load_yaml("igmap.anonymisation", "hierarchies.yaml")
    tried = [
        *([column.hierarchy] if column.hierarchy else []),
        proposed.get(column.category),
        *proposed.values(),
        {"categorical": True},
    ]
    found: list[tuple[Mapping[str, Any], str]] = []
    for settings in tried:
        if settings and settings not in [one for one, _ in found]:
            try:
                found.append((settings, levels(build_hierarchy(column.field, values, settings), lang)))
            except HierarchyError:
                continue
    return found
