"""Dutch giro numbers, of at most seven digits without a checksum, behind their word."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="giro",
    category="bank_account",
    rare=True,
    pattern=r"\b(?:[Pp]ost|POST)?(?:[Gg]iro|GIRO)(?:rekening|nummer|nr|-nr)?\.?:? {0,2}P? ?\d{4,7}\b",
    weight=4.0,
    needs="9A",
    digits=4,
)
