"""Payment card numbers: an issuer's first digits, a length that fits, and the Luhn digit."""

import polars as pl

from igmap.inventory.detectors.detector import Detector, digits
from igmap.inventory.detectors.device import passes_luhn

ISSUERS = (
    r"^(?:4\d{12}(?:\d{3}(?:\d{3})?)?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d)\d{12})$"
)


def is_card(candidates: pl.Series) -> pl.Series:
    """Whether issuer, length and check digit fit."""
    return digits(candidates).str.contains(ISSUERS) & passes_luhn(candidates)


DETECTOR = Detector(
    id="payment_card",
    category="payment_card",
    rare=True,
    pattern=r"\b\d{4}[ -]?\d{4,6}[ -]?\d{4,5}[ -]?\d{0,4}(?:[ -]?\d{1,3})?\b",
    valid=is_card,
    chance=0.1,
    without=r"(?i:order|bestel|factuur|invoice|imei|artikel|ean|gtin)[^0-9,;]{0,12}",
)
