"""The text of a policy as it was published: Markdown, text, HTML, DOCX or PDF."""

import re
from pathlib import Path

from igmap.errors import SourceError
from igmap.sources.documents import document
from igmap.sources.mail.message import html_text
from igmap.sources.reading import Reading
from igmap.sources.text.encodings import decoder_of

SHOWN = {"body", "page", "footnote", "header", "footer"}
DOCUMENT = (b"%PDF", b"PK\x03\x04")
PAGE = re.compile(r"<(!doctype html|html|body)\b", re.IGNORECASE)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def document_text(path: Path) -> str:
    """What a reader of the document sees, without the marks it is laid out with.

    Raises:
        SourceError: it cannot be read, or holds no text.
    """
    try:
        with path.open("rb") as file:
            start = file.read(5)
        text = "\n".join(_parts(path)) if start.startswith(DOCUMENT) else _plain(path) if start else ""
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from None
    except SourceError as error:
        raise SourceError(f"{path.name}: {error}") from None
    if not text.strip():
        raise SourceError(f"{path.name}: holds no text that can be read; give the policy as DOCX, PDF, HTML or text")
    return text


def _parts(path: Path) -> list[str]:
    reading = next((one for one in document.read(path) if isinstance(one, Reading)), None)
    batches = reading.stream if reading else ()
    rows = (zip(*(column.to_pylist() for column in batch.columns), strict=True) for batch in batches)
    return [str(text) for batch in rows for part, text in batch if part in SHOWN]


def _plain(path: Path) -> str:
    text, suffix = decoder_of(path).text(), path.suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} or PAGE.search(text[:4000]):
        return html_text(text)
    return re.sub(r"\\([\W_])", r"\1", LINK.sub(r"\1", text)) if suffix in {".md", ".markdown"} else text
