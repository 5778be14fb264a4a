"""One message rewritten in place: its headers, its texts, and the files in it that are text."""

import re
from email import message_from_bytes
from email.charset import BASE64, QP, Charset
from email.message import Message

from igmap.redaction.mail import cards
from igmap.redaction.mail.headers import Desk, rewrite_headers
from igmap.redaction.mail.html import redacted_html
from igmap.sources.mail.attached import left_out
from igmap.sources.mail.message import decoded, file_content, html_text, text_of
from igmap.sources.reading import sound_text

LONGEST_READABLE = 1 << 20  # beyond it base64, which is quicker
TEXT_TYPES = re.compile(r"text/(?!rtf|richtext)|application/(?:json|xml|csv|sql|x-ndjson|.{1,40}\+(?:json|xml))")
TEXT_NAMES = re.compile(r".*\.(?:csv|tsv|txt|text|json|jsonl|xml|html?|ics|vcf|md|log|sql|ya?ml)", re.IGNORECASE)
MESSAGE_NAMES = re.compile(r".*\.eml", re.IGNORECASE)
NO_TEXT = (b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MESSAGES = frozenset({"message/rfc822", "message/global"})
OF_MANY = frozenset({"multipart/alternative", "multipart/related", "multipart/digest", "multipart/report"})
LOOKED_AT = 4096
DEEPEST = 20


def rewrite(message: Message, desk: Desk, depth: int = 0) -> None:
    """Replace in a message what it tells of persons.

    Args:
        message: parsed; it is changed.
        desk: who redacts its texts.
        depth: how many messages it lies in.
    """
    if not _is_kept(message, desk, depth):
        _set_text(message, "", "text/plain")


def _is_kept(part: Message, desk: Desk, depth: int) -> bool:
    """Rewrite a part; False when it is to be left out, which is counted."""
    rewrite_headers(part, desk)
    kind, name = part.get_content_type(), decoded(part.get_filename() or "")
    if part.is_multipart() and kind.startswith("multipart/"):
        return _many(part, kind, desk, depth)
    if depth < DEEPEST and (kind in MESSAGES or MESSAGE_NAMES.fullmatch(name)):
        _message(part, name, desk, depth)
        return True
    content = file_content(part)
    if _is_body(part, kind) or is_text(kind, name, content):
        _text(part, kind, content, desk)
    elif desk.keeps_files:
        _named(part, kind, name, desk)
    else:
        desk.leave_out("documents" if content.startswith(NO_TEXT) else "attachments")
        return False
    return True


def _many(part: Message, kind: str, desk: Desk, depth: int) -> bool:
    kept = [one for one in _inner(part) if _is_kept(one, desk, depth)]
    part.set_payload([*kept])
    part.preamble = desk.text(part.preamble) if part.preamble else None
    part.epilogue = desk.text(part.epilogue) if part.epilogue else None
    boundary = desk.identifier(part.get_boundary() or "").strip("<>").partition("@")[0]
    _clear(part)
    part.add_header("Content-Type", kind if kind in OF_MANY else "multipart/mixed", boundary=f"=-{boundary}")
    return bool(kept)


def _message(part: Message, name: str, desk: Desk, depth: int) -> None:
    """A message in a message is one again, however it was packed."""
    inner = _inner(part) or [message_from_bytes(file_content(part))]
    rewrite(inner[0], desk, depth + 1)
    _clear(part)
    part.set_payload([*inner[:1]])
    part.add_header("Content-Type", "message/rfc822")
    part.add_header("Content-Disposition", "attachment", filename=desk.file_name(name or ".eml"))


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_body(part: Message, kind: str) -> bool:
    """Whether it is what one reads, and no file; what claims to have parts and has none is text."""
    is_file = part.get_filename() or part.get_content_disposition() == "attachment"
    return kind.startswith(("text/", "multipart/", "message/")) and not is_file


def is_text(kind: str, name: str, content: bytes) -> bool:
    """Whether a file is text, by its type or name and by its bytes."""
    declared = TEXT_TYPES.match(kind) or kind.startswith("message/") or TEXT_NAMES.fullmatch(name)
    looks_otherwise = content.startswith(NO_TEXT) or b"\0" in content[:LOOKED_AT] or left_out(content, kind, name)
    return bool(declared) and not looks_otherwise


def _text(part: Message, kind: str, content: bytes, desk: Desk) -> None:
    text = text_of(content, part.get_content_charset())
    is_file = bool(part.get_filename()) or part.get_content_disposition() == "attachment"
    name = decoded(part.get_filename() or "")
    named = desk.file_name(name) if is_file else ""
    page = redacted_html(text, desk.swaps, desk.identifier) if kind == "text/html" else None
    if kind in cards.KINDS or cards.NAMES.fullmatch(name):
        page = cards.redacted_card(text, desk.swaps, desk.identifier)
    if page is None:
        text, kind = html_text(text) if kind == "text/html" else text, kind if TEXT_TYPES.match(kind) else "text/plain"
        kind = "text/plain" if kind == "text/html" else kind
    _set_text(part, desk.text(text) if page is None else page, kind)
    if named:
        part.add_header("Content-Disposition", "attachment", filename=named)


def _set_text(part: Message, text: str, kind: str) -> None:
    """Give a part its text, readable where that is not long and has only usual line ends."""
    _clear(part)
    charset = Charset("utf-8")
    charset.body_encoding = BASE64 if len(text) > LONGEST_READABLE or "\r" in text else QP
    part["Content-Type"] = kind
    part.set_payload(sound_text(text), charset)


def _named(part: Message, kind: str, name: str, desk: Desk) -> None:
    """A file that stays as it is, under another name."""
    encoding = str(part.get("Content-Transfer-Encoding", ""))
    _clear(part)
    part.add_header("Content-Type", kind)
    if encoding:
        part["Content-Transfer-Encoding"] = encoding
    part.add_header("Content-Disposition", "attachment", filename=desk.file_name(name))


def _clear(part: Message) -> None:
    for name in ("Content-Type", "Content-Disposition", "Content-Transfer-Encoding"):
        del part[name]
