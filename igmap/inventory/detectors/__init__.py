"""Value detectors, one file each; a new one is a file with a `DETECTOR` and its name in the list below.

They are imported when `DETECTORS` is first asked for, so that whoever needs a few of them waits for a few.
"""

from importlib import import_module
from typing import Any

from igmap.inventory.detectors.detector import Detector

DETECTORS: tuple[Detector, ...]
# A value that is one of these as a whole is not looked at by the next: the sure and the frequent come first.
_MODULES = (
    "email", "ip_address", "user_agent", "postcode", "bsn", "iban", "education_number", "phone", "payment_card", "imei",
    "citizen_abroad", "chip_card", "fuel_card", "connection",
    "passport_zone", "tax_number", "licence_plate", "device", "cookie", "secret", "uuid", "account", "photo", "url",
    "username", "handle", "coordinates", "giro", "dotted_account", "account_number", "rsin", "kvk", "care_number",
    "identity_document", "digest", "birth_date", "age", "password", "address", "postcode_digits",
)  # fmt: skip

__all__ = ["DETECTORS", "Detector"]


def __getattr__(name: str) -> Any:
    """All detectors, when they are first asked for."""
    if name != "DETECTORS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = tuple(import_module(f"{__name__}.{module}").DETECTOR for module in _MODULES)
    globals()[name] = found
    return found
