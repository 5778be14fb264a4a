"""Numbers of the Dutch Chamber of Commerce: eight digits without a checksum; a sole trader's points at a person."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="kvk",
    category="tax_number",
    pattern=r"\b\d{8}\b",
    context=r"(?i)\bk\.?v\.?k\b|\bkvk-?n|\bkamer van koophandel|\bhandelsregister|\bchamber of commerce|\bcoc(?:[ -]?(?:no|nr|number)|:)",
    needs="9",
    digits=8,
)
