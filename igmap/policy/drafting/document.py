"""A policy as lines of text, whatever it was written with: headings with #, items with -, rows with |."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from igmap.errors import SourceError
from igmap.sources.documents import document
from igmap.sources.kinds import kind_of
from igmap.sources.reading import Reading
from igmap.sources.text.encodings import decoder_of

UNREAD = {"spreadsheet", "archive", "sqlite", "parquet", "sql_dump"}
HTML = re.compile(r"<(!doctype\s+html|html|body|article|main|p|h[1-6])[\s>]", re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)\n(?:[\w-]+\s*[:=].*\n|\s.*\n)*\1\n")
SKIPPED = {"script", "style", "noscript", "template", "nav", "title", "button", "select", "svg"}
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "table",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "header",
    "footer",
}
PARTS = {"body", "page", "footnote"}
MOST_CHARACTERS = 2_000_000
BEGINS = re.compile(r"\s*(#|\||[-*•●▪–·]\s|\(?[a-z]\)\s|(Artikel|Article|§)?\s*\d+(\.\d+)*[.)]?\s+\S)", re.IGNORECASE)


def lines_of(path: Path) -> list[str]:
    """The lines of a policy in Markdown, text, HTML, DOCX or PDF; blank lines between paragraphs.

    Raises:
        SourceError: it is no document, is empty, or cannot be read.
    """
    try:
        return _lines(path)
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from None
    except SourceError as error:
        raise SourceError(f"{path.name}: {error}") from None


def _lines(path: Path) -> list[str]:
    kind = kind_of(path)
    if kind in UNREAD:
        raise SourceError("is no text; give the policy as DOCX, PDF, HTML, Markdown or text")
    lines = list(_paragraphs(path)) if kind == "document" else _text(path)
    if not any(line.strip() for line in lines):
        raise SourceError("holds no text that can be read; give the policy as DOCX, HTML or text")
    return lines


def _text(path: Path) -> list[str]:
    text = decoder_of(path).text()[:MOST_CHARACTERS] if path.stat().st_size else ""
    if path.suffix.lower() in {".html", ".htm"} or HTML.search(text[:4000]):
        parser = _Page()
        parser.feed(text)
        parser.close()
        return "".join(parser.pieces).splitlines()
    return html.unescape(re.sub(r"<br\s*/?>", "\n", FRONT_MATTER.sub("", text), flags=re.IGNORECASE)).splitlines()


def _paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs and rows of a DOCX, the lines of a PDF's pages; what lies inside the document is passed over."""
    for reading in document.read(path):
        for batch in reading.stream if isinstance(reading, Reading) else ():
            for part, text in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if part == "page":
                    yield from _unwrapped(str(text).splitlines())
                elif part in PARTS:
                    yield from ("", *_record(str(text)), "")


def _record(text: str) -> list[str]:
    if "\t" not in text:
        return text.split("\n")
    return [f"| {' | '.join(' '.join(cell.split()) for cell in text.split(chr(9)))} |"]


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """The lines of a page with blank ones where a paragraph ends, as far as the lengths of lines tell."""
    widest = max(map(len, lines), default=0)
    for number, line in enumerate(lines):
        before = lines[number - 1].rstrip() if number else ""
        ended = before.endswith((".", "?", "!", ":", ";"))
        title = line[:1].isupper() and len(line) < widest * 0.7 and not line.rstrip().endswith((".", ",", ";"))
        if BEGINS.match(line) or (ended and (title or len(before) < widest * 0.8)):
            yield ""
        yield line
        if (title and (ended or not before)) or line.rstrip().endswith("?"):
            yield ""
    yield ""


class _Page(HTMLParser):
    """What a reader of the page sees, as lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._skipped: list[str] = []
        self._in_row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in SKIPPED:
            self._skipped.append(tag)
        elif tag in {"td", "th"}:
            self.pieces.append(" | ")
        elif re.fullmatch("h[1-6]", tag):
            self.pieces.append("\n\n" + "#" * int(tag[1]) + " ")
        elif not self._in_row:
            self.pieces.append({"li": "\n- ", "tr": "\n", "br": "\n"}.get(tag, "\n\n" if tag in BLOCKS else ""))
        self._in_row += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        if tag == "tr":
            self._in_row = 0
            self.pieces.append(" |\n")
        elif re.fullmatch("h[1-6]", tag) or (tag in BLOCKS and not self._in_row):
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.pieces.append(re.sub(r"\s+", " ", data))
