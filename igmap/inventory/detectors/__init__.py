"""Value detectors, one file each; a new one is a file with a `DETECTOR` and its name in the list below."""

from igmap.inventory.detectors import (
    account,
    account_number,
    address,
    age,
    birth_date,
    bsn,
    care_number,
    cookie,
    coordinates,
    device,
    digest,
    dotted_account,
    education_number,
    email,
    giro,
    handle,
    iban,
    identity_document,
    imei,
    ip_address,
    kvk,
    licence_plate,
    passport_zone,
    password,
    payment_card,
    phone,
    photo,
    postcode,
    postcode_digits,
    rsin,
    secret,
    tax_number,
    url,
    user_agent,
    username,
    uuid,
)
from igmap.inventory.detectors.detector import Detector

# A value that is one of these as a whole is not looked at by the next: the sure and the frequent come first.
DETECTORS: tuple[Detector, ...] = tuple(
    module.DETECTOR
    for module in (
        email, ip_address, user_agent, postcode, bsn, iban, education_number, phone, payment_card, imei, passport_zone,
        tax_number, licence_plate, device, cookie, secret, uuid, account, photo, url, username, handle, coordinates,
        giro, dotted_account, account_number, rsin, kvk, care_number, identity_document, digest, birth_date,
        age, password, address, postcode_digits,
    )
)  # fmt: skip

__all__ = ["DETECTORS", "Detector"]
