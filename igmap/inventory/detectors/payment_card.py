"""Payment card numbers: an issuer's first digits, a length that fits, and the Luhn digit."""

import polars as pl

from igmap.inventory.detectors.checksums import digits, passes_luhn
from igmap.inventory.detectors.detector import Detector

# Visa (no longer with 13 digits, which barcodes have), Mastercard, American Express, Diners, JCB, Discover, Maestro,
# UnionPay (ISO/IEC 7812 ranges as the issuers publish them).
ISSUERS = (
    r"^(?:4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12}|6759\d{12}(?:\d{3})?"
    r"|50(?:18|20|38)\d{12}|62\d{14,17})$"
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
    chance=0.05,
    without=r"(?i:order|bestel|factuur|invoice|imei|artikel|ean|gtin|iccid|track|ref|serie|serial"
    r"|barcode)[^0-9,;]{0,12}",
    needs="9",
    digits=14,
)
