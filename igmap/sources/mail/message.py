"""One mail message: its headers as a person reads them, its text, and its files."""

import binascii
import re
from email.errors import InvalidBase64LengthDefect, MessageError
from email.header import Header, decode_header
from email.message import Message
from html.parser import HTMLParser

EIGHT_BITS = re.compile(r"(?:us-?)?ascii|iso-?8859|latin|windows-125|cp125|unknown", re.IGNORECASE)
LATIN_1 = re.compile(r"(?:us-?)?ascii|iso-?8859-?1|latin-?1|unknown.*", re.IGNORECASE)
SLOW = re.compile(r"idna|punycode|.*unicode.escape|undefined|mbcs|oem", re.IGNORECASE)  # no text of mail is in these
LONGEST_HTML = 1 << 20  # beyond it tags are only cut out: hostile markup takes the parser minutes
MIME_PREAMBLE = re.compile(
    r"\s*(?:this is a (?:\S+ ){0,4}(?:message|e?-?mail)[^\n]{0,80}mime[^\n]*)?\s*", re.IGNORECASE
)
TEXTS = ("text/", "multipart/", "message/")
FORWARDED = {"message/rfc822", "message/global", "message/partial"}


def decoded(value: str | Header) -> str:
    """A header as a person reads it; words of an unknown charset are read as Windows-1252, broken ones as is."""
    if isinstance(value, str) and "=?" not in value:
        return re.sub(r"\s*\n\s*", " ", value).strip()
    try:
        parts = decode_header(value)
    except (MessageError, binascii.Error, ValueError):
        return str(value)
    text = "".join(text_of(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
    return re.sub(r"\s*\n\s*", " ", text).strip() or str(value)


def text_of(raw: bytes, charset: str | None) -> str:
    """Bytes as text. A charset of eight bits is not believed where they are UTF-8, which they are not by chance."""
    charset = "unknown" if charset is None or SLOW.fullmatch(charset) else charset
    own = "cp1252" if LATIN_1.fullmatch(charset) else charset
    for encoding in ("utf-8", own) if EIGHT_BITS.match(charset) else (own, "utf-8"):
        try:
            return raw.decode(encoding)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def parts_of(message: Message) -> tuple[list[str], list[Message]]:
    """The texts of a message in their order, and its files: attachments, pictures, forwarded messages.

    HTML is left out where the same text stands beside it as plain text.
    """
    texts: list[str] = []
    files: list[Message] = []
    waiting = [(message, True)]
    while waiting:
        part, with_html = waiting.pop()
        kind = part.get_content_type()
        if _is_file(part, kind) and (part is not message or not kind.startswith("text/")):
            files.append(part)
        elif kind.startswith("multipart/") and part.is_multipart():
            children = [child for child in part.get_payload() if isinstance(child, Message)]
            has_plain = kind == "multipart/alternative" and any(map(_is_plain, children))
            waiting += [(child, with_html and not has_plain) for child in reversed(children)]
            around = (part.preamble, part.epilogue)
            texts += [text for text in around if text and not MIME_PREAMBLE.fullmatch(text)]
        elif with_html or kind != "text/html":
            texts.append(_text(part, kind))
    return texts, files


def _is_file(part: Message, kind: str) -> bool:
    """Whether a part is a file; what claims to have parts and has none is text."""
    if not kind.startswith(TEXTS) or kind in FORWARDED:
        return True
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def file_name(part: Message) -> str:
    """How a file is called, or "(no name)"; a forwarded message is one by its name too."""
    name = decoded(part.get_filename() or "")
    if part.get_content_type() in FORWARDED:
        return name if name.lower().endswith(".eml") else f"{name or 'forwarded'}.eml"
    return name or "(no name)"


def file_content(part: Message) -> bytes:
    """The bytes of a file; of one that has parts of its own, its source."""
    if part.is_multipart():
        return b"\n".join(child.as_bytes() for child in part.get_payload() if isinstance(child, Message))
    return _bytes(part)


def _is_plain(part: Message) -> bool:
    kind = part.get_content_type()
    return kind == "text/plain" and not _is_file(part, kind) and bool(str(part.get_payload()).strip())


def _text(part: Message, kind: str) -> str:
    if part.is_multipart():  # a report of delivery, whose blocks are headers
        return "\n".join(child.as_string() for child in part.get_payload() if isinstance(child, Message))
    text = text_of(_bytes(part), part.get_content_charset())
    return html_text(text) if kind == "text/html" else text


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        letters = re.sub(r"[^A-Za-z0-9+/]", "", str(part.get_payload()))
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    return payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


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
    try:
        if len(html) <= LONGEST_HTML:
            parser.feed(html)
            parser.close()
            return "".join(parser.words)
    except AssertionError:  # markup that the parser does not expect
        pass
    return re.sub(r"<[^<>]*>", " ", html)
