"""Dutch account numbers from before 2014: nine or ten digits that pass the eleven-test."""

import polars as pl

from igmap.inventory.detectors.checksums import digits, weighted
from igmap.inventory.detectors.detector import Detector, spelled

WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]


def is_account(candidates: pl.Series) -> pl.Series:
    """Whether the weighted sum of the ten digits is a multiple of eleven."""
    return weighted(digits(candidates).str.zfill(10), WEIGHTS, 11)


DETECTOR = Detector(
    id="account_number",
    category="bank_account",
    rare=True,
    pattern=r"\b(?:\d{9,10}|\d{2}[. ]\d{2}[. ]\d{2}[. ]\d{3})\b",
    valid=is_account,
    context=spelled(
        "rekening ",
        "rekening:",
        "rekeningn",
        "bankrekening",
        "reknr",
        "rek.nr",
        "rek. nr",
        "rek nr",
        "banknummer",
        "bank account",
        "account number",
        "account no",
    ),
    needs="9",
    digits=9,
)
