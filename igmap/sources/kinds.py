"""What a file is: told by its content, and by its name only where the content does not say.

A reader is imported when the first file of its kind is met.
"""

import mmap
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from importlib import import_module
from io import BytesIO
from pathlib import Path

from igmap.errors import SourceError
from igmap.sources.archives import archive
from igmap.sources.cookies import cookie_jar
from igmap.sources.logs import access_log, w3c_log
from igmap.sources.reading import Inner, Reading, Sound
from igmap.sources.sql import telling
from igmap.sources.text.dialects import DELIMITERS
from igmap.sources.text.encodings import COLOURS, told_by_start

READERS = {
    "access_log": "logs.access_log",
    "archive": "archives.archive",
    "cookies": "cookies.lists",
    "delimited": "text.delimited",
    "document": "documents.document",
    "har": "har",
    "mail": "mail.mailbox",
    "nested": "nested.json_records",
    "parquet": "parquet",
    "spreadsheet": "sheets.spreadsheet",
    "sql_dump": "sql.dump",
    "sqlite": "sqlite",
}
SIGNATURES = {b"PAR1": "parquet", b"SQLite format 3\0": "sqlite", b"%PDF-": "document", b"cook\0": "cookies"}
OLE = b"\xd0\xcf\x11\xe0"
UNREAD = {
    b"PGDMP": "a compressed PostgreSQL dump",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"\x78\x9f\x3e\x22": "an Outlook attachment (winmail.dat)",
    b"!BDN": "a mailbox of Outlook (PST or OST)",
}
IN_OLE = {
    "Workbook": "spreadsheet",
    "Book": "spreadsheet",
    "EncryptedPackage": "is an Office document with a password; save it without one",
    "WordDocument": "looks like an old Word document (DOC), which igmap does not read; save it as DOCX",
    "PowerPoint Document": "looks like an old PowerPoint presentation, which igmap does not read; save it as PPTX",
    "__properties_version1.0": "looks like an Outlook message (MSG), which igmap does not read; save it as EML",
}
IN_ZIP = {
    "xl/workbook.xml": "spreadsheet",
    "xl/workbook.bin": "spreadsheet",
    "word/document.xml": "document",
    "ppt/presentation.xml": "document",
}
OFFICE = ("[Content_Types].xml", "docProps/", "_rels/", "word/", "xl/", "ppt/")
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
LOOKED_AT = 65_536
PRINTABLE, NULS = 0.95, 0.01  # shares of a text; a log that broke off holds some NULs
WORKBOOKS = {".xls", ".xlsx", ".ods"}
MARKUP = (
    "is a page of markup that is called a workbook, which igmap does not read; "
    "open it in a spreadsheet program, and save it as XLSX"
)
MAIL = {".eml", ".mbox", ".mbx"}
RECORDS_OF_JSON = {".json", ".jsonl", ".ndjson"}


def reader_of(kind: str) -> Callable[[Path], Iterator[Reading | Sound | Inner]]:
    """What reads files of a kind."""
    read: Callable[[Path], Iterator[Reading | Sound | Inner]] = import_module(f"igmap.sources.{READERS[kind]}").read
    return read


def kind_of(path: Path) -> str:
    """The key of the reader for a file, or `empty`.

    Raises:
        SourceError: nothing here reads it; the message says what it looks like.
    """
    with path.open("rb") as file:
        start = next((block for block in iter(lambda: file.read(LOOKED_AT), b"") if block.strip()), b"")
    if not start:
        return "empty"
    kind = next((kind for mark, kind in SIGNATURES.items() if start.startswith(mark)), "") or _kind_of_container(
        path, start
    )
    if kind:
        return kind
    if start.startswith(b"{\\rtf"):
        raise SourceError("looks like an RTF document, which igmap does not read; save it as DOCX")
    looks = next((words for mark, words in UNREAD.items() if start.startswith(mark)), None)
    if looks:
        raise SourceError(f"looks like {looks}, which igmap does not read; export the data as CSV, XLSX or JSON")
    text = start.decode(told_by_start(start) or "utf-8", errors="replace").lstrip("\ufeff").lstrip()
    if text and (path.suffix.lower() == ".sql" or telling.is_dump(text.encode("utf-8", "replace"))):
        return "sql_dump"
    if text.startswith("<") and path.suffix.lower() in WORKBOOKS:
        raise SourceError(MARKUP)
    text = COLOURS.sub("", text)
    if ("\0\0" in text and text.count("\0") > NULS * len(text)) or _readable(text) < PRINTABLE * len(text):
        raise SourceError("looks like binary data that igmap does not know; export the data as CSV, XLSX or JSON")
    return _kind_of_text(text, path) if text else "empty"


