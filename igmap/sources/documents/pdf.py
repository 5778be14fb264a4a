"""PDF text: read by pypdf in a process of its own, that is ended when it takes too long."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from igmap.errors import SourceError
from igmap.sources.reading import Quarantine, Reading, stream_rows

SECONDS = 20  # for a small file; a large one may take longer
BYTES_PER_SECOND = 100_000
NAMES = ("part", "text")
REFUSED = {
    "password": "has a password; save it without one",
    "unsound": "is not a sound PDF; save it again",
}
TOO_SLOW = "cannot be read as a PDF in reasonable time; save it again"
UNREAD_PAGE = "a page that cannot be read"
WITHOUT_TEXT = "pages without text: {}; igmap does not read pictures"
FILES = "files inside it: {}, which are not read; save them into exports/"


def read(path: Path) -> Iterator[Reading]:
    """One table: a record per page, then properties, form fields, comments. Counted as leaves of the tree of pages."""
    with _started(path, 1) as lines:
        head = next(lines, None)
        if head is None or "refused" in head:
            raise SourceError(TOO_SLOW if head is None else REFUSED[head["refused"]])
        quarantine, problems = Quarantine(), list[str]()
        rows = _rows(path, head, lines, quarantine, problems)
        counted = head["pages"] + len(head["others"])
        yield Reading("", NAMES, stream_rows(rows, 2), counted, quarantine, "document", problems=problems)
    if head["files"]:
        raise SourceError(FILES.format(head["files"]))


def _rows(
    path: Path, head: dict[str, Any], lines: Iterator[dict[str, Any]], quarantine: Quarantine, problems: list[str]
) -> Iterator[tuple[str, str]]:
    without = 0
    for number, text in _pages(path, head["pages"], lines):
        if text is None:
            quarantine.add(number, "", UNREAD_PAGE)
        else:
            without += not text.strip()
            yield "page", text
    problems += [WITHOUT_TEXT.format(without)] if without else []
    yield from head["others"]


def _pages(path: Path, pages: int, lines: Iterator[dict[str, Any]]) -> Iterator[tuple[int, str | None]]:
    """Number and text of every page; None where it cannot be read. After one that takes too long it starts anew."""
    reached = 0
    for line in lines:
        reached = line["page"]
        yield reached, line["text"]
    if reached < pages:
        reached += 1
        yield reached, None
        with _started(path, reached + 1) as others:
            next(others, None)
            for line in others:
                reached = line["page"]
                yield reached, line["text"]
    yield from ((number, None) for number in range(reached + 1, pages + 1))


@contextmanager
def _started(path: Path, first: int) -> Iterator[Iterator[dict[str, Any]]]:
    """What the process says, from page `first` on, until it is done or its time is over."""
    command = [sys.executable, "-P", str(Path(__file__).with_name("pdf_pages.py")), str(path), str(first)]
    with subprocess.Popen(  # noqa: S603 - igmap's own script
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        timer = Timer(SECONDS + path.stat().st_size // BYTES_PER_SECOND, process.kill)
        timer.start()
        try:
            yield (json.loads(line) for line in process.stdout or () if line.endswith(b"\n"))
        finally:
            timer.cancel()
            process.kill()
