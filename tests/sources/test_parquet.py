"""Parquet files: every type becomes text, none is lost."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.export_cases import account, opened, read_one, rows


def _saved(table: pa.Table) -> bytes:
    file = BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("values", "kind", "told"),
    [
        (["a", None], pa.large_string(), ["a", None]),
        (["a", "b"], pa.dictionary(pa.int8(), pa.string()), ["a", "b"]),
        ([b"abc", None], pa.binary(), ["(3 bytes)", None]),
        ([b"abc", None], pa.large_binary(), ["(3 bytes)", None]),
        ([b"abc", b"abd"], pa.binary(3), ["(3 bytes)", "(3 bytes)"]),
        ([1, None], pa.int64(), ["1", None]),
        ([True, False], pa.bool_(), ["true", "false"]),
        ([1.5, 2.0], pa.float64(), ["1.5", "2"]),
        ([Decimal("1.50"), None], pa.decimal128(5, 2), ["1.50", None]),
        ([date(2026, 1, 2), None], pa.date32(), ["2026-01-02", None]),
        ([time(1, 2, 3), None], pa.time64("us"), ["01:02:03.000000", None]),
        ([timedelta(seconds=90), None], pa.duration("s"), ["90", None]),
        (
            [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), None],
            pa.timestamp("ms", "UTC"),
            ["2026-01-02 03:04:05.000Z", None],
        ),
        ([None, None], pa.null(), [None, None]),
    ],
)
def test_each_type_is_text(tmp_path: Path, values: list[Any], kind: pa.DataType, told: list[str | None]) -> None:
    names, cells, _ = read_one(tmp_path, "typed_parquet", _saved(pa.table({"x": pa.array(values, kind)})))
    assert (names, [cell for (cell,) in cells]) == (["x"], told)


def test_structs_are_dotted_paths_and_lists_are_tables_of_items(tmp_path: Path) -> None:
    records = [{"who": {"mail": "j@x.nl", "photo": b"1234"}, "tags": ["a", "b"]}, {"who": None, "tags": None}]
    with opened(tmp_path, people_parquet=_saved(pa.Table.from_pylist(records))) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (2, 2, 0)
        assert rows(exports, dataset)[0] | {"tags": None, "who": None} == {
            "record": 1, "who.mail": "j@x.nl", "who.photo": "(4 bytes)", "tags": None, "who": None,
        }  # fmt: skip
        items = rows(exports, dataset, dataset.columns[-1].table)
        assert items == [{"record": 1, "tags[]": "a"}, {"record": 1, "tags[]": "b"}]


def test_a_map_keeps_its_keys_and_values(tmp_path: Path) -> None:
    table = pa.table({"m": pa.array([[("k", "v")]], pa.map_(pa.string(), pa.string()))})
    with opened(tmp_path, maps_parquet=_saved(table)) as exports:
        (dataset,) = exports.datasets
        held = {
            value
            for column in dataset.columns
            for batch in exports.engine.values(column.table, column.column)
            for value in batch.column(0).to_pylist()
        }
        assert held == {"k", "v"}


def test_a_table_without_records_keeps_its_fields(tmp_path: Path) -> None:
    names, cells, _ = read_one(tmp_path, "none_parquet", _saved(pa.table({"naam": pa.array([], pa.string())})))
    assert (names, cells) == (["naam"], [])


def test_a_damaged_file_says_so_and_stops_no_other(tmp_path: Path) -> None:
    sound = _saved(pa.table({"naam": [f"Jan{i}" for i in range(5000)]}))
    pages = sound[:50] + bytes(byte ^ 0x55 for byte in sound[50:2000]) + sound[2000:]
    with opened(
        tmp_path, a_parquet=b"PAR1" + b"x" * 40, b_parquet=sound[:-9], c_parquet=pages, d_parquet=sound
    ) as exports:
        assert [dataset.readable for dataset in exports.datasets] == [False, False, False, True]
        assert all("Parquet" in dataset.problems[0].problem for dataset in exports.datasets[:3])


def test_cells_that_are_no_utf_8_are_read_as_windows_text(tmp_path: Path) -> None:
    names = pa.array([b"Jan", b"Zo\xeb", None, "Zo\u00eb".encode()]).view(pa.string())
    _, cells, dataset = read_one(tmp_path, "people_parquet", _saved(pa.table({"naam": names})))
    assert cells == [("Jan",), ("Zo\u00eb",), (None,), ("Zo\u00eb",)]
    assert account(dataset) == (4, 4, 0)


@pytest.mark.parametrize("path", [("naam",), ("adres", "straat")])
def test_names_that_are_no_utf_8_make_the_file_unsound(tmp_path: Path, path: tuple[str, ...]) -> None:
    column: Any = ["Jan"]
    for name in reversed(path[1:]):
        column = [{name: cell} for cell in column]
    made = _saved(pa.table({path[0]: column})).replace(path[-1].encode(), b"\xff" * len(path[-1]))
    with opened(tmp_path, people_parquet=made) as exports:
        assert not exports.datasets[0].readable
