"""Dates in text, and which of them are of a birth by the words near them."""

import re
from collections.abc import Iterator

import polars as pl

from igmap.inventory.mentions.cues import SPANS, cues_of

NEAR = 60  # characters in which a word speaks of the date
BORN_BEFORE = re.compile(
    r"(?i)(?:\b(?:(?:geboren|geboortedatum|geboortedag|geb\.? ?dat(?:um)?|born|date of birth|birth ?date|birthday"
    r"|verjaardag|verjaart|jarig|née)(?!\w)|(?:geb|d\.?o\.?b)(?!\w)\.?)[^\d\n.!?;]{0,40}|\*\s?)$"
)
BORN_AFTER = re.compile(r"(?i)^\)?,?[^\d\n.!?;]{0,30}\b(?:geboren|born|jarig)\b")


def dated(values: pl.Series) -> pl.DataFrame:
    """Where dates stand: `row`, `start`, `end`, `score`, `kind`, which is `birth_date` near a word for being born."""
    rows = [
        (row, start, end, score, "birth_date" if _is_of_birth(values[row], start, end) else "date")
        for row, start, end, score in _places(values)
    ]
    return pl.DataFrame(rows, schema={**SPANS, "kind": pl.String}, orient="row")


def _places(values: pl.Series) -> Iterator[tuple[int, int, int, float]]:
    for cue in cues_of("dates"):
        yield from cue.places(values)


def _is_of_birth(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - NEAR, 0) : start], text[end : end + NEAR]
    return bool(BORN_BEFORE.search(before) or BORN_AFTER.search(after))
