"""JSON and NDJSON: objects become dotted paths, arrays become tables of items that know their record.

An object that is keyed by values (an e-mail address, an id) is read as records whose key is the field `(key)`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from igmap.errors import SourceError
from igmap.sources.encodings import decoder_of, raw_text
from igmap.sources.reading import CHUNK_ROWS, Quarantine, Reading

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]|[^\s"\[\]{},:]+')
ALIKE = 0.5
DEEPEST = 40
Tables = dict[str, list[dict[str, Any]]]


def read(path: Path) -> Iterator[Reading]:
    """One table for a list of records, NDJSON or a keyed object; one per list for an object that holds lists."""
    decoder = decoder_of(path)
    first = next((line for line in decoder.lines() if line.strip()), "")
    if _parses(first) and _several_lines(path):
        quarantine = Quarantine()
        lines = (line for line in decoder.lines() if line.strip())
        counted = sum(bool(line.strip()) for line in decoder.lines())
        yield _reading("", _parsed_lines(lines, quarantine), counted, quarantine, f"{decoder.encoding}, a record per line")
        return
    text = "".join(decoder.lines())
    try:
        content = json.loads(text.lstrip("\ufeff"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise SourceError("is not sound JSON; export it again") from None
    members = _count_members(text)
    for table, records in _tables(content):
        counted = members[table] if table or isinstance(content, list) or _is_keyed(content) else 1
        yield _reading(table, records, counted, Quarantine(), f"{decoder.encoding}, JSON")


def _several_lines(path: Path) -> bool:
    with path.open("rb") as file:
        return len(list(islice((line for line in file if line.strip()), 2))) > 1


def _parses(line: str) -> bool:
    try:
        return isinstance(json.loads(line.lstrip("\ufeff")), dict)
    except (ValueError, RecursionError):
        return False


def _parsed_lines(lines: Iterable[str], quarantine: Quarantine) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line.lstrip("\ufeff"), parse_float=str, parse_int=str)
        except (ValueError, RecursionError):
            quarantine.add(number, raw_text(line), "not JSON")


def _tables(content: Any) -> Iterator[tuple[str, Sequence[Any]]]:
    """The lists of records in a document: itself, its keyed entries, or the lists it holds beside plain fields."""
    if isinstance(content, list):
        yield "", content
    elif _is_keyed(content):
        yield "", _entries(content)
    else:
        lists = {key: value for key, value in content.items() if _is_list_of_records(value)}
        rest = {key: value for key, value in content.items() if key not in lists}
        yield from lists.items()
        if rest or not lists:
            yield "", [rest]


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(item, dict) for item in value)


def _is_keyed(content: Any) -> bool:
    """Whether the keys are values: an e-mail address is one of them, or all entries are objects of the same form."""
    if not isinstance(content, dict):
        return False
    if any("@" in key[1:] for key in content):
        return True
    entries = list(content.values())
    if len(entries) < 3 or not all(isinstance(entry, dict) for entry in entries):  # noqa: PLR2004 - two alike may be chance
        return False
    first = set(entries[0])
    return all(len(first & set(entry)) > ALIKE * len(first | set(entry)) for entry in entries)


def _entries(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"(key)": key, **(value if isinstance(value, dict) else {"(value)": value})} for key, value in content.items()]


def _count_members(text: str) -> dict[str, int]:
    """Members of the document ("") and of each container one level down, by scanning brackets; no parser involved."""
    counts: dict[str, int] = {}
    depth, key = 0, ""
    names, commas, filled = {}, defaultdict(int), defaultdict(bool)
    for token in map(re.Match.group, TOKEN.finditer(text)):
        if token in {"[", "{"}:
            filled[depth], depth = True, depth + 1
            names[depth], commas[depth], filled[depth] = key if depth > 1 else "", 0, False
        elif token in {"]", "}"}:
            if depth in {1, 2}:
                counts[names[depth]] = commas[depth] + filled[depth]
            depth -= 1
        elif token == ",":
            commas[depth] += 1
        else:
            filled[depth] = True
            key = token.strip('"') if depth == 1 else key
    return counts


def _reading(table: str, records: Iterable[Any], counted: int, quarantine: Quarantine, read_as: str) -> Reading:
    tables = _flattened(records)
    root = tables.pop("", (["(value)"], pa.table({"c1": pa.array([], pa.string())})))
    return Reading(
        table=table,
        names=root[0],
        stream=root[1].to_reader(),
        counted=counted,
        quarantine=quarantine,
        read_as=read_as,
        nested=[(names, items.to_reader()) for names, items in tables.values()],
    )


def flatten_batches(batches: Iterable[pa.RecordBatch], counted: int) -> Reading:
    """Arrow batches with struct or list columns as one reading of dotted paths."""
    return _reading("", (row for batch in batches for row in batch.to_pylist()), counted, Quarantine(), "nested columns")


def _flattened(records: Iterable[Any]) -> dict[str, tuple[list[str], pa.Table]]:
    """The records' own table under "" and one table per path of an array, a chunk of records at a time."""
    chunks: defaultdict[str, list[pa.Table]] = defaultdict(list)
    numbered = enumerate(records, 1)
    while chunk := list(islice(numbered, CHUNK_ROWS)):
        rows: Tables = {"": []}
        for number, record in chunk:
            row: dict[str, Any] = {}
            rows[""].append(row)
            _flatten(record, "", row, rows, number)
        for path, items in rows.items():
            chunks[path].append(_columns(items))
    return {path: _renamed(pa.concat_tables(tables, promote_options="default")) for path, tables in chunks.items()}


def _flatten(value: Any, path: str, row: dict[str, Any], rows: Tables, record: int) -> None:
    if path.count(".") + path.count("[") > DEEPEST:
        row[path] = json.dumps(value, default=str)
    elif isinstance(value, dict) and not (path and any("@" in key[1:] for key in value)):
        for key, inner in value.items():
            _flatten(inner, f"{path}.{key}" if path else key, row, rows, record)
    elif isinstance(value, list | dict):
        for item in value if isinstance(value, list) else _entries(value):
            inner_row: dict[str, Any] = {"record": record}
            rows.setdefault(f"{path}[]", []).append(inner_row)
            _flatten(item, f"{path}[]", inner_row, rows, record)
    else:
        row[path or "(value)"] = value if value is None or isinstance(value, str) else _text(value)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _columns(items: Sequence[Mapping[str, Any]]) -> pa.Table:
    paths = dict.fromkeys(path for item in items for path in item)
    return pa.table(
        {path: pa.array([item.get(path) for item in items], pa.int64() if path == "record" else pa.string()) for path in paths}
        or {"(value)": pa.nulls(len(items), pa.string())}
    )


def _renamed(table: pa.Table) -> tuple[list[str], pa.Table]:
    """The paths, and the table under the engine's names c1, c2 … with `record` first if it is there."""
    paths = [path for path in table.column_names if path != "record"]
    lead = ["record"] if "record" in table.column_names else []
    names = [*lead, *(f"c{i}" for i in range(1, len(paths) + 1))]
    return paths, table.select([*lead, *paths]).rename_columns(names)
