"""Mailboxes and single messages as batches: parsed, redacted and written again, as many as there were."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path, PurePath
from typing import NamedTuple

from igmap.inventory.people.known.resolving import NAMED
from igmap.redaction.batches import Batch, Content, Found
from igmap.redaction.mail.message import rewrite
from igmap.redaction.mail.threads import Threads, people_of
from igmap.redaction.reading import Head, Passage
from igmap.redaction.redactor import HOST, Redactor, address_of
from igmap.redaction.settings import GENERALISE, Keeping
from igmap.redaction.swaps import Swap, applied
from igmap.sources.mail.mailbox import UNSOUND, is_mailbox, messages_of, parsed
from igmap.sources.mail.message import text_of

AT_ONCE, BYTES_AT_ONCE = 500, 1 << 23
MOMENT = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)? \d{4}")
NEVER, NEVER_OF = "Thu Jan  1 00:00:00 1970", "%a Jan  1 00:00:00 %Y"
LOOKS_LIKE_ONE = re.compile(rb"^(?=>*From )", re.MULTILINE)
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")
FILES = {"nl": "bijlage", "en": "attachment"}


@dataclass(slots=True)
class Reader:
    """The desk at which the texts of a message are only taken down."""

    redactor: Redactor
    keeping: Keeping
    thread: int = 0
    passages: list[Passage] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    holders: Mapping[str, str] = field(default_factory=dict)
    _people: list[tuple[str, str, str]] = field(default_factory=list)

    def begin(self, thread: int) -> None:
        """Take the next message in hand."""
        self.thread, self._people = thread, []

    def end(self, first: int) -> None:
        """Put away a message, of which the passages begin at a place: who it is from and to stands beside each."""
        if self._people and len(self.passages) == first:
            self.passages.append(Passage(self.thread, ""))
        self.heads += [Head(passage, *one) for passage in self.passages[first:] for one in self._people]

    @property
    def keeps_headers(self) -> bool:
        """Whether headers stay that tell how a message travelled."""
        return self.keeping.headers

    @property
    def keeps_files(self) -> bool:
        """Whether files stay that are no text."""
        return self.keeping.attachments

    @property
    def date_way(self) -> str:
        """What becomes of dates."""
        return self.redactor.settings.way_of("date") if "date" in self.redactor.settings.kinds else ""

    def swaps(self, text: str) -> Sequence[Swap]:
        """Nothing yet."""
        self.passages.append(Passage(self.thread, text))
        return ()

    def text(self, text: str) -> str:
        """As it is."""
        return applied(text, self.swaps(text))

    def mailbox(self, name: str, address: str, role: str) -> tuple[str, str]:
        """As it is; who has it is met, by the longest of the names that stand before the address."""
        longest = self.holders.get(address_of(address), name)
        self._people.append((longest, address, role))
        if name != longest:
            self._people.append((name, "", NAMED))
        return name, address

    def identifier(self, said: str) -> str:
        """What stands for it."""
        return self.redactor.identifier(said)

    def file_name(self, said: str) -> str:
        """A number of the thread in place of a name."""
        suffix = PurePath(said if not said.startswith(".") else f"x{said}").suffix
        number = self.redactor.numbers.of(self.thread, "file", said)
        word = FILES[self.redactor.settings.language]
        return f"{word}-{number}{suffix.lower() if SUFFIX.fullmatch(suffix) else ''}"

    def leave_out(self, what: str) -> None:
        """Not counted while reading."""


@dataclass(slots=True)
class Writer(Reader):
    """The desk at which what is replaced is known."""

    found: Found = field(kw_only=True)
    content: Content = field(kw_only=True)

    def swaps(self, text: str) -> Sequence[Swap]:
        """What is replaced; every text was taken down before."""
        return self.content.saw(Passage(self.thread, text), self.found)

    def mailbox(self, name: str, address: str, role: str) -> tuple[str, str]:  # noqa: ARG002 - told while reading
        """What stands for it."""
        new, mail = self.redactor.mailbox(self.thread, name, address)
        begins = len(name) + 2
        ends = begins + len(address)
        shown = Swap(0, len(name), "name", new), Swap(begins, ends, "email", mail)
        asked = tuple(one for one in shown if one.end > one.start)
        self.content.pairs.append((Passage(self.thread, f"{name} <{address}>"), asked))
        return new, mail

    def leave_out(self, what: str) -> None:
        """Counted."""
        self.content.left_out[what] += 1


class Taken(NamedTuple):
    """A message of which the texts were taken down.

    Args:
        thread: its number.
        raw: its bytes.
        is_sound: whether it could be taken apart.
    """

    thread: int
    raw: bytes
    is_sound: bool


@dataclass(frozen=True, slots=True)
class _Box:
    """A file of mail.

    Args:
        path: where it lies.
        redactor: who knows what stands for whom.
        keeping: what stays that is left out otherwise.
        threads: of its messages.
    """

    path: Path
    redactor: Redactor
    keeping: Keeping
    is_box: bool
    threads: Threads

    def batches(self, content: Content) -> Iterator[Batch]:
        """The messages in order, some hundreds at a time."""
        held: list[tuple[int, bytes]] = []
        for number, raw in enumerate(self.messages()):
            held.append((self.threads.root(number), raw))
            if len(held) >= AT_ONCE or sum(len(one) for _, one in held) >= BYTES_AT_ONCE:
                yield self.batch(held, content)
                held = []
        if held:
            yield self.batch(held, content)

    def messages(self) -> Iterator[bytes]:
        """As they stand in the file, separators included."""
        if self.is_box:
            yield from (raw for _, raw in messages_of(self.path))
        else:
            yield from (raw for raw in [self.path.read_bytes()] if raw.strip())

    def batch(self, held: Sequence[tuple[int, bytes]], content: Content) -> Batch:
        """Some messages with what is to be redacted in them."""
        reader = Reader(self.redactor, self.keeping, holders=self.threads.holders)
        taken = [Taken(thread, raw, self.is_sound(thread, raw, reader)) for thread, raw in held]

        def written(found: Found) -> bytes:
            writer = Writer(self.redactor, self.keeping, found=found, content=content)
            return b"".join(self.printed(one, writer) for one in taken)

        return Batch(reader.passages, len(held), written, list(self.threads.holders.values()), reader.heads)

    def is_sound(self, thread: int, raw: bytes, reader: Reader) -> bool:
        """Whether a message can be taken apart; its texts are taken down, or all of it as one."""
        marked = len(reader.passages)
        for is_sound in (True, False):
            reader.begin(thread)
            for name, address in () if is_sound else people_of(BytesHeaderParser().parsebytes(raw)):
                reader.mailbox(name, address, NAMED)
            try:
                self.rewritten(raw, reader, is_sound=is_sound).as_bytes()
            except UNSOUND:
                del reader.passages[marked:]
            else:
                break
        reader.end(marked)
        return is_sound

    def rewritten(self, raw: bytes, desk: Reader, *, is_sound: bool) -> Message:
        """A message with its texts redacted; one that cannot be taken apart has all of it as its text."""
        message = parsed(raw, is_box=self.is_box) if is_sound else Message()
        if not is_sound:
            message.set_payload(text_of(raw, None), "utf-8")
            desk.leave_out("taken apart")
        rewrite(message, desk)
        return message

    def printed(self, taken: Taken, desk: Writer) -> bytes:
        """A message as it is written, with a separator where it had one."""
        desk.thread, raw = taken.thread, taken.raw
        body = self.rewritten(raw, desk, is_sound=taken.is_sound).as_bytes()
        if not self.is_box:
            return body
        return self.separator(raw, desk).encode() + LOOKS_LIKE_ONE.sub(b">", body).rstrip(b"\n") + b"\n\n"

    def separator(self, raw: bytes, desk: Writer) -> str:
        """Who sent it and when, in the line before a message: nothing else that may stand there."""
        line = text_of(raw[: raw.find(b"\n")], None) if raw.startswith(b"From ") else ""
        sender, when = "".join(line.split(" ")[1:2]), MOMENT.search(line)
        mail = self.redactor.mailbox(desk.thread, "", sender)[1] if "@" in sender else f"mail@{HOST}"
        told = when[0] if when else NEVER
        if desk.date_way == GENERALISE:
            told = date(int(told[-4:]) or 1, 1, 1).strftime(NEVER_OF)
        return f"From {mail} {told}\n"


def mail(path: Path, redactor: Redactor, keeping: Keeping) -> Content:
    """A file of mail as batches.

    Args:
        path: a mailbox or one message.
        redactor: who knows what stands for whom.
        keeping: what stays that is left out otherwise.
    """
    box = _Box(path, redactor, keeping, is_mailbox(path), Threads())
    for raw in box.messages():
        box.threads.add(BytesHeaderParser().parsebytes(raw))
    content = Content("mail", ".mbox" if box.is_box else ".eml", lambda: iter(()), len(box.threads))
    return replace(content, batches=lambda: box.batches(content))
