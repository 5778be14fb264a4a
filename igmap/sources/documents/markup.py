"""The paragraphs of an Office document's XML, by scanning its tags: no parser is involved."""

import html
import re
from collections.abc import Iterator

from igmap.sources.documents.paragraphs import AUTHORS, PARAGRAPHS, PROPERTIES, TEXTS

TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[(?P<literal>.*?)(?:\]\]>|\Z)"
    r"|<(?P<end>/?)(?:[\w.-]+:)?(?P<name>[\w.-]+)"
    r"(?P<attributes>(?:[^<>\"'/]++|\"[^\"<]*+\"|'[^'<]*+'|/(?!>))*+)(?P<empty>/?)>"
    r"|(?P<text>[^<]++)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([\w.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def scanned(xml: str, part: str) -> Iterator[str]:
    """The text of every paragraph, row, property or link of one part that has any."""
    if part == "link":
        yield from _links(xml)
        return
    around, texts = (PROPERTIES, PROPERTIES) if part == "property" else (PARAGRAPHS, TEXTS)
    open_around = open_texts = 0
    words: list[str] = []
    for token in TOKEN.finditer(xml):
        name = token["name"]
        if name and not token["empty"]:
            step = -1 if token["end"] else 1
            open_around = max(open_around + step * (name in around), 0)
            open_texts = max(open_texts + step * (name in texts), 0)
        elif open_around and open_texts:
            words.append(token["literal"] or html.unescape(token["text"] or ""))
        if words and not open_around:
            yield from filter(None, ["".join(words).strip()])
            words = []
    yield from filter(None, ["".join(words).strip()])


def named_authors(xml: str, part: str) -> set[str]:
    """Whoever its attributes name as an author."""
    keys = {*AUTHORS, "name"} if part == "author" else AUTHORS
    return {value for name, value in _attributes(xml) if name in keys and value.strip()}


def _links(xml: str) -> Iterator[str]:
    for token in TOKEN.finditer(xml):
        named = dict(_attributes(token[0])) if token["attributes"] else {}
        if named.get("TargetMode") == "External" and named.get("Target", "").strip():
            yield named["Target"]


def _attributes(xml: str) -> Iterator[tuple[str, str]]:
    for token in TOKEN.finditer(xml):
        for name, double, single in ATTRIBUTE.findall(token["attributes"] or ""):
            yield name, html.unescape(re.sub(r"[\t\r\n]", " ", double or single))
