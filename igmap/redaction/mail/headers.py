"""The headers of a message: who writes to whom, about what, in answer to which; others are left out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from email.header import Header
from email.message import Message
from email.utils import formataddr, getaddresses, parsedate_to_datetime
from typing import Protocol

from igmap.inventory.people.known.resolving import RECIPIENT, SENDER
from igmap.redaction.swaps import Swap
from igmap.sources.mail.message import decoded
from igmap.sources.reading import sound_text

SENDERS = frozenset({"from", "reply-to", "sender", "return-path", "resent-from", "disposition-notification-to"})
RECIPIENTS = frozenset({"to", "cc", "bcc", "delivered-to", "resent-to", "resent-cc", "mail-followup-to"})
IDENTIFIERS = frozenset({"message-id", "in-reply-to", "references", "content-id"})
TEXTS = frozenset({"subject"})
DATES = frozenset({"date"})
KEPT = frozenset({"mime-version", "importance", "priority", "x-priority", "content-language"})
OF_BODY = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})
IDENTIFIER = re.compile(r"<[^<>]+>|[^\s<>,;]+@[^\s<>,;]+")
GROUP = re.compile(r"[\w -]{1,60}:\s*;?")
HOST = re.compile(r"(?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.){1,8}[a-z]{2,24}(?![\w-])", re.IGNORECASE)
LONGEST_LINE = 76


class Desk(Protocol):
    """Who redacts what a message is made of."""

    @property
    def keeps_headers(self) -> bool:
        """Whether headers stay that tell how a message travelled."""

    @property
    def keeps_files(self) -> bool:
        """Whether files stay that are no text."""

    @property
    def date_way(self) -> str:
        """What becomes of dates."""

    def swaps(self, text: str) -> Sequence[Swap]:
        """What is replaced in a text."""

    def text(self, text: str) -> str:
        """The text redacted."""

    def mailbox(self, name: str, address: str, role: str) -> tuple[str, str]:
        """What stands for a mailbox."""

    def identifier(self, said: str) -> str:
        """What stands for the identifier of a message."""

    def file_name(self, said: str) -> str:
        """What stands for the name of a file."""

    def leave_out(self, what: str) -> None:
        """Count something that is left out."""


def rewrite_headers(message: Message, desk: Desk) -> None:
    """Replace in the headers of a message what tells who it is about; those of the body are not touched."""
    held = [(name, value) for name, value in message.items() if name.lower() not in OF_BODY]
    for name in {name for name, _ in held}:
        del message[name]
    for name, value in held:
        new = _rewritten(name.lower(), value, desk)
        if new is None:
            desk.leave_out("headers")
        else:
            message[name] = new


def _rewritten(name: str, value: str | Header, desk: Desk) -> str | None:
    """What a header says now, or None where it is left out."""
    makers: dict[frozenset[str], Callable[[str | Header, Desk], str]] = {
        SENDERS: lambda told, desk: _mailboxes(told, desk, SENDER),
        RECIPIENTS: lambda told, desk: _mailboxes(told, desk, RECIPIENT),
        IDENTIFIERS: lambda told, desk: _folded(map(desk.identifier, IDENTIFIER.findall(str(told)))),
        TEXTS: lambda told, desk: _encoded(desk.text(decoded(told))),
        DATES: _date,
        KEPT: lambda told, _: _plain(str(told)),
    }
    make = next((make for names, make in makers.items() if name in names), None)
    if make is None and desk.keeps_headers:
        return _encoded(HOST.sub("example.nl", desk.text(decoded(value))))
    return make(value, desk) if make else None


def mailboxes(value: str | Header) -> Iterator[tuple[str, str]]:
    """The names and addresses of a header; names are decoded after they were told apart, as commas may be in them."""
    for name, address in getaddresses([value if isinstance(value, str) else decoded(value)]):
        shown = decoded(name).strip()
        yield ("" if shown.lower() == address.lower() else shown), address.strip()


def _mailboxes(value: str | Header, desk: Desk, role: str) -> str:
    found = [one for one in mailboxes(value) if any(one)]
    if not found:
        plain = _plain(str(value))
        return plain if GROUP.fullmatch(plain) or not plain else _encoded(desk.text(plain))
    told = [formataddr(_asked(desk, name, address, role), "utf-8") for name, address in found]
    return _folded([*(f"{one}," for one in told[:-1]), *told[-1:]])


def _asked(desk: Desk, name: str, address: str, role: str) -> tuple[str, str]:
    new, mail = desk.mailbox(name, address, role)
    return sound_text(new), mail if mail.isascii() else desk.text(mail)


def _date(value: str | Header, desk: Desk) -> str:
    """The date as it was; its year alone where dates are made coarser; nothing of what is no date."""
    try:
        moment = parsedate_to_datetime(str(value))
    except (ValueError, TypeError, OverflowError, IndexError):
        return desk.text(_plain(str(value)))
    return f"01 Jan {moment.year:04} 00:00:00 +0000" if desk.date_way == "generalise" else _plain(str(value))


def _plain(value: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", value).strip()


def _encoded(text: str) -> str:
    """A text as a header carries it."""
    plain = _plain(sound_text(text))
    return plain if plain.isascii() else Header(plain, "utf-8").encode()


def _folded(parts: Iterable[str]) -> str:
    """A header over several lines where it is long."""
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + len(part) >= LONGEST_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {part}".strip()
    return "\n ".join(lines)
