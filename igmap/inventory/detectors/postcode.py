"""Dutch postcodes: four digits and two letters, of which SA, SD and SS are not given out."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

CODE = r"(?:\b|[^t]|[^s]t|[^o]st)code"  # of any kind but a postcode
SIZES = [f"{2**power} {unit}" for power in range(10, 14) for unit in ("KB", "MB", "GB", "TB")]


def is_given_out(candidates: pl.Series) -> pl.Series:
    """Whether the two letters are in use, and no small word after a year (`2026 en`)."""
    return ~candidates.str.contains("(?i:S[ADS])$| (?:en|of|in|is|op|om|de|te|na|er|we|ik)$") & ~candidates.is_in(SIZES)


DETECTOR = Detector(
    id="postcode",
    category="postcode",
    pattern=r"\b[1-9]\d{3} {0,2}[A-Z]{2}\b|^\s*[1-9]\d{3} ?[a-z]{2}\s*$",
    valid=is_given_out,
    weight=5.0,
    without=rf"[A-Z0-9]-|(?i:artikel|product|order|type|model|{CODE}|sku|ref|norm|NEN|ISO)[ .:-]{{1,2}}",
    needs="9A",
    digits=4,
)
