"""The plan as a file that a person reads and edits."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from igmap.anonymisation.checking import check_plan
from igmap.anonymisation.plan import LinkedTable, Plan, PlannedColumn
from igmap.errors import PlanError, nearest
from igmap.stages import from_plain, to_plain
from igmap.vocabulary.files import load_text
from igmap.workspace import write_file

SHOWN = {"k", "suppression_limit", "search"}  # also where they have their defaults: a person has to see them


def load_plan(path: Path) -> Plan:
    """Read a plan; hierarchy files are looked up from the plan's own folder.

    Raises:
        PlanError: unreadable, an unknown key (with the nearest known one), or a plan that contradicts itself.
    """
    try:
        plan = from_plain(Plan, load_text(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PlanError(f"{path.name}: cannot be read ({type(error).__name__}); it must be a YAML file") from None
    except ValidationError as error:
        raise PlanError(f"{path.name}: {'; '.join(_told(error))}") from None
    linked = tuple(replace(one, columns=_found(one.columns, path.parent)) for one in plan.linked)
    return check_plan(replace(plan, columns=_found(plan.columns, path.parent), linked=linked))


def write_plan(path: Path, plan: Plan) -> Path:
    """Write a plan as YAML that `load_plan` reads back equal; what has its default is left out."""
    plain = _terse(Plan, to_plain(plan))
    plain["columns"] = [_terse(PlannedColumn, column) for column in plain.pop("columns")]  # below what holds for all
    for linked in plain.get("linked", ()):
        linked["columns"] = [_terse(PlannedColumn, column) for column in linked["columns"]]
    return write_file(path, yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120))


def _terse(kind: type[Plan | PlannedColumn], plain: dict[str, Any]) -> dict[str, Any]:
    """Without what has its default, but for what a person has to see."""
    usual = {one.name: to_plain(one.default) for one in fields(kind) if one.default is not MISSING}
    usual |= {one.name: to_plain(one.default_factory()) for one in fields(kind) if one.default_factory is not MISSING}
    return {key: value for key, value in plain.items() if key in SHOWN or key not in usual or value != usual[key]}


def _found(columns: tuple[PlannedColumn, ...], folder: Path) -> tuple[PlannedColumn, ...]:
    """The columns with the paths of their hierarchy files seen from anywhere."""
    return tuple(
        replace(column, hierarchy={**(column.hierarchy or {}), "file": str(folder / file)})
        if (file := (column.hierarchy or {}).get("file"))
        else column
        for column in columns
    )


def _told(error: ValidationError) -> Iterator[str]:
    known = {entry.name for kind in (Plan, PlannedColumn, LinkedTable) for entry in fields(kind)}
    for problem in error.errors(include_input=False, include_url=False):
        place = ".".join(str(part) for part in problem["loc"])
        unknown = problem["type"] in {"unexpected_keyword_argument", "extra_forbidden"}
        yield (
            f"{place}: unknown key{nearest(str(problem['loc'][-1]), known)}"
            if unknown
            else f"{place}: {problem['msg']}"
        )
