"""JSON and NDJSON: records of any depth, also documents one after another with nothing or white space between them.

An object that is keyed by values (an e-mail address, an id) is read as records whose key is the field `(key)`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from igmap.errors import SourceError
from igmap.sources.nested.flatten import distinct_keys, entries, flatten, keyed_by_values
from igmap.sources.nested.members import count_documents, count_members
from igmap.sources.reading import Quarantine, Reading
from igmap.sources.text.encodings import IN_DOUBT, MARK, UNDECODABLE, Decoder, decoder_of, raw_text

ALIKE = 0.5
SAMPLE_LINES = 20
SEPARATOR = "\x1e"  # of JSON text sequences (RFC 7464); within a document it is never written as such
SOLID = re.compile(r"[^ \t\r\n]")
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, object_pairs_hook=distinct_keys)


def read(path: Path) -> Iterator[Reading]:
    """One table for a list of records, NDJSON or a keyed object; one per list for an object that holds lists."""
    decoder = decoder_of(path)
    readings = [_read_lines(decoder)] if _is_record_per_line(decoder) else _read_document(decoder)
    yield from (replace(reading, problems=(IN_DOUBT,)) if decoder.doubt else reading for reading in readings)


def _is_record_per_line(decoder: Decoder) -> bool:
    """Whether most of the first lines are documents of their own; the first one may be a broken one."""
    sample = list(islice(filter(str.strip, decoder.lines()), SAMPLE_LINES))
    return len(sample) > 1 and 2 * sum(_loads(line) is not None for line in sample) > len(sample)


def _read_lines(decoder: Decoder) -> Reading:
    quarantine = Quarantine()
    counted = sum(bool(line.strip("\ufeff \t\r\n")) for line in decoder.lines())
    lines = (line for line in decoder.lines() if line.strip("\ufeff \t\r\n"))
    return flatten(
        _records(lines, quarantine),
        counted=counted,
        read_as=f"{decoder.encoding}, a record per line",
        quarantine=quarantine,
    )


def _records(lines: Iterable[str], quarantine: Quarantine) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, 1):
        loaded = _loads(line)
        if loaded is None or MARK.search(line):
            quarantine.add(number, raw_text(line.rstrip("\r\n")), "not JSON" if loaded is None else UNDECODABLE)
        else:
            yield number, loaded[0]


def _read_document(decoder: Decoder) -> Iterator[Reading]:
    text = decoder.text()
    loaded = _loads(text)
    if loaded is None:
        yield _read_sequence(decoder, text)
        return
    members = count_members(text, deepest=1)
    for table, place, records in _tables(loaded[0]):
        counted = 1 if place is None else members[place]
        yield flatten(enumerate(records, 1), table=table, counted=counted, read_as=_told(decoder, "JSON"))


def _read_sequence(decoder: Decoder, text: str) -> Reading:
    """Documents one after another; those that a separator of their own parts can be broken one by one.

    Raises:
        SourceError: a document is broken, and nothing tells where the next one begins.
    """
    read_as, quarantine = _told(decoder, "JSON documents one after another"), Quarantine()
    if text.lstrip(" \t\r\n").startswith(SEPARATOR):
        parts = [part for part in text.split(SEPARATOR) if part.strip()]
        return flatten(_records(parts, quarantine), counted=len(parts), read_as=read_as, quarantine=quarantine)
    documents = list(_documents(text))
    return flatten(enumerate(documents, 1), counted=count_documents(text), read_as=read_as)


def _documents(text: str) -> Iterator[Any]:
    end = 0
    for number in count(1):
        start = SOLID.search(text, end)
        if not start:
            return
        try:
            document, end = DECODER.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            broken = "is not sound JSON; export it again"
            raise SourceError(f"document {number} {broken}" if number > 1 else broken) from None
        yield document


def _told(decoder: Decoder, form: str) -> str:
    return f"{decoder.encoding}, {form}" + (", damaged bytes read as cp1252" if decoder.damaged else "")


def _loads(text: str) -> tuple[Any] | None:
    """The document in a tuple, since it may be null itself; numbers as they are printed. None when it is not JSON."""
    try:
        return (DECODER.decode(text.removeprefix("\ufeff")),)
    except (ValueError, RecursionError):
        return None


def _tables(content: Any) -> Iterator[tuple[str, tuple[int, ...] | None, Sequence[Any]]]:
    """The lists of records in a document, with their place: itself, its keyed entries, or lists beside plain fields."""
    if isinstance(content, list) or _is_keyed(content):
        yield "", (), entries(content) if isinstance(content, dict) else content
        return
    rest = {} if isinstance(content, dict) else {"(value)": content}
    for position, (key, value) in enumerate(content.items() if isinstance(content, dict) else ()):
        if _is_list_of_records(value):
            yield key, (position,), value
        else:
            rest[key] = value
    if rest or not content:
        yield "", None, [rest]


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(item, dict) for item in value)


def _is_keyed(content: Any) -> bool:
    """Whether the keys are values: an e-mail address is one of them, or all entries are objects of the same form."""
    if not isinstance(content, dict) or keyed_by_values(content):
        return isinstance(content, dict)
    members = list(content.values())
    if len(members) < 3 or not all(isinstance(member, dict) for member in members):  # noqa: PLR2004 - two may be chance
        return False
    first = set(members[0])
    return all(len(first & set(member)) > ALIKE * len(first | set(member)) for member in members)
