"""IPv4 and IPv6 addresses."""

from ipaddress import AddressValueError, IPv4Address, IPv6Address

import polars as pl

from igmap.inventory.detectors.detector import Detector


def is_address(candidates: pl.Series) -> pl.Series:
    """Whether the text is an address; version numbers such as 1.2.3.4 pass, so the column's other evidence must tell."""
    return pl.Series([_parses(text) for text in candidates], dtype=pl.Boolean)


def _parses(text: str) -> bool:
    try:
        IPv6Address(text) if ":" in text else IPv4Address(text)
    except AddressValueError:
        return False
    return True


DETECTOR = Detector(
    id="ip_address",
    category="ip_address",
    pattern=r"\b(?:\d{1,3}\.){3}\d{1,3}\b|(?i)(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,6}|(?i)(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?i)(?:[0-9a-f]{1,4}:){1,7}:",
    valid=is_address,
    weight=5.0,
    without=r"[A-Za-z]/|(?i:versie|version|v)[ .:]{0,2}",
)
