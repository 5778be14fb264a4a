"""Mail: mbox files and single messages, with decoded headers, text and quotes; attachments are exports of their own."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from functools import partial
from io import BytesIO
from pathlib import Path

from igmap.sources.mail import attached
from igmap.sources.mail.message import decoded, file_content, file_name, parts_of, text_of
from igmap.sources.mail.quotes import own_and_quoted
from igmap.sources.reading import Inner, Quarantine, Reading, stream_rows

HEADERS = ["From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID", "X-Originating-IP", "Received"]
NAMES = [*HEADERS, "other headers", "body", "quoted", "attachments"]
KNOWN = {name.title(): place for place, name in enumerate(HEADERS)}
BOXES = {".mbox", ".mbx"}
DATED = rb"From \S[^\n]{0,300}\d\d?:\d\d[^\n]{0,300} \d{4}(?: [+-]\d{4})?[ \t\r]*"
SEPARATOR = re.compile(DATED + rb"\n?\Z")
COUNTED = re.compile(rb"\n\r?\n(?=" + DATED + rb"(?:\n|\Z))")
LONGEST_SEPARATOR = 700
ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
BLANK = {b"\n", b"\r\n"}
BLOCK_BYTES = 1 << 20
MESSAGES_AT_ONCE = 1000
ENVELOPE = "Envelope-From"
TANGLED = "a message that cannot be taken apart"
UNSOUND = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def read(path: Path) -> Iterator[Reading | Inner]:
    """One table, a record per message, then the attachments. Counted as separators after blank lines."""
    is_box = is_mailbox(path)
    box = _Box(path, is_box=is_box)
    counted = _separators(path) if is_box else 1
    read_as = "mbox" if is_box else "one message"
    stream = stream_rows(box.rows(), len(NAMES), at_once=MESSAGES_AT_ONCE)
    yield Reading("", NAMES, stream, counted, box.quarantine, read_as, (), box.problems)
    yield from box.attachments()


def is_mailbox(path: Path) -> bool:
    """Whether a file of mail holds messages behind separators; else it is one message."""
    with path.open("rb") as file:
        return bool(SEPARATOR.match(file.readline())) or path.suffix.lower() in BOXES


@dataclass(slots=True)
class _Box:
    """The messages of a file, read in one pass; only those with attachments are read again.

    Args:
        path: where it lies.
        is_box: whether separators stand in it.
    """

    path: Path
    is_box: bool
    quarantine: Quarantine = field(default_factory=Quarantine)
    problems: list[str] = field(default_factory=list)
    _with_files: list[tuple[int, int, int]] = field(default_factory=list)
    _left_out: Counter[str] = field(default_factory=Counter)

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """The records; at their end the problems are complete."""
        for number, (begin, raw) in enumerate(messages_of(self.path) if self.is_box else self._whole(), 1):
            try:
                row = self._row(number, begin, raw)
            except UNSOUND:
                self.quarantine.add(number, text_of(raw, None), TANGLED)
            else:
                yield row
        if self._left_out:
            groups = (attached.PICTURES, attached.SOUNDS, attached.VIDEOS, attached.SIGNATURES)
            self.problems.append(attached.LEFT_OUT.format(*(self._left_out[group] for group in groups)))

    def attachments(self) -> Iterator[Inner]:
        """The files of the messages, one message after the other."""
        with self.path.open("rb") as file:
            for number, begin, size in self._with_files:
                file.seek(begin)
                _, files = parts_of(parsed(file.read(size), is_box=self.is_box))
                for part in files:
                    content = file_content(part)
                    if not _group(part, content):
                        name = f"{number}/{file_name(part)}" if self.is_box else file_name(part)
                        yield Inner(name, partial(BytesIO, content), len(content))

    def _whole(self) -> Iterator[tuple[int, bytes]]:
        yield 0, self.path.read_bytes()

    def _row(self, number: int, begin: int, raw: bytes) -> tuple[str | None, ...]:
        message = parsed(raw, is_box=self.is_box)
        headers, others = _headers(message)
        sender = _envelope(raw) if self.is_box else ""
        others += [f"{ENVELOPE}: {sender}"] if sender else []
        texts, files = parts_of(message)
        groups = [_group(part, file_content(part)) for part in files]
        own, quoted = zip(*map(own_and_quoted, texts), strict=True) if texts else ((), ())
        names = "\n".join(map(file_name, files))
        row = (*map("\n".join, headers), "\n".join(others), "\n".join(own), "\n".join(filter(None, quoted)), names)
        self._left_out.update(filter(None, groups))
        if not all(groups):
            self._with_files.append((number, begin, len(raw)))
        return row


def messages_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """Where the messages of a box begin, and their bytes, separators included.

    A line `From …` is a separator only after a blank line and with a time in it. What stands before the first one is
    the rest of a message.
    """
    lines: list[bytes] = []
    begin = place = 0
    with path.open("rb") as file:
        for line in file:
            if (not lines or lines[-1] in BLANK) and line.startswith(b"From ") and SEPARATOR.match(line):
                if any(map(bytes.strip, lines)):
                    yield begin, b"".join(lines)
                lines, begin = [], place
            lines.append(line)
            place += len(line)
    if any(map(bytes.strip, lines)):
        yield begin, b"".join(lines)


def _separators(path: Path) -> int:
    """How many messages a box holds: separators, and one more when something stands before the first."""
    found, headless, rest = 0, False, b"\n\n"
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK_BYTES)
            text = rest + block
            end = len(text) - LONGEST_SEPARATOR if block else len(text)
            places = [place for match in COUNTED.finditer(text) if (place := match.start()) < end]
            if not found:
                headless = headless or bool(text[: places[0] if places else max(end, 0)].strip())
            found += len(places)
            if not block:
                return found + headless
            rest = text[max(end, 0) :]


def parsed(raw: bytes, *, is_box: bool) -> Message:
    """A message; in a box a line that would look like a separator has a `>` before it."""
    return message_from_bytes(ESCAPED.sub(b"", raw) if is_box and b">From " in raw else raw)


def _headers(message: Message) -> tuple[list[list[str]], list[str]]:
    """The texts of each header that has a field of its own, and the others with their names."""
    told: list[list[str]] = [[] for _ in HEADERS]
    others = []
    for name, value in message.items():
        place = KNOWN.get(name.title())
        if place is None:
            others.append(f"{name}: {decoded(value)}")
        else:
            told[place].append(decoded(value))
    return told, others


def _envelope(raw: bytes) -> str:
    """The address in the separator, when it is nowhere else in the message."""
    separator = raw[: raw.find(b"\n")]
    sender = separator.split(b" ")[1] if separator.startswith(b"From ") else b""
    return text_of(sender, None) if b"@" in sender and raw.find(sender, len(separator)) < 0 else ""


def _group(part: Message, content: bytes) -> str:
    return attached.left_out(content, part.get_content_type(), file_name(part))
