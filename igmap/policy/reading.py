"""policy.yaml read into a register; every error names file, line, key path and the nearest word that is known."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from igmap.errors import PolicyError, nearest
from igmap.policy.register import Policy
from igmap.policy.values import Entry
from igmap.vocabulary.files import Lines, Place, PlainLoader, read_yaml

TOLD = {
    "extra_forbidden": "unknown key",
    "missing": "this key is needed",
    "string_type": "words are expected here",
    "model_type": "keys with values are expected here",
    "dict_type": "keys with values are expected here",
    "tuple_type": "a list is expected here",
    "bool_type": "true or false is expected here",
    "bool_parsing": "true or false is expected here",
    "string_too_short": "say why it is open",
}


class RegisterLoader(PlainLoader):
    """A register's words as they are written: version 1.10 is not 1.1, and a day that is none is told by its key."""


RegisterLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0].rpartition(":")[2] in {"bool", "null", "merge"}]
    for first, pairs in PlainLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Written:
    """A register as a person wrote it, and what it says.

    Args:
        policy: what it says.
        content: its plain values.
        lines: the line of every place in them.
    """

    policy: Policy
    content: Mapping[str, Any]
    lines: Lines

    def line_of(self, path: str) -> int:
        """The line of a dotted path, or of the nearest part of it that is there."""
        named = {
            ".".join(dotted(place, self.content)): self.lines[place]
            for place, _ in places(self.content)
            if place in self.lines
        }
        parts = path.split(".")
        known = (named[start] for end in range(len(parts), 0, -1) if (start := ".".join(parts[:end])) in named)
        return next(known, 1)


def load_policy(path: Path | str) -> Policy:
    """Read a register.

    Args:
        path: of policy.yaml.

    Raises:
        PolicyError: the file cannot be read, or has an unknown key, category, DPV term or reference, a period that is
            not ISO 8601, or a key or id twice; with file, line and key path.
    """
    return read_register(Path(path)).policy


def read_register(path: Path) -> Written:
    """Read a register, with where everything stands in its file.

    Raises:
        PolicyError: as `load_policy`; everything that is wrong, a line for each.
    """
    if not path.exists():
        told = f"make an empty one with 'igmap policy new {path.name} --name NAME', or use 'igmap policy read'"
        raise PolicyError(f"{path.name}: cannot be read, since there is none; {told}")
    lines, content = read_yaml(path, PolicyError, RegisterLoader)
    if not isinstance(content, dict):
        raise PolicyError(
            f"{path.name}, line 1: a register is a list of keys and values; start with 'schema: igmap.policy/1'"
        )
    try:
        return Written(checked(content), content, lines)
    except ValidationError as error:
        raise PolicyError("\n".join(f"{path.name}, {one}" for one in _told(error, lines, content))) from None


def checked(content: Mapping[str, Any]) -> Policy:
    """A register from plain values, with every reference to a purpose or data subject resolved.

    Raises:
        pydantic.ValidationError: something the form does not know.
    """
    known: dict[str, Any] = {key: list(_by_id(content.get(key), "id")) for key in ("purposes", "data_subjects")}
    grounds, parents = content.get("sharing_grounds"), _by_id(content.get("purposes"), "parent")
    return Policy.model_validate(content, context=known | {"parents": parents, "grounds": grounds})


def _by_id(items: Any, key: str) -> dict[str, Any]:
    """What the items of a list say under a key, by their ids; what is no such list says nothing."""
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list | tuple) else []
    return {str(item["id"]): item[key] for item in listed if "id" in item and isinstance(item.get(key), str | int)}


def _told(error: ValidationError, lines: Lines, content: Any) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        place = _deepest(problem, lines)
        yield f"line {lines.get(place, 1)}: {'.'.join(named_place(problem, lines, content))}: {told_of(problem)}"


def _deepest(problem: Any, known: Container[Place]) -> Place:
    """The place that a problem of pydantic's is about, without the steps that only its model has."""
    place: Place = ()
    for part in problem["loc"]:
        place = (*place, part) if (*place, part) in known else place
    return place


def named_place(problem: Any, known: Container[Place], content: Any) -> list[str]:
    """What one of pydantic's problems is about, by its keys; a key that is missing is named too.

    Args:
        problem: as pydantic tells it.
        known: the places that are there.
        content: the plain values.
    """
    missing = [str(problem["loc"][-1])] if problem["type"] == "missing" else []
    return [*dotted(_deepest(problem, known), content), *missing]


def told_of(problem: Any) -> str:
    """One of pydantic's problems in words, with the nearest thing that would be right."""
    return f"{TOLD.get(problem['type'], problem['msg'].removeprefix('Value error, '))}{_hint(problem)}"


def _hint(problem: Any) -> str:
    if problem["type"] == "extra_forbidden":
        return nearest(str(problem["loc"][-1]), known_keys())
    if problem["type"] == "literal_error":
        return nearest(str(problem["input"]), re.findall(r"'([^']+)'", problem["ctx"]["expected"]))
    if isinstance(problem["input"], dict):
        return nearest(next(iter(problem["input"]), ""), ["open"])
    return ""


def known_keys() -> set[str]:
    """Every key a register may hold."""
    models = [Entry]
    for model in models:
        models += model.__subclasses__()
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def places(content: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value with its place, outermost first."""
    yield place, content
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in parts:
        yield from places(value, (*place, key))


def dotted(place: Place, content: Any) -> list[str]:
    """A place by its keys, list items by their id or name where they have one."""
    names = []
    for part in place:
        content = content[part]
        named = isinstance(part, int) and isinstance(content, dict)
        names.append(str(content.get("id", content.get("name", part)) if named else part))
    return names
