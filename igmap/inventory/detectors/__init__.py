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
    photo,
    postcode,
    secret,
    tax_number,
    url,
    user_agent,
)
from igmap.inventory.detectors.detector import Detector

# A value that is one of these as a whole is not looked at by the next: the sure and the frequent come first.
DETECTORS: tuple[Detector, ...] = tuple(
    module.DETECTOR
    for module in (
        email, ip_address, user_agent, postcode, bsn, iban, phone, payment_card, device, tax_number, licence_plate,
        cookie, secret, url, photo, address,
    )
)  # fmt: skip

__all__ = ["DETECTORS", "Detector"]
