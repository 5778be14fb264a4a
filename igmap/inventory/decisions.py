"""What a person confirmed: which dataset serves which purpose, what a field is, what an open value shall be."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from igmap.errors import DecisionError, nearest
from igmap.inventory.assessments import Assessment, nearest_of
from igmap.inventory.deciding.series import is_pattern, unnumbered
from igmap.inventory.decision import Decision, matches, names_of
from igmap.inventory.holds import Hold
from igmap.inventory.person_lists import PersonList
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.files import PlainLoader
from igmap.vocabulary.nodes import UnsoundError, walked

MOST_VALUES = 2_000_000  # of an organisation with a hundred thousand fields decided


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The plain loader in C where there is one: a file of 4,000 decisions is read in a second."""

    yaml_implicit_resolvers = PlainLoader.yaml_implicit_resolvers

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        """A day that is none stays text, so that it is told by its key."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_QuickLoader.add_constructor("tag:yaml.org,2002:timestamp", _QuickLoader.construct_yaml_timestamp)


class DatasetBinding(Decision):
    """Binds every dataset whose file matches `files` to its purposes, persons and dates.

    Written again under the same id, files and table it is corrected: that of the later day holds, else the lower one.
    """

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

    def reaches(self, source: str, table: str) -> bool:
        """Whether it covers a table."""
        return matches(source, self.files) and (self.table in {"", "*"} or matches(table, self.table))

    @property
    def scope(self) -> tuple[str, str]:
        """What it covers, as it is written."""
        return self.files, self.table if self.table != "*" else ""

    def precision(self, source: str, table: str) -> tuple[bool, bool, int]:
        """How specific it is: it names the very file; the very sheet or table; so many letters of both."""
        files, sheet = self.scope
        exact_table = sheet == table if sheet else False
        return source == files or not is_pattern(files), exact_table, _letters(files) + _letters(sheet)


class FieldDecision(Decision):
    """What a field is; a rescan never overwrites it.

    `dataset` is the id of a binding, a file, or a pattern of files; `file#table` is for one sheet or table of it. A
    field whose name is masked may be given without the number of its mask: `‹name*›` is every field that is shown so.
    """

    dataset: str
    field: str
    category: str
    purposes: tuple[str, ...] = ()

    def reaches(self, source: str, table: str) -> bool:
        """Whether `dataset`, as a file or pattern, covers a table; ids of bindings are another matter."""
        return any(matches(name, self.dataset) for name in names_of(source, table))


class ValueDecision(Decision):
    """An answer to what the register leaves open; `path` is dotted, list items by their id."""

    path: str
    value: Any


class Acceptance(Decision):
    """A finding the organisation lives with, until a date."""

    finding: str
    reason: str
    until: date


class CaptureDecision(Decision):
    """That captures of a browser were made before visitors were asked for consent, or after they gave it."""

    files: str
    consent: Literal["before", "after"]


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
    assessments: tuple[Assessment, ...] = ()
    person_lists: tuple[PersonList, ...] = ()
    holds: tuple[Hold, ...] = ()
    captures: tuple[CaptureDecision, ...] = ()

    @field_validator("*", mode="before")
    @classmethod
    def _nothing_is_an_empty_list(cls, entries: Any, info: ValidationInfo) -> Any:
        """A key with nothing behind it, as is left when a person takes out the last entry."""
        return () if entries is None and info.field_name != "workspace" else entries

    @property
    def bindings(self) -> tuple[DatasetBinding, ...]:
        """Each binding once, as last corrected."""
        dated = sorted(enumerate(self.datasets), key=lambda pair: (pair[1].on, pair[0]))
        latest = {binding.id: binding for _, binding in dated}
        return tuple(latest[name] for name in dict.fromkeys(binding.id for binding in self.datasets))

    def binding(self, source: str, table: str = "") -> DatasetBinding | None:
        """The binding of a dataset: the most specific that reaches it, or None.

        The file itself goes before a pattern, a named table before all tables of a file, a longer pattern before a
        shorter one. Their order in decisions.yaml says nothing.

        Raises:
            DecisionError: two bindings reach it that are equally specific.
        """
        reaching = [b for b in self.bindings if b.reaches(source, table)]
        if not reaching:
            return None
        best = max(b.precision(source, table) for b in reaching)
        first, *others = [b for b in reaching if b.precision(source, table) == best]
        if others:
            ids = ", ".join(repr(b.id) for b in (first, *others))
            place = f"{source} / {table}" if table else source
            raise DecisionError(
                f"decisions.yaml: datasets: {ids} reach {place} alike; take one out, give one a longer pattern of"
                " files, or name the table"
            )
        return first

    def consent(self, source: str) -> Literal["before", "after", ""]:
        """Whether a capture was made before or after consent; "" when nobody said."""
        return next((c.consent for c in self.captures if matches(source, c.files)), "")

    def field(self, source: str, table: str, name: str) -> FieldDecision | None:
        """The decision about one field, if a person took one: the most specific, and of equals the latest.

        The file itself goes before a pattern, a longer pattern before a shorter one; a binding's id counts as the
        pattern of its files. Of two decisions for the same, that of the later day holds, else the lower one.
        """
        named = [d for one in {name, unnumbered(name)} for d in self._by_field.get(one, ())]
        binding = self.binding(source, table) if named else None
        reaching = [d for d in named if d.reaches(source, table) or (binding and d.dataset == binding.id)]
        ranked = sorted(reaching, key=lambda d: (*_precision(d, source, table, binding), d.on))
        return ranked[-1] if ranked else None

    def assessment(self, source: str, table: str, collected_for: str, used_for: str) -> Assessment | None:
        """Whether a person found that the data of a dataset may serve another purpose than they were collected for."""
        about = [a for a in self.assessments if (a.collected_for, a.used_for) == (collected_for, used_for)]
        binding = self.binding(source, table) if about else None
        return nearest_of(about, (*names_of(source, table), *((binding.id,) if binding else ())))

    @property
    def _by_field(self) -> dict[str, list[FieldDecision]]:
        """The decisions by name of field. It is kept beside the list it was made of, since a copy takes it along."""
        kept = self.__dict__.get("by_field")
        if kept is None or kept[0] is not self.fields:
            named: dict[str, list[FieldDecision]] = {}
            for decision in self.fields:
                named.setdefault(decision.field, []).append(decision)
            kept = self.__dict__["by_field"] = (self.fields, named)
        return kept[1]


def _letters(pattern: str) -> int:
    return sum(letter not in "*?[]" for letter in pattern)


KINDS: tuple[type[BaseModel], ...] = (Decisions, *Decision.__subclasses__())


def _precision(decision: FieldDecision, source: str, table: str, binding: DatasetBinding | None) -> tuple[bool, int]:
    """Whether it names the very file, and how many letters of it."""
    if binding and decision.dataset == binding.id and not decision.reaches(source, table):
        pattern = binding.files + (f"#{binding.table}" if binding.table not in {"", "*"} else "")
    else:
        pattern = decision.dataset
    return pattern in names_of(source, table) or not is_pattern(pattern), _letters(pattern)


def load_decisions(path: Path) -> Decisions:
    """Read decisions.yaml; a missing file means no decisions.

    Raises:
        DecisionError: an unknown key or category, with the nearest known one.
    """
    if not path.exists():
        return Decisions()
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise DecisionError(f"{path.name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise DecisionError(f"{path.name}: is not UTF-8; save it as UTF-8") from None
    return parsed_decisions(text, path.name)


def parsed_decisions(text: str, file: str) -> Decisions:
    """Decisions from the text of decisions.yaml.

    Args:
        text: of the file.
        file: its name, for what an error says.

    Raises:
        DecisionError: as `load_decisions`.
    """
    content = _content(text, file)
    try:
        decisions = Decisions.model_validate({} if content is None else content)
    except ValidationError as error:
        raise DecisionError(f"{file}: {'; '.join(_told(error))}") from None
    for decision in decisions.fields:
        if decision.category not in CATEGORIES:
            raise DecisionError(
                f"{file}: field {decision.field!r}: unknown category {decision.category!r}"
                f"{nearest(decision.category, CATEGORIES)}"
            )
    _refuse_one_id_for_two(decisions, file)
    return decisions


def _content(text: str, file: str) -> Any:
    """The plain values, once it is known that they are no more than a person or igmap writes; ids may come twice."""
    reader = _QuickLoader(text)
    try:
        node = reader.get_single_node()
        for _ in walked(node, most=MOST_VALUES, unique="") if node else ():
            pass
        return reader.construct_document(node) if node else None
    except UnsoundError as error:
        raise DecisionError(f"{file}, line {error.line}: {error}") from None
    except RecursionError:
        raise DecisionError(f"{file}: is nested too deeply; a list or key in it is opened again and again") from None
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise DecisionError(f"{file}, line {line}: not readable as YAML; check indentation, quotes and dates") from None


def _refuse_one_id_for_two(decisions: Decisions, file: str) -> None:
    """An id stands for one set of datasets; written again for the same it is a correction."""
    scopes: dict[str, tuple[str, str]] = {}
    for binding in decisions.datasets:
        if scopes.setdefault(binding.id, binding.scope) != binding.scope:
            raise DecisionError(f"{file}: datasets: the id {binding.id!r} stands for two patterns; give one another id")


def _told(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        key = problem["loc"][-1] if problem["loc"] else ""
        place = ".".join(str(part) for part in problem["loc"]) or "the file as a whole"
        known = {name for model in KINDS for name in {one.alias or key for key, one in model.model_fields.items()}}
        hint = nearest(str(key), known) if problem["type"] == "extra_forbidden" else ""
        told = "keys such as datasets: and fields: are expected" if not problem["loc"] else problem["msg"]
        yield f"{place}: {told}{hint}"
