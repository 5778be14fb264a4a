"""Kinship with a known column: numbers that another table has as its customers' are customers' numbers here too."""

from collections.abc import Sequence

from igmap.engine import Engine
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import EVERYWHERE, Reason, Vote, share_of
from igmap.sources import Column

KNOWN = frozenset({"email", "account_id", "username", "phone", "bsn", "bank_account"})
LIKE_KEYS = ("numbered", "handle", "shape:uuid")
FEWEST, MOST_ROWS = 20, 5_000_000  # distinct values that may be no accident; records that are compared in seconds
SURE, BY_CHANCE = 0.9, 0.2


def kin_votes(
    engine: Engine, columns: Sequence[Column], fields: Sequence[Field], evidence: Sequence[Evidence]
) -> dict[int, Vote]:
    """For columns whose values are those of a known one elsewhere, by position, what that says.

    Only columns that look like keys and that nothing has settled are compared, by the engine, with found ones.

    Args:
        engine: holds the tables.
        columns: of all tables.
        fields: as they were judged by themselves and by their neighbours.
        evidence: of each.
    """
    known = [i for i, field in enumerate(fields) if field.category in KNOWN and _is_small(evidence[i])]
    open_ones = [i for i, field in enumerate(fields) if _is_open(field, evidence[i])]
    if not known or not any(columns[i].table != columns[k].table for i in open_ones for k in known[:FEWEST]):
        return {}
    from igmap.inventory.kinships.overlaps import kin_of_known, overlaps

    asked = [(i, columns[i], fields[i].category) for i in known] + [(i, columns[i], None) for i in open_ones]
    found = kin_of_known(overlaps(engine, asked), asked)
    return {
        kin.position: Vote(kin.category, "kin", kin.share, _reason(fields[kin.known].name, kin.share))
        for kin in found
        if kin.ground == "values" and kin.by_chance < BY_CHANCE
    }


def _reason(field: str, share: float) -> Reason:
    return {"code": "kin", "field": field, "share": round(share, 3)}


def _is_small(counts: Evidence) -> bool:
    return counts["distinct"] >= FEWEST and counts["rows"] <= MOST_ROWS


def _is_open(field: Field, counts: Evidence) -> bool:
    """Whether it looks like a key and nothing has said what it is."""
    unsettled = field.verdict != "found" and field.confidence < SURE and not field.free_text
    return unsettled and _is_small(counts) and any(share_of(counts, sign) >= EVERYWHERE for sign in LIKE_KEYS)
