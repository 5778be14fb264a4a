"""The plan: what becomes of every column, written so that a person can read, change and repeat it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as setting
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml
from pydantic import ValidationError

from igmap.anonymisation.hierarchies import BUILDERS
from igmap.errors import PlanError, nearest
from igmap.inventory import Inventory
from igmap.stages import from_plain, to_plain
from igmap.vocabulary import CATEGORIES, load_yaml
from igmap.workspace import write_file

Role = Literal["direct", "key", "secret", "text", "undecided", "quasi", "sensitive", "measure", "other"]
Treatment = Literal["drop", "keep", "generalise"]
Type = Literal["string", "integer", "number"]
DEFAULT_K = 10
KEPT_ROLES = ("quasi", "sensitive", "measure")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """What becomes of one column.

    Args:
        field: its name, as the inventory shows it; the released column is called the same.
        role: quasi (others may know it), sensitive (nobody may learn it), measure (what the release is for), or
            why it cannot stay: direct, key, secret, text, undecided, other.
        treatment: drop, keep as it is, or generalise. Only quasi-identifiers are generalised.
        category: of igmap's vocabulary.
        type: of the released values; generalised columns are text.
        hierarchy: the builder of the hierarchy with its settings, such as `{intervals: [5, 10, 20]}`.
        least_level: the most specific level that may be released; 0 is the value itself.
        weight: how much its loss counts, relative to the other quasi-identifiers.
        becomes: in words, nl and en.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    field: str
    role: Role
    treatment: Treatment
    category: str = "none"
    type: Type = "string"
    hierarchy: Mapping[str, Any] | None = None
    least_level: int = 0
    weight: float = 1.0
    becomes: Mapping[str, str] = setting(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one dataset is anonymised.

    Args:
        name: of the release and its folder: small letters, digits, dots and hyphens.
        source: the dataset's file, relative to exports/.
        columns: what becomes of each column.
        seed: decides the order of the released rows; private, because it leads back to the source's order.
        table: sheet or database table, else "".
        person_key: the field that tells persons apart; None when each record is a person.
        k: different persons that share each combination of quasi-identifiers, at least.
        suppression_limit: share of the rows that may be left out, 0-1.
        search: how recodings are searched: global (one level per column).
        file_format: of the released table.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    source: str
    columns: tuple[PlannedColumn, ...]
    seed: int = setting(repr=False)
    table: str = ""
    person_key: str | None = None
    k: int = DEFAULT_K
    suppression_limit: float = 0.05
    search: str = "global"
    file_format: Literal["parquet", "csv"] = "parquet"

    @property
    def kept(self) -> tuple[PlannedColumn, ...]:
        """The released columns, in order."""
        return tuple(column for column in self.columns if column.treatment != "drop")

    @property
    def quasi_identifiers(self) -> tuple[PlannedColumn, ...]:
        """The released columns over which k is counted."""
        return tuple(column for column in self.kept if column.role == "quasi")

    def _repr_html_(self) -> str:
        from igmap.report import Table, fragment, percentage

        words = {key: said["nl"] for key, said in load_yaml("igmap.anonymisation", "texts.yaml").items()}
        limit = percentage(self.suppression_limit, "nl")
        caption = words["plan"].format(source=self.source, k=self.k, limit=limit, person=self.person_key or "–")
        rows = tuple((c.field, CATEGORIES[c.category].nl, c.becomes.get("nl", c.treatment)) for c in self.columns)
        return fragment([Table((words["column"], words["category"], words["becomes"]), rows, caption)], lang="nl")


def load_plan(path: Path) -> Plan:
    """Read a plan; hierarchy files are looked up from the plan's own folder.

    Raises:
        PlanError: unreadable, an unknown key (with the nearest known one), or a plan that contradicts itself.
    """
    try:
        plan = from_plain(Plan, yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PlanError(f"{path.name}: cannot be read ({type(error).__name__}); it must be a YAML file") from None
    except ValidationError as error:
        raise PlanError(f"{path.name}: {'; '.join(_told(error))}") from None
    return check_plan(replace(plan, columns=tuple(_found(column, path.parent) for column in plan.columns)))


def write_plan(path: Path, plan: Plan) -> Path:
    """Write a plan as YAML that `load_plan` reads back equal."""
    plain = to_plain(plan)
    plain["columns"] = plain.pop("columns")  # last, below what holds for the whole
    return write_file(path, yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120))


def points_at_somebody(category: str) -> bool:
    """Whether a category points at a person, or lets somebody in: direct identifiers, keys and secrets."""
    known = CATEGORIES.get(category)
    return known is not None and (known.identifiability in {"direct", "key"} or known.secret)


def check_against(plan: Plan, inventory: Inventory) -> Plan:
    """The plan, if it keeps nothing in which the inventory sees a person.

    Raises:
        PlanError: a kept column is a direct identifier, key or secret by its verdict.
    """
    found = inventory.dataset(plan.source, plan.table)
    verdicts = {field.name: field for field in found.fields} if found else {}
    for column in plan.kept:
        field = verdicts.get(column.field)
        if field and points_at_somebody(field.category):
            raise PlanError(
                f"plan {plan.name!r}: column {column.field!r} holds {CATEGORIES[field.category].en}, which points at a "
                "person; drop it, or decide in decisions.yaml that it is something else"
            )
    return plan


def check_plan(plan: Plan) -> Plan:
    """The plan, if it does not contradict itself.

    Raises:
        PlanError: with the column and what to change.
    """
    for problem in _contradictions(plan):
        raise PlanError(f"plan {plan.name!r}: {problem}")
    return plan


def _contradictions(plan: Plan) -> Iterator[str]:
    names = [column.field for column in plan.columns]
    if not NAME.fullmatch(plan.name):
        yield "the name becomes a folder: use small letters, digits, dots, hyphens and underscores"
    if plan.k < 2 or not 0 <= plan.suppression_limit <= 1:  # noqa: PLR2004 - one person is no crowd
        yield "k must be 2 or more and suppression_limit between 0 and 1"
    if twice := [name for name in names if names.count(name) > 1]:
        yield f"column {twice[0]!r} is planned twice; keep one"
    if not plan.quasi_identifiers:
        yield "no kept column is a quasi-identifier, so that k cannot be counted; give one the role quasi"
    for column in plan.columns:
        yield from (f"column {column.field!r}: {problem}" for problem in _column_contradictions(column))
    if plan.person_key in {column.field for column in plan.kept}:
        yield f"the person key {plan.person_key!r} points at one person; drop it"


def _column_contradictions(column: PlannedColumn) -> Iterator[str]:
    if column.treatment != "drop" and column.role not in KEPT_ROLES:
        yield f"its role is {column.role}; drop it, or give it the role {', '.join(KEPT_ROLES)}"
    if column.treatment == "generalise" and (column.role != "quasi" or not column.hierarchy):
        yield f"to generalise it, give it the role quasi and a hierarchy ({', '.join(BUILDERS)})"
    if column.treatment == "generalise" and column.type != "string":
        yield "generalised values are text; leave out its type"
    if column.weight <= 0 or column.least_level < 0:
        yield "its weight must be above 0 and its least_level 0 or more"


def _found(column: PlannedColumn, folder: Path) -> PlannedColumn:
    """The column with the path of its hierarchy file seen from anywhere."""
    file = (column.hierarchy or {}).get("file")
    return replace(column, hierarchy={**(column.hierarchy or {}), "file": str(folder / file)}) if file else column


def _told(error: ValidationError) -> Iterator[str]:
    known = {entry.name for kind in (Plan, PlannedColumn) for entry in fields(kind)}
    for problem in error.errors(include_input=False, include_url=False):
        place = ".".join(str(part) for part in problem["loc"])
        unknown = problem["type"] in {"unexpected_keyword_argument", "extra_forbidden"}
        yield (
            f"{place}: unknown key{nearest(str(problem['loc'][-1]), known)}"
            if unknown
            else f"{place}: {problem['msg']}"
        )
