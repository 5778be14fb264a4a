"""Fiscal numbers of Dutch legal persons (RSIN, fiscaal nummer): nine digits with the test of the BSN."""

from igmap.inventory.detectors.bsn import passes_eleven_test
from igmap.inventory.detectors.detector import Detector, spelled

DETECTOR = Detector(
    id="rsin",
    category="tax_number",
    rare=True,
    pattern=r"\b(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3})\b",
    valid=passes_eleven_test,
    context=spelled("rsin", "fiscaal n", "fiscaalnummer", "fi-nummer", "loonheffingen"),
    needs="9",
    digits=9,
)
