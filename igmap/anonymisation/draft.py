"""The first draft of a plan: cautious, complete, and with the reason beside every column, for a person to change."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypedDict, Unpack

import polars as pl

from igmap.anonymisation.checking import check_plan, points_at_somebody
from igmap.anonymisation.hierarchies import build_hierarchy, in_words
from igmap.anonymisation.persons import count_persons, guess_person_key
from igmap.anonymisation.plan import DEFAULT_K, Plan, PlannedColumn, Role, Type
from igmap.engine import Profile
from igmap.errors import HierarchyError, PlanError
from igmap.inventory import DatasetInventory, Decisions, Field, Inventory, Located, locate
from igmap.inventory.detectors import DETECTORS
from igmap.sources import Exports
from igmap.sources.typed.numbers import as_numbers
from igmap.vocabulary import CATEGORIES, load_yaml

MEASURES = {"learning_result", "learning_activity"}
FEW_VALUES = 50  # a column about which nothing is known may stay when it has at most this many values
SCALE_VALUES = 101  # 0-100 %, the finest scale of results that is kept as it is
MOST_NODES = 100_000
SOME = 0.01  # share of the records beyond which recognised identifiers are no accident
BINARY = r"^\(\d+ bytes\)$"
WHOLE, DECIMAL = r"^-?(0|[1-9]\d{0,17})$", r"^-?\d{1,15}(\.\d+)?$"


class Settings(TypedDict, total=False):
    """What may be set while drafting, as in Plan; the seed is drawn at random unless it is given."""

    name: str
    k: int
    suppression_limit: float
    seed: int
    file_format: Literal["parquet", "csv"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field with what decides its fate.

    Args:
        field: the verdict of the inventory.
        profile: its counts; None when it holds several values per record.
        values: distinct values, the first 100,000.
        persons: of the dataset.
        k: of the plan.
    """

    field: Field
    profile: Profile | None
    values: pl.Series
    persons: int
    k: int

    @property
    def crowded(self) -> bool:
        """Whether each value has k persons on average."""
        return self.profile is not None and self.profile.distinct * self.k <= self.persons


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
    person chooses to keep one. Quasi-identifiers are generalised. Results of learning stay as measures. A column
    about which nothing is known stays as a quasi-identifier if it has few values, otherwise it is dropped.

    Args:
        inventory: what was found.
        decisions: names the person key of the dataset; without one it is guessed from the account ids.
        exports: where values are counted.
        source: the dataset's file, as the inventory shows it.
        table: its sheet or table.
        settings: name, k, suppression_limit, seed, file_format, as in Plan.

    Raises:
        PlanError: the dataset is not in the inventory, or nothing in it can be released.
    """
    found, located = inventory.dataset(source, table), locate(exports, source, table)
    if found is None:
        raise PlanError(f"{source}: not in the inventory; discover again")
    key = guess_person_key(exports, found, decisions)
    k = settings.get("k", DEFAULT_K)
    columns = [_drafted(candidate, key) for candidate in _candidates(exports, found, located, key=key, k=k)]
    chosen: Settings = {"name": _name(source, table), "seed": secrets.randbits(62), **settings}
    return check_plan(Plan(source=source, table=table, columns=_narrowed(columns), person_key=key, **chosen))


def _candidates(
    exports: Exports, found: DatasetInventory, located: Located, *, key: str | None, k: int
) -> Iterator[Candidate]:
    own = {name: c.column for name, c in located.columns.items() if c.table == located.dataset.name}
    profiles = exports.engine.profile(located.dataset.name, list(own.values()))
    persons = count_persons(exports, located, key)
    for field in found.fields:
        if field.name in own:
            batches = exports.engine.values(located.dataset.name, own[field.name])
            first = next(iter(batches), None)
            values = pl.Series(first["value"].to_pylist() if first is not None else [], dtype=pl.String)
            yield Candidate(field, profiles[own[field.name]], values, persons, k)
        elif field.name in located.columns:
            yield Candidate(field, None, pl.Series([], dtype=pl.String), persons, k)


def _drafted(candidate: Candidate, key: str | None) -> PlannedColumn:
    role: Role = "key" if candidate.field.name == key else _role(candidate.field)
    hierarchy = _fitting(candidate)
    builder = next(iter(hierarchy))
    if reason := _reason_to_drop(candidate, role, dated=builder == "date"):
        return _column(candidate, role, reason, treatment="drop")
    if role == "measure" and builder != "date":
        return _column(candidate, role, "measure", treatment="keep", type=_type(candidate.values))
    least = 1 if builder == "date" or "unknown" in hierarchy else 0
    planned = _column(candidate, "quasi", builder, treatment="generalise", hierarchy=hierarchy, least_level=least)
    return replace(planned, becomes=in_words(hierarchy))


def _column(candidate: Candidate, role: Role, reason: str, **treatment: Any) -> PlannedColumn:
    words = load_yaml("igmap.anonymisation", "texts.yaml")[reason]
    return PlannedColumn(candidate.field.name, role, category=candidate.field.category, becomes=words, **treatment)


def _role(field: Field) -> Role:
    kinds: list[tuple[bool, Role]] = [
        (field.secret, "secret"),
        (field.free_text, "text"),
        (field.verdict == "undecided", "undecided"),
        (field.identifiability == "direct", "direct"),
        (field.identifiability == "key", "key"),
        (field.special != "none", "sensitive"),
        (field.identifiability == "quasi", "quasi"),
        (field.category in MEASURES, "measure"),
    ]
    return next((role for holds, role in kinds if holds), "other")


def _reason_to_drop(candidate: Candidate, role: Role, *, dated: bool) -> str:
    unknown_kept = candidate.crowded and len(candidate.values) <= FEW_VALUES
    reasons = [
        (candidate.profile is None, "nested"),
        (role not in {"quasi", "measure", "other"}, role),
        (not len(candidate.values), "blank"),
        (points_at_somebody(candidate.field.runner_up) or candidate.field.verdict == "undecided", "doubtful"),
        (_fired(candidate.field, role), "fired"),
        (bool(candidate.values.str.contains(BINARY).any()), "binary"),
        (role == "measure" and not (dated or _on_a_scale(candidate)), "singular"),
        (role == "other" and not (dated or unknown_kept), "singular"),
    ]
    return next((reason for holds, reason in reasons if holds), "")


def _fired(field: Field, role: Role) -> bool:
    """Whether identifiers, keys, secrets or special data were recognised in the cells.

    Of what is no quasi-identifier, a single direct identifier is enough. What the user's own detectors find is one.
    """
    kinds = {detector.id: detector.category for detector in DETECTORS}
    named = [(kinds.get(one.detector, one.detector), one.share) for one in field.detections]
    found = [(kind if kind in CATEGORIES else "document_number", share) for kind, share in named]
    return any(
        share > SOME if role == "quasi" or CATEGORIES[kind].identifiability != "direct" else True
        for kind, share in found
        if points_at_somebody(kind) or CATEGORIES[kind].special != "none"
    )


def _fitting(candidate: Candidate) -> dict[str, Any]:
    """The hierarchy proposed for the category if the values fit it, else value-or-anything."""
    proposed = load_yaml("igmap.anonymisation", "hierarchies.yaml").get(candidate.field.category)
    try:
        build_hierarchy(candidate.field.name, candidate.values, proposed or {"categorical": True})
    except HierarchyError:
        proposed = None
    return dict(proposed or {"categorical": True})


def _on_a_scale(candidate: Candidate) -> bool:
    """Whether a result is one of a scale, not a figure that only one person has."""
    profile = candidate.profile
    return profile is not None and (
        candidate.crowded or profile.distinct <= min(SCALE_VALUES, (profile.rows - profile.blanks) // 2)
    )


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
