"""Cookies.binarycookies of Safari and other programs of Apple's: pages of records. Values stay in the file.

Source: the form as libyal documents it (dtformats, "Safari Cookies").
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from igmap.errors import SourceError
from igmap.sources.cookies.browser_cookies import NAMES
from igmap.sources.cookies.cookie_jar import withheld
from igmap.sources.reading import Quarantine, Reading, stream_rows

SIGNATURE = b"cook"
PAGE = b"\x00\x00\x01\x00"
SINCE_2001 = 978_307_200  # seconds from the year of Unix to that of Apple
SECURE, HTTP_ONLY = 1, 4
RECORD = struct.Struct("<IIIIIIII8xdd")  # size, two of no use, flags before and after; places of texts; end, creation
MOST = 10_000_000_000
Row = tuple[str | None, ...]


def read(path: Path) -> Iterator[Reading]:
    """The cookies, one record each. Counted as each page says how many it holds."""
    content, quarantine = path.read_bytes(), Quarantine()
    try:
        pages = list(_pages(content))
        counted = sum(struct.unpack_from("<I", page, 4)[0] for page in pages)
        records = [record for page in pages for record in _records(page)]
    except struct.error:
        raise SourceError("is not a sound file of Safari's cookies; copy it again") from None
    rows: list[Row] = []
    for number, record in enumerate(records, 1):
        try:
            rows.append(_row(record))
        except (struct.error, ValueError, OverflowError):
            quarantine.add(number, withheld(record.decode("latin-1")), "not a cookie")
    yield Reading("", NAMES, stream_rows(rows, len(NAMES)), counted, quarantine, "Safari's binarycookies")


def _pages(content: bytes) -> Iterator[bytes]:
    (number,) = struct.unpack_from(">I", content, 4)
    sizes = struct.unpack_from(f">{min(number, len(content))}I", content, 8)
    start = 8 + 4 * number
    for size in sizes:
        page = content[start : start + size]
        if len(page) < size or not page.startswith(PAGE):
            raise struct.error
        yield page
        start += size


def _records(page: bytes) -> Iterator[bytes]:
    (number,) = struct.unpack_from("<I", page, 4)
    for start in struct.unpack_from(f"<{min(number, len(page))}I", page, 8):
        (size,) = struct.unpack_from("<I", page, start)
        yield page[start : start + size]


def _row(record: bytes) -> Row:
    _, _, flags, _, *places, ends, begun = RECORD.unpack_from(record)
    host, name, path, value = (_text(record, place) for place in places)
    unix = int(ends) + SINCE_2001 if 0 < ends < MOST else 0
    lasts = f"PT{int(ends - begun)}S" if 0 < begun < ends < MOST else ""
    secure, http_only = (str(bool(flags & bit)).lower() for bit in (SECURE, HTTP_ONLY))
    return (host, name, path, str(unix), secure, http_only, withheld(value), "", lasts)


def _text(record: bytes, start: int) -> str:
    return record[start : record.index(b"\0", start)].decode("utf-8", "replace")
