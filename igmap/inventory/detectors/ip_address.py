"""IPv4 and IPv6 addresses."""

from ipaddress import AddressValueError, IPv6Address

import polars as pl

from igmap.inventory.detectors.detector import Detector

IPV4 = r"^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$"
VERSION = r"^(?:[12]?\d|3[01])(?:\.(?:[12]?\d|3[01])){3}$|\.0\.0\.0$"


def is_address(candidates: pl.Series) -> pl.Series:
    """Whether the text is an address. Four numbers below 32 are a version (1 in 4,000 is lost), as `120.0.0.0` is."""
    versions = candidates.str.contains(VERSION) & ~candidates.str.starts_with("10.")
    valid = candidates.str.contains(IPV4) & ~versions
    colons = candidates.str.contains(":", literal=True)
    return valid.scatter(
        colons.arg_true(), pl.Series([_parses(text) for text in candidates.filter(colons)], dtype=pl.Boolean)
    )


def _parses(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


DETECTOR = Detector(
    id="ip_address",
    category="ip_address",
    pattern=r"\b(?:\d{1,3}\.){3,}\d{1,3}\b|(?i)(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,6}|(?i)(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?i)(?:[0-9a-f]{1,4}:){1,7}:",
    valid=is_address,
    weight=5.0,
    without=r"[A-Za-z]/|(?i:versie|version|v)[ .:]{0,2}",
)
