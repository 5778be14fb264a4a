"""What a file is: told by its content, and by its name only where the content does not say."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from igmap.errors import SourceError
from igmap.sources import (
    access_log,
    cookie_jar,
    delimited,
    har,
    mail,
    nested,
    parquet,
    spreadsheet,
    sql_dialect,
    sql_dump,
    sqlite,
    w3c_log,
)
from igmap.sources.encodings import told_by_start
from igmap.sources.reading import Inner, Reading, Sound

READERS: dict[str, Callable[[Path], Iterator[Reading | Sound | Inner]]] = {
    "access_log": access_log.read,
    "cookies": cookie_jar.read,
    "delimited": delimited.read,
    "har": har.read,
    "mail": mail.read,
    "nested": nested.read,
    "parquet": parquet.read,
    "spreadsheet": spreadsheet.read,
    "sql_dump": sql_dump.read,
    "sqlite": sqlite.read,
}
SIGNATURES = {b"PAR1": "parquet", b"SQLite format 3\0": "sqlite", b"\xd0\xcf\x11\xe0": "spreadsheet"}
UNREAD = {
    b"%PDF": "a PDF",
    b"PGDMP": "a compressed PostgreSQL dump",
    b"PK": "a ZIP archive or a document",
    b"\x1f\x8b": "a gzipped file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF document",
}
LOOKED_AT = 65_536
PRINTABLE = 0.95
RECORDS_OF_JSON = {".json", ".jsonl", ".ndjson"}


def kind_of(path: Path) -> str:
    """The key of the reader for a file, or `empty`.

    Raises:
        SourceError: nothing here reads it; the message says what it looks like.
    """
    with path.open("rb") as file:
        start = next((block for block in iter(lambda: file.read(LOOKED_AT), b"") if block.strip()), b"")
    if not start:
        return "empty"
    by_signature = next((kind for mark, kind in SIGNATURES.items() if start.startswith(mark)), None)
    if by_signature or _is_workbook(path, start):
        return by_signature or "spreadsheet"
    looks = next((words for mark, words in UNREAD.items() if start.startswith(mark)), None)
    if looks:
        raise SourceError(f"looks like {looks}, which igmap does not read; export the data as CSV, XLSX or JSON")
    text = start.decode(told_by_start(start) or "utf-8", errors="replace").lstrip("\ufeff").lstrip()
    if text and (path.suffix.lower() == ".sql" or sql_dialect.is_dump(text.encode("utf-8", "replace"))):
        return "sql_dump"
    if "\0\0" in text or sum(ch.isprintable() or ch.isspace() for ch in text) < PRINTABLE * len(text):
        raise SourceError("looks like binary data that igmap does not know; export the data as CSV, XLSX or JSON")
    return _kind_of_text(text, path) if text else "empty"


def _is_workbook(path: Path, start: bytes) -> bool:
    if not start.startswith(b"PK") or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except spreadsheet.UNSOUND_ZIP:
        return False
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin"}) or path.suffix.lower() == ".ods"


def _kind_of_text(text: str, path: Path) -> str:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if "HTTP Cookie File" in lines[0] or (path.name.lower() == "cookies.txt" and cookie_jar.LINE.match(lines[-1])):
        return "cookies"
    if mail.SEPARATOR.match(lines[0].encode()) or _is_mail(lines):
        return "mail"
    if text.lstrip()[:1] in {"{", "["}:
        return _kind_of_json(text, path)
    matching = sum(bool(access_log.LINE.match(line)) for line in lines)
    return "access_log" if matching * 2 > len(lines) or w3c_log.is_w3c(lines) else "delimited"


def _is_mail(lines: list[str]) -> bool:
    headers = [
        line
        for line in lines
        if re.match(r"(From|To|Subject|Date|Message-ID|Received|Return-Path): ", line, re.IGNORECASE)
    ]
    return bool(re.match(r"[A-Za-z][A-Za-z0-9-]*: ", lines[0])) and len(headers) >= 3  # noqa: PLR2004 - mail has at least From, Date, To


def _kind_of_json(text: str, path: Path) -> str:
    if re.match(r'\s*\{\s*"log"\s*:\s*\{', text) and '"entries"' in text:
        return "har"
    looks = re.match(r'\s*[\[{]\s*(["\[{\]}]|-?\d|null|true|false)', text)
    return "nested" if looks or path.suffix.lower() in RECORDS_OF_JSON else "delimited"
