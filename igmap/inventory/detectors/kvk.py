"""Numbers of the Dutch Chamber of Commerce: eight digits without a checksum; a sole trader's points at a person."""

from igmap.inventory.detectors.detector import Detector, spelled

DETECTOR = Detector(
    id="kvk",
    category="tax_number",
    rare=True,
    pattern=r"\b\d{8}\b",
    context=spelled("KvK", "K.v.K", "Kamer van Koophandel", "handelsregister", "Chamber of Commerce", "coc n", "coc:"),
    needs="9",
    digits=8,
)
