"""Which purposes a difference is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from igmap.policy.versions.differences import ITEM, Difference

EVERY = "*"  # every purpose
NONE = {"schema", "vocabularies", "policy", "rules", "review", "answers", "field_matching"}
Sides = tuple[Mapping[str, Any], Mapping[str, Any]]


def touched(difference: Difference, sides: Sides) -> tuple[str, ...]:
    """The purposes a difference is about: its own, those of its recipient, term or kind of data, or `*` for all.

    Args:
        difference: of two registers.
        sides: the two registers as plain trees.
    """
    part, *rest = difference.place or ("",)
    named: Iterable[str] = [] if part in NONE else [EVERY]
    if rest and part == "purposes":
        named = rest[:1]
    elif rest and part in {"data_subjects", "data_categories"}:
        named = [one["id"] for side in sides for one in side["purposes"] if _names(one.get(part), rest[0])]
    elif difference.pattern == "recipients/*/purposes":
        named = difference.new or difference.old
    elif rest and part == "recipients":
        named = [name for item in _items(sides, difference) for name in item.get("purposes") or ()]
    elif difference.pattern.startswith("retention/rules/*"):
        named = [item["purpose"] for item in _items(sides, difference)]
    return tuple(dict.fromkeys(named))


def _items(sides: Sides, difference: Difference) -> list[Mapping[str, Any]]:
    """The item of a list that a difference is in, on either side."""
    depth = difference.pattern.split("/").index(ITEM)
    found = []
    for side in sides:
        holder: Any = side
        for key in difference.place[:depth]:
            holder = holder[key]
        found += [one for one in holder if one.get("id") == difference.place[depth]]
    return found


def _names(listed: Any, name: str) -> bool:
    return isinstance(listed, list) and name in listed
