"""E-mail addresses, telephone numbers, bank accounts and BSNs in released texts, whoever they are of."""

import polars as pl

from igmap.inventory.detectors import DETECTORS
from igmap.release.staged import Staged

SURE = {"email", "bsn", "iban", "phone"}
MADE_UP = {"pseudonym", "fake"}
FEW, TIMES = 5, 3.0  # so many whole values may come by chance, if no more pass than this times chance


def undeclared_identifiers(staged: Staged) -> int:
    """Cells of text columns in which a detector fires; labels of hierarchies and made-up values are none of them."""
    texts = [c["field"] for c in staged.kept if c["role"] != "quasi" and c["type"] == "string" and not _made_up(c)]
    return sum(_detected(staged.table[field]) for field in texts if field in staged.table.columns)


def _made_up(column: dict[str, list[dict[str, object]]]) -> bool:
    return any(not MADE_UP.isdisjoint(step) or _has_surrogates(step) for step in column.get("transform") or ())


def _has_surrogates(step: dict[str, object]) -> bool:
    """Whether a redaction puts made-up values in texts; whether they are of the source is looked at with the step."""
    settings = step.get("redact")
    way = settings.get("way") if isinstance(settings, dict) else None
    return "surrogate" in (way.values() if isinstance(way, dict) else [way])


def _detected(cells: pl.Series) -> int:
    counted = cells.drop_nulls().value_counts(name="rows")
    hit = pl.Series([False]).new_from_index(0, counted.height)
    for detector in (one for one in DETECTORS if one.id in SURE):
        fired = detector.scan(counted[cells.name])
        shape, whole = int(fired["shape"].sum()), int(fired["whole"].sum())
        by_chance = shape >= FEW and whole <= TIMES * detector.chance * shape
        hit |= fired["hit"] & ~fired["whole"] if by_chance else fired["hit"]
    return int(counted.filter(hit)["rows"].sum())