def _readable(text: str) -> int:
    """How many of the characters are printable, white space, delimiters, or signs of no width as texts have them."""
    return sum(times for ch, times in Counter(text).items() if ch.isprintable() or ch.isspace() or _is_sign(ch))


def _is_sign(ch: str) -> bool:
    return ch in DELIMITERS or unicodedata.category(ch) == "Cf"


def _kind_of_container(path: Path, start: bytes) -> str:
    """The kind of a file that holds others, or ""."""
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(OLE):
        return _kind_of_ole(path)
    return "archive" if archive.is_packed(start) or archive.is_tar(path) else ""


def _kind_of_zip(path: Path) -> str:
    """Workbooks and documents are ZIP archives too, told by the names of their members."""
    from igmap.sources.archives import salvage
    from igmap.sources.sheets.spreadsheet import UNSOUND_ZIP

    try:
        with zipfile.ZipFile(path) as members:
            names = set(members.namelist())
            with members.open("mimetype") if "mimetype" in names else nullcontext(BytesIO()) as file:
                mimetype = file.read(100)
    except UNSOUND_ZIP:
        names, mimetype = salvage.names(path) - IN_ZIP.keys(), b""
    if mimetype.startswith(OPEN_DOCUMENT) and not mimetype.startswith(OPEN_DOCUMENT + b"spreadsheet"):
        raise SourceError("looks like an OpenDocument text or drawing, which igmap does not read; save it as DOCX")
    if mimetype.startswith(OPEN_DOCUMENT) or path.suffix.lower() == ".ods":
        return "spreadsheet"
    kind = next((kind for name, kind in IN_ZIP.items() if name in names), "archive")
    if kind == "archive" and any(name.startswith(OFFICE) for name in names):
        raise SourceError("is a damaged Office document, or one that igmap does not read; save it as XLSX or DOCX")
    return kind


def _kind_of_ole(path: Path) -> str:
    """Old Office files hold streams, whose names stand in them as UTF-16."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        held = next((word for name, word in IN_OLE.items() if content.find(f"{name}\0".encode("utf-16-le")) >= 0), "")
    if held.startswith(("is ", "looks ")):
        raise SourceError(held)
    return "spreadsheet"


def _kind_of_text(text: str, path: Path) -> str:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if "HTTP Cookie File" in lines[0] or (path.name.lower() == "cookies.txt" and cookie_jar.LINE.match(lines[-1])):
        return "cookies"
    if _is_mailbox(lines[0]) or _is_mail(lines, fewest=1 if path.suffix.lower() in MAIL else 3):
        return "mail"
    if text.lstrip()[:1] in {"{", "["}:
        return _kind_of_json(text, path)
    matching = sum(bool(access_log.LINE.match(line)) for line in lines)
    return "access_log" if matching * 2 > len(lines) or w3c_log.is_w3c(lines) else "delimited"


def _is_mailbox(line: str) -> bool:
    if not line.startswith("From "):
        return False
    from igmap.sources.mail.mailbox import SEPARATOR

    return bool(SEPARATOR.match(line.encode()))


def _is_mail(lines: list[str], *, fewest: int) -> bool:
    """Whether it begins with a header, and so many of those that mail has: From, Date and To at least, when unnamed."""
    headers = [
        line
        for line in lines
        if re.match(r"(From|To|Subject|Date|Message-ID|Received|Return-Path): ", line, re.IGNORECASE)
    ]
    return bool(re.match(r"[A-Za-z][A-Za-z0-9-]*: ", lines[0])) and len(headers) >= fewest


def _kind_of_json(text: str, path: Path) -> str:
    from igmap.sources.cookies import storage_dump

    if re.match(r'\s*\{\s*"log"\s*:\s*\{', text) and '"entries"' in text:
        return "har"
    if storage_dump.is_dump(text, path.name):
        return "cookies"
    looks = re.match(r'\s*[\[{]\s*(["\[{\]}]|-?\d|null|true|false)', text)
    return "nested" if looks or path.suffix.lower() in RECORDS_OF_JSON else "delimited"
