"""What a decision makes of a field: it always holds, and says so when what is found now contradicts it."""

from collections.abc import Iterator
from dataclasses import replace

from igmap.inventory.decisions import Decisions, FieldDecision
from igmap.inventory.inventory import Field, Inventory
from igmap.vocabulary import CATEGORIES

STRONG = 0.9  # of verdicts at this confidence nine in ten are right
OF_DECISIONS = {"confirmed", "conflict"}


def applied(field: Field, decision: FieldDecision | None) -> Field:
    """The field as a person decided it, with the reasons of what was found kept below.

    Args:
        field: as found.
        decision: about it; without one the field stays as found.
    """
    if decision is None:
        return field
    meaning = CATEGORIES[decision.category]
    confirmed = {"code": "confirmed", "by": decision.by, "on": decision.on.isoformat()}
    return replace(
        field,
        verdict="none" if decision.category == "none" else "found",
        category=decision.category,
        identifiability=meaning.identifiability,
        special=meaning.special,
        secret=meaning.secret,
        confidence=1.0,
        reasons=(confirmed, *_conflict(field, decision), *field.reasons),
    )


def _conflict(field: Field, decision: FieldDecision) -> Iterator[dict[str, str | float]]:
    """What was found, when it is strong and something else than what was decided."""
    if field.verdict == "found" and field.category != decision.category and field.confidence >= STRONG:
        yield {"code": "conflict", "found": field.category, "confidence": field.confidence}


def redecided(inventory: Inventory, decisions: Decisions) -> Inventory:
    """The inventory under new decisions, without looking at the exports again.

    What was found of a field that was decided before is known from its conflict only; without one it has none now.

    Args:
        inventory: as discovered, decisions of before applied.
        decisions: all of now; those of before among them.
    """
    return replace(
        inventory,
        datasets=tuple(
            replace(
                d, fields=tuple(applied(_as_found(f), decisions.field(d.source, d.table, f.name)) for f in d.fields)
            )
            for d in inventory.datasets
        ),
    )


def _as_found(field: Field) -> Field:
    """The field before it was decided, as far as its reasons tell."""
    if not is_decided(field):
        return field
    conflict = next((reason for reason in field.reasons if reason["code"] == "conflict"), None)
    reasons = tuple(reason for reason in field.reasons if reason["code"] not in OF_DECISIONS)
    if conflict is None:
        return replace(field, confidence=0.0, reasons=reasons)
    return replace(
        field,
        verdict="found",
        category=str(conflict["found"]),
        confidence=float(conflict["confidence"]),
        reasons=reasons,
    )


def is_decided(field: Field) -> bool:
    """Whether a person said what it is."""
    return any(reason["code"] == "confirmed" for reason in field.reasons)


def conflicts(inventory: Inventory) -> tuple[tuple[str, str, Field], ...]:
    """Every field whose decision is contradicted by what is found now, with its source and table."""
    return tuple(
        (dataset.source, dataset.table, field)
        for dataset in inventory.datasets
        for field in dataset.fields
        if any(reason["code"] == "conflict" for reason in field.reasons)
    )
