"""A table as it was judged so far, which every reason of this room is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.vocabulary import load_yaml


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose fields have a verdict by what was said of them until now.

    Args:
        title: the file, and the sheet or table in it.
        names: of the fields, as the export prints them.
        fields: as they were judged without what is asked now.
        evidence: counts over each field's distinct values.
    """

    title: str
    names: Sequence[str]
    fields: Sequence[Field]
    evidence: Sequence[Evidence]


@cache
def listed(file: str, kind: str) -> frozenset[str]:
    """The words under a key of one of this room's lists."""
    return frozenset(map(str, lists(file)[kind]))


def lists(file: str) -> dict[str, Any]:
    """All that one of this room's lists holds, by key."""
    held: dict[str, Any] = load_yaml("igmap.inventory.context", file)
    return held
