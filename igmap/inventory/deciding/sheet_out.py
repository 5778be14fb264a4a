"""`igmap decide --to`: the fields as a spreadsheet that a colleague can fill in. No value of a cell is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from igmap.inventory.deciding.applied import is_decided
from igmap.inventory.deciding.form_out import Listed, Shape, write_form
from igmap.inventory.deciding.sheet import FIELDS, key_of
from igmap.inventory.deciding.words import label, what_was_seen, what_would_change
from igmap.report import text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from igmap.inventory.decisions import Decisions
    from igmap.inventory.inventory import DatasetInventory, Field, Inventory

_WIDTHS = {"dataset": 32, "table": 16, "field": 26, "verdict": 16, "category": 22, "confidence": 9, "reasons": 52}
_WIDTHS |= {"change": 40, "decision": 26, "why": 36, "by": 22, "on": 12, "key": 4}
_HELP = ("what", "decision", "why", "by", "on", "leave", "sort", "back")


def write_sheet(path: Path, inventory: Inventory, decisions: Decisions, lang: str, *, every: bool, on: datetime) -> int:  # noqa: PLR0913
    """Write the fields to ask about as an XLSX file: a row each, what igmap saw, and empty cells for the decision.

    Args:
        path: of the file; one that is there is not overwritten, since somebody may have filled it in.
        inventory: what was found.
        decisions: what is decided already, filled in where all fields are asked for.
        lang: nl or en, of everything in it.
        every: all fields, or those that igmap does not know and nobody decided.
        on: stands in the file's properties.

    Returns:
        How many fields are in it.

    Raises:
        WorkspaceError: the file is there, is no .xlsx, or cannot be written.
    """
    rows = [_row(*one, decisions, lang) for one in asked(inventory, every=every)]
    points = (
        (label(one.id, lang), text(f"run.identifiability.{one.identifiability}", lang)) for one in CATEGORIES.values()
    )
    help_texts = tuple(f"decide.help.{name}" for name in _HELP)
    shape = Shape(FIELDS, _WIDTHS, "field", help_texts, (Listed("decision", "points", tuple(points)),))
    write_form(path, shape, rows, lang, on=on)
    return len(rows)


def asked(inventory: Inventory, *, every: bool) -> Iterator[tuple[DatasetInventory, Field]]:
    """The fields to ask a person about: those that igmap does not know and nobody decided, or all."""
    for dataset in inventory.datasets:
        for field in dataset.fields:
            if every or (field.verdict == "undecided" and not is_decided(field)):
                yield dataset, field


def _row(dataset: DatasetInventory, field: Field, decisions: Decisions, lang: str) -> dict[str, Any]:
    held = decisions.field(dataset.source, dataset.table, field.name)
    told = {
        "dataset": dataset.source,
        "table": dataset.table,
        "field": field.name,
        "verdict": text(f"reason.verdict_{field.verdict}", lang),
        "category": label(field.runner_up if field.verdict == "undecided" else field.category, lang),
        "confidence": field.confidence,
        "reasons": "\n".join(what_was_seen(field, lang)),
        "change": "\n".join(what_would_change(field, lang)),
        "key": key_of(dataset.source, dataset.table, field.name),
    }
    decided = {"decision": label(held.category, lang), "why": held.why, "by": held.by, "on": held.on} if held else {}
    return told | decided
