"""W3C extended logs, as IIS, Exchange and proxies write them: `#Fields:` says what the records below it hold.

Several `#Fields:` lines make one table with the fields of all: they are one log whose settings were changed, and a
visitor before and after the change is one person.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from igmap.sources.cookies.cookie_jar import withheld
from igmap.sources.reading import Quarantine, Reading, stream_rows, text_names
from igmap.sources.text.encodings import MARK, UNDECODABLE, Decoder, raw_text

FIRST_LINES = 200
DIRECTIVE = re.compile(r"#(?:Fields|Software|Version|Date|Start-Date|Remark|GMT-Offset)\s*:", re.IGNORECASE)
FIELDS = re.compile(r"#Fields\s*:\s*", re.IGNORECASE)
WORD = re.compile(r'"((?:[^"]|"")*+)"(?!\S)|(\S++)')
SPACES_AS_PLUS = "cs(user-agent)"
COOKIES = {"cs(cookie)", "cs(set-cookie)", "sc(set-cookie)"}


def is_w3c(lines: Iterable[str]) -> bool:
    """Whether the first lines are directives, `#Fields:` among them."""
    first = [line.lstrip("\ufeff") for line in islice(filter(str.strip, lines), FIRST_LINES)]
    return bool(first and DIRECTIVE.match(first[0])) and any(map(FIELDS.match, first))


def reading(decoder: Decoder) -> Reading:
    """One table, a record per line. Counted as lines that are neither blank nor a directive."""
    counted = sum(not line.lstrip("\ufeff").startswith("#") for line in decoder.lines() if line.strip())
    listed = [_fields(_bare(line)) for line in decoder.lines() if FIELDS.match(_bare(line))]
    names = list(dict.fromkeys(name for fields in listed for name in fields))
    quarantine = Quarantine()
    rows = stream_rows(_rows(decoder.lines(), names, quarantine), len(names))
    return Reading("", names, rows, counted, quarantine, f"{decoder.encoding}, W3C extended log format")


def _bare(line: str) -> str:
    return line.rstrip("\r\n").lstrip("\ufeff")


def _fields(line: str) -> list[str]:
    return text_names(_split(FIELDS.sub("", line), line))


def _split(text: str, fields: str) -> list[str]:
    """A line as the last `#Fields:` line is written: with tabs, commas or spaces between."""
    delimiter = next((mark for mark in "\t," if mark in FIELDS.sub("", fields)), "")
    if delimiter:
        return [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), [])]
    return [quoted.replace('""', '"') or bare for quoted, bare in WORD.findall(text)]


def _rows(lines: Iterable[str], names: Sequence[str], quarantine: Quarantine) -> Iterator[tuple[str | None, ...]]:
    fields: list[str] = []
    above, number = "", 0
    for text in map(_bare, filter(str.strip, lines)):
        if text.startswith("#"):
            fields, above = (_fields(text), text) if FIELDS.match(text) else (fields, above)
            continue
        number += 1
        cells = _split(text, above)
        problem = _problem(cells, fields) or (UNDECODABLE if MARK.search(text) else "")
        if problem:
            raw = withheld(text) if COOKIES & {field.lower() for field in fields} else raw_text(text)
            quarantine.add(number, raw, problem)
        else:
            told = dict(zip(fields, cells, strict=True))
            yield tuple(_cell(name, told.get(name, "-")) for name in names)


def _problem(cells: Sequence[str], fields: Sequence[str]) -> str:
    if not fields:
        return "no #Fields line above it"
    return "" if len(cells) == len(fields) else "too many columns" if len(cells) > len(fields) else "too few columns"


def _cell(name: str, cell: str) -> str | None:
    """A cell as a person reads it; cookies by their length only."""
    if cell == "-":
        return None
    if name.lower() in COOKIES:
        return withheld(cell)
    return cell.replace("+", " ") if name.lower() == SPACES_AS_PLUS else cell
