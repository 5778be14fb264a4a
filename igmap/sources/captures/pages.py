"""Which page each request of a capture belongs to, and how it was loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from igmap.sources.captures.messages import header
from igmap.vocabulary import load_yaml
from igmap.vocabulary.hosts import host_of

PAGE, FRAME, OTHER = "page", "frame", "other"


@dataclass(frozen=True, slots=True)
class Load:
    """A request in its place.

    Args:
        host: that was asked.
        way: page (the visitor went there), frame, script, style, image, font, media, fetch, beacon or other.
        page: host of the page on which it happened; of a page itself, its own.
        before: host of the page from which the visitor came; only of a page.
    """

    host: str
    way: str
    page: str
    before: str = ""


class Pages:
    """The pages a visitor went to, in the order of the capture."""

    def __init__(self) -> None:
        """Begin with none."""
        self._last = ""
        self._of_group: dict[str, str] = {}

    def load(self, entry: Mapping[str, Any]) -> Load:
        """The next request in its place; one that does not say how it was loaded belongs to the page before it."""
        host, group = host_of(entry["request"]["url"]), str(entry.get("pageref", ""))
        way = _way(entry, is_first=not self._last or group not in self._of_group)
        if way == PAGE or not self._last:
            before, self._last, self._of_group[group] = self._of_group.get(group, self._last), host, host
            return Load(host, way if way != OTHER else PAGE, host, before)
        return Load(host, way, self._of_group.setdefault(group, self._last))


def _way(entry: Mapping[str, Any], *, is_first: bool) -> str:
    """How a request was loaded, by what the browser says of it, its name, its type; a group's first may be a page."""
    told = next(iter(header(entry["request"], "Sec-Fetch-Dest")), "").lower()
    if told in _ways()["destinations"]:
        return str(_ways()["destinations"][told])
    kind = str(entry.get("_resourceType") or "").lower()
    if kind == "document":
        return PAGE if is_first else FRAME
    return _ways()["resources"].get(kind) or next(_by_name(entry, is_first=is_first), OTHER)


def _by_name(entry: Mapping[str, Any], *, is_first: bool) -> Iterator[str]:
    path = urlsplit(entry["request"]["url"]).path.lower()
    yield from (way for ending, way in _ways()["endings"].items() if path.endswith(ending))
    content = entry["response"].get("content") or {}
    told = f"{content.get('mimeType', '')} {''.join(header(entry['response'], 'Content-Type'))}".lower()
    if is_first and "html" in told:
        yield PAGE
    yield from (way for word, way in _ways()["types"].items() if word in told)


def _ways() -> dict[str, dict[str, str]]:
    ways: dict[str, dict[str, str]] = load_yaml("igmap.sources.captures", "cues.yaml")["ways"]
    return ways
