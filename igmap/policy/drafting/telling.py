"""What a draft holds and leaves aside, as tables for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from igmap.policy.drafting.items import items
from igmap.policy.drafting.passages import Passage
from igmap.report import Table, text

KINDS = (
    "policy",
    "subject",
    "category",
    "purpose",
    "basis",
    "recipient",
    "ground",
    "retention",
    "cookie",
    "measure",
    "right",
    "request",
    "rule",
    "other",
)
OF_POLICY = ("controller", "version", "effective_from", "announce")
OF_REQUESTS = ("channel", "identification", "decision", "extension", "fee", "fulfilment", "refusal", "refusal_reasons")


def items_table(content: Mapping[str, Any], lang: str, caption: str) -> Table:
    """How many items of each kind a draft proposes, and which."""
    found: dict[str, list[str]] = {}
    for key in items(content):
        found.setdefault(_kind(key), []).append(key.partition(":")[2] or key)
    heads = tuple(text(f"draft.{key}", lang) for key in ("kind", "count", "names"))
    rows = tuple(
        (text(f"draft.item_{kind}", lang), len(found[kind]), ", ".join(found[kind])) for kind in KINDS if kind in found
    )
    return Table(heads, rows, caption)


def _kind(key: str) -> str:
    name = key.partition(":")[0].partition(".")[0]
    if name in OF_POLICY:
        return "policy"
    if name in OF_REQUESTS:
        return "request"
    return name if name in KINDS else "other"


def left_table(left: Sequence[Passage], total: int, lang: str) -> Table:
    """The sentences that gave nothing."""
    heads = (text("draft.section", lang), text("draft.sentence", lang))
    rows = tuple((one.section, one.text) for one in left)
    return Table(heads, rows, text("draft.left", lang, count=len(rows), total=total))


def unmapped_table(unmapped: Mapping[str, int], lang: str) -> Table:
    """The columns of a spreadsheet that found no place."""
    heads = (text("draft.column", lang), text("draft.rows", lang))
    return Table(heads, tuple(unmapped.items()), text("draft.unmapped", lang, count=len(unmapped)))
