"""Nested records as tables: objects become dotted paths, arrays become tables of items that know their record."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, islice
from typing import Any

import pyarrow as pa

from igmap.engine.protocol import RECORD
from igmap.sources.reading import CHUNK_ROWS, Quarantine, Reading, sound_text, text_array

DEEPEST = 40
NUMBER = ""
Row = dict[str, Any]


def flatten(
    numbered: Iterable[tuple[int, Any]],
    *,
    table: str = "",
    counted: int,
    read_as: str,
    quarantine: Quarantine | None = None,
) -> Reading:
    """Records with their numbers as a reading: a table of their own fields, and one for each path of an array."""
    chunks: defaultdict[str, list[pa.Table]] = defaultdict(list)
    records = iter(numbered)
    while chunk := list(islice(records, CHUNK_ROWS)):
        rows: dict[str, list[Row]] = {"": []}
        for number, record in chunk:
            rows[""].append({})
            _flatten(record, "", rows[""][-1], rows, number)
        for path, items in rows.items():
            chunks[path].append(_columns(items))
    tables = {path: _renamed(pa.concat_tables(parts, promote_options="default")) for path, parts in chunks.items()}
    names, root = tables.pop("", (["(value)"], pa.table({"c1": pa.array([], pa.string())})))
    nested = [(fields, items.to_reader()) for fields, items in tables.values()]
    return Reading(table, names, root.to_reader(), counted, quarantine or Quarantine(), read_as, nested)


def keyed_by_values(value: object) -> bool:
    """Whether the keys of an object are values themselves: e-mail addresses, but not JSON-LD's `@id`."""
    return isinstance(value, dict) and any("@" in key[1:] for key in value)


def entries(keyed: Mapping[str, Any]) -> list[Row]:
    """The entries of an object that is keyed by values, as records with the field `(key)`."""
    items = ((key, value if isinstance(value, dict) else {"(value)": value}) for key, value in keyed.items())
    return [distinct_keys([("(key)", key), *value.items()]) for key, value in items]


def distinct_keys(pairs: Sequence[tuple[str, Any]]) -> Row:
    """An object in which a repeated key keeps both values, an empty key is a word and every key can be written."""
    told = dict(pairs)
    if len(told) == len(pairs) and all(key and key.isascii() for key in told):
        return told
    told = {}
    for key, value in pairs:
        _put(told, sound_text(key) or "(empty)", value)
    return told


def cell_text(value: Any) -> str | None:
    """A plain value as text; bytes are told by their number."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _flatten(value: Any, path: str, row: Row, rows: dict[str, list[Row]], record: int) -> None:
    if path.count(".") + path.count("[") > DEEPEST:
        _put(row, path, json.dumps(value, default=cell_text))
    elif isinstance(value, dict) and not (path and keyed_by_values(value)):
        for key, inner in value.items():
            _flatten(inner, f"{path}.{key}" if path else key, row, rows, record)
    elif isinstance(value, list | tuple | dict):
        for item in entries(value) if isinstance(value, dict) else value:
            inner_row: Row = {NUMBER: record}
            rows.setdefault(f"{path}[]", []).append(inner_row)
            _flatten(item, f"{path}[]", inner_row, rows, record)
    else:
        _put(row, path or "(value)", cell_text(value))


def _put(row: Row, path: str, value: Any) -> None:
    """Set a field; the second value of one path, as in {"a.b": 1, "a": {"b": 2}}, gets a number behind it."""
    row[path if path not in row else next(other for n in count(2) if (other := f"{path} ({n})") not in row)] = value


def _columns(rows: Sequence[Row]) -> pa.Table:
    paths = dict.fromkeys(path for row in rows for path in row) or {"(value)": None}
    return pa.table({path: _column([row.get(path) for row in rows], path) for path in paths})


def _column(cells: Sequence[Any], path: str) -> pa.Array:
    return pa.array(cells, pa.int64()) if path == NUMBER else text_array(cells)


def _renamed(table: pa.Table) -> tuple[list[str], pa.Table]:
    """The paths, and the table under the engine's names c1, c2 … with the record's number first if it is there."""
    paths = [path for path in table.column_names if path != NUMBER]
    lead = [NUMBER] if NUMBER in table.column_names else []
    names = [RECORD for _ in lead] + [f"c{i}" for i in range(1, len(paths) + 1)]
    return paths, table.select([*lead, *paths]).rename_columns(names)
