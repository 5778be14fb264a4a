"""Postcodes that only the word right before them tells from other numbers: `postcode 3511`, `PLZ 50667`.

The four digits of a Dutch one alone, five digits as in Germany and France, and British ones.
"""

import polars as pl

from igmap.inventory.detectors.detector import Detector, spelled


def is_alone(candidates: pl.Series) -> pl.Series:
    """Whether it is no whole Dutch postcode, which has its own detector."""
    return ~candidates.str.contains("^[0-9]{4} {0,2}[A-Z]{2}$")


DETECTOR = Detector(
    id="postcode_digits",
    category="postcode",
    rare=True,
    pattern=r"\b(?:[1-9]\d{3}(?: {0,2}[A-Z]{2})?|\d{5}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b",
    valid=is_alone,
    weight=4.0,
    context=spelled("postcode", "postal code", "post code", "code postal", "postleitzahl", "zip code", "plz"),
    gap=r"(?: ?(?:is|ist|est|:))? {0,2}",
    needs="9A",
    digits=2,
)
