"""Hosts as browsers name them, and the site a host belongs to."""

import re
from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from igmap.vocabulary.files import load_yaml

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
HOSTLESS = re.compile(r"[a-z][a-z0-9+-]*:(?![/\d])", re.IGNORECASE)  # data:, blob:, mailto:; localhost:8080 has a host


def host_of(address: str) -> str:
    """The host of an address or of a cookie's domain, as browsers compare it; "" when there is none.

    Example:
        >>> host_of("https://user@WWW.Café.example.:8443/a?b"), host_of(".x.nl"), host_of("http://[2001:db8::1]:80/")
        ('www.xn--caf-dma.example', 'x.nl', '2001:db8::1')
    """
    bare = address.strip().lstrip(".")
    if HOSTLESS.match(bare) and not _is_address(bare):
        return ""
    try:
        host = urlsplit(bare if SCHEME.match(bare) else f"//{_bracketed(bare)}").hostname or ""
    except ValueError:
        return ""
    host = host.rstrip(".").lower()
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


@lru_cache(maxsize=4096)  # the same few hosts come back with every request
def site_of(host: str) -> str:
    """The site a host belongs to: the name somebody registered, the address where it is one.

    Without a public suffix list, which would have to be fetched: the last two labels, or three where hosts.yaml says
    that others register under the last two.

    Example:
        >>> site_of("leren.school.nl"), site_of("www.shop.co.uk"), site_of("192.0.2.10"), site_of("localhost")
        ('school.nl', 'shop.co.uk', '192.0.2.10', 'localhost')
    """
    host = host_of(host)
    if _is_address(host):
        return host
    labels = host.split(".")
    return ".".join(labels[-3 if ".".join(labels[-2:]) in _endings() else -2 :])


def _bracketed(host: str) -> str:
    return f"[{host}]" if _is_address(host) and ":" in host else host


def _is_address(host: str) -> bool:
    if ":" not in host and not host.replace(".", "").isdecimal():
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _endings() -> frozenset[str]:
    listed = load_yaml("igmap.vocabulary", "hosts.yaml")
    return frozenset([*listed["registries"], *listed["shared"]])
