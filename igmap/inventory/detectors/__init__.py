"""Value detectors, one file each; a new one is a file with a `DETECTOR` and its name in the list below."""

from igmap.inventory.detectors import (
    address,
    bsn,
    cookie,
    device,
    email,
    iban,
    ip_address,
    licence_plate,
    payment_card,
    phone,
    postcode,
    secret,
    tax_number,
    url,
    user_agent,
)
from igmap.inventory.detectors.detector import Detector

DETECTORS: tuple[Detector, ...] = tuple(
    module.DETECTOR
    for module in (
        email, phone, iban, bsn, postcode, address, ip_address, user_agent, url, cookie, device, payment_card, tax_number,
        licence_plate, secret,
    )
)  # fmt: skip

__all__ = ["DETECTORS", "Detector"]
