"""What a browser saw: a HAR that was not sanitised, and a cookies.txt."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from make.access_log import USER_AGENTS
from make.chance import chance, seeded
from make.numbers import DOCUMENTATION_NETWORKS
from make.people import COMPANY_DOMAIN, Person
from make.workspace import Place, Workspace

HAR = "web/leren_inloggen.har"
COOKIES = "web/cookies.txt"
ENTRIES = 60
HOST = f"leren.{COMPANY_DOMAIN}"
HAR_FIELDS = {
    "startedDateTime": "none",
    "request.method": "none",
    "request.url": "url",
    "response.status": "none",
    "serverIPAddress": "none",
    "request.headers.User-Agent": "user_agent",
    "request.headers.Referer": "url",
    "browser_settings": "browser_settings",
}
HAR_COOKIE_FIELDS = {
    "name": "none",
    "host": "none",
    "path": "none",
    "url": "none",
    "party": "none",
    "page": "none",
    "lifetime": "none",
    "secure": "none",
    "http_only": "none",
    "same_site": "none",
    "value": "device_id",
}
CONTACT_FIELDS = dict.fromkeys(("host", "party", "way", "page", "learned", "settings", "requests"), "none")
COOKIE_FIELDS = {
    "host": "none",
    "name": "none",
    "path": "none",
    "expires": "none",
    "secure": "none",
    "http_only": "none",
    "value": "device_id",
}
PAGES = (
    f"https://{HOST}/", f"https://{HOST}/my/", f"https://{HOST}/course/view.php?id=12",
    f"https://{HOST}/mod/page/view.php?id=601", f"https://{HOST}/theme/yui_combo.php?3.18.1/yui.js",
    f"https://{HOST}/theme/image.php/boost/core/logo", "https://fonts.example.com/inter.woff2",
)  # fmt: skip
LOGIN = f"https://{HOST}/login/index.php"
PROFILE = "https://{host}/user/profile.php?id={user}&email={email}"
ANALYTICS = "https://www.google-analytics.com/g/collect?v=2&tid=G-EXAMPLE&dl=https%3A%2F%2F{host}%2Fmy%2F"
TRACKER = "https://connect.facebook.net/en_US/fbevents.js"
FIRST_REQUEST = datetime(2026, 10, 31, 18, 4, 11, tzinfo=UTC)
REFERRED_SHARE = 0.8
THIRD_PARTY = "path=/; secure; SameSite=None"


@dataclass(frozen=True, slots=True)
class Visitor:
    """The learner at the browser, with the session's and the trackers' identifiers."""

    learner: Person
    session: str
    analytics: str
    advertising: str


def write_har(workspace: Workspace, learner: Person) -> None:
    """Write one learner's visit: log in, read pages, be followed by two third parties."""
    rng = seeded(HAR)
    visitor = Visitor(learner, f"{rng.getrandbits(104):026x}", str(rng.getrandbits(31)), str(rng.getrandbits(31)))
    profile = PROFILE.format(host=HOST, user=learner.moodle_id, email=learner.email)
    urls = [
        PAGES[0],
        LOGIN,
        ANALYTICS.format(host=HOST),
        TRACKER,
        *rng.choices(PAGES[1:], k=ENTRIES - 6),
        profile,
        profile,
    ]
    moments = [FIRST_REQUEST + timedelta(milliseconds=310 * position) for position in range(ENTRIES)]
    entries = [_entry(rng, url, started, visitor) for url, started in zip(urls, moments, strict=True)]
    log = {"version": "1.2", "creator": {"name": "Firefox", "version": "144.0"}, "pages": [], "entries": entries}
    workspace.path(HAR).write_text(json.dumps({"log": log}, indent=1) + "\n", encoding="utf-8")
    workspace.describe(HAR, HAR_FIELDS)
    workspace.describe(HAR, HAR_COOKIE_FIELDS, "cookies")
    workspace.describe(HAR, CONTACT_FIELDS, "contacts")
    for record in (ENTRIES - 1, ENTRIES):
        workspace.hide(Place(HAR, "", "request.url"), record, "email")


def _entry(rng: Random, url: str, started: datetime, visitor: Visitor) -> dict[str, object]:
    own = url.startswith(f"https://{HOST}/")
    return {
        "startedDateTime": f"{started:%Y-%m-%dT%H:%M:%S}.{started.microsecond // 1000:03d}Z",
        "time": rng.randrange(12, 420),
        "request": _request(rng, url, visitor, own=own),
        "response": _response(rng, url, visitor),
        "cache": {},
        "timings": {"send": 0, "wait": 10, "receive": 2},
        "serverIPAddress": f"{DOCUMENTATION_NETWORKS[0]}.10"
        if own
        else f"{DOCUMENTATION_NETWORKS[1]}.{rng.randint(20, 24)}",
    }


