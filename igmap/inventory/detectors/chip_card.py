"""The number on a chip that a person carries: of a card for doors or bins, or of one for public transport.

A chip's own number has seven bytes of which the first is its maker's, 04 for NXP's MIFARE and NTAG (ISO/IEC 14443-3,
7816-6); Dutch OV-chipkaarten have sixteen digits that begin with 3528, most of which are no payment card's.
"""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="chip_card",
    category="account_id",
    rare=True,
    pattern=r"\b04(?::[0-9A-Fa-f]{2}){6}\b|\b04(?:-[0-9A-Fa-f]{2}){6}\b|\b04[0-9A-Fa-f]{10}8[0-9A-Fa-f]\b"
    r"|\b3528(?:[ -]?\d{4}){3}\b",
    weight=5.0,
    needs="9",
    digits=4,
)
