"""Mail: mbox files and single messages, with decoded headers and text."""

import binascii
import mmap
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path

from igmap.sources.reading import Reading, stream_rows

HEADERS = ["From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID", "X-Originating-IP", "Received"]
NAMES = [*HEADERS, "other headers", "body", "attachments"]
KNOWN = {name.title() for name in HEADERS}
SEPARATOR = re.compile(rb"From \S.*\d\d?:\d\d.* \d{4}(?: [+-]\d{4})?\s*$")
COUNTED = re.compile(rb"(?:\A|\n\r?\n)(?=From \S[^\n]*\d\d?:\d\d[^\n]* \d{4}(?: [+-]\d{4})?\s*(?:\n|\Z))")


def read(path: Path) -> Iterator[Reading]:
    """One table, a record per message. Counted as separator lines at the start of a box or after a blank line."""
    with path.open("rb") as file:
        is_box = bool(SEPARATOR.match(file.readline()))
    messages = _box(path) if is_box else iter([path.read_bytes()])
    counted = _separators(path) if is_box else 1
    rows = (_row(message_from_bytes(message)) for message in messages)
    yield Reading("", NAMES, stream_rows(rows, len(NAMES)), counted, read_as="mbox" if is_box else "one message")


def _box(path: Path) -> Iterator[bytes]:
    """The messages of a box; a line `From …` is a separator only after a blank line and with a time in it."""
    lines: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            if lines and not lines[-1].strip() and SEPARATOR.match(line):
                yield b"".join(lines[1:])
                lines = []
            lines.append(line)
    yield b"".join(lines[1:])


def _separators(path: Path) -> int:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return sum(1 for _ in COUNTED.finditer(text))


def _row(message: Message) -> tuple[str | None, ...]:
    told = ["\n".join(map(_decoded, message.get_all(name, []))) for name in HEADERS]
    others = "\n".join(f"{name}: {_decoded(value)}" for name, value in message.items() if name.title() not in KNOWN)
    parts = [part for part in message.walk() if not part.is_multipart()]
    attached = [_decoded(part.get_filename() or "(no name)") for part in parts if _is_attachment(part)]
    return (*told, others, _body([part for part in parts if not _is_attachment(part)]), "\n".join(attached))


def _is_attachment(part: Message) -> bool:
    """Whether a part is a file; what claims to have parts and has none is text."""
    named = bool(part.get_filename()) or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() not in {"text", "multipart", "message"}


def _decoded(value: str | Header) -> str:
    """A header as a person reads it; words of an unknown charset are read as Windows-1252, broken ones as is."""
    try:
        parts = decode_header(value)
    except (MessageError, binascii.Error, ValueError):
        return str(value)
    text = "".join(_text(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
    return re.sub(r"\s*\n\s*", " ", text).strip() or str(value)


def _text(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode("utf-8" if charset in {None, "unknown-8bit"} else charset)
    except (LookupError, ValueError):
        return raw.decode("cp1252", "replace")


def _body(parts: list[Message]) -> str:
    """The plain text; where there is only HTML, its text."""
    plain = [part for part in parts if part.get_content_subtype() != "html"] or parts
    return "\n".join(_part_text(part) for part in plain)


def _part_text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
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
