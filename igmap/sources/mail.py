"""Mail: mbox files and single messages, with decoded headers and text."""

import mailbox
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from email import message_from_binary_file
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path

from igmap.sources.reading import Reading, stream_rows

HEADERS = ["From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID", "X-Originating-IP", "Received"]
NAMES = [*HEADERS, "other headers", "body", "attachments"]
SEPARATOR = re.compile(rb"From \S+.*\d{4}\s*$")


def read(path: Path) -> Iterator[Reading]:
    """One table, a record per message. Counted as separator lines of the mbox form."""
    with path.open("rb") as file:
        is_box = bool(SEPARATOR.match(file.readline()))
    counted = _separators(path) if is_box else 1
    rows = map(_row, _box(path) if is_box else [_single(path)])
    yield Reading("", NAMES, stream_rows(rows, len(NAMES)), counted, read_as="mbox" if is_box else "one message")


def _box(path: Path) -> Iterator[Message]:
    with closing(mailbox.mbox(path, create=False)) as box:
        yield from box


def _separators(path: Path) -> int:
    counted, blank = 0, True
    with path.open("rb") as file:
        for line in file:
            counted += blank and line.startswith(b"From ")
            blank = not line.strip()
    return counted


def _single(path: Path) -> Message:
    with path.open("rb") as file:
        return message_from_binary_file(file)


def _row(message: Message) -> tuple[str | None, ...]:
    told = [_header(message.get_all(name, [])) for name in HEADERS]
    others = "\n".join(f"{name}: {_decoded(value)}" for name, value in message.items() if name.title() not in _KNOWN)
    parts = [part for part in message.walk() if not part.is_multipart()]
    attached = [_decoded(part.get_filename() or "(no name)") for part in parts if _is_attachment(part)]
    return (*told, others, _body([part for part in parts if not _is_attachment(part)]), "\n".join(attached))


_KNOWN = {name.title() for name in HEADERS}


def _is_attachment(part: Message) -> bool:
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def _header(values: Iterable[object]) -> str:
    return "\n".join(_decoded(value) for value in values)


def _decoded(value: object) -> str:
    """A header as a person reads it; encoded words of an unknown charset are read as Windows-1252."""
    parts = decode_header(str(value))
    return re.sub(r"\s*\n\s*", " ", "".join(_text(p, c) if isinstance(p, bytes) else p for p, c in parts)).strip()


def _text(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _body(parts: list[Message]) -> str:
    """The plain text; where there is only HTML, its text."""
    plain = [part for part in parts if part.get_content_subtype() != "html"] or parts
    return "\n".join(_part_text(part) for part in plain)


def _part_text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode()
    text = _text(raw, part.get_content_charset())
    return html_text(text) if part.get_content_subtype() == "html" else text


class _Words(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"script", "style"}
        self.words += ["\n"] if tag in {"br", "p", "div", "tr", "li", "td"} else []
        self.words += [f" {value} " for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"} and self._hidden > 0

    def handle_data(self, data: str) -> None:
        self.words += [] if self._hidden else [data]


def html_text(html: str) -> str:
    """The text of an HTML body, the addresses of its links among it.

    Example:
        >>> html_text("<p>Beste <b>Jan</b></p><style>p {}</style>").strip()
        'Beste Jan'
    """
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.words)
