"""The four digits of a Dutch postcode alone, where the word stands right before them: `postcode 3511`."""

import polars as pl

from igmap.inventory.detectors.detector import Detector, spelled


def is_alone(candidates: pl.Series) -> pl.Series:
    """Whether no two letters follow: those make it a whole postcode, which has its own detector."""
    return candidates.str.len_chars() == 4  # noqa: PLR2004 - the digits


DETECTOR = Detector(
    id="postcode_digits",
    category="postcode",
    rare=True,
    pattern=r"\b[1-9]\d{3}(?: {0,2}[A-Z]{2})?\b",
    valid=is_alone,
    weight=4.0,
    context=spelled("postcode"),
    gap=r"(?: ?(?:is|:))? {0,2}",
    needs="9A",
    digits=4,
)
