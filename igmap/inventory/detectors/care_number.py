"""Registration numbers of Dutch carers: BIG (eleven digits) and AGB (eight), neither with a public checksum."""

from igmap.inventory.detectors.detector import Detector, spelled

DETECTOR = Detector(
    id="care_number",
    category="account_id",
    rare=True,
    pattern=r"\b(?:\d{11}|\d{8}|\d{2}[- ]\d{6})\b",
    context=r"\bBIG\b|" + spelled("big-", "bignummer", "bignr", "big:", "big n", "agb"),
    weight=2.0,
    needs="9",
    digits=8,
)
