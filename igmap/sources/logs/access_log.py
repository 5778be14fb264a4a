"""Web access logs: the common and combined formats of Apache httpd and nginx, and W3C extended logs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from igmap.sources.logs import w3c_log
from igmap.sources.reading import Quarantine, Reading, stream_rows
from igmap.sources.text.encodings import MARK, UNDECODABLE, Decoder, decoder_of, raw_text

NAMES = [
    "remote_addr",
    "remote_user",
    "time_local",
    "request",
    "status",
    "body_bytes_sent",
    "http_referer",
    "http_user_agent",
]
RARE = ["virtual_host", "remote_logname", "other_fields"]
QUOTED = r'"((?:[^"\\]|\\.)*+)"'
ADDRESS = r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*) "
HOST = rf"(?:(?!{ADDRESS})(?P<virtual_host>\S+) (?=[^\s-]\S* \S+ [^\[\s]))?+"  # before the address and two words more
LINE = re.compile(
    rf"{HOST}(\S+) (?P<remote_logname>\S+) (.*?) \[([^\]]+)\] {QUOTED} (\d{{3}}|-) (\d+|-)"
    rf"(?: {QUOTED} {QUOTED})?(?P<other_fields>.*)$"
)
MAIN = [group for group in range(1, LINE.groups + 1) if group not in {LINE.groupindex[name] for name in RARE}]


def read(path: Path) -> Iterator[Reading]:
    """One table, a record per line; lines of another form are quarantined. Counted as lines that are not blank."""
    decoder = decoder_of(path)
    yield w3c_log.reading(decoder) if w3c_log.is_w3c(decoder.lines()) else _reading(decoder)


def _reading(decoder: Decoder) -> Reading:
    """What a server adds to the usual fields (host, identity, times, addresses behind a proxy) is kept where it is."""
    quarantine = Quarantine()
    counted = sum(bool(line.strip()) for line in decoder.lines())
    added = _added(decoder.lines())
    names = [*NAMES, *added]
    rows = _rows(filter(str.strip, decoder.lines()), added, quarantine)
    told = f"{decoder.encoding}, combined log format"
    return Reading("", names, stream_rows(rows, len(names)), counted, quarantine, told)


def _added(lines: Iterable[str]) -> list[str]:
    """The rare fields that some line holds."""
    matches = (match for line in lines if (match := _match(line.rstrip("\r\n"))))
    held = {name for match in matches for name in RARE if (match[name] or "-").strip() != "-"}
    return [name for name in RARE if name in held]


def _match(line: str) -> re.Match[str] | None:
    return LINE.match(line.removeprefix("\ufeff"))


def _rows(lines: Iterable[str], added: Sequence[str], quarantine: Quarantine) -> Iterator[tuple[str | None, ...]]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        match = _match(text)
        if match and not MARK.search(text):
            cells = (*match.group(*MAIN), *((match[name] or "").strip() for name in added))
            yield tuple(None if cell == "-" else cell for cell in cells)
        else:
            quarantine.add(number, raw_text(text), UNDECODABLE if match else "not in the combined log format")
