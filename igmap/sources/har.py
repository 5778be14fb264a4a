"""HAR captures of a browser: requests, the cookies they set, the hosts they reach. No values of cookies and forms."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from igmap.errors import SourceError
from igmap.sources.captures.contacts import CONTACTS, Contacts, settings_of
from igmap.sources.captures.messages import header, pairs_of, posted
from igmap.sources.captures.pages import Pages
from igmap.sources.captures.set_cookies import COOKIES, Jar, is_left_out
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
    "browser_settings",
]
CARRIED = {"user_agent", "accept_language"}  # by every request
READ_AS = "HAR 1.2"
SANITISED = "HAR 1.2, cookies left out"
WHOLE = {"firefox", "playwright", "mitmproxy", "charles proxy", "fiddler", "browsermob proxy"}  # leave nothing out
TWICE = {"log (2)", "entries (2)"}  # what a repeated key becomes: one of the two lists would be dropped
LEFT_OUT = "no cookies in the capture: browsers leave them out by default; save it with sensitive data"
NO_PAGES = "no text of pages in the capture: links cannot be listed; save it with content"
Row = tuple[str | None, ...]


def read(path: Path) -> Iterator[Reading]:
    """Three tables: the requests (""), the cookies, the hosts. Requests are counted as members of `entries`."""
    text = decoder_of(path).text()
    entries, place, creator = _entries(text)
    counted, quarantine = count_members(text, deepest=2)[place], Quarantine()
    jar, contacts = Jar(), Contacts()
    requests = _rows(entries, quarantine, jar, contacts)
    yield Reading("", REQUESTS, stream_rows(requests, len(REQUESTS)), counted, quarantine, READ_AS)
    cookies, hosts = jar.rows(), contacts.rows()
    left_out = not cookies and creator.lower() not in WHOLE and is_left_out(entries)
    read_as, problems = (SANITISED, [LEFT_OUT]) if left_out else (READ_AS, [])
    rows = stream_rows(cookies, len(COOKIES))
    yield Reading("cookies", COOKIES, rows, len(cookies), read_as=read_as, problems=problems)
    unseen = [] if contacts.has_pages else [NO_PAGES]
    visited = stream_rows(hosts, len(CONTACTS))
    yield Reading("contacts", CONTACTS, visited, len(hosts), read_as=READ_AS, problems=unseen)


def _entries(text: str) -> tuple[list[Any], tuple[int, int], str]:
    """The requests, the positions that lead to their list, and the program that wrote them.

    Raises:
        SourceError: it is no capture, or one with two lists, of which a reader would drop one.
    """
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        content = json.loads(text, object_pairs_hook=distinct_keys)
        entries = list(content["log"]["entries"])
        if not TWICE & {*content, *content["log"]}:
            place = (list(content).index("log"), list(content["log"]).index("entries"))
            return entries, place, _name_of(content["log"].get("creator"))
    raise SourceError("is not a sound HAR 1.2 capture; save it again from the browser")


def _name_of(creator: Any) -> str:
    return str(creator.get("name")) if isinstance(creator, dict) else ""


def _rows(entries: list[Any], quarantine: Quarantine, jar: Jar, contacts: Contacts) -> list[Row]:
    """The requests; their cookies and hosts are gathered as they pass by."""
    requests: list[Row] = []
    pages = Pages()
    for number, entry in enumerate(entries, 1):
        try:
            urlsplit(entry["request"]["url"])
            request, load = _request(entry), pages.load(entry)
            jar.add(entry, load)
            contacts.add(entry, load)
        except (KeyError, TypeError, AttributeError, ValueError):
            quarantine.add(number, f"({len(json.dumps(entry))} characters)", "not a request with its response")
        else:
            requests.append(request)
    return requests


def _request(entry: dict[str, Any]) -> Row:
    request = entry["request"]
    agent, referer = ("\n".join(header(request, name)) for name in ("User-Agent", "Referer"))
    known = (entry.get("startedDateTime"), request.get("method"), request["url"], entry["response"].get("status"))
    sent = (*pairs_of(request["url"]), *posted(request))
    settings = ", ".join(sorted({*settings_of(request, sent)} - CARRIED))
    return tuple(map(cell_text, (*known, entry.get("serverIPAddress"), agent, referer, settings)))
