"""Dutch citizen service numbers: nine digits that pass the eleven-test, which one number in eleven does by chance."""

import polars as pl

from igmap.inventory.detectors.checksums import digits, weighted
from igmap.inventory.detectors.detector import Detector

WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1]
NO_PERSON = (
    r"(?i:order|bestel|factuur|invoice|klant|relatie|ticket|zending|pakket|artikel|kvk|rsin|btw|tel|serie|serial|polis"
    r"|dossier|debiteur|crediteur|isbn|product|ref|track|case|zaak)[^0-9,;]{0,12}"
)


def passes_eleven_test(candidates: pl.Series) -> pl.Series:
    """Whether the weighted sum of the nine digits is a multiple of eleven (RvIG, Logisch Ontwerp BRP)."""
    return weighted(digits(candidates).str.zfill(9), WEIGHTS, 11)


DETECTOR = Detector(
    id="bsn",
    category="bsn",
    pattern=r"\b(?:[0-9]{9}|[0-9]{3}[. -][0-9]{3}[. -][0-9]{3}|[0-9]{4}[. -][0-9]{2}[. -][0-9]{3})\b",
    valid=passes_eleven_test,
    chance=1 / 11,
    without=NO_PERSON,
    needs="9",
    digits=9,
)
