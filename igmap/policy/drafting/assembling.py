"""What was recognised, put together as a register: every item with its quotes, marked as proposed, the rest open."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from igmap.policy.drafting.passages import Passage
from igmap.policy.drafting.phrases import PACKAGE
from igmap.policy.drafting.takers import SIDES
from igmap.vocabulary import load_yaml

KEYED = (
    "data_subjects",
    "data_categories",
    "purposes",
    "recipients",
    "measures",
    "rules",
    "requests/rights",
    "requests/refusal_grounds",
    "retention/rules",
)
PARTS = ("controller/contact", "recipients/*/agreement")  # their quotes stand with what they are part of
LONGEST_QUOTE, MOST_QUOTES = 220, 4
ELLIPSIS = " … "
Quote = tuple[str, str]


def quoted(passage: Passage, start: int, end: int) -> Quote:
    """Section and words of a sentence: all of it, or the clause around a phrase when it is long."""
    text = passage.text
    if len(text) <= LONGEST_QUOTE:
        return passage.section, text
    before = max((m.end() for m in SIDES.finditer(text, 0, start)), default=0)
    after = next((m.start() for m in SIDES.finditer(text, end)), len(text))
    if start - before > LONGEST_QUOTE:
        before = text.rfind(" ", 0, start - LONGEST_QUOTE // 2) + 1
    if after - end > LONGEST_QUOTE:
        after = text.find(" ", end + LONGEST_QUOTE // 2)
    return passage.section, text[before:after].strip()


@dataclass(slots=True)
class Assembly:
    """A register in the making: places by `/`, what was given for each, and the quotes it rests on."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    quotes: dict[str, list[Quote]] = field(default_factory=dict)

    def add(self, at: str, given: Mapping[str, Any], quote: Quote | None) -> None:
        """Something said of a place; what was said first stays, lists grow."""
        held = self.items.setdefault(at, {})
        for key, value in given.items():
            if isinstance(value, list) and isinstance(held.get(key), list):
                held[key] = list(dict.fromkeys([*held[key], *value]))
            elif key not in held or (_is_open(held[key]) and not _is_open(value)):
                held[key] = deepcopy(value)
        place = at.rpartition("/")[0] if _is_part(at) else at
        held_quotes = self.quotes.setdefault(place, [])
        if quote and len(held_quotes) < MOST_QUOTES and quote not in held_quotes:
            held_quotes.append(quote)

    def dropped(self) -> set[str]:
        """Places that lack what an item of their kind needs."""
        return {at for at, given in self.items.items() if any(key not in given for key in _frame(at).get("needs", ()))}

    def content(self) -> dict[str, Any]:
        """The register as plain values."""
        lacking = self.dropped()
        content: dict[str, Any] = {"schema": "igmap.policy/1"}
        for at in sorted((at for at in self.items if at not in lacking), key=_order):
            if not any(at.startswith(f"{other}/") for other in lacking):
                _put(content, at, self._item(at))
        return content

    def _item(self, at: str) -> dict[str, Any]:
        named = {"id": at.rsplit("/", 1)[1]} if at.rsplit("/", 1)[0] in KEYED and not at.startswith("rules/") else {}
        frame = {key: deepcopy(value) for key, value in _frame(at).items() if key != "needs"}
        item = {**named, **self.items[at], **{key: value for key, value in frame.items() if key not in self.items[at]}}
        quotes = self.quotes.get(at, [])
        if at == "policy" or _is_part(at):
            return item
        origin = {} if at.startswith("rules/") else {"origin": "proposed"}
        return {**item, **origin, **({"source": merged(quotes)} if quotes else {})}


def merged(quotes: Sequence[Quote]) -> dict[str, str]:
    """One source of several quotes, in the order of the text, with ellipses between them."""
    sections = dict.fromkeys(section for section, _ in quotes)
    return {"section": ", ".join(sections), "quote": ELLIPSIS.join(dict.fromkeys(quote for _, quote in quotes))}


def _is_part(at: str) -> bool:
    return any(fnmatchcase(at, kind) for kind in PARTS)


def _is_open(value: Any) -> bool:
    return isinstance(value, dict) and "open" in value


def frames() -> dict[str, dict[str, Any]]:
    """What an item of each kind needs, open."""
    known: dict[str, dict[str, Any]] = load_yaml(PACKAGE, "frames.yaml")
    return known


def _frame(at: str) -> dict[str, Any]:
    same = (given for kind, given in frames().items() if kind.count("/") == at.count("/") and fnmatchcase(at, kind))
    return next(same, {})


def _order(at: str) -> tuple[int, int]:
    order = (
        "policy",
        "controller",
        "data_subjects",
        "data_categories",
        "purposes",
        "recipients",
        "sharing_grounds",
        "disclosures",
        "transfers",
        "external_links",
        "retention",
        "cookies",
        "measures",
        "review",
        "requests",
        "rules",
    )
    return order.index(at.partition("/")[0]), at.count("/")


def _put(content: dict[str, Any], at: str, item: dict[str, Any]) -> None:
    """An item in its place: under its key, or in the list of its kind."""
    around, _, last = at.rpartition("/")
    if around == "sharing_grounds":
        content.setdefault(around, []).append(last)
        return
    holder: Any = content
    for key in filter(None, around.split("/")) if around not in KEYED else around.split("/")[:-1]:
        holder = (
            next(one for one in holder if one["id"] == key) if isinstance(holder, list) else holder.setdefault(key, {})
        )
    if around in KEYED:
        holder.setdefault(around.rsplit("/", 1)[-1], []).append(item)
    elif isinstance(holder.get(last), dict) and not _is_open(holder[last]):
        holder[last] |= item
    else:
        holder[last] = item
