"""What a person confirmed: which dataset serves which purpose, what a field is, what an open value shall be."""

from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from igmap.errors import DecisionError, nearest
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.files import PlainLoader


class Decision(BaseModel):
    """Every decision says who took it, when and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    on: date
    why: str


class DatasetBinding(Decision):
    """Binds every dataset whose file matches `files` to its purposes, persons and dates."""

    id: str
    files: str
    table: str = ""
    role: Literal["controller", "processor"]
    purposes: tuple[str, ...] | None = None
    data_subjects: tuple[str, ...] = ()
    person_key: str | None = None
    start_columns: dict[str, str] = Field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    collected_under: str | None = None


class FieldDecision(Decision):
    """What a field is; a rescan never overwrites it."""

    dataset: str
    field: str
    category: str
    purposes: tuple[str, ...] = ()


class ValueDecision(Decision):
    """An answer to what the register leaves open; `path` is dotted, list items by their id."""

    path: str
    value: Any


class Acceptance(Decision):
    """A finding the organisation lives with, until a date."""

    finding: str
    reason: str
    until: date


class WorkspaceTerm(Decision):
    """How long the workspace itself, a copy of everything in it, may be kept."""

    keep_until: date


class Decisions(BaseModel):
    """All decisions of a workspace; without a file there are none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    workspace: WorkspaceTerm | None = None
    datasets: tuple[DatasetBinding, ...] = ()
    fields: tuple[FieldDecision, ...] = ()
    values: tuple[ValueDecision, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    def binding(self, source: str, table: str = "") -> DatasetBinding | None:
        """The first binding whose file pattern and table match, or None."""
        return next((b for b in self.datasets if fnmatchcase(source, b.files) and b.table in {"", "*", table}), None)

    def field(self, source: str, table: str, name: str) -> FieldDecision | None:
        """The decision about one field, if a person took one."""
        binding = self.binding(source, table)
        wanted = {source, binding.id if binding else source}
        return next((d for d in self.fields if d.field == name and d.dataset in wanted), None)


def load_decisions(path: Path) -> Decisions:
    """Read decisions.yaml; a missing file means no decisions.

    Raises:
        DecisionError: an unknown key or category, with the nearest known one.
    """
    if not path.exists():
        return Decisions()
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=PlainLoader)  # noqa: S506 - a safe loader
        decisions = Decisions.model_validate({} if content is None else content)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise DecisionError(
            f"{path.name}, line {line}: not readable as YAML; check the indentation and quotes"
        ) from None
    except ValidationError as error:
        raise DecisionError(f"{path.name}: {'; '.join(_told(error))}") from None
    for decision in decisions.fields:
        if decision.category not in CATEGORIES:
            raise DecisionError(
                f"{path.name}: field {decision.field!r}: unknown category {decision.category!r}"
                f"{nearest(decision.category, CATEGORIES)}"
            )
    return decisions


def _told(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        key = problem["loc"][-1] if problem["loc"] else ""
        place = ".".join(str(part) for part in problem["loc"]) or "the file as a whole"
        known = {
            name
            for model in (Decisions, WorkspaceTerm, DatasetBinding, FieldDecision, Acceptance)
            for name in model.model_fields
        }
        hint = nearest(str(key), known) if problem["type"] == "extra_forbidden" else ""
        yield f"{place}: {problem['msg']}{hint}"
