"""Registration numbers of Dutch carers: BIG (eleven digits) and AGB (eight), neither with a public checksum."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="care_number",
    category="account_id",
    pattern=r"\b(?:\d{11}|\d{8}|\d{2}[- ]\d{6})\b",
    context=r"\bBIG\b|(?i)\bbig-?(?:nummer|nr|registratie|reg)|\bagb(?:-?code|-?nummer|-?nr)?\b",
    weight=2.0,
    needs="9",
    digits=8,
)
