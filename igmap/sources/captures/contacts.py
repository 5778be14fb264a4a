"""Which hosts a visit spoke to, how, on which page, and what they learned: words only, no value leaves the capture."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from igmap.sources.captures.links import links
from igmap.sources.captures.messages import Pair, body_of, header, pairs_of, posted
from igmap.sources.captures.pages import PAGE, Load
from igmap.vocabulary import load_yaml
from igmap.vocabulary.hosts import host_of, site_of

CONTACTS = ["host", "party", "way", "page", "learned", "settings", "requests"]
LINK = "link"
WEB = {"http", "https", "ws", "wss"}  # pictures in the page itself and extensions of the browser are no hosts
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*[a-z]", re.IGNORECASE)
UNLIKE = re.compile(r"[\W_]+")
Contact = tuple[str, str, str, str, str, str]


class Contacts:
    """The hosts of a capture, counted as its requests pass by."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counted: Counter[Contact] = Counter()
        self.has_pages = False

    def add(self, entry: Mapping[str, Any], load: Load) -> None:
        """Count one request, and the links of the page it brought to other sites."""
        request = entry["request"]
        if not load.host or urlsplit(request["url"]).scheme not in WEB:
            return
        sent = [*pairs_of(request["url"]), *posted(request)]
        page = load.before or load.page
        learned = _learned(request, load, sent)
        self._count(load.host, load.way, page, (learned, settings_of(request, sent)))
        body = body_of(entry["response"])
        self.has_pages |= bool(body)
        for address in links(body, request["url"]):
            host = host_of(address)
            if host and site_of(host) != site_of(load.host):
                self._count(host, LINK, load.host, (_persons(address, pairs_of(address)), ()))

    def _count(self, host: str, way: str, page: str, told: tuple[Iterable[str], Iterable[str]]) -> None:
        party = "first" if site_of(host) == site_of(page) else "third"
        met, settings = (" ".join(sorted(set(words))) for words in told)
        self._counted[host, party, way, page, met, settings] += 1

    def rows(self) -> list[tuple[str, ...]]:
        """One row for each way in which a host was reached and what it learned."""
        return [(*told, str(number)) for told, number in sorted(self._counted.items())]


def _learned(request: Mapping[str, Any], load: Load, sent: list[Pair]) -> Iterator[str]:
    """What a host learned: cookie (its own came along), page (which page was visited), and who the visitor is."""
    if header(request, "Cookie") or request.get("cookies"):
        yield "cookie"
    addresses = [*header(request, "Referer"), *(value for _, value in sent if "://" in value)]
    told_pages = [one for one in addresses if site_of(host_of(one)) == site_of(load.page)]
    if load.way != PAGE and any(
        len(urlsplit(page).path) > 1 or urlsplit(page).query for page in map(_sound, told_pages)
    ):
        yield "page"
    for address in header(request, "Referer"):
        yield from _persons(address, pairs_of(address))
    yield from _persons(request["url"], sent)


def _persons(address: str, pairs: Iterable[Pair]) -> Iterator[str]:
    """Who somebody is, as an address and its parameters tell: by name of the parameter, or by an e-mail address."""
    if EMAIL.search(unquote(address)):
        yield "email"
    for name, value in pairs:
        word = _person_words().get(UNLIKE.sub("", name.lower()))
        if word and value.strip():
            yield word
        if EMAIL.search(value):
            yield "email"


def settings_of(request: Mapping[str, Any], sent: Iterable[Pair]) -> Iterator[str]:
    """Which settings of the device a request hands over, by its headers and parameters."""
    given = {one["name"].lower() for one in request.get("headers") or []}
    yield from (word for word, names in _cues()["headers"].items() if given & set(names))
    for name, value in sent:
        for word, pattern in _setting_words().get(UNLIKE.sub("", name.lower()), ()):
            if pattern.fullmatch(value.strip()):
                yield word


def _sound(address: str) -> str:
    """The address, or nothing where it cannot be taken apart."""
    try:
        urlsplit(address)
    except ValueError:
        return ""
    return address


@cache
def _person_words() -> dict[str, str]:
    return {name: word for word, names in _cues()["person"].items() for name in names}


@cache
def _setting_words() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    words: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for word, cues in _cues()["settings"].items():
        for cue in cues:
            for name in cue["names"]:
                words.setdefault(name, []).append((word, re.compile(cue["value"])))
    return words


def _cues() -> dict[str, Any]:
    cues: dict[str, Any] = load_yaml("igmap.sources.captures", "cues.yaml")
    return cues
