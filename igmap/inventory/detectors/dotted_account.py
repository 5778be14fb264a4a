"""Dutch account numbers from before 2014 in their printed notation, `41.71.64.300`, by the eleven-test."""

from igmap.inventory.detectors.account_number import is_account
from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="dotted_account",
    category="bank_account",
    rare=True,
    pattern=r"\b\d{2}\.\d{2}\.\d{2}\.\d{3}\b",
    valid=is_account,
    weight=4.0,
    chance=1 / 11,
    needs="9.",
    digits=9,
)
