"""Dumps of what browsers keep: storage state, lists of cookies, localStorage, Safari's own file. No value of them."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.errors import SourceError
from igmap.sources.cookies import safari_cookies, storage_dump
from igmap.sources.cookies.browser_cookies import NAMES
from tests.export_cases import account, cells, opened, raw

CANARY = "Kanarievogel"
COOKIE = {"name": "sid", "value": CANARY, "domain": ".x.nl", "path": "/", "httpOnly": True, "secure": False}
TOLD = ("cookie", ".x.nl", "sid", "/")


def read(folder: Path, name: str, content: Any) -> list[tuple[Any, ...]]:
    """The records of one dump that adds up."""
    text = content if isinstance(content, str) else json.dumps(content)
    with opened(folder, **{name: text}) as exports:
        (dataset,) = exports.datasets
        assert (dataset.kind, dataset.readable) == ("cookies", True)
        assert dataset.rows == dataset.parsed + dataset.quarantined
        found = cells(exports, dataset)
        assert CANARY not in str(found)
        return found


def test_a_storage_state_is_told_as_cookies_and_stored_items(tmp_path: Path) -> None:
    state = {
        "cookies": [
            COOKIE | {"expires": 1893456000.5, "sameSite": "Lax"},
            COOKIE | {"expires": -1, "sameSite": "None"},
        ],
        "origins": [
            {"origin": "https://www.x.nl:8443", "localStorage": [{"name": "a", "value": CANARY}]},
            {"origin": "https://y.nl", "localStorage": [], "sessionStorage": {"b": {"c": CANARY}}},
        ],
    }
    assert read(tmp_path, "auth_json", state) == [
        (*TOLD, "1893456000", "false", "true", "Lax", "(12 characters)"),
        (*TOLD, "0", "false", "true", "None", "(12 characters)"),
        ("local storage", "www.x.nl", "a", None, None, None, None, None, "(12 characters)"),
        ("session storage", "y.nl", "b", None, None, None, None, None, "(21 characters)"),
    ]


def test_a_storage_state_without_cookies_is_told_too(tmp_path: Path) -> None:
    state = {"origins": [{"origin": "https://x.nl", "localStorage": [{"name": "a", "value": "b"}]}]}
    assert [row[:3] for row in read(tmp_path, "auth_json", state)] == [("local storage", "x.nl", "a")]


def test_a_list_of_cookies_is_told_whatever_program_saved_it(tmp_path: Path) -> None:
    saved = [
        COOKIE | {"expirationDate": 1893456000.123, "hostOnly": False, "sameSite": "no_restriction", "storeId": "0"}
    ]
    assert read(tmp_path, "cookies_json", saved) == [(*TOLD, "1893456000", "false", "true", "None", "(12 characters)")]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("localStorage_json", {"k": CANARY}, [("local storage", None, "k")]),
        ("session-storage_json", {"k": CANARY}, [("session storage", None, "k")]),
        ("dump_json", {"origin": "https://x.nl", "localStorage": {"k": CANARY}}, [("local storage", "x.nl", "k")]),
        ("dump_json", {"localStorage": {}, "sessionStorage": {"k": None}}, [("session storage", None, "k")]),
        (
            "lokale localstorage_json",
            {"https://x.nl": {"k": CANARY, "l": 1}},
            [("local storage", "x.nl", k) for k in "kl"],
        ),
        ("localStorage_json", '\ufeff{"k": "1", "k": "2"}', [("local storage", None, k) for k in ("k", "k (2)")]),
    ],
)
def test_keys_are_told_with_their_kind_and_origin(
    tmp_path: Path, name: str, content: Any, expected: list[tuple[Any, ...]]
) -> None:
    assert [row[:3] for row in read(tmp_path, name, content)] == expected


def test_what_is_no_cookie_in_a_list_is_kept_apart(tmp_path: Path) -> None:
    with opened(tmp_path, cookies_json=json.dumps([COOKIE, CANARY, {"value": CANARY}, None])) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (4, 1, 3)
        assert [number for number, _ in raw(exports, dataset)] == [2, 3, 4]
        assert not any(CANARY in text for _, text in raw(exports, dataset))


@pytest.mark.parametrize(
    "content", [{"domain": "x", "name": "y"}, [{"name": "a", "value": "b"}], {"cookies": [{"a": 1}]}]
)
def test_other_json_stays_json(tmp_path: Path, content: Any) -> None:
    with opened(tmp_path, data_json=json.dumps(content)) as exports:
        assert {dataset.kind for dataset in exports.datasets} == {"nested"}


KEYS = st.sampled_from(["cookies", "origins", "origin", "localStorage", "name", "value", "domain"])
PLAIN = st.none() | st.text(max_size=8) | st.integers()


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=15))
def test_a_dump_of_any_form_adds_up_or_is_refused(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "localStorage.json"
    path.write_text(json.dumps(content), "utf-8")
    try:
        (reading,) = storage_dump.read(path)
    except SourceError:
        assert not isinstance(content, list | dict)
        return
    assert reading.stream.read_all().num_rows + len(reading.quarantine.records) == reading.counted


def test_a_dump_that_is_cut_or_too_deep_says_so(tmp_path: Path) -> None:
    for text in ('{"cookies": [', '{"localStorage": ' + "[" * 100_000):
        path = tmp_path / "localStorage.json"
        path.write_text(text, "utf-8")
        with pytest.raises(SourceError, match="save it again"):
            list(storage_dump.read(path))


def binarycookies(*cookies: tuple[str, str, int, float, float]) -> bytes:
    """Safari's file of one page: host, name, flags, end and creation in seconds since 2001."""
    records = []
    for host, name, flags, ends, begun in cookies:
        texts, places = b"", []
        for text in (host, name, "/", CANARY):
            places.append(56 + len(texts))
            texts += text.encode() + b"\0"
        records.append(struct.pack("<IIIIIIII8xdd", 56 + len(texts), 0, flags, 0, *places, ends, begun) + texts)
    start = 12 + 4 * len(records)
    offsets = [start + sum(map(len, records[:i])) for i in range(len(records))]
    page = b"\0\0\1\0" + struct.pack(f"<I{len(records)}I4x", len(records), *offsets) + b"".join(records)
    return b"cook" + struct.pack(">II", 1, len(page)) + page + b"\0\0\0\1\x07\x17\x20\x05\0\0\0\x4b"


