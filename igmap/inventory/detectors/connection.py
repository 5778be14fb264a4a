"""EAN codes of connections to gas and electricity: eighteen digits of a Dutch or Belgian number.

GS1 gives 870 to 879 to the Netherlands and 540 to 549 to Belgium; a connection's begins with 871 or 5414.
The check digit is not asked: eighteen digits that all begin so are nothing else.
"""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="connection",
    category="account_id",
    rare=True,
    pattern=r"\b(?:871\d{15}|5414\d{14})\b",
    weight=5.0,
    noise=0.6,
    in_text=False,
    needs="9",
    digits=18,
)
