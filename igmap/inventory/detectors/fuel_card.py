"""Fuel cards: ISO/IEC 7812 gives the first digit 7 to petroleum, and European issuers use 70."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="fuel_card",
    category="payment_card",
    rare=True,
    pattern=r"\b70\d{2}[ ]?\d{4}[ ]?\d{4}[ ]?\d{4}(?:[ ]?\d{1,3})?\b",
    weight=4.5,
    noise=0.6,
    in_text=False,
    needs="9",
    digits=16,
)
