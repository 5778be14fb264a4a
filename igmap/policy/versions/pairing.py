"""Items of two registers brought together: by id, and under another id only where that is certain."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
KEYS = ("id", "name", "version")  # what an item of a list goes by
REFERENCES = {
    "purposes": "purposes",
    "purpose": "purposes",
    "compatible_with": "purposes",
    "data_subjects": "data_subjects",
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """The items of two lists.

    Args:
        both: old and new of the same item.
        added: new items without an old one.
        removed: old items without a new one.
    """

    both: tuple[tuple[Item, Item], ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]


def key_of(*lists: Sequence[Any]) -> str | None:
    """What the items of these lists go by; None when they are no items, or two of one list go by the same."""
    items = [item for one in lists for item in one]
    if not items or not all(isinstance(item, Mapping) for item in items):
        return None
    return next((key for key in KEYS if all(key in item for item in items) and _unique(key, lists)), None)


def _unique(key: str, lists: Sequence[Sequence[Any]]) -> bool:
    return all(len({str(item[key]) for item in one}) == len(one) for one in lists)


def paired(old: Sequence[Item], new: Sequence[Item], key: str) -> Pairs:
    """By key, then what is left by what makes it certain that it is the same under another id."""
    was, is_now = ({str(item[key]): item for item in one} for one in (old, new))
    both = [(item, is_now[name]) for name, item in was.items() if name in is_now]
    removed = [item for name, item in was.items() if name not in is_now]
    added = [item for name, item in is_now.items() if name not in was]
    for sign in (_quote, _label, _all_but_words):
        for one, other in list(_certain(removed, added, sign)):
            both.append((one, other))
            removed.remove(one)
            added.remove(other)
    return Pairs(tuple(both), tuple(added), tuple(removed))


def _certain(
    removed: Sequence[Item], added: Sequence[Item], sign: Callable[[Item], str]
) -> Iterator[tuple[Item, Item]]:
    """Items that share a sign which nothing else on either side has."""
    counts = [Counter(sign(item) for item in side) for side in (removed, added)]
    others = {sign(item): item for item in added}
    for item in removed:
        name = sign(item)
        if name and counts[0][name] == counts[1][name] == 1:
            yield item, others[name]


def _quote(item: Item) -> str:
    """The policy's sentence, where the item has a name of its own too."""
    source = item.get("source")
    return str(source.get("quote", "")) if isinstance(source, Mapping) and "label" in item else ""


def _label(item: Item) -> str:
    label = item.get("label") or item.get("text")
    return json.dumps(label, sort_keys=True) if label else ""


def _all_but_words(item: Item) -> str:
    """All that is said about an item but its id and words, where it has a term of the vocabulary."""
    rest = {key: value for key, value in item.items() if key not in {*KEYS, "label", "text", "source", "origin"}}
    return json.dumps(rest, sort_keys=True) if rest.get("iri") else ""


def renamed_alike(old: dict[str, Any], new: Mapping[str, Any]) -> Any:
    """The old register with its references in the ids of the new one, so that a new id is one change and not many."""
    names = {}
    for part in ("purposes", "data_subjects"):
        was, is_now = old.get(part) or [], new.get(part) or []
        both = paired(was, is_now, "id").both if key_of(was, is_now) == "id" else ()
        names[part] = {one["id"]: other["id"] for one, other in both}
    return _referring(old, names)


def _referring(content: Any, names: Mapping[str, Mapping[str, str]]) -> Any:
    if isinstance(content, dict):
        return {key: _named(key, _referring(value, names), names) for key, value in content.items()}
    return [_referring(item, names) for item in content] if isinstance(content, list) else content


def _named(key: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> Any:
    known = names.get(REFERENCES.get(key, ""), {})
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, list):
        return [known.get(one, one) if isinstance(one, str) else one for one in value]
    return value