def _request(rng: Random, url: str, visitor: Visitor, *, own: bool) -> dict[str, object]:
    headers = [_pair("Host", url.split("/")[2]), _pair("User-Agent", USER_AGENTS[2])]
    headers += [_pair("Referer", LOGIN)] if chance(rng, REFERRED_SHARE) else []
    headers += [_pair("Cookie", f"MoodleSession={visitor.session}")] if own and url != PAGES[0] else []
    request: dict[str, object] = {
        "method": "POST" if url == LOGIN else "GET", "url": url, "httpVersion": "HTTP/2", "headers": headers,
        "queryString": [], "cookies": [], "headersSize": -1, "bodySize": -1,
    }  # fmt: skip
    return request | ({"postData": _login_form(visitor.learner)} if url == LOGIN else {})


def _response(rng: Random, url: str, visitor: Visitor) -> dict[str, object]:
    set_cookies = [_pair("Set-Cookie", cookie) for cookie in _set_cookies(url, visitor)]
    return {
        "status": rng.choices([200, 304, 303], weights=[85, 10, 5])[0], "statusText": "", "httpVersion": "HTTP/2",
        "cookies": [], "headers": [_pair("Content-Type", "text/html; charset=utf-8"), *set_cookies],
        "content": {"size": 0, "mimeType": "text/html"}, "redirectURL": "", "headersSize": -1, "bodySize": -1,
    }  # fmt: skip


def _pair(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def _set_cookies(url: str, visitor: Visitor) -> tuple[str, ...]:
    """Give the Set-Cookie headers with which a URL answers."""
    session = f"MoodleSession={visitor.session}; path=/; secure; HttpOnly; SameSite=Lax"
    return {
        PAGES[0]: (session, "cookieconsent=open; Max-Age=15552000; path=/; secure; SameSite=Lax"),
        LOGIN: (session, f"MOODLEID1_={visitor.learner.username}; Max-Age=5184000; path=/; secure; HttpOnly"),
        ANALYTICS.format(host=HOST): (
            f"_ga=GA1.1.{visitor.analytics}.1761934000; Max-Age=63072000; Domain=.google-analytics.com; {THIRD_PARTY}",
        ),
        TRACKER: (
            f"_fbp=fb.1.1761934000123.{visitor.advertising}; Max-Age=7776000; Domain=.facebook.net; {THIRD_PARTY}",
        ),
    }.get(url, ())


def _login_form(learner: Person) -> dict[str, object]:
    fields = [
        _pair("username", learner.username),
        _pair("password", "Regenjas2031!"),
        _pair("logintoken", "0f1e2d3c4b5a"),
    ]
    text = "&".join(f"{field['name']}={field['value']}" for field in fields)
    return {"mimeType": "application/x-www-form-urlencoded", "params": fields, "text": text}


def write_cookies(workspace: Workspace, learner: Person) -> None:
    """Write a Netscape cookies.txt."""
    rng = seeded(COOKIES)
    in_two_years = int(datetime(2028, 10, 30, tzinfo=UTC).timestamp())
    lines = [
        _cookie_line(f"#HttpOnly_{HOST}", 0, "MoodleSession", f"{rng.getrandbits(104):026x}"),
        _cookie_line(f"#HttpOnly_{HOST}", in_two_years, "MOODLEID1_", learner.username),
        _cookie_line(HOST, in_two_years - 40_000_000, "cookieconsent", "all"),
        _cookie_line(f".{COMPANY_DOMAIN}", in_two_years, "_ga", f"GA1.1.{rng.getrandbits(31)}.1761934000"),
        _cookie_line(f".{COMPANY_DOMAIN}", in_two_years, "_ga_EXAMPLE", f"GS2.1.s{rng.getrandbits(31)}$o1"),
        _cookie_line(
            f".{COMPANY_DOMAIN}", in_two_years - 55_000_000, "_fbp", f"fb.1.1761934000123.{rng.getrandbits(31)}"
        ),
        _cookie_line(".linkedin.com", in_two_years - 30_000_000, "bcookie", f'"v=2&{rng.getrandbits(64):016x}"'),
        _cookie_line(
            f"www.{COMPANY_DOMAIN}", in_two_years - 62_000_000, "wordpress_test_cookie", "WP%20Cookie%20check"
        ),
    ]
    workspace.path(COOKIES).write_text("\n".join(["# Netscape HTTP Cookie File", "", *lines]) + "\n", encoding="utf-8")
    workspace.describe(COOKIES, COOKIE_FIELDS)


def _cookie_line(domain: str, expires: int, name: str, value: str) -> str:
    subdomains = "TRUE" if domain.startswith(".") else "FALSE"
    return "\t".join([domain, subdomains, "/", "TRUE", str(expires), name, value])
