"""Every difference between two registers as plain trees, by the place of what differs. It does not weigh them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from igmap.policy.register import Policy
from igmap.policy.versions.pairing import key_of, paired
from igmap.vocabulary import load_yaml

Kind = Literal["added", "removed", "changed", "answered", "opened", "reworded", "raised", "dropped", "renamed"]
ITEM = "*"
TEXT = {"nl", "en"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not the same.

    Args:
        place: keys from the top, items of lists by their id in the new register.
        pattern: the same with * for every item, joined by /; the key of directions.yaml.
        kind: what happened.
        old: what was there; of a list, what left it.
        new: what is there now; of a list, what came in.
    """

    place: tuple[str, ...]
    pattern: str
    kind: Kind
    old: Any
    new: Any


def plain(policy: Policy) -> dict[str, Any]:
    """A register as dicts and lists, with everything it does not say as its default."""
    content: dict[str, Any] = policy.model_dump(mode="json", by_alias=True)
    return content


def entry_of(pattern: str) -> Mapping[str, Any] | None:
    """What directions.yaml says about a place; None when it does not know it."""
    told = load_yaml("igmap.policy.versions", "directions.yaml")
    entry: Mapping[str, Any] | None = told["places"].get(pattern) or told["anywhere"].get(pattern.rpartition("/")[2])
    return entry


def is_open(value: Any) -> bool:
    """Whether a value of a plain register is left open."""
    return isinstance(value, Mapping) and "open" in value


def differences(old: Any, new: Any, place: tuple[str, ...] = (), pattern: str = "") -> Iterator[Difference]:
    """Everything that differs below a place, in the order of the new register.

    The order of a list means nothing, nor does whether a default is written out.
    """
    if old == new:
        return
    if is_open(old) or is_open(new):
        yield Difference(place, pattern, _of_open(old, new), old, new)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _in_list(old, new, place, pattern)
    elif isinstance(old, dict) and isinstance(new, dict) and not _is_one(old, new, pattern):
        for key in dict.fromkeys((*new, *old)):
            inner = f"{pattern}/{key}".removeprefix("/")
            yield from differences(old.get(key), new.get(key), (*place, key), inner)
    else:
        kind: Kind = "added" if _absent(old) else "removed" if _absent(new) else "changed"
        yield Difference(place, pattern, kind, old, new)


def _of_open(old: Any, new: Any) -> Kind:
    if is_open(old) and is_open(new):
        return "reworded"
    if is_open(new):
        return "raised" if _absent(old) else "opened"
    return "dropped" if _absent(new) else "answered"


def _absent(value: Any) -> bool:
    return value is None or value in ("", [])


def _is_one(old: dict[str, Any], new: dict[str, Any], pattern: str) -> bool:
    """Whether two mappings are told as one thing: a text in two languages, or what directions.yaml says is whole."""
    return TEXT in (set(old), set(new)) or bool((entry_of(pattern) or {}).get("whole"))


def _in_list(old: list[Any], new: list[Any], place: tuple[str, ...], pattern: str) -> Iterator[Difference]:
    key = key_of(old, new)
    if (entry_of(pattern) or {}).get("whole") and key is None:
        yield Difference(place, pattern, "changed", old, new)
        return
    if key is None:
        yield from _elements(old, new, place, pattern)
        return
    pairs, below = paired(old, new, key), f"{pattern}/{ITEM}"
    for item in pairs.added:
        yield Difference((*place, str(item[key])), below, "added", None, item)
    for item in pairs.removed:
        yield Difference((*place, str(item[key])), below, "removed", item, None)
    for one, other in pairs.both:
        here = (*place, str(other[key]))
        if one[key] != other[key]:
            yield Difference(here, below, "renamed", one[key], other[key])
        yield from differences({**one, key: other[key]}, other, here, below)


def _elements(old: list[Any], new: list[Any], place: tuple[str, ...], pattern: str) -> Iterator[Difference]:
    was, is_now = ({json.dumps(one, sort_keys=True): one for one in side} for side in (old, new))
    came = [one for name, one in is_now.items() if name not in was]
    went = [one for name, one in was.items() if name not in is_now]
    if came:
        yield Difference(place, pattern, "added", None, came)
    if went:
        yield Difference(place, pattern, "removed", went, None)
