"""Stages as files: every value that one room hands to the next can be written and read back equal.

One mechanism serves all contracts: pydantic reads the plain frozen dataclasses at the file edge, checks types, and
prints their JSON Schema.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import TypeAdapter

from igmap.workspace import write_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Stage = TypeVar("Stage")
_adapter: "Callable[[Any], TypeAdapter[Any]]" = cache(TypeAdapter)  # making one takes longer than using it


def to_plain(stage: Any, kind: Any = None) -> Any:
    """The stage as dicts, lists, strings and numbers."""
    return _adapter(kind or type(stage)).dump_python(stage, mode="json", by_alias=True)


def from_plain(kind: type[Stage], content: Any) -> Stage:
    """The stage that `to_plain` gave, equal to the original.

    Raises:
        pydantic.ValidationError: a key or type the contract does not know.
    """
    stage: Stage = _adapter(kind).validate_python(content)
    return stage


def write_stage(path: "Path", stage: Any, kind: Any = None) -> "Path":
    """Write a stage as JSON by one rename."""
    return write_json(path, to_plain(stage, kind))


def read_stage(path: "Path", kind: type[Stage]) -> Stage:
    """Read back what `write_stage` wrote."""
    stage: Stage = _adapter(kind).validate_json(path.read_bytes())
    return stage


def json_schema(kind: Any, mode: Literal["serialization", "validation"] = "serialization") -> dict[str, Any]:
    """The JSON Schema of a contract, as it lies in docs/schemas/.

    Args:
        kind: the stage.
        mode: as igmap writes it, or as a person may write it, who leaves out what has a default.
    """
    return _adapter(kind).json_schema(by_alias=True, mode=mode)
