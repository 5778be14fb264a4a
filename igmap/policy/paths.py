"""Places in a register that is given as plain values, by paths such as `purposes.*.legal_basis`.

A step is a key; `*` stands for every item of a list, and `key[name=value]` for the items, or the entry, that have it.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

from igmap.policy.values import Source

STEP = re.compile(r"(?P<key>[^.\[]+)(?:\[(?P<name>\w+)=(?P<value>[^\]]*)\])?")
NOWHERE: Final = object()
State = Literal["stated", "open", "denied", "silent"]


class Place(NamedTuple):
    """A value with the entries it stands in, outermost first."""

    value: Any
    within: tuple[Any, ...] = ()

    @property
    def state(self) -> State:
        """Whether the register says it, leaves it open, says that the policy does not say it, or is silent.

        A key that is not there, and an empty list or text, is silence; null says that it does not apply.
        """
        if self.value is NOWHERE or self.value in ("", []):
            return "silent"
        if isinstance(self.value, dict):
            return "open" if "open" in self.value else "denied" if self.value.get("in_policy") is False else "stated"
        return "stated"

    @property
    def source(self) -> Source:
        """The sentence of the policy behind it: that of the innermost entry that has one."""
        told = (entry["source"] for entry in reversed(self.within) if isinstance(entry, dict) and entry.get("source"))
        return Source.model_validate(next(told, {}))


def places(content: Any, path: str) -> list[Place]:
    """Every place that a path leads to; one that leads nowhere gives a place with `NOWHERE`.

    Example:
        >>> [place.value for place in places({"a": [{"b": 1}, {"b": 2}]}, "a.*.b")]
        [1, 2]
    """
    found = [Place(content)]
    for step in STEP.finditer(path):
        found = [place for one in found for place in _step(one, step)]
    return found


def _step(place: Place, step: re.Match[str]) -> Iterator[Place]:
    within = (*place.within, place.value)
    if step["key"] == "*":
        yield from (Place(item, within) for item in place.value or ()) if isinstance(place.value, list) else ()
        return
    value = place.value.get(step["key"], NOWHERE) if isinstance(place.value, dict) else NOWHERE
    if step["name"] is None:
        yield Place(value, within)
        return
    items = value if isinstance(value, list) else [value]
    having: list[Any] = [
        item for item in items if isinstance(item, dict) and str(item.get(step["name"])) == step["value"]
    ]
    yield from (Place(item, within) for item in having or [NOWHERE])
