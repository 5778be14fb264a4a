"""HAR captures of a browser: the requests, and the cookies they set. Values of cookies and forms are not read."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from igmap.errors import SourceError
from igmap.sources.cookies.cookie_jar import withheld
from igmap.sources.nested.flatten import cell_text, distinct_keys
from igmap.sources.nested.members import count_members
from igmap.sources.reading import Quarantine, Reading, stream_rows
from igmap.sources.text.encodings import decoder_of

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
TWICE = {"log (2)", "entries (2)"}  # what a repeated key becomes: one of the two lists would be dropped
Row = tuple[str | None, ...]


def read(path: Path) -> Iterator[Reading]:
    """Two tables: the requests ("") and the cookies. Requests are counted as members of `entries` in the text."""
    text = decoder_of(path).text()
    entries, place = _entries(text)
    counted, quarantine = count_members(text, deepest=2)[place], Quarantine()
    requests, cookies = _rows(entries, quarantine)
    yield Reading("", REQUESTS, stream_rows(requests, len(REQUESTS)), counted, quarantine, "HAR 1.2")
    problems = (
        []
        if cookies
        else ["no cookies in the capture: browsers leave them out by default; save it with sensitive data"]
    )
    yield Reading(
        "cookies", COOKIES, stream_rows(cookies, len(COOKIES)), len(cookies), read_as="HAR 1.2", problems=problems
    )


def _entries(text: str) -> tuple[list[Any], tuple[int, int]]:
    """The requests, and the positions that lead to their list.

    Raises:
        SourceError: it is no capture, or one with two lists, of which a reader would drop one.
    """
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        content = json.loads(text, object_pairs_hook=distinct_keys)
        entries = list(content["log"]["entries"])
        if not TWICE & {*content, *content["log"]}:
            return entries, (list(content).index("log"), list(content["log"]).index("entries"))
    raise SourceError("is not a sound HAR 1.2 capture; save it again from the browser")


def _rows(entries: list[Any], quarantine: Quarantine) -> tuple[list[Row], list[Row]]:
    """The requests, and the different cookies in the order in which they were set."""
    requests: list[Row] = []
    cookies: dict[Row, None] = {}
    site = ""
    for number, entry in enumerate(entries, 1):
        try:
            request, host = _request(entry), urlsplit(entry["request"]["url"]).hostname or ""
            cookies |= dict.fromkeys(
                _cookie(line, host, entry["request"]["url"], site or host) for line in _set_lines(entry)
            )
        except (KeyError, TypeError, AttributeError, ValueError):
            quarantine.add(number, f"({len(json.dumps(entry))} characters)", "not a request with its response")
        else:
            requests.append(request)
            site = site or host
    return requests, list(cookies)


def _headers(message: dict[str, Any], name: str) -> list[str]:
    return [header["value"] for header in message.get("headers", []) if header["name"].lower() == name.lower()]


def _set_lines(entry: dict[str, Any]) -> list[str]:
    """The Set-Cookie lines of a response: browsers put one per header, or several in one with line ends between."""
    return [line for value in _headers(entry["response"], "Set-Cookie") for line in value.splitlines() if line.strip()]


def _request(entry: dict[str, Any]) -> Row:
    request = entry["request"]
    agent, referer = ("\n".join(_headers(request, name)) for name in ("User-Agent", "Referer"))
    known = (entry.get("startedDateTime"), request.get("method"), request["url"], entry["response"].get("status"))
    return tuple(map(cell_text, (*known, entry.get("serverIPAddress"), agent, referer)))


def _cookie(line: str, host: str, url: str, site: str) -> Row:
    (name, _, value), *rest = (part.strip().partition("=") for part in line.split(";"))
    told = {key.strip().lower(): setting.strip() for key, _, setting in rest}
    domain = told.get("domain", "").lstrip(".") or host
    flags = (str("secure" in told).lower(), str("httponly" in told).lower(), told.get("samesite", ""))
    party = "first" if _site(domain) == _site(site) else "third"
    return (name, domain, url.partition("?")[0], party, _lifetime(told), *flags, withheld(value))


def _lifetime(told: dict[str, str]) -> str:
    """Max-Age counts before Expires, as in browsers (RFC 6265 5.3); one below zero ends the cookie at once."""
    age = told.get("max-age", "")
    return f"PT{max(int(age), 0)}S" if re.fullmatch(r"-?\d+", age) else told.get("expires") or "session"


def _site(host: str) -> str:
    return ".".join(host.lower().split(".")[-SITE_LABELS:])
