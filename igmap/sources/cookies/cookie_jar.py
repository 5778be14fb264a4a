"""Cookies as one table, from cookies.txt here and from HAR captures. Values never leave the file: only their length."""

import re
from collections.abc import Iterator
from pathlib import Path

from igmap.sources.reading import Quarantine, Reading, stream_rows
from igmap.sources.text.encodings import MARK, decoder_of

NAMES = ["host", "name", "path", "expires", "secure", "http_only", "value"]
FLAG = "(TRUE|FALSE)"
LINE = re.compile(rf"(#HttpOnly_)?([^\t#][^\t]*)\t{FLAG}\t([^\t]*)\t{FLAG}\t(\d+)\t([^\t]*)\t?(.*)", re.IGNORECASE)


def read(path: Path) -> Iterator[Reading]:
    """The cookies of a Netscape cookies.txt. Counted as lines that are neither blank nor a comment."""
    decoder, quarantine = decoder_of(path), Quarantine()
    records = [line.rstrip("\r\n") for line in decoder.lines() if _is_record(line.removeprefix("\ufeff"))]
    rows = stream_rows(_rows(records, quarantine), len(NAMES))
    yield Reading("", NAMES, rows, len(records), quarantine, "Netscape cookies.txt")


def _is_record(line: str) -> bool:
    return bool(line.strip()) and (line.startswith("#HttpOnly_") or not line.startswith("#"))


def _rows(records: list[str], quarantine: Quarantine) -> Iterator[tuple[str, ...]]:
    for number, record in enumerate(records, 1):
        match = LINE.fullmatch(record)
        if match and not MARK.search(record):
            http_only, host, _, path, secure, expires, name, value = match.groups()
            yield host, name, path, expires, secure.lower(), str(bool(http_only)).lower(), withheld(value)
        else:
            quarantine.add(number, withheld(record), "not a cookie line")


def withheld(value: str) -> str:
    """What is told of a cookie's value, which may open somebody's session.

    Example:
        >>> withheld("abc")
        '(3 characters)'
    """
    return f"({len(value)} characters)" if value else ""
