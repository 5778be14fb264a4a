"""Dutch citizen service numbers: nine digits that pass the eleven-test, which one number in eleven does by chance."""

import numpy as np
import polars as pl

from igmap.inventory.detectors.detector import Detector, digits

WEIGHTS = np.array([9, 8, 7, 6, 5, 4, 3, 2, -1])


def passes_eleven_test(candidates: pl.Series) -> pl.Series:
    """Whether the weighted sum of the nine digits is a multiple of eleven (RvIG, Logisch Ontwerp BRP)."""
    numbers = digits(candidates).str.zfill(9)
    fits = (numbers.str.len_bytes() == 9) & (numbers != "000000000")  # noqa: PLR2004 - a BSN has nine digits
    codes = np.frombuffer("".join(numbers.set(~fits, "000000001")).encode(), np.uint8).reshape(-1, 9) - 48
    return pl.Series((codes.astype(np.int64) @ WEIGHTS) % 11 == 0) & fits


DETECTOR = Detector(
    id="bsn",
    category="bsn",
    pattern=r"\b(?:[0-9]{9}|[0-9]{3}[. -][0-9]{3}[. -][0-9]{3}|[0-9]{4}[. -][0-9]{2}[. -][0-9]{3})\b",
    valid=passes_eleven_test,
    chance=1 / 11,
    without=r"(?i:order|bestel|factuur|invoice|klant|relatie|ticket|zending|pakket|artikel|kvk|rsin|btw|tel)[^0-9,;]{0,12}",
)
