"""Numbers of mobile equipment and of SIM cards, by their Luhn digit."""

from igmap.inventory.detectors.checksums import passes_luhn
from igmap.inventory.detectors.detector import Detector, spelled

DETECTOR = Detector(
    id="imei",
    category="device_id",
    rare=True,
    pattern=r"\b(?:\d{15}|\d{2}[ -]\d{6}[ -]\d{6}[ -]\d|8931\d{15,16})\b",
    valid=passes_luhn,
    weight=4.0,
    chance=0.1,
    context=spelled("imei", "iccid", "simkaart", "SIM-kaart", "SIM card", "simnummer", "toestelnummer"),
    needs="9",
    digits=15,
)
