"""IPv4 and IPv6 addresses, also mapped, with a zone, a port or a prefix length."""

from ipaddress import AddressValueError, IPv6Address

import numpy as np
import polars as pl

from igmap.inventory.detectors.detector import Detector

IPV4 = r"^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$"
VERSION = r"^(?:[12]?\d|3[01])(?:\.(?:[12]?\d|3[01])){3}$|\.0\.0$"
LONGEST_VERSION = len("31.31.31.31")
NUMBER = r"[0-9A-Fa-f]{1,4}"
IPV6 = (
    rf"\b(?:{NUMBER}:){{7}}{NUMBER}\b|\b(?:{NUMBER}:){{1,6}}(?::{NUMBER}){{1,6}}\b|\b(?:{NUMBER}:){{2,7}}:"
    rf"|::(?:ffff:)?(?:\d{{1,3}}\.){{3}}\d{{1,3}}\b|(?:^|[\s,\[])::(?:{NUMBER}:){{1,6}}{NUMBER}\b"
)


def is_address(candidates: pl.Series) -> pl.Series:
    """Whether the text is an address. Four numbers below 32 are a version (1 in 4,000 lost); a network is nobody's."""
    valid = candidates.str.contains(IPV4).to_numpy().copy()
    dressed = np.flatnonzero(~valid)
    bare = _bare(candidates.filter(pl.Series(~valid)))
    valid[dressed] = bare.str.contains(IPV4).to_numpy()
    short = (candidates.str.len_bytes() <= LONGEST_VERSION) | candidates.str.ends_with(".0.0")
    doubted = candidates.filter(short)
    valid[short.to_numpy()] &= ~(doubted.str.contains(VERSION) & ~doubted.str.starts_with("10.")).to_numpy()
    colons = bare.str.contains(":", literal=True).to_numpy()
    valid[dressed[colons]] = [_parses(text) for text in bare.filter(pl.Series(colons))]
    return pl.Series(valid)


def _bare(dressed: pl.Series) -> pl.Series:
    """The address without brackets, mapping, zone, prefix length or port."""
    plain = dressed.str.strip_chars(" ,[]\t\n").str.replace(r"^::(?:ffff:)?([0-9.]+)$", "$1")
    return plain.str.replace(r"(?:%[\w.-]+)?(?:/\d{1,3})?$", "").str.replace(r"^([0-9.]+):\d{1,5}$", "$1")


def _parses(text: str) -> bool:
    """Whether it is an IPv6 address of some substance: `d::` stands in `std::string`, `::` is nobody."""
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return any(map(str.isdigit, text)) or text.count(":") > 3  # noqa: PLR2004 - words hold fewer


DETECTOR = Detector(
    id="ip_address",
    category="ip_address",
    pattern=rf"\b(?:\d{{1,3}}\.){{3,}}\d{{1,3}}\b(?:/\d{{1,2}}\b|:\d{{1,5}}\b)?|(?:{IPV6})(?:%[\w.-]{{1,15}})?"
    rf"(?:/\d{{1,3}}\b)?",
    valid=is_address,
    weight=5.0,
    needs="9.|:",
    without=r"[A-Za-z]/|(?i:versie|version|ver|release|build|firmware|hoofdstuk|chapter|paragraaf|section|artikel"
    r"|v)[ .:]{0,2}",
)
