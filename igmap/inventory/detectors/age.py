"""Ages in a text, where a word says that it is one."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

OLDEST = 110


def is_age(candidates: pl.Series) -> pl.Series:
    """Whether somebody may be that old."""
    return candidates.str.extract(r"(\d{1,3})").cast(pl.Int64) <= OLDEST


DETECTOR = Detector(
    id="age",
    category="age",
    rare=True,
    pattern=r"(?i)\b\d{1,3}[ -]?(?:jaar oud\b|jaar jong\b|jarigen?\b|jarige leeftijd|years? old\b|year-old\b"
    r"|yrs? old\b|y/?o\b)"
    r"|(?i)\b(?:leeftijd|age|aged|lft\.?)(?: (?:is|van|of))?[ :=]{1,2}\d{1,3}\b(?: (?:jaar|years?)\b)?",
    valid=is_age,
    weight=4.0,
    needs="9A",
    digits=1,
)