def test_cookies_of_safari_are_told_as_those_of_other_browsers(tmp_path: Path) -> None:
    made = binarycookies((".x.nl", "sid", 5, 800_086_400.0, 800_000_000.0), ("y.nl", "a", 0, 0.0, 800_000_000.0))
    with opened(tmp_path, Cookies_binarycookies=made) as exports:
        (dataset,) = exports.datasets
        assert (dataset.kind, account(dataset)) == ("cookies", (2, 2, 0))
        assert [column.name for column in dataset.columns] == NAMES
        assert cells(exports, dataset) == [
            (".x.nl", "sid", "/", "1778393600", "true", "true", "(12 characters)", None, "PT86400S"),
            ("y.nl", "a", "/", "0", "false", "false", "(12 characters)", None, None),
        ]


def test_a_cut_file_of_safari_says_so(tmp_path: Path) -> None:
    made = binarycookies((".x.nl", "sid", 5, 1.0, 0.0))
    for size in (5, 9, 30, len(made) - 20):
        path = tmp_path / "Cookies.binarycookies"
        path.write_bytes(made[:size])
        with pytest.raises(SourceError, match="not a sound file"):
            list(safari_cookies.read(path))


@given(st.binary(max_size=120), st.integers(0, 150))
def test_a_damaged_file_of_safari_adds_up_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int
) -> None:
    made = binarycookies((".x.nl", "sid", 5, 1.0, 0.0), ("y.nl", "b", 1, 9.0, 2.0))
    path = tmp_path_factory.getbasetemp() / "Cookies.binarycookies"
    path.write_bytes(made[:place] + noise + made[place + len(noise) :])
    try:
        (reading,) = safari_cookies.read(path)
    except SourceError:
        return
    assert reading.stream.read_all().num_rows + len(reading.quarantine.records) == reading.counted
