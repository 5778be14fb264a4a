"""Web access logs in the combined format."""

import re
from collections.abc import Iterator
from pathlib import Path

from igmap.sources.encodings import decoder_of, raw_text
from igmap.sources.reading import Quarantine, Reading, stream_rows

NAMES = ["remote_addr", "remote_user", "time_local", "request", "status", "body_bytes_sent", "http_referer", "http_user_agent"]
QUOTED = r'"((?:[^"\\]|\\.)*)"'
LINE = re.compile(rf"(\S+) \S+ (.*?) \[([^\]]+)\] {QUOTED} (\d{{3}}|-) (\d+|-)(?: {QUOTED} {QUOTED})?.*$")


def read(path: Path) -> Iterator[Reading]:
    """One table, a record per line; lines of another form are quarantined. Counted as non-blank lines."""
    decoder, quarantine = decoder_of(path), Quarantine()
    with path.open("rb") as file:
        counted = sum(bool(line.strip()) for line in file)
    rows = _rows((line for line in decoder.lines() if line.strip()), quarantine)
    yield Reading("", NAMES, stream_rows(rows, len(NAMES)), counted, quarantine, f"{decoder.encoding}, combined log format")


def _rows(lines: Iterator[str], quarantine: Quarantine) -> Iterator[tuple[str | None, ...]]:
    for number, line in enumerate(lines, 1):
        match = LINE.match(line.rstrip("\r\n"))
        if match:
            yield tuple(None if cell == "-" else cell for cell in match.groups())
        else:
            quarantine.add(number, raw_text(line.rstrip("\r\n")), "not in the combined log format")
