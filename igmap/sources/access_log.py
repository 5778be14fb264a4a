"""Web access logs in the combined format."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from igmap.sources.encodings import MARK, UNDECODABLE, decoder_of, raw_text
from igmap.sources.reading import Quarantine, Reading, stream_rows

NAMES = [
    "remote_addr",
    "remote_user",
    "time_local",
    "request",
    "status",
    "body_bytes_sent",
    "http_referer",
    "http_user_agent",
    "remote_logname",
    "(rest)",
]
QUOTED = r'"((?:[^"\\]|\\.)*+)"'
LINE = re.compile(rf"(\S+) (\S+) (.*?) \[([^\]]+)\] {QUOTED} (\d{{3}}|-) (\d+|-)(?: {QUOTED} {QUOTED})?(.*)$")


def read(path: Path) -> Iterator[Reading]:
    """One table, a record per line; lines of another form are quarantined. Counted as lines that are not blank.

    What stands behind the user agent, often the address in front of a proxy, is kept as the field `(rest)`.
    """
    decoder, quarantine = decoder_of(path), Quarantine()
    counted = sum(bool(line.strip()) for line in decoder.lines())
    rows = _rows(filter(str.strip, decoder.lines()), quarantine)
    yield Reading(
        "", NAMES, stream_rows(rows, len(NAMES)), counted, quarantine, f"{decoder.encoding}, combined log format"
    )


def _rows(lines: Iterable[str], quarantine: Quarantine) -> Iterator[tuple[str | None, ...]]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        match = LINE.match(text.removeprefix("\ufeff"))
        if match and not MARK.search(text):
            address, logname, *cells, rest = match.groups()
            yield tuple(None if cell == "-" else cell for cell in (address, *cells, logname, rest.strip()))
        else:
            quarantine.add(number, raw_text(text), UNDECODABLE if match else "not in the combined log format")
