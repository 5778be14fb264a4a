"""Dutch education numbers, of pupils without a citizen service number; the law guards both alike (UAVG Art. 46)."""

import polars as pl

from igmap.inventory.detectors.bsn import WEIGHTS
from igmap.inventory.detectors.checksums import digits, weighted
from igmap.inventory.detectors.detector import Detector, spelled

REMAINDER = 5


def is_education_number(candidates: pl.Series) -> pl.Series:
    """Whether the eleven-test of the citizen service number leaves five."""
    return weighted(digits(candidates), WEIGHTS, 11, REMAINDER)


DETECTOR = Detector(
    id="education_number",
    category="bsn",
    rare=True,
    pattern=r"\b10(?:\d{7}|\d{2}[. -]\d{2}[. -]\d{3}|\d[. -]\d{3}[. -]\d{3})\b",
    valid=is_education_number,
    chance=1 / 11,
    context=spelled(
        "onderwijsnummer",
        "onderwijsnr",
        "onderwijs-nummer",
        "ownnr",
        "ownr",
        "PGN ",
        "persoonsgebonden n",
        "education number",
    ),
    needs="9",
    digits=9,
)
