"""Plain texts and web pages as batches: each file is one thread."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from igmap.redaction.batches import Batch, Content, Found
from igmap.redaction.mail.html import redacted_html
from igmap.redaction.reading import Passage
from igmap.redaction.swaps import Swap, applied
from igmap.sources.mail.message import html_text
from igmap.sources.text.encodings import decoder_of

PAGES = frozenset({".html", ".htm", ".xhtml"})
AT_ONCE = 1 << 20  # characters


def plain(path: Path) -> Content:
    """A text as batches, cut at blank lines where it is long.

    Args:
        path: of the file; in any encoding, written as UTF-8 with the line ends it has.
    """
    content, batches = (
        Content("text", path.suffix, lambda: iter(()), 1),
        _page if path.suffix.lower() in PAGES else _texts,
    )
    return replace(content, batches=lambda: batches(path, content))


def _texts(path: Path, content: Content) -> Iterator[Batch]:
    held, size = list[str](), 0
    for line in decoder_of(path).lines():
        held.append(line)
        size += len(line)
        if size >= AT_ONCE and not line.strip():
            yield _text("".join(held), content)
            held, size = [], 0
    if held:
        yield _text("".join(held).removeprefix("\ufeff"), content)


def _text(text: str, content: Content) -> Batch:
    passage = Passage("", text)
    return Batch([passage], 1, lambda found: applied(text, content.saw(passage, found)).encode("utf-8", "replace"))


def _page(path: Path, content: Content) -> Iterator[Batch]:
    html = decoder_of(path).text()
    asked: list[Passage] = []

    def take(text: str) -> tuple[Swap, ...]:
        asked.append(Passage("", text))
        return ()

    if redacted_html(html, take) is None:
        yield _text(html_text(html), content)
        return

    def written(found: Found) -> bytes:
        return (redacted_html(html, lambda text: content.saw(Passage("", text), found)) or "").encode(
            "utf-8", "replace"
        )

    yield Batch(asked, 1, written)
