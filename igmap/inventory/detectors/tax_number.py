"""Value-added tax numbers of the Netherlands and its neighbours; a sole trader's points at a person."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="tax_number",
    category="tax_number",
    rare=True,
    pattern=r"\b(?:NL ?\d{3}\.?\d{3}\.?\d{3} ?\.?B\.?\d{2}|BE ?[01]\d{3}\.?\d{3}\.?\d{3}|DE ?\d{9})\b",
    weight=5.0,
)
