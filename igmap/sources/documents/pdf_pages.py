"""The text of a PDF's pages, written to standard output as lines of JSON. Started by `pdf` as a process of its own.

A hostile PDF makes any reader of PDFs slow or hungry; a process can be limited and ended. It imports nothing of igmap.
"""

import json
import logging
import struct
import sys
import warnings
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

MOST_BYTES = 2 << 30  # of memory
MOST_SECONDS = 1200
MOST_PAGES = 100_000
PROPERTIES = {
    "/Title": "title",
    "/Subject": "title",
    "/Author": "author",
    "/Keywords": "property",
    "/Company": "company",
}
UNSOUND = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    RuntimeError, OSError, MemoryError, EOFError, zlib.error, struct.error,
)  # fmt: skip


def main() -> None:
    """Say what the PDF holds: first how many pages and what else than pages, then page after page from `first`."""
    logging.disable()
    warnings.simplefilter("ignore")  # libraries quote what they stumble over
    _limit()
    path, first = sys.argv[1], int(sys.argv[2])
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            _say({"refused": "password"})
            return
        pages, others, files = _pages(reader), list(_others(reader)), _files(reader)
    except (DependencyError, FileNotDecryptedError):
        _say({"refused": "password"})
        return
    except UNSOUND:
        _say({"refused": "unsound"})
        return
    _say({"pages": pages, "others": others, "files": files})
    for number in range(first, pages + 1):
        _say({"page": number, "text": _text(reader, number)})


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _limit() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))  # if nobody is left to end it


def _pages(reader: pypdf.PdfReader) -> int:
    """Leaves of the tree of pages, or what its root says if that is more: no text is extracted for it."""
    root: Any = reader.root_object["/Pages"]
    nodes, leaves, seen = [root.get_object()], 0, set[int]()
    while nodes and leaves < MOST_PAGES:
        node = nodes.pop()
        if "/Kids" not in node:
            leaves += 1
        elif id(node) not in seen:
            seen.add(id(node))
            nodes += [kid.get_object() for kid in node["/Kids"]]
    stated = root.get("/Count", 0)
    objects = len(reader.xref_objStm) + sum(map(len, reader.xref.values()))  # a page is one at least
    return max(leaves, min(stated, objects)) if isinstance(stated, int) else leaves


def _text(reader: pypdf.PdfReader, number: int) -> str | None:
    """The text of a page; None when it cannot be read."""
    try:
        return reader.pages[number - 1].extract_text()
    except UNSOUND:
        return None


def _others(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    """Properties, filled fields of forms, comments and links: as far as they can be read."""
    for source in (_properties, _fields, _notes):
        with suppress(*UNSOUND):
            yield from ((part, text) for part, text in source(reader) if text.strip())


def _properties(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    for key, value in (reader.metadata or {}).items():
        if key in PROPERTIES:
            yield PROPERTIES[key], str(value)


def _fields(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    for name, field in (reader.get_fields() or {}).items():
        if field.get("/V"):
            yield "form", f"{name}\t{field['/V']}"


def _notes(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    for page in reader.pages:
        for reference in page.get("/Annots") or ():
            note: Any = reference.get_object()
            if note.get("/Subtype") != "/Widget":
                yield "comment", "\t".join(str(note[key]) for key in ("/T", "/Contents") if note.get(key))
            yield "link", str(note.get("/A", {}).get("/URI", ""))


def _files(reader: pypdf.PdfReader) -> int:
    """How many files lie in it."""
    with suppress(*UNSOUND):
        return sum(1 for _ in reader.attachment_list)
    return 0


if __name__ == "__main__":
    main()
