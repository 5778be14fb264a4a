"""JSON and NDJSON: no value is lost, whatever its depth or its key."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.sources import Problem
from igmap.sources.nested.flatten import flatten
from igmap.sources.nested.members import count_members
from tests.examples import examples
from tests.export_cases import account, opened, raw, read_one, rows


def test_a_list_is_a_table(tmp_path: Path) -> None:
    names, cells, _ = read_one(tmp_path, "people_json", '[{"a": 1, "b": true}, {"b": null, "c": 1.50}]')
    assert (names, cells) == (["a", "b", "c"], [("1", "true", None), (None, None, "1.50")])


def test_a_broken_line_of_ndjson_is_quarantined_with_its_number(tmp_path: Path) -> None:
    with opened(tmp_path, events_ndjson='{"a": [1, 2]}\n{"a": 2\n\n{"a": [3]}\n') as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (3, 2, 1)
        assert dataset.problems == (Problem(2, "not JSON"),)
        assert raw(exports, dataset) == [(2, '{"a": 2')]
        assert [row["record"] for row in rows(exports, dataset)] == [1, 3]
        assert [row["record"] for row in rows(exports, dataset, dataset.columns[-1].table)] == [1, 1, 3]


@pytest.mark.parametrize(
    "content",
    [
        '{"a": "}{"}{"a": 2}[3]',
        '{\n  "a": "}{"\n}\n{\n  "a": 2\n}\n[\n  3\n]\n',
        '\ufeff {"a": "}{"}\t{"a": 2}\r\n\r\n[3]',
        '\x1e{"a": "}{"}\n\x1e{"a": 2}\n\x1e[3]\n',
        '\x1e{"a":\n"}{"}\x1e{"a": 2}\x1e[3]',
    ],
)
def test_documents_one_after_another_are_records(tmp_path: Path, content: str) -> None:
    with opened(tmp_path, events_json=content) as exports:
        (dataset,) = exports.datasets
        assert dataset.read_as.endswith("JSON documents one after another")
        assert (account(dataset), dataset.problems) == ((3, 3, 0), ())
        assert [row["a"] for row in rows(exports, dataset)] == ["}{", "2", None]


def test_a_broken_document_among_others_is_told_by_its_number(tmp_path: Path) -> None:
    files = {
        "run_on_json": '{"a": 1}{"a": 2}\n{"a": \n{"a": 4}',
        "parted_json": '\x1e{"a": 1}\n\x1e{"a":\n\x1e{"a": 3}\n',
    }
    with opened(tmp_path, **files) as exports:
        parted, run_on = exports.datasets
        assert run_on.problems == (Problem(None, "document 3 is not sound JSON; export it again"),)
        assert (account(parted), parted.problems) == ((3, 2, 1), (Problem(2, "not JSON"),))
        assert raw(exports, parted) == [(2, '{"a":')]


def test_a_first_line_that_is_broken_does_not_hide_the_others(tmp_path: Path) -> None:
    _, cells, dataset = read_one(tmp_path, "events_ndjson", '{"a": \n{"a": 2}\n{"a": 3}\n')
    assert (cells, account(dataset)) == ([("2",), ("3",)], (3, 2, 1))


def test_a_line_with_foreign_bytes_is_quarantined(tmp_path: Path) -> None:
    content = '{"a": "é"}\n{"a": "ë"}\n'.encode() + b'{"a": "\xe9"}\n'
    with opened(tmp_path, events_ndjson=content) as exports:
        assert raw(exports, exports.datasets[0]) == [(3, '{"a": "é"}')]


def test_an_object_keyed_by_e_mail_is_records_with_a_key(tmp_path: Path) -> None:
    content = '{"jan@x.nl": {"mark": 7}, "piet@x.nl": {"mark": 8}, "note": "x"}'
    names, cells, _ = read_one(tmp_path, "marks_json", content)
    assert names == ["(key)", "mark", "(value)"]
    assert cells == [("jan@x.nl", "7", None), ("piet@x.nl", "8", None), ("note", None, "x")]


def test_the_lists_of_a_wrapper_are_tables_of_their_own(tmp_path: Path) -> None:
    content = '{"meta": {"n": 2}, "us\\u0065rs": [{"a": 1}, {"a": 2}], "": [{"b": "],["}, {"b": "\\\\\\""}, {}]}'
    with opened(tmp_path, all_json=content) as exports:
        told = [(dataset.table, account(dataset)) for dataset in exports.datasets]
        assert told == [("users", (2, 2, 0)), ("(empty)", (3, 3, 0)), ("", (1, 1, 0))]
        assert not any(dataset.problems for dataset in exports.datasets)


def test_two_values_of_one_path_are_both_kept(tmp_path: Path) -> None:
    content = '[{"a.b": 1, "a": {"b": 2}, "x": 3, "x": 4, "record": "r", "": 5}]'
    names, cells, _ = read_one(tmp_path, "twice_json", content)
    assert dict(zip(names, cells[0], strict=True)) == {
        "a.b": "1", "a.b (2)": "2", "x": "3", "x (2)": "4", "record": "r", "(empty)": "5",
    }  # fmt: skip


def test_a_field_called_record_in_an_array_does_not_become_the_records_number(tmp_path: Path) -> None:
    with opened(tmp_path, all_json='[{"i": [{"record": "x"}]}, {"i": [{"record": "y"}, 3, [4]]}]') as exports:
        (dataset,) = exports.datasets
        places = {column.name: column for column in dataset.columns}
        items = rows(exports, dataset, places["i[].record"].table)
        assert [row["record"] for row in items] == [1, 2, 2, 2]
        assert {"i[].record", "i[]", "i[][]"} <= set(places)


def test_names_of_fields_are_unique_over_items_and_records(tmp_path: Path) -> None:
    with opened(tmp_path, all_json='[{"a[]": {"b": 1}, "a": [{"b": 2}]}]') as exports:
        names = [column.name for column in exports.datasets[0].columns]
        assert sorted(names) == ["a[].b", "a[].b (2)"]


def test_depth_ends_in_text_and_never_in_an_error(tmp_path: Path) -> None:
    deep = '{"":' * 300 + '"canary"' + "}" * 300
    lists = "[" * 300 + '"canary"' + "]" * 300
    endless = "[" * 200_000
    files: dict[str, Any] = {"deep_json": f"[{deep}]", "lists_json": f"[{lists}, 1]", "endless_json": endless}
    with opened(tmp_path, **files) as exports:
        told = {dataset.source: dataset for dataset in exports.datasets}
        assert not told["endless.json"].readable
        for source in ("deep.json", "lists.json"):
            held = [
                value
                for column in told[source].columns
                for batch in exports.engine.values(column.table, column.column)
                for value in batch.column(0).to_pylist()
            ]
            assert any("canary" in value for value in held)


def test_a_scalar_is_one_record(tmp_path: Path) -> None:
    assert read_one(tmp_path, "scalar_json", "42")[1] == [("42",)]


def test_empty_containers_are_tables(tmp_path: Path) -> None:
    assert account(read_one(tmp_path, "none_json", "[]")[2]) == (0, 0, 0)
    assert account(read_one(tmp_path, "none_json", "{}")[2]) == (1, 1, 0)
    assert account(read_one(tmp_path, "none_json", "[{}, [], null]")[2]) == (3, 3, 0)


def test_half_a_surrogate_pair_is_no_reason_to_lose_the_file(tmp_path: Path) -> None:
    names, cells, _ = read_one(tmp_path, "half_json", '[{"a\\ud800": "b\\ud800"}]')
    assert (names, cells) == (["a?"], [("b?",)])


def test_damaged_json_says_so(tmp_path: Path) -> None:
    with opened(tmp_path, broken_json='[{"a": 1}, {"a": ') as exports:
        assert exports.datasets[0].problems == (Problem(None, "is not sound JSON; export it again"),)


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "big_json", '[{"a": 123456789012345678901234567890, "b": 0.10000000000000000001}]')
    assert cells == [("123456789012345678901234567890", "0.10000000000000000001")]


def _documents(key: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(key, inner),
        max_leaves=20,
    )


JSON = _documents(st.text())


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(JSON) | st.dictionaries(st.text(), JSON), st.sampled_from([None, 1]))
def test_members_are_counted_without_a_parser(content: Any, indent: int | None) -> None:
    counts = count_members(json.dumps(content, indent=indent, ensure_ascii=False), deepest=1)
    assert counts[()] == len(content)
    for place, member in enumerate(content.values() if isinstance(content, dict) else content):
        assert counts.get((place,)) == (len(member) if isinstance(member, list | dict) else None)


KEYS_WITHOUT_V = st.text().filter(lambda key: not key.startswith("v"))  # a key with @ makes its fellows cells as well


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(_documents(KEYS_WITHOUT_V), max_size=5))
def test_every_value_of_a_document_is_in_a_table(content: list[Any]) -> None:
    reading = flatten(enumerate(content, 1), counted=len(content), read_as="")
    streams = [reading.stream, *(stream for _, stream in reading.nested)]
    tables = [stream.read_all().drop_columns([]) for stream in streams]
    held = sorted(
        cell for table in tables for name in table.column_names if name != "record" for cell in table[name].to_pylist()
        if cell is not None and cell.startswith("v")
    )  # fmt: skip
    assert tables[0].num_rows == len(content)
    assert held == sorted(filter(None, _leaves(content)))


def _leaves(value: Any) -> list[str]:
    if isinstance(value, list | dict):
        return [leaf for inner in (value.values() if isinstance(value, dict) else value) for leaf in _leaves(inner)]
    return [value] if isinstance(value, str) and value.startswith("v") else []
