"""The first draft of a plan: cautious, complete, and with the reason beside every column, for a person to change."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, TypedDict, Unpack

import polars as pl

from igmap.anonymisation.candidate import MEASURES, Candidate, candidates, reason_to_drop
from igmap.anonymisation.checking import check_plan
from igmap.anonymisation.derived import followed
from igmap.anonymisation.hierarchies import build_hierarchy, in_words
from igmap.anonymisation.hierarchies.words import level_name
from igmap.anonymisation.persons import guess_person_key
from igmap.anonymisation.plan import DEFAULT_K, Plan, PlannedColumn, Role, Type
from igmap.anonymisation.plan import Settings as Mapped
from igmap.anonymisation.purposes import KeptFor, forbidden, kept_for
from igmap.errors import HierarchyError, PlanError
from igmap.inventory import Decisions, Inventory, Located, locate
from igmap.policy import Findings, Policy
from igmap.sources import Exports
from igmap.sources.typed.numbers import as_numbers
from igmap.vocabulary import load_yaml

__all__ = ["MEASURES", "Settings", "draft_plan", "drafted_columns", "fitting"]
MOST_NODES = 100_000
FEW_MEASURED = 3  # different results at most, of which a whole group may well have the same
WHOLE, DECIMAL = r"^-?(0|[1-9]\d{0,17})$", r"^-?\d{1,15}(\.\d+)?$"
LANGUAGES = ("nl", "en")


class Settings(TypedDict, total=False):
    """What may be set while drafting, as in Plan; the seed is drawn at random unless it is given.

    `policy` is the register with a person's answers in it, which says what the data are for; `findings` are those of
    a check: what may not be there by them is dropped.
    """

    name: str
    k: int
    models: tuple[Mapped, ...]
    suppression_limit: float
    search: str
    seed: int
    file_format: Literal["parquet", "csv"]
    policy: Policy | None
    findings: Findings | None


def draft_plan(
    inventory: Inventory,
    decisions: Decisions | None = None,
    *,
    exports: Exports,
    source: str,
    table: str = "",
    **settings: Unpack[Settings],
) -> Plan:
    """Propose what becomes of every column of one dataset.

    Direct identifiers, keys, secrets, free text and undecided fields are dropped; special categories too, until a
    person chooses to keep one; and every field that may not be there by a finding. Quasi-identifiers are generalised,
    those that can be reckoned from each other together. Results of learning stay as measures. A column about which
    nothing is known stays as a quasi-identifier if it has few values, otherwise it is dropped.

    Args:
        inventory: what was found.
        decisions: names the person key of the dataset; without one it is guessed from the account ids.
        exports: where values are counted.
        source: the dataset's file, as the inventory shows it.
        table: its sheet or table.
        settings: name, k, models, suppression_limit, search, seed, file_format, as in Plan; policy and findings.

    Raises:
        PlanError: the dataset is not in the inventory, nothing in it can be released, or k is above its persons.
    """
    found, located = inventory.dataset(source, table), locate(exports, source, table)
    if found is None:
        raise PlanError(f"{source}: not in the inventory; discover again")
    if not located.dataset.parsed:
        raise PlanError(f"{source}: holds no records; there is nothing to anonymise")
    policy, findings = settings.pop("policy", None), settings.pop("findings", None)
    key = guess_person_key(exports, found, decisions)
    held = list(candidates(exports, found, located, key=key, k=settings.get("k", DEFAULT_K)))
    _check_persons(held, settings.get("k", DEFAULT_K))
    gone, purposes = forbidden(findings, source, table, policy), kept_for(policy, decisions, source, table)
    known = [replace(one, forbidden=gone.get(one.field.name, "")) for one in held]
    columns = drafted_columns(exports, located, known, key=key, purposes=purposes)
    if gone and not any(column.treatment == "generalise" for column in columns):
        raise PlanError(
            f"{source}: nothing is left to generalise, because findings forbid {len(gone)} of its fields; accept those "
            "findings, or bind the dataset to a purpose that needs the fields"
        )
    chosen: Any = {"name": _name(source, table), "seed": secrets.randbits(62), **settings}
    return check_plan(Plan(source=source, table=table, columns=columns, person_key=key, **chosen))


def _check_persons(held: Sequence[Candidate], k: int) -> None:
    """Refuse a k that no release of the dataset can have."""
    if held and k > held[0].persons:
        raise PlanError(f"k = {k}, but there are {held[0].persons} persons; choose a smaller k or a larger table")


def drafted_columns(
    exports: Exports, located: Located, known: Iterable[Candidate], *, key: str | None, purposes: KeptFor
) -> tuple[PlannedColumn, ...]:
    """What becomes of the fields of one dataset."""
    held = {one.field.name: one for one in known}
    columns = _narrowed([_drafted(one, key, purposes) for one in held.values()])
    built = {
        column.field: (
            located.columns[column.field].column,
            build_hierarchy(column.field, held[column.field].values, column.hierarchy or {}),
        )
        for column in columns
        if column.treatment == "generalise"
    }
    leaders = followed(exports.engine, located.dataset.name, built)
    inner = {field: built[leader][1].levels - 2 for field, leader in leaders.items()}
    return tuple(
        _following(_in_step(column, held[column.field].values, inner[column.field]), leaders[column.field])
        if column.field in leaders
        else column
        for column in columns
    )


def _drafted(candidate: Candidate, key: str | None, purposes: KeptFor) -> PlannedColumn:
    role: Role = "key" if candidate.field.name == key else candidate.role
    hierarchy = fitting(candidate)
    builder = next(iter(hierarchy))
    if reason := reason_to_drop(candidate, role, dated=builder == "date"):
        return _column(candidate, role, reason, treatment="drop")
    if role == "measure" and builder != "date":
        return _measure(
            _column(candidate, role, "measure", treatment="keep", type=_type(candidate.values)), candidate, purposes
        )
    least = 1 if builder == "date" or "unknown" in hierarchy else 0
    planned = _column(candidate, "quasi", builder, treatment="generalise", hierarchy=hierarchy, least_level=least)
    return replace(planned, becomes=_in_words(hierarchy))


def _column(candidate: Candidate, role: Role, reason: str, **treatment: Any) -> PlannedColumn:
    words = load_yaml("igmap.anonymisation", "texts.yaml")[reason]
    told = {"finding": candidate.forbidden, "column": candidate.field.name}
    becomes = {lang: _filled(words[lang], told) for lang in LANGUAGES}
    return PlannedColumn(candidate.field.name, role, category=candidate.field.category, becomes=becomes, **treatment)


def _filled(words: str, told: dict[str, str]) -> str:
    """Words with `<name>` replaced; braces stand for themselves, as models are written with them."""
    return re.sub(r"<(\w+)>", lambda name: told[name[1]], words)


def _measure(column: PlannedColumn, candidate: Candidate, purposes: KeptFor) -> PlannedColumn:
    """With what it is for, and a note where a whole group may well have the same result."""
    note = load_yaml("igmap.anonymisation", "texts.yaml")["few_results"]
    few = len(candidate.values) <= FEW_MEASURED
    becomes = {
        lang: column.becomes[lang]
        + purposes.measure(column.category, lang)
        + (_filled(note[lang], {"column": column.field}) if few else "")
        for lang in LANGUAGES
    }
    return replace(column, becomes=becomes)


def _in_step(column: PlannedColumn, values: pl.Series, inner: int) -> PlannedColumn:
    """With as many levels as its leader has, where igmap's list has more: both stand at levels of the same number.

    So a place becomes a municipality, a province and a part of the country as its postcode loses digits.
    """
    settings = dict(column.hierarchy or {})
    lists = load_yaml("igmap.anonymisation.hierarchies", "lists.yaml")
    offered = lists.get(settings.get("list"), {}).get("levels", [])
    if not len(settings.get("levels", offered)) < min(inner, len(offered)):
        return column
    longer = settings | {"levels": offered[-inner:]}
    try:
        build_hierarchy(column.field, values, longer)
    except HierarchyError:
        return column
    return replace(column, hierarchy=longer, becomes=_in_words(longer))


def _in_words(hierarchy: Mapped) -> dict[str, str]:
    """What becomes of a column, with the levels of a list by their names."""
    told = in_words(hierarchy)
    if "list" not in hierarchy or "levels" not in hierarchy:
        return told
    return {
        lang: f"{told[lang]} ({', '.join(level_name(level, lang) for level in hierarchy['levels'])})" for lang in told
    }


def _following(column: PlannedColumn, leader: str) -> PlannedColumn:
    words = load_yaml("igmap.anonymisation", "texts.yaml")["following"]
    becomes = {lang: column.becomes[lang] + _filled(words[lang], {"leader": leader}) for lang in LANGUAGES}
    return replace(column, follows=leader, becomes=becomes)


def fitting(candidate: Candidate) -> dict[str, Any]:
    """The hierarchy proposed for the category if the values fit it, else value-or-anything."""
    proposed = load_yaml("igmap.anonymisation", "hierarchies.yaml").get(candidate.field.category)
    try:
        build_hierarchy(candidate.field.name, candidate.values, proposed or {"categorical": True})
    except HierarchyError:
        proposed = None
    return dict(proposed or {"categorical": True})


def _type(values: pl.Series) -> Type:
    if values.str.contains(WHOLE).all():
        return "integer"
    decimal = values.str.contains(DECIMAL).all() and as_numbers(values).equals(values.cast(pl.Float64, strict=False))
    return "number" if decimal else "string"


def _narrowed(columns: list[PlannedColumn]) -> tuple[PlannedColumn, ...]:
    """The columns, with as many quasi-identifiers as can be searched: what was found first, then the rest."""
    nodes, wide = 1, set[str]()
    for column in sorted(columns, key=lambda column: column.category == "none"):
        if column.treatment == "generalise":
            steps = sum(len(setting) for setting in (column.hierarchy or {}).values() if isinstance(setting, list))
            levels = 2 + steps + 4 * ("postcode" in (column.hierarchy or {})) - column.least_level
            nodes, wide = (nodes * levels, wide) if nodes * levels <= MOST_NODES else (nodes, wide | {column.field})
    return tuple(_too_wide(column) if column.field in wide else column for column in columns)


def _too_wide(column: PlannedColumn) -> PlannedColumn:
    words = load_yaml("igmap.anonymisation", "texts.yaml")["wide"]
    return replace(column, role="other", treatment="drop", hierarchy=None, least_level=0, becomes=words)


def _name(source: str, table: str) -> str:
    """A release name from the file's name, without its suffix."""
    plain = re.sub(r"[^a-z0-9]+", "-", f"{source.rsplit('.', 1)[0]}-{table}".lower()).strip("-")
    return plain[:80] or "release"
