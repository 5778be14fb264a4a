"""The cookies of a capture: those that responses set, and those that requests sent and nothing in it set."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from igmap.sources.captures.messages import header
from igmap.sources.captures.pages import Load
from igmap.sources.cookies.cookie_jar import withheld
from igmap.vocabulary.hosts import host_of, site_of

COOKIES = [
    "name", "host", "path", "url", "party", "page", "lifetime", "secure", "http_only", "same_site", "value",
]  # fmt: skip
TOLD = {
    "path": "path",
    "domain": "domain",
    "expires": "expires",
    "httponly": "httpOnly",
    "secure": "secure",
    "samesite": "sameSite",
}
Row = tuple[str | None, ...]


class Jar:
    """The cookies of a capture, gathered as its requests pass by."""

    def __init__(self) -> None:
        """Begin with none."""
        self._set: dict[Row, None] = {}
        self._sent: dict[Row, None] = {}

    def add(self, entry: Mapping[str, Any], load: Load) -> None:
        """Take in one request with its response."""
        url = entry["request"]["url"].partition("?")[0].partition("#")[0]
        moment = str(entry.get("startedDateTime") or "")
        rows = [_row(told | {"moment": moment}, load, url) for told in _set_by(entry["response"])]
        self._sent |= dict.fromkeys(_sent_row(name, size, load) for name, size in _sent_in(entry["request"]))
        self._set |= dict.fromkeys(rows)

    def rows(self) -> list[Row]:
        """The different cookies, in the order in which they were set; then those that were there before."""
        known = {(row[0], row[1] or "") for row in self._set}
        earlier = [row for row in self._sent if not any(_covers(one, row) for one in known)]
        return [*self._set, *earlier]


def is_left_out(entries: list[Any]) -> bool:
    """Whether no request and no response names a cookie or an authorisation, as where a browser leaves those out."""
    messages = [
        one for entry in entries if isinstance(entry, dict) for one in (entry.get("request"), entry.get("response"))
    ]
    sound = [one for one in messages if isinstance(one, dict)]
    lists = [one["headers"] for one in sound if isinstance(one.get("headers"), list)]
    names = {str(told.get("name")).lower() for headers in lists for told in headers if isinstance(told, dict)}
    return not (any(one.get("cookies") for one in sound) or names & {"cookie", "set-cookie", "authorization"})


def _covers(known: tuple[str | None, str], row: Row) -> bool:
    name, host = known
    sent_to = row[1] or ""
    return name == row[0] and (sent_to == host or sent_to.endswith(f".{host}"))


def _set_by(response: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """What each Set-Cookie line says, or where there is none, the list some programs write in its place."""
    lines = [line for value in header(response, "Set-Cookie") for line in value.splitlines() if line.strip()]
    for line in lines:
        (name, mark, value), *rest = (part.strip().partition("=") for part in line.split(";"))
        named = {"name": name.strip(), "value": value} if mark else {"name": "", "value": name}
        yield {key.strip().lower(): setting.strip() for key, _, setting in rest} | named
    for cookie in () if lines else response.get("cookies") or ():
        told = {key: cookie[name] for key, name in TOLD.items() if cookie.get(name) not in {None, False, ""}}
        named = {key: str(cookie.get(key) or "") for key in ("name", "value")}
        yield {key: "" if setting is True else str(setting) for key, setting in told.items()} | named


def _sent_in(request: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Names of the cookies a request sent, with what is told of their values."""
    lines = header(request, "Cookie")
    for part in (part for line in lines for part in re.split(r"[;\n]", line) if part.strip()):
        name, mark, value = part.strip().partition("=")
        yield (name.strip(), withheld(value)) if mark else ("", withheld(name))
    for cookie in () if lines else request.get("cookies") or ():
        yield str(cookie.get("name") or ""), withheld(str(cookie.get("value") or ""))


def _row(told: dict[str, str], load: Load, url: str) -> Row:
    domain = host_of(told.get("domain", "")) or load.host
    flags = (str("secure" in told).lower(), str("httponly" in told).lower(), told.get("samesite", ""))
    return (
        told["name"], domain, told.get("path", ""), url, _party(domain, load), load.page, _lifetime(told), *flags,
        withheld(told["value"]),
    )  # fmt: skip


def _sent_row(name: str, size: str, load: Load) -> Row:
    return (name, load.host, "", "", _party(load.host, load), load.page, "", "", "", "", size)


def _party(host: str, load: Load) -> str:
    return "first" if site_of(host) == site_of(load.page) else "third"


def _lifetime(told: dict[str, str]) -> str:
    """Max-Age counts before Expires, as in browsers (RFC 6265 5.3); one below zero ends the cookie at once.

    An Expires is told as the seconds from the request on; where a browser could not read it, the session counts.
    """
    age = told.get("max-age", "")
    if re.fullmatch(r"-?\d{1,18}", age):
        return f"PT{max(int(age), 0)}S"
    try:
        ends = _moment(told.get("expires", ""))
    except (ValueError, OverflowError):
        return "session"
    try:
        return f"PT{max(int((ends - datetime.fromisoformat(told['moment'])).total_seconds()), 0)}S"
    except (ValueError, TypeError):
        return told["expires"]


def _moment(expires: str) -> datetime:
    """A moment as mail writes it, or as ISO 8601 in the lists of HAR; always with a time zone."""
    try:
        told = parsedate_to_datetime(expires)
    except ValueError:
        told = datetime.fromisoformat(expires)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
