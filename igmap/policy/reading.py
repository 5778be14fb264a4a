"""policy.yaml read into a register; every error names file, line, key path and the nearest word that is known."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from igmap.errors import PolicyError, nearest
from igmap.policy.register import Policy
from igmap.policy.values import Entry
from igmap.vocabulary.files import Lines, Place, read_yaml

TOLD = {"extra_forbidden": "unknown key", "missing": "this key is needed"}


def load_policy(path: Path | str) -> Policy:
    """Read a register.

    Args:
        path: of policy.yaml.

    Raises:
        PolicyError: the file cannot be read, or has an unknown key, category, DPV term or reference, a period that is
            not ISO 8601, or a key or id twice; with file, line and key path.
    """
    path = Path(path)
    lines, content = read_yaml(path, PolicyError)
    if not isinstance(content, dict):
        raise PolicyError(
            f"{path.name}, line 1: a register is a list of keys and values; start with 'schema: igmap.policy/1'"
        )
    try:
        return checked(content)
    except ValidationError as error:
        raise PolicyError("\n".join(f"{path.name}, {told}" for told in _told(error, lines, content))) from None


def checked(content: Mapping[str, Any]) -> Policy:
    """A register from plain values, with every reference to a purpose or data subject resolved.

    Raises:
        pydantic.ValidationError: something the form does not know.
    """
    return Policy.model_validate(
        content, context={key: _ids(content.get(key)) for key in ("purposes", "data_subjects")}
    )


def _ids(items: Any) -> list[str]:
    return [str(item["id"]) for item in items or () if isinstance(item, dict) and "id" in item]


def _told(error: ValidationError, lines: Lines, content: Any) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        place: Place = ()
        for part in problem["loc"]:
            place = (*place, part) if (*place, part) in lines else place
        named = dotted(place, content)
        missing = [str(problem["loc"][-1])] if problem["type"] == "missing" else []
        message = TOLD.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        yield f"line {lines.get(place, 1)}: {'.'.join([*named, *missing])}: {message}{_hint(problem)}"


def _hint(problem: Any) -> str:
    if problem["type"] == "extra_forbidden":
        return nearest(str(problem["loc"][-1]), known_keys())
    if problem["type"] == "literal_error":
        return nearest(str(problem["input"]), re.findall(r"'([^']+)'", problem["ctx"]["expected"]))
    return ""


def known_keys() -> set[str]:
    """Every key a register may hold."""
    models = [Entry]
    for model in models:
        models += model.__subclasses__()
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def dotted(place: Place, content: Any) -> list[str]:
    """A place by its keys, list items by their id or name where they have one."""
    names = []
    for part in place:
        content = content[part]
        named = isinstance(part, int) and isinstance(content, dict)
        names.append(str(content.get("id", content.get("name", part)) if named else part))
    return names
