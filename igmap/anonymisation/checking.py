"""Whether a plan contradicts itself, or keeps what the inventory sees a person in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from igmap.anonymisation.hierarchies import BUILDERS
from igmap.anonymisation.models import model_of
from igmap.anonymisation.plan import LinkedTable, Plan, PlannedColumn
from igmap.anonymisation.searching import AUTO, SEARCHES
from igmap.anonymisation.transforming import check_steps
from igmap.errors import PlanError, nearest
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from igmap.inventory import Inventory

KEPT_ROLES = ("quasi", "sensitive", "measure", "link")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
TEXT, TEXT_GATES = "free_text", ("missed", "fragments", "combinations")
GATES = ("highest_risk", "excess", "homogeneity", "skewness", "similarity", "background")


def points_at_somebody(category: str) -> bool:
    """Whether a category points at a person, or lets somebody in: direct identifiers, keys and secrets."""
    known = CATEGORIES.get(category)
    return known is not None and (known.identifiability in {"direct", "key"} or known.secret)


def check_against(plan: Plan, inventory: "Inventory") -> Plan:
    """The plan, if it keeps nothing in which the inventory sees a person.

    Raises:
        PlanError: a kept column is a direct identifier, key or secret by its verdict.
    """
    for table in plan.tables:
        found = inventory.dataset(table.source, table.table)
        verdicts = {field.name: field.category for field in found.fields} if found else {}
        for column in table.kept:
            category = verdicts.get(column.field, "none")
            if points_at_somebody(category) and not (_hides(column) or _is_examined(plan, category)):
                raise PlanError(
                    f"plan {plan.name!r}: column {column.field!r} holds {CATEGORIES[category].en}, which points at a "
                    "person; drop it, or decide in decisions.yaml that it is something else"
                )
    return plan


def _hides(column: PlannedColumn) -> bool:
    """Whether nothing of the original value is left."""
    return any({"pseudonym", "fake"} & step.keys() for step in column.transform)


def _is_examined(plan: Plan, category: str) -> bool:
    """Whether it is free text, in which the proof looks for whoever is left, and the plan says how many may be."""
    return CATEGORIES[category].free_text and TEXT in plan.thresholds


def check_plan(plan: Plan) -> Plan:
    """The plan, if it does not contradict itself.

    Raises:
        PlanError: with the column and what to change.
    """
    for problem in _contradictions(plan):
        raise PlanError(f"plan {plan.name!r}: {problem}")
    for settings in plan.models:
        model_of(settings)
    for table in plan.tables:
        for column in table.kept:
            check_steps(column.field, column.transform)
    return plan


def _contradictions(plan: Plan) -> Iterator[str]:
    if not NAME.fullmatch(plan.name):
        yield "the name becomes a folder: use small letters, digits, dots, hyphens and underscores"
    yield from _out_of_range(plan)
    if plan.search not in {AUTO, *SEARCHES}:
        yield f"unknown search {plan.search!r}{nearest(plan.search, SEARCHES)}; choose auto, {', '.join(SEARCHES)}"
    yield from _gate_contradictions(plan)
    if not any(table.quasi_identifiers for table in plan.tables):
        yield "no kept column is a quasi-identifier, so that k cannot be counted; give one the role quasi"
    if (plan.linked or plan.tables[0].links) and not plan.person_key:
        yield "rows of a person can only be joined by a person_key; name the field that tells persons apart"
    for table in plan.tables:
        yield from _table_contradictions(table)


def _out_of_range(plan: Plan) -> Iterator[str]:
    if plan.k < 2:  # noqa: PLR2004 - one person is no crowd
        yield f"k = {plan.k}, which hides nobody; k must be 2 or more"
    if not 0 <= plan.suppression_limit <= 1:
        yield f"suppression_limit = {plan.suppression_limit:g}, but it is a share; give one between 0 and 1"
    if not 0 < plan.sample <= 1 or plan.seconds < 0:
        yield "sample must be above 0 and at most 1, and seconds 0 (no limit) or more"


def _gate_contradictions(plan: Plan) -> Iterator[str]:
    of_text = plan.thresholds.get(TEXT, {})
    if not isinstance(of_text, Mapping):
        yield f"the threshold {TEXT} holds shares of texts, such as {{missed: 0.005}}; name {', '.join(TEXT_GATES)}"
        of_text = {}
    limits = {name: limit for name, limit in plan.thresholds.items() if name != TEXT}
    yield from _shares(limits, (*GATES, TEXT))
    yield from _shares(of_text, TEXT_GATES)
    if plan.signed and set(plan.signed) != {"by", "on", "why"}:
        yield "signed needs by (who), on (the day) and why"
    if plan.perspective == "recipient" and not plan.recipient:
        yield "perspective: recipient needs a recipient; say who gets the release"


def _shares(limits: Mapping[str, object], known: Sequence[str]) -> Iterator[str]:
    for name, limit in limits.items():
        if name not in known:
            yield f"thresholds has no {name!r}{nearest(name, known)}; choose {', '.join(known)}"
        elif not isinstance(limit, int | float) or not 0 <= limit <= 1:
            yield f"the threshold {name} is a share, between 0 and 1"


def _table_contradictions(table: LinkedTable) -> Iterator[str]:
    names = [column.field for column in table.columns]
    if twice := [name for name in names if names.count(name) > 1]:
        yield f"column {twice[0]!r} is planned twice; keep one"
    if table.most < 1:
        yield "most must be 1 or more rows per person"
    for column in table.columns:
        yield from (f"column {column.field!r}: {problem}" for problem in _column_contradictions(column))
        if column.follows and column.follows not in {one.field for one in table.quasi_identifiers}:
            yield f"column {column.field!r}: follows {column.follows!r}, which is no quasi-identifier that stays"
    kept = {column.field for column in table.kept if column.role != "link"}
    if table.person_key in kept:
        yield f"the person key {table.person_key!r} points at one person; drop it, or make it a link by a pseudonym"


def _column_contradictions(column: PlannedColumn) -> Iterator[str]:
    if column.treatment != "drop" and column.role not in KEPT_ROLES:
        yield f"its role is {column.role}; drop it, or give it the role {', '.join(KEPT_ROLES)}"
    if column.role == "link" and not any("pseudonym" in step for step in column.transform):
        yield "a link must become a pseudonym; give it transform: [{pseudonym: {}}]"
    if column.treatment == "generalise" and (column.role != "quasi" or not column.hierarchy):
        yield f"to generalise it, give it the role quasi and a hierarchy ({', '.join(BUILDERS)})"
    if column.treatment == "generalise" and column.type != "string":
        yield "generalised values are text; leave out its type"
    if column.weight <= 0 or column.least_level < 0:
        yield "its weight must be above 0 and its least_level 0 or more"
