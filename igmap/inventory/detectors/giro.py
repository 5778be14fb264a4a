"""Dutch accounts that say so themselves: giro numbers behind their word, bank accounts in their dotted notation."""

import polars as pl

from igmap.inventory.detectors.account_number import is_account
from igmap.inventory.detectors.detector import Detector


def is_giro(candidates: pl.Series) -> pl.Series:
    """Dotted numbers by their eleven-test; giro numbers have none."""
    return candidates.str.contains("(?i)giro") | is_account(candidates)


DETECTOR = Detector(
    id="giro",
    category="bank_account",
    rare=True,
    pattern=r"(?i:\b(?:post)?giro(?:rekening|nummer|nr)?\.?:? {0,2}P? ?\d{4,7}\b)|\b\d{2}\.\d{2}\.\d{2}\.\d{3}\b",
    valid=is_giro,
    weight=4.0,
    needs="9",
    digits=4,
)
