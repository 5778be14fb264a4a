"""Cookie databases of browsers: told like a cookies.txt, and no value leaves them."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from igmap.policy.devices.captures import is_jar
from igmap.policy.devices.lifetime import lifetime_of
from igmap.sources.cookies.browser_cookies import NAMES
from tests.export_cases import account, cells, opened

CANARY = "Kanarievogel"
CHROMIUM = """CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,
top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,encrypted_value BLOB NOT NULL,
path TEXT NOT NULL,
expires_utc INTEGER NOT NULL,is_secure INTEGER NOT NULL,is_httponly INTEGER NOT NULL,last_access_utc INTEGER NOT NULL,
has_expires INTEGER NOT NULL,is_persistent INTEGER NOT NULL,priority INTEGER NOT NULL,samesite INTEGER NOT NULL,
source_scheme INTEGER NOT NULL,source_port INTEGER NOT NULL,last_update_utc INTEGER NOT NULL,
source_type INTEGER NOT NULL,
has_cross_site_ancestor INTEGER NOT NULL)"""
OLD_CHROMIUM = """CREATE TABLE cookies (creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL, name TEXT NOT NULL,
value TEXT NOT NULL, path TEXT NOT NULL, expires_utc INTEGER NOT NULL, secure INTEGER NOT NULL,
httponly INTEGER NOT NULL,
last_access_utc INTEGER NOT NULL, has_expires INTEGER NOT NULL DEFAULT 1, persistent INTEGER NOT NULL DEFAULT 1)"""
FIREFOX = """CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '', name TEXT,
value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER, creationTime INTEGER, isSecure INTEGER,
isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0, sameSite INTEGER DEFAULT 0, schemeMap INTEGER DEFAULT 0)"""
CHROMIUM_2030 = (1_893_456_000 + 11_644_473_600) * 1_000_000


def _saved(folder: Path, *statements: tuple[str, tuple[object, ...]]) -> bytes:
    path = folder / "made.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        for statement, values in statements:
            database.execute(statement, values)
        database.commit()
    return path.read_bytes()


def _chromium(host: str, name: str, value: str, encrypted: bytes, expires: int) -> tuple[str, tuple[object, ...]]:
    values = (1, host, "", name, value, encrypted, "/", expires, 1, 0, 2, int(expires > 0), int(expires > 0))
    return f"INSERT INTO cookies VALUES ({', '.join('?' * 20)})", (*values, 1, 0, 2, 443, 3, 0, 0)


def test_chromium_cookies_are_told_as_in_a_cookie_jar(tmp_path: Path) -> None:
    made = _saved(
        tmp_path,
        (CHROMIUM, ()),
        ("CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR)", ()),
        ("INSERT INTO meta VALUES ('version', '24')", ()),
        _chromium(".x.nl", "sid", CANARY, b"", CHROMIUM_2030),
        _chromium("y.nl", "geheim", "", b"v10" + CANARY.encode(), 0),
        _chromium("z.nl", "leeg", "", b"", 1),
    )
    with opened(tmp_path, Default_Cookies=made) as exports:
        jar, meta = exports.datasets
        assert (jar.kind, jar.table, meta.kind, account(jar), account(meta)) == (
            "cookies", "cookies", "sqlite", (3, 3, 0), (1, 1, 0),
        )  # fmt: skip
        assert [column.name for column in jar.columns] == NAMES
        assert cells(exports, jar) == [
            (".x.nl", "sid", "/", "1893456000", "true", "false", "(12 characters)", "None", None),
            ("y.nl", "geheim", "/", "0", "true", "false", "(15 bytes)", "None", None),
            ("z.nl", "leeg", "/", "0", "true", "false", None, "None", None),
        ]
        assert lifetime_of("1893456000", "cookie", date(2029, 12, 31)).days == 1
        assert is_jar(jar)
        assert not is_jar(meta)


def test_cookies_of_an_old_chromium_are_told_too(tmp_path: Path) -> None:
    made = _saved(
        tmp_path,
        (OLD_CHROMIUM, ()),
        ("INSERT INTO cookies VALUES (1, 'x.nl', 'a', ?, '/p', ?, 0, 1, 2, 1, 1)", (CANARY, CHROMIUM_2030)),
        ("INSERT INTO cookies VALUES (2, 'x.nl', 'b', ?, '/p', ?, 0, 1, 2, 0, 0)", (CANARY, CHROMIUM_2030)),
    )
    with opened(tmp_path, cookies_sqlite=made) as exports:
        assert cells(exports, exports.datasets[0]) == [
            ("x.nl", "a", "/p", "1893456000", "false", "true", "(12 characters)", None, None),
            ("x.nl", "b", "/p", "0", "false", "true", "(12 characters)", None, None),
        ]


def test_firefox_cookies_end_in_seconds_or_milliseconds(tmp_path: Path) -> None:
    insert = (
        "INSERT INTO moz_cookies (name, value, host, path, expiry, isSecure, isHttpOnly, sameSite, creationTime)"
        " VALUES (?, ?, ?, '/', ?, 1, 1, 1, 1861920000000000)"
    )
    made = _saved(
        tmp_path,
        (FIREFOX, ()),
        (insert, ("_ga", CANARY, ".x.nl", 1_893_456_000)),
        (insert, ("_gb", "", ".x.nl", 1_893_456_000_123)),
        (insert, ("_gc", b"\0\xff", ".x.nl", None)),
    )
    with opened(tmp_path, cookies_sqlite=made) as exports:
        (jar,) = exports.datasets
        assert (jar.kind, account(jar)) == ("cookies", (3, 3, 0))
        assert cells(exports, jar) == [
            (".x.nl", "_ga", "/", "1893456000", "true", "true", "(12 characters)", "Lax", "PT31536000S"),
            (".x.nl", "_gb", "/", "1893456000", "true", "true", None, "Lax", "PT31536000S"),
            (".x.nl", "_gc", "/", None, "true", "true", "(9 characters)", "Lax", None),
        ]


def test_a_hostile_cookie_table_is_read_and_a_plain_table_of_that_shape_stays_plain(tmp_path: Path) -> None:
    made = _saved(
        tmp_path,
        ("CREATE TABLE jar (HOST_KEY, name, value, path, expires_utc)", ()),
        ("INSERT INTO jar VALUES (NULL, x'00', ?, 1.5, 'soon')", (12345,)),
        ("INSERT INTO jar VALUES ('x', CAST(x'ff' AS TEXT), NULL, '/', -5)", ()),
        ("CREATE TABLE plain (host, name, value, path)", ()),
        ("INSERT INTO plain VALUES ('h', 'n', 'v', 'p')", ()),
    )
    with opened(tmp_path, cookies_sqlite=made) as exports:
        jar, plain = exports.datasets
        assert cells(exports, jar) == [
            (None, "(1 bytes)", "1.5", "soon", None, None, "(5 characters)", None, None),
            ("x", "\ufffd", "/", "-5", None, None, None, None, None),
        ]
        assert (plain.kind, cells(exports, plain)) == ("sqlite", [("h", "n", "v", "p")])


def test_a_cut_cookie_database_says_so(tmp_path: Path) -> None:
    rows = [_chromium(f"{i}.nl", "n" * 500, CANARY, b"", CHROMIUM_2030) for i in range(100)]
    made = _saved(tmp_path, (CHROMIUM, ()), *rows)
    with opened(tmp_path, cut_sqlite=made[: len(made) // 2]) as exports:
        assert not exports.datasets[0].readable
