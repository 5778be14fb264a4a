"""Documents as text: DOCX and PPTX from their XML; PDF in a process of its own, see `pdf`.

A record is an outermost paragraph or table row: the cells of a row stay together, joined by tabs, since they tell of
one person. Deleted text of tracked changes, comments, links, properties and names of authors are in the file as well.
"""

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.parsers import expat

from igmap.errors import SourceError
from igmap.sources.archives import archive
from igmap.sources.documents import pdf
from igmap.sources.documents.markup import named_authors, scanned
from igmap.sources.documents.paragraphs import Text
from igmap.sources.reading import Inner, Quarantine, Reading, stream_rows
from igmap.sources.unpacking import Budget

LARGEST_PART = 1 << 27  # bytes of XML: four times what Word accepts as text
PARTS = {
    r"word/(glossary/)?document\d*\.xml": "body",
    r"word/header\d*\.xml": "header",
    r"word/footer\d*\.xml": "footer",
    r"word/(foot|end)notes\d*\.xml": "footnote",
    r"(word/comments\d*|ppt/comments/[^/]*)\.xml": "comment",
    r"ppt/slides/[^/]*\.xml": "slide",
    r"ppt/notesSlides/[^/]*\.xml": "notes",
    r"(word|ppt)/(diagrams/data|charts/chart)[^/]*\.xml": "chart",
    r"word/people\.xml|ppt/(commentAuthors|authors)\.xml": "author",
    r"docProps/(core|app|custom)\.xml": "property",
    r"(.*/)?_rels/[^/]*\.rels": "link",
}
EMBEDDED = re.compile(r"(?:word|ppt)/embeddings/([^/]+)")
PICTURE = re.compile(r"(?:word|ppt)/media/[^/]+")
PICTURES = "pictures in it, which igmap does not read: {}"
UNSOUND_XML = "XML that is not sound"
UNSOUND = "is not a sound document; save it again as DOCX"
HALF = "{} parts of it cannot be read; save it again as DOCX"
NAMES = ("part", "text")


def read(path: Path) -> Iterator[Reading | Inner]:
    """One table, and the files embedded in the document. Counted by scanning the tags of its XML."""
    with path.open("rb") as file:
        start = file.read(5)
    yield from pdf.read(path) if start.startswith(b"%PDF") else _office(path)


def _office(path: Path) -> Iterator[Reading | Inner]:
    try:
        document = zipfile.ZipFile(path)
    except archive.UNSOUND:
        raise SourceError(UNSOUND) from None
    with document:
        parts, unread = _parts(document, Budget.of(path))
        quarantine = Quarantine()
        rows = _rows(document, parts, quarantine)
        pictures = sum(bool(PICTURE.fullmatch(name)) for name in set(document.namelist()))
        problems = [PICTURES.format(pictures)] if pictures else []
        counted = _counted(document, parts)
        yield Reading("", NAMES, stream_rows(rows, 2), counted, quarantine, "document", problems=problems)
        for info in document.infolist():
            if name := EMBEDDED.fullmatch(info.filename):
                yield Inner(name[1], partial(archive.zipped, document, info), info.file_size)
    if unread:
        raise SourceError(HALF.format(unread))


def _parts(document: zipfile.ZipFile, budget: Budget) -> tuple[list[tuple[zipfile.ZipInfo, str]], int]:
    """The parts with text and what each is, body first; and how many of them cannot be read."""
    known = [
        (number, info, part)
        for info in document.infolist()
        for number, (pattern, part) in enumerate(PARTS.items())
        if re.fullmatch(pattern, info.filename)
    ]
    sound = []
    for _, info, part in sorted(known, key=lambda one: one[0]):
        try:
            budget.allow(info.file_size)
            budget.take(len(_xml(document, info)))
            sound.append((info, part))
        except SourceError:
            continue
    return sound, len(known) - len(sound)


def _xml(document: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """One part as text.

    Raises:
        SourceError: it cannot be unpacked, is too large, or defines entities, which no document does.
    """
    with archive.zipped(document, info) as content:
        raw = content.read(LARGEST_PART + 1)
    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    xml = raw.decode("utf-16" if is_wide else "utf-8-sig", "replace")
    if len(raw) > LARGEST_PART or "<!DOCTYPE" in xml:
        raise SourceError(UNSOUND)
    return xml


def _counted(document: zipfile.ZipFile, parts: list[tuple[zipfile.ZipInfo, str]]) -> int:
    authors: set[str] = set()
    counted = 0
    for info, part in parts:
        xml = _xml(document, info)
        counted += sum(1 for _ in scanned(xml, part))
        authors |= named_authors(xml, part)
    return counted + len(authors)


def _rows(
    document: zipfile.ZipFile, parts: list[tuple[zipfile.ZipInfo, str]], quarantine: Quarantine
) -> Iterator[tuple[str, str]]:
    """The records; from where a part is no longer sound, what the scan finds there is quarantined."""
    authors: dict[str, None] = {}
    record = 0
    for info, part in parts:
        xml = _xml(document, info)
        found = 0
        try:
            for row in Text(part, authors).paragraphs(xml):
                found += 1
                yield row
        except expat.ExpatError:
            authors |= dict.fromkeys(named_authors(xml, part))
            rest = list(scanned(xml, part))[found:]
            for number, text in enumerate(rest, record + found + 1):
                quarantine.add(number, text, UNSOUND_XML)
            found += len(rest)
        record += found
    yield from (("author", author) for author in authors)
