"""What a capture shows beside its requests: cookies sent and set, hosts and how they were loaded, links, settings."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.dutch import known, said
from igmap.errors import SourceError
from igmap.sources.captures.links import links
from igmap.sources.captures.messages import pairs_of, posted
from igmap.sources.har import LEFT_OUT, NO_PAGES, SANITISED, read
from igmap.vocabulary.hosts import host_of, site_of
from tests.export_cases import opened, rows

CANARY = "Kanarievogel"
Told = dict[str, Any]


def entry(url: str, *, sent: dict[str, str] | None = None, got: dict[str, str] | None = None, **more: Any) -> Told:
    """One request; headers sent and got, `body` of the response, `kind` as Chrome tells it, anything else as it is."""
    body, kind = more.pop("body", None), more.pop("kind", None)
    content = {"mimeType": "text/html", "text": body} if body else {"mimeType": more.pop("mime", "")}
    headers = [{"name": name, "value": value} for name, value in (sent or {}).items()]
    answered = [{"name": name, "value": value} for name, value in (got or {}).items()]
    request = {"method": "GET", "url": url, "headers": headers} | more.pop("request", {})
    response = {"status": 200, "headers": answered, "content": content} | more.pop("response", {})
    told = {"startedDateTime": "2026-01-02T03:04:05Z", "request": request, "response": response}
    return told | ({"_resourceType": kind} if kind else {}) | more


def capture(folder: Path, *entries: Any, creator: str = "WebInspector") -> tuple[list[Told], list[Told], list[str]]:
    """The cookies and contacts of a capture, and the problems of both."""
    har = json.dumps({"log": {"version": "1.2", "creator": {"name": creator}, "entries": entries}})
    with opened(folder, visit_har=har) as exports:
        _, jar, contacts = exports.datasets
        problems = [problem.problem for dataset in (jar, contacts) for problem in dataset.problems]
        return rows(exports, jar), rows(exports, contacts), problems


def ways(contacts: list[Told]) -> dict[str, tuple[str, str, str]]:
    return {row["host"]: (row["way"], row["party"], row["page"]) for row in contacts}


def test_cookies_that_were_there_before_are_told_by_the_requests_that_sent_them(tmp_path: Path) -> None:
    cookies, _, _ = capture(
        tmp_path,
        entry("https://www.x.nl/", got={"set-cookie": "sid=1; Domain=x.nl"}),
        entry("https://www.x.nl/a", sent={":authority": "www.x.nl", "cookie": f"sid=1; _ga={CANARY}; naamloos"}),
    )
    assert [(c["name"], c["host"], c["lifetime"], c["value"]) for c in cookies] == [
        ("sid", "x.nl", "session", "(1 characters)"),
        ("_ga", "www.x.nl", None, "(12 characters)"),
        (None, "www.x.nl", None, "(8 characters)"),
    ]


def test_set_cookie_lines_are_read_whatever_their_form(tmp_path: Path) -> None:
    lines = (
        "a=1; Expires=Sat, 03-Jan-2026 03:04:05 GMT\nb=2; expires=Thu, 01 Jan 1970 00:00:00 GMT\n=leeg\nalleen; path=/x"
    )
    cookies, _, _ = capture(tmp_path, entry("https://x.nl:8443/p?q=1#f", got={"Set-Cookie": lines}))
    assert [(c["name"], c["path"], c["lifetime"], c["url"]) for c in cookies] == [
        ("a", None, "PT86400S", "https://x.nl:8443/p"),
        ("b", None, "PT0S", "https://x.nl:8443/p"),
        (None, None, "session", "https://x.nl:8443/p"),
        (None, "/x", "session", "https://x.nl:8443/p"),
    ]


def test_programs_that_write_lists_in_place_of_headers_are_read_too(tmp_path: Path) -> None:
    told = {"name": "sid", "value": CANARY, "expires": "2026-01-03T03:04:05.000Z", "httpOnly": True, "secure": False}
    cookies, _, _ = capture(
        tmp_path,
        entry("https://x.nl/", request={"cookies": [{"name": "oud", "value": "x"}]}, response={"cookies": [told]}),
    )
    assert [(c["name"], c["lifetime"], c["http_only"], c["secure"]) for c in cookies] == [
        ("sid", "PT86400S", "true", "false"),
        ("oud", None, None, None),
    ]


def test_a_capture_without_any_such_header_is_taken_for_sanitised(tmp_path: Path) -> None:
    _, _, problems = capture(tmp_path, entry("https://x.nl/"))
    assert problems == [LEFT_OUT, NO_PAGES]
    assert all(known(problem) == ("", said(problem, "nl"), "") for problem in problems)
    (tmp_path / "b").mkdir()
    with opened(tmp_path / "b", a_har=json.dumps({"log": {"entries": [entry("https://x.nl/")]}})) as exports:
        assert exports.datasets[1].read_as == SANITISED
    assert capture(tmp_path, entry("https://x.nl/"), creator="Firefox")[2] == [NO_PAGES]
    with_key = entry("https://x.nl/", sent={"authorization": f"Bearer {CANARY}"}, body="<p>x")
    assert capture(tmp_path, with_key)[2] == []


def test_hosts_are_told_by_how_they_were_loaded(tmp_path: Path) -> None:
    _, contacts, _ = capture(
        tmp_path,
        entry("https://www.x.nl/", kind="document"),
        entry("https://video.example/embed", kind="document"),
        entry("https://stijl.example/a", kind="stylesheet"),
        entry("https://frame.example/", sent={"Sec-Fetch-Dest": "iframe"}),
        entry("https://letter.example/inter.woff2?v=1"),
        entry("https://meet.example/c", kind="ping"),
        entry("https://code.example/s", mime="text/javascript; charset=utf-8"),
        entry("https://niets.example/"),
        entry("https://ander.example/", sent={"sec-fetch-dest": "document"}),
        entry("https://daar.example/x.js"),
    )
    assert ways(contacts) == {
        "www.x.nl": ("page", "first", "www.x.nl"),
        "video.example": ("frame", "third", "www.x.nl"),
        "stijl.example": ("style", "third", "www.x.nl"),
        "frame.example": ("frame", "third", "www.x.nl"),
        "letter.example": ("font", "third", "www.x.nl"),
        "meet.example": ("beacon", "third", "www.x.nl"),
        "code.example": ("script", "third", "www.x.nl"),
        "niets.example": ("other", "third", "www.x.nl"),
        "ander.example": ("page", "third", "www.x.nl"),
        "daar.example": ("script", "third", "ander.example"),
    }


def test_pictures_in_the_page_and_extensions_of_the_browser_are_no_hosts(tmp_path: Path) -> None:
    addresses = ("data:image/png;base64,AAAA", "chrome-extension://abcdef/a.js", "blob:https://x.nl/1")
    _, contacts, _ = capture(tmp_path, entry("https://www.x.nl/", kind="document"), *map(entry, addresses))
    assert [row["host"] for row in contacts] == ["www.x.nl"]


def test_pages_are_kept_apart_by_their_group(tmp_path: Path) -> None:
    _, contacts, _ = capture(
        tmp_path,
        entry("https://www.x.nl/", pageref="p1", kind="document"),
        entry("https://www.y.nl/", pageref="p2", kind="document"),
        entry("https://a.example/", pageref="p1", kind="script"),
        entry("https://b.example/", pageref="p2", kind="script"),
    )
    assert ways(contacts)["a.example"][2] == "www.x.nl"
    assert ways(contacts)["b.example"][2] == "www.y.nl"


def test_links_are_listed_apart_from_what_a_page_loads(tmp_path: Path) -> None:
    body = (
        f'<a href="//www.gemeente.example/{CANARY}">g</a><A HREF=/eigen>e</A><a href="https://sub.x.nl/">s</a>'
        '<a href="https://enquete.example/?email=jan%40x.nl">q</a><a href="mailto:jan@x.nl">m</a>'
        '<!-- <a href="https://niet.example">n</a> --><iframe src="https://video.example"></iframe>'
    )
    encoded = {
        "content": {"mimeType": "text/html", "text": base64.b64encode(body.encode()).decode(), "encoding": "base64"}
    }
    for one in (entry("https://www.x.nl/", body=body), entry("https://www.x.nl/", response=encoded)):
        _, contacts, problems = capture(tmp_path, one)
        told = [(row["host"], row["way"], row["learned"]) for row in contacts if row["way"] == "link"]
        assert told == [("enquete.example", "link", "email"), ("www.gemeente.example", "link", None)]
        assert NO_PAGES not in problems


def test_links_are_read_against_the_base_of_the_page() -> None:
    assert links('<base href="https://b.nl/x/"><a href="y">y</a>', "https://a.nl/") == ["https://b.nl/x/y"]
    assert links('<a href="http://[kapot">x</a><a href>y</a><a href="javascript:void(0)">z</a>', "https://a.nl/") == []


@pytest.mark.parametrize(
    ("url", "sent", "request_", "learned"),
    [
        ("https://t.example/c?user_id=12", {}, {}, "user_id"),
        ("https://t.example/c?user_id=", {}, {}, None),
        ("https://t.example/c?u=https%3A%2F%2Fx.nl%2Fa%3Femail%3Dj%2540x.nl", {}, {}, "email page"),
        ("https://t.example/c?u=https%3A%2F%2Fandere.example%2Fa", {}, {}, None),
        ("https://t.example/jan@x.nl", {}, {}, "email"),
        ("https://t.example/c", {"Referer": "https://www.x.nl/"}, {}, None),
        ("https://t.example/c", {"Referer": "https://www.x.nl/dossier?klantnummer=7"}, {}, "page user_id"),
        ("https://t.example/c", {"cookie": "x=1"}, {}, "cookie"),
        (
            "https://t.example/c",
            {},
            {"postData": {"text": '{"a": {"externalId": "9"}, "b": [{"ul": "nl"}]}'}},
            "user_id",
        ),
        ("https://t.example/c", {}, {"postData": {"params": [{"name": "ud[fn]", "value": "x"}]}}, "name"),
        ("https://t.example/c", {}, {"postData": {"text": "em=f3a1"}}, "email"),
        ("https://t.example/c", {}, {"postData": {"text": "[" * 5000}}, None),
        ("https://t.example/c", {}, {"postData": None}, None),
    ],
)
def test_what_a_host_learns_is_told_in_words(
    tmp_path: Path, url: str, sent: dict[str, str], request_: Told, learned: str | None
) -> None:
    _, contacts, _ = capture(
        tmp_path, entry("https://www.x.nl/", kind="document"), entry(url, sent=sent, request=request_)
    )
    assert {row["host"]: row["learned"] for row in contacts}["t.example"] == learned


@pytest.mark.parametrize(
    ("query", "headers", "settings"),
    [
        ("sr=1920x1080&ul=nl-nl&sd=24-bit", {}, "colour_depth language screen"),
        ("res=1280x720&pdf=1&fla=0", {}, "plugins screen"),
        ("tz=Europe/Amsterdam&hardwareConcurrency=8", {}, "hardware timezone"),
        ("canvas_hash=ab12&uap=Linux", {}, "client_hints fingerprint"),
        ("sr=nieuw&lang=nl&tz=&width=300&pdf=jaarverslag", {}, None),
        ("", {"User-Agent": "x", "accept-language": "nl"}, "accept_language user_agent"),
        ("", {"Sec-CH-UA-Model": "x", "sec-ch-ua": "y"}, "client_hints user_agent"),
    ],
)
def test_settings_of_the_device_are_told_in_words(
    tmp_path: Path, query: str, headers: dict[str, str], settings: str | None
) -> None:
    _, contacts, _ = capture(tmp_path, entry(f"https://x.nl/c?{query}", sent=headers, kind="document"))
    assert contacts[0]["settings"] == settings


def test_no_value_of_a_capture_is_in_its_cookies_and_hosts(tmp_path: Path) -> None:
    page = f"https://www.x.nl/?email={CANARY}@x.nl"
    cookies, contacts, problems = capture(
        tmp_path,
        entry(page, got={"Set-Cookie": f"a={CANARY}"}, body=f'<p>{CANARY}</p><a href="https://y.nl/{CANARY}">y</a>'),
        entry(f"https://t.example/{CANARY}?user_id={CANARY}", sent={"Cookie": f"b={CANARY}", "Referer": page}),
    )
    assert CANARY not in json.dumps([cookies, contacts, problems])


@pytest.mark.parametrize(
    ("address", "host", "site"),
    [
        ("https://WWW.X.nl.:8443/a", "www.x.nl", "x.nl"),
        (".x.nl", "x.nl", "x.nl"),
        ("https://bücher.example/", "xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("http://[2001:db8::1]:80/", "2001:db8::1", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1", "2001:db8::1"),
        ("192.0.2.10", "192.0.2.10", "192.0.2.10"),
        ("https://a:b@x.y.co.uk/", "x.y.co.uk", "y.co.uk"),
        ("een.github.io", "een.github.io", "een.github.io"),
        ("localhost", "localhost", "localhost"),
        ("localhost:8080", "localhost", "localhost"),
        ("data:image/png;base64,AAAA", "", ""),
        ("blob:https://x.nl/1", "", ""),
        ("http://[kapot", "", ""),
        ("", "", ""),
        ("x" * 70 + "é.nl", "x" * 70 + "é.nl", "x" * 70 + "é.nl"),
    ],
)
def test_hosts_and_sites_are_told_as_browsers_compare_them(address: str, host: str, site: str) -> None:
    assert host_of(address) == host
    assert site_of(host) == site


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["request", "response", "headers", "name", "value", "url", "content", "text"]), inner
        )
    ),
    max_leaves=20,
)


@given(entries=st.lists(JSON, max_size=3))
def test_entries_of_any_form_are_read_or_kept_apart(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.har"
    path.write_text(json.dumps({"log": {"entries": [*entries, entry("https://x.nl/")]}}), "utf-8")
    requests, *_ = _drained(read(path))
    assert requests == len(entries) + 1


def _drained(readings: Iterator[Any]) -> list[int]:
    return [reading.stream.read_all().num_rows + len(reading.quarantine.records) for reading in readings]


def test_a_body_of_any_form_gives_its_fields_or_none() -> None:
    assert list(posted({"postData": {"text": '{"a": {"b": {"c": {"d": {"e": 1}}}}}'}})) == []
    assert list(posted({"postData": {"text": "a=1&b=%zz"}})) == [("a", "1"), ("b", "%zz")]
    assert list(pairs_of("http://[kapot?x=1")) == []
    with pytest.raises(SourceError):
        list(read(_broken()))


def _broken() -> Path:
    import tempfile

    path = Path(tempfile.mkdtemp()) / "x.har"
    path.write_text("[" * 3000, "utf-8")
    return path
