"""Keys without a meaning: UUIDs, object ids, ULIDs. They may number a person as well as a course."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

EMPTY = "(?i)^[^0-9a-z]*(?:0+-?)+[^0-9a-z]*$"


def is_key(candidates: pl.Series) -> pl.Series:
    """Whether anything is in it; short forms mix digits and letters."""
    mixed = candidates.str.contains("[0-9]") & candidates.str.contains("[A-Za-z]")
    return (candidates.str.contains("-", literal=True) | mixed) & ~candidates.str.contains(EMPTY)


DETECTOR = Detector(
    id="uuid",
    category="account_id",
    rare=True,
    pattern=r"(?:\burn:uuid:|\{)?\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b\}?"
    r"|^[0-9a-f]{24}$|^0[0-7][0-9A-HJKMNP-TV-Z]{24}$",
    valid=is_key,
    weight=1.6,
    in_text=False,
)
