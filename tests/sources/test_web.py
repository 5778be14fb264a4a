"""HAR captures, cookies.txt and access logs: what a browser and a server keep."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.export_cases import account, cells, opened, raw, rows

CANARY = "Kanarievogel"


def _entry(url: str, *cookies: str, **changes: Any) -> dict[str, Any]:
    headers = [{"name": "set-cookie", "value": cookie} for cookie in cookies]
    return {
        "startedDateTime": "2026-01-02T03:04:05Z",
        "request": {"method": "GET", "url": url, "headers": [{"name": "User-Agent", "value": "Moz"}]},
        "response": {"status": 200, "headers": headers},
    } | changes


def _har(*entries: Any) -> str:
    return json.dumps({"log": {"version": "1.2", "pages": [{"response": {}}], "entries": entries}}, indent=1)


def test_each_cookie_is_told_with_its_party_and_lifetime(tmp_path: Path) -> None:
    capture = _har(
        _entry(
            "https://www.x.nl/a?token=1",
            f"sid={CANARY}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=3600; Expires=Wed, 09 Jun 2027 10:18:14",
            "b=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Domain=.x.nl\nc=2; Max-Age=-1",
        ),
        _entry("https://t.volgen.net/p", "d=; max-age=x"),
    )
    with opened(tmp_path, visit_har=capture) as exports:
        requests, jar, _ = exports.datasets
        told = {row["name"]: row for row in rows(exports, jar)}
        assert (account(requests), account(jar), jar.kind) == ((2, 2, 0), (4, 4, 0), "cookies")
        assert (told["sid"]["lifetime"], told["sid"]["same_site"], told["sid"]["secure"]) == ("PT3600S", "None", "true")
        assert (told["b"]["lifetime"], told["b"]["host"]) == ("PT45213249S", "x.nl")
        assert (told["c"]["lifetime"], told["d"]["lifetime"]) == ("PT0S", "session")
        assert [told[name]["party"] for name in "bcd"] == ["first", "first", "third"]
        assert told["sid"]["value"] == f"({len(CANARY)} characters)"


def test_a_capture_without_cookies_says_why(tmp_path: Path) -> None:
    with opened(tmp_path, visit_har=_har(_entry("https://x.nl"))) as exports:
        assert "no cookies in the capture" in exports.datasets[1].problems[0].problem


def test_a_broken_entry_is_quarantined_without_its_values(tmp_path: Path) -> None:
    capture = _har(
        _entry("https://x.nl"), {"request": {"url": CANARY}}, None, _entry("http://[bad"), _entry("https://y.nl")
    )
    with opened(tmp_path, visit_har=capture) as exports:
        requests = exports.datasets[0]
        assert account(requests) == (5, 2, 3)
        assert [problem.record for problem in requests.problems] == [2, 3, 4]
        assert [row["record"] for row in rows(exports, requests)] == [1, 5]
        assert not any(CANARY in text for _, text in raw(exports, requests))


@pytest.mark.parametrize(
    "capture", ['{"log": {"entries": 3}}', '{"log": {"entries": [', '{"log": {"y": {"entries": []}}}']
)
def test_a_capture_that_is_broken_says_so(tmp_path: Path, capture: str) -> None:
    with opened(tmp_path, visit_har=capture) as exports:
        assert "HAR" in exports.datasets[0].problems[0].problem


def test_a_cookie_jar_tells_cookies_without_their_values(tmp_path: Path) -> None:
    lines = [
        "# Netscape HTTP Cookie File",
        "",
        f".x.nl\tTRUE\t/\tFALSE\t1830000000\tsid\t{CANARY}",
        "#HttpOnly_x.nl\tFALSE\t/\tTRUE\t0\tleeg\t",
        "geen cookie " + CANARY,
        "y.nl\tFALSE\t/\tTRUE\t0\tlaatste\ta\tb",
    ]
    with opened(tmp_path, cookies_txt="\n".join(lines)) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (4, 3, 1)
        assert cells(exports, dataset)[:2] == [
            (".x.nl", "sid", "/", "1830000000", "false", "false", "(12 characters)"),
            ("x.nl", "leeg", "/", "0", "true", "true", None),
        ]
        assert [row["record"] for row in rows(exports, dataset)] == [1, 2, 4]
        assert raw(exports, dataset) == [(3, "(24 characters)")]


LINE = '{ip} - - [05/Jan/2026:10:00:00 +0100] "GET /a?b=\\"c\\" HTTP/1.1" 200 5 "-" "Moz \\"x\\" (a)"'


def test_an_access_log_keeps_every_line(tmp_path: Path) -> None:
    lines = [
        LINE.format(ip="2001:db8::1"),
        "kapot",
        LINE.format(ip="192.0.2.1") + " 0.003",
        "",
        LINE.format(ip="x").split(' "-"')[0],
    ]
    with opened(tmp_path, access_log="\r\n".join(lines)) as exports:
        (dataset,) = exports.datasets
        assert (dataset.kind, account(dataset)) == ("access_log", (4, 3, 1))
        found = rows(exports, dataset)
        assert [(row["record"], row["remote_addr"]) for row in found] == [
            (1, "2001:db8::1"),
            (3, "192.0.2.1"),
            (4, "x"),
        ]
        assert found[0]["http_user_agent"] == 'Moz \\"x\\" (a)'
        assert found[0]["http_referer"] is None
        assert raw(exports, dataset) == [(2, "kapot")]


def test_a_line_with_foreign_bytes_is_quarantined(tmp_path: Path) -> None:
    line = LINE.format(ip="é").encode()
    with opened(tmp_path, access_log=b"\n".join([line, line, line.replace("é".encode(), b"\xe9")])) as exports:
        assert account(exports.datasets[0]) == (3, 2, 1)


@pytest.mark.parametrize("key", ["log", "entries"])
def test_a_capture_that_names_its_list_twice_is_not_half_read(tmp_path: Path, key: str) -> None:
    capture = _har(_entry("https://x.nl"))
    inside = json.dumps(json.loads(capture)["log"])
    doubled = f'{{"log": {inside}, "log": {inside}}}' if key == "log" else '{"log": {"entries": [], "entries": []}}'
    with opened(tmp_path, visit_har=doubled) as exports:
        assert "HAR" in exports.datasets[0].problems[0].problem


def test_a_key_that_comes_back_elsewhere_in_a_capture_does_not_matter(tmp_path: Path) -> None:
    capture = _har(_entry("https://x.nl")).replace('"version": "1.2",', '"version": "1.2", "version": "1.1",')
    with opened(tmp_path, visit_har=capture) as exports:
        assert account(exports.datasets[0]) == (1, 1, 0)
