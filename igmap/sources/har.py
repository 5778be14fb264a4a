"""HAR captures of a browser: the requests, and the cookies they set. Values of cookies and forms are dropped on reading."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from igmap.errors import SourceError
from igmap.sources.cookie_jar import withheld
from igmap.sources.encodings import decoder_of
from igmap.sources.reading import Reading, stream_rows

REQUESTS = [
    "startedDateTime",
    "request.method",
    "request.url",
    "response.status",
    "serverIPAddress",
    "request.headers.User-Agent",
    "request.headers.Referer",
]
COOKIES = ["name", "host", "url", "party", "lifetime", "secure", "http_only", "same_site", "value"]
SITE_LABELS = 2


def read(path: Path) -> Iterator[Reading]:
    """Two tables: the requests ("") and the cookies. Requests are counted as response objects in the text."""
    text = "".join(decoder_of(path).lines())
    try:
        entries = json.loads(text.lstrip("\ufeff"))["log"]["entries"]
        requests = [_request(entry) for entry in entries]
        cookies = list(dict.fromkeys(_cookies(entries)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SourceError("is not a sound HAR 1.2 capture; save it again from the browser") from None
    counted = len(re.findall(r'"response"\s*:\s*\{', text))
    yield Reading("", REQUESTS, stream_rows(requests, len(REQUESTS)), counted, read_as="HAR 1.2")
    problems = [] if cookies else ["no cookies in the capture: browsers leave them out by default; save it with sensitive data"]
    yield Reading("cookies", COOKIES, stream_rows(cookies, len(COOKIES)), len(cookies), read_as="HAR 1.2", problems=problems)


def _headers(message: dict[str, Any], name: str) -> list[str]:
    return [h["value"] for h in message.get("headers", []) if h["name"].lower() == name.lower()]


def _request(entry: dict[str, Any]) -> tuple[str | None, ...]:
    request = entry["request"]
    agent, referer = ("\n".join(_headers(request, name)) for name in ("User-Agent", "Referer"))
    known = (entry.get("startedDateTime"), request.get("method"), request["url"], str(entry["response"].get("status", "")))
    return (*known, entry.get("serverIPAddress"), agent, referer)


def _cookies(entries: Iterable[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    site = ""
    for entry in entries:
        host = urlsplit(entry["request"]["url"]).hostname or ""
        site = site or host
        lines = [line for value in _headers(entry["response"], "Set-Cookie") for line in value.splitlines()]
        for line in lines:
            yield _cookie(line, host, entry["request"]["url"], site)


def _cookie(line: str, host: str, url: str, site: str) -> tuple[str, ...]:
    (name, _, value), *rest = (part.strip().partition("=") for part in line.split(";"))
    told = {key.lower(): setting for key, _, setting in rest}
    domain = told.get("domain", "").lstrip(".") or host
    lifetime = f"PT{told['max-age']}S" if told.get("max-age", "").isdigit() else told.get("expires", "") or "session"
    flags = (str("secure" in told).lower(), str("httponly" in told).lower(), told.get("samesite", ""))
    address = url.partition("?")[0]
    return (name, domain, address, "first" if _site(domain) == _site(site) else "third", lifetime, *flags, withheld(value))


def _site(host: str) -> str:
    return ".".join(host.lower().split(".")[-SITE_LABELS:])
