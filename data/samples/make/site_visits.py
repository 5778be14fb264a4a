"""What the public site keeps on and reads from a device: two visits around consent, one sanitised, and two stores.

The site embeds a video, loads fonts and measuring scripts from elsewhere before anybody consented, and passes an
e-mail address on. Hosts of third parties are real ones, since only those are in lists of cookies; nothing is theirs.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from make.browser import CONTACT_FIELDS, HAR_COOKIE_FIELDS, HAR_FIELDS, HOST
from make.chance import seeded
from make.numbers import DOCUMENTATION_NETWORKS
from make.people import COMPANY_DOMAIN, Person
from make.workspace import Place, Workspace

BEFORE, AFTER = "web/site_voor_toestemming.har", "web/site_na_toestemming.har"
SANITISED = "web/site_contact_standaard.har"
PROFILE, STORAGE = "web/chrome_profiel.sqlite", "web/opslag_leren.json"
SITE = f"www.{COMPANY_DOMAIN}"
HOME, SIGNED_UP = f"https://{SITE}/", f"https://{SITE}/inschrijven/bevestigd"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
BEGUN = datetime(2026, 10, 30, 9, 12, 5, tzinfo=UTC)
SECURED = "path=/; secure; HttpOnly; SameSite=Lax"
ELSEWHERE = "path=/; secure; HttpOnly; SameSite=None"
SINCE_1601 = 11_644_473_600
STORAGE_FIELDS = dict.fromkeys(
    ("kind", "host", "name", "path", "expires", "secure", "http_only", "same_site"), "none"
) | {"value": "device_id"}
PROFILE_FIELDS = dict.fromkeys(
    ("host", "name", "path", "expires", "secure", "http_only", "same_site", "lifetime"), "none"
) | {"value": "device_id"}
CHROME_TABLE = """CREATE TABLE cookies(creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL,
top_frame_site_key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, encrypted_value BLOB NOT NULL,
path TEXT NOT NULL, expires_utc INTEGER NOT NULL, is_secure INTEGER NOT NULL, is_httponly INTEGER NOT NULL,
last_access_utc INTEGER NOT NULL, has_expires INTEGER NOT NULL, is_persistent INTEGER NOT NULL,
priority INTEGER NOT NULL, samesite INTEGER NOT NULL, source_scheme INTEGER NOT NULL, source_port INTEGER NOT NULL,
last_update_utc INTEGER NOT NULL, source_type INTEGER NOT NULL, has_cross_site_ancestor INTEGER NOT NULL)"""
HOME_PAGE = """<!doctype html><html lang="nl"><title>IG Learning</title>
<a href="/aanbod/">Aanbod</a> <a href="https://leren.iglearning.example/">Inloggen</a>
<a href="https://www.rijksoverheid.nl/onderwerpen/bhv">Wat is BHV?</a>
<a href="https://www.linkedin.com/company/voorbeeld">LinkedIn</a>
<iframe src="https://www.youtube.com/embed/voorbeeld"></iframe></html>"""
SIGNED_UP_PAGE = """<!doctype html><html lang="nl"><title>Ingeschreven</title>
<a href="https://evaluatie.example.org/start?email={email}">Geef uw mening</a></html>"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: where to, as what, from which page, and what came with it and back."""

    url: str
    kind: str
    page: str = HOME
    sent: str = ""
    set_cookies: tuple[str, ...] = ()
    body: str = ""


def write_site_visits(workspace: Workspace, learner: Person) -> None:
    """Write the captures and stores of the public site and of the learning environment."""
    rng = seeded(BEFORE)
    session, client, advertising = f"{rng.getrandbits(104):026x}", str(rng.getrandbits(31)), str(rng.getrandbits(31))
    sent = f"PHPSESSID={session}; _ga=GA1.1.{client}.1761815525"
    before = _home(session, client)
    signed_up = f"{SIGNED_UP}?email={learner.email}"
    after = [*before, *_signed_up(signed_up, f"{sent}; _fbp=fb.1.1761815530123.{advertising}", advertising, learner)]
    _write_har(workspace, BEFORE, before)
    _write_har(workspace, AFTER, after)
    _write_har(workspace, SANITISED, _contact())
    for record, one in enumerate(after, 1):
        referer = "" if one.kind == "document" else one.page
        for field, text in (("request.url", one.url), ("request.headers.Referer", referer)):
            if learner.email in text:
                workspace.hide(Place(AFTER, "", field), record, "email")
    _write_profile(workspace)
    _write_storage(workspace)


def _home(session: str, client: str) -> list[Asked]:
    """The home page as it is before anybody chose: analytics, fonts and a video are loaded at once."""
    own = f"PHPSESSID={session}"
    measured = "v=2&tid=G-EXAMPLE&ul=nl-nl&sr=1920x1080&dl=https%3A%2F%2Fwww.iglearning.example%2F"
    return [
        Asked(HOME, "document", body=HOME_PAGE, set_cookies=(
            f"PHPSESSID={session}; path=/", "cookieconsent_status=; Max-Age=63072000; path=/; secure; SameSite=Lax",
            "igl_variant_7f3=b; Max-Age=2592000; path=/; secure", "chk=1; Max-Age=86400; path=/; secure",
        )),
        Asked(f"https://{SITE}/thema/stijl.css", "stylesheet", sent=own),
        Asked("https://fonts.googleapis.com/css2?family=Inter", "stylesheet"),
        Asked("https://fonts.gstatic.com/s/inter/v13/inter.woff2", "font"),
        Asked("https://www.googletagmanager.com/gtag/js?id=G-EXAMPLE", "script"),
        Asked(f"https://www.google-analytics.com/g/collect?{measured}&cid={client}.1761815525", "ping"),
        Asked("https://www.youtube.com/embed/voorbeeld", "iframe", set_cookies=(
            f"YSC=voorbeeld; Domain=.youtube.com; {ELSEWHERE}",
            f"VISITOR_INFO1_LIVE=voorbeeld; Max-Age=15552000; Domain=.youtube.com; {ELSEWHERE}",
        )),
        Asked("https://i.ytimg.com/vi/voorbeeld/hqdefault.jpg", "image"),
        Asked(f"https://{SITE}/api/weergave?viewport=1280x720&timezone=Europe/Amsterdam", "fetch",
              sent=f"{own}; _ga=GA1.1.{client}.1761815525"),
    ]  # fmt: skip


def _signed_up(page: str, sent: str, advertising: str, learner: Person) -> list[Asked]:
    """A page after consent, whose address tells who signed up."""
    tracker = f"fb.1.1761815530123.{advertising}"
    return [
        Asked(page, "document", page, sent, body=SIGNED_UP_PAGE.format(email=learner.email)),
        Asked("https://connect.facebook.net/nl_NL/fbevents.js", "script", page, set_cookies=(
            f"_fbp={tracker}; Max-Age=7776000; Domain=.facebook.net; {ELSEWHERE}",
        )),
        Asked("https://player.vimeo.com/video/76979871", "iframe", page, set_cookies=(
            f"vuid=pl1.voorbeeld; Max-Age=63072000; Domain=.vimeo.com; {ELSEWHERE}",
        )),
        Asked("https://www.linkedin.com/company/voorbeeld", "document", page, set_cookies=(
            f"bcookie=voorbeeld; Max-Age=31536000; Domain=.linkedin.com; {ELSEWHERE}",
        )),
    ]  # fmt: skip


def _contact() -> list[Asked]:
    """A page with a map, as Chrome saves it when it is not asked for sensitive data."""
    page = f"https://{SITE}/contact/"
    body = '<html lang="nl"><a href="https://www.openstreetmap.org/">Kaart</a></html>'
    return [
        Asked(page, "document", page, body=body),
        Asked(f"https://{SITE}/thema/stijl.css", "stylesheet", page),
        Asked("https://maps.googleapis.com/maps/api/js", "script", page),
    ]


def _write_har(workspace: Workspace, file: str, asked: Sequence[Asked]) -> None:
    entries = [_entry(one, BEGUN + timedelta(milliseconds=270 * i)) for i, one in enumerate(asked)]
    creator = {"name": "WebInspector", "version": "537.36"}
    log = {"version": "1.2", "creator": creator, "pages": [], "entries": entries}
    workspace.path(file).write_text(json.dumps({"log": log}, indent=1) + "\n", encoding="utf-8")
    workspace.describe(file, HAR_FIELDS)
    workspace.describe(file, HAR_COOKIE_FIELDS, "cookies")
    workspace.describe(file, CONTACT_FIELDS, "contacts")


def _entry(asked: Asked, moment: datetime) -> dict[str, object]:
    host = asked.url.split("/")[2]
    destination = {"stylesheet": "style", "ping": "empty", "fetch": "empty"}.get(asked.kind, asked.kind)
    told = [(":authority", host), ("sec-fetch-dest", destination), ("user-agent", AGENT)]
    told += [("referer", asked.page)] if asked.kind != "document" else []
    told += [("cookie", asked.sent)] if asked.sent else []
    content = {"size": len(asked.body), "mimeType": "text/html" if asked.body else ""}
    return {
        "_resourceType": "document" if asked.kind == "iframe" else asked.kind,
        "startedDateTime": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z",
        "time": 30,
        "request": {"method": "GET", "url": asked.url, "httpVersion": "http/2.0", "headers": _headers(told),
                    "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0},
        "response": {"status": 200, "statusText": "", "httpVersion": "http/2.0",
                     "headers": _headers([("set-cookie", cookie) for cookie in asked.set_cookies]), "cookies": [],
                     "content": content | ({"text": asked.body} if asked.body else {}), "redirectURL": "",
                     "headersSize": -1, "bodySize": -1},
        "cache": {}, "timings": {"send": 0, "wait": 25, "receive": 5},
        "serverIPAddress": f"{DOCUMENTATION_NETWORKS[0 if host.endswith(COMPANY_DOMAIN) else 1]}.10",
    }  # fmt: skip


def _headers(told: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in told]


def _write_profile(workspace: Workspace) -> None:
    """Write the store of cookies of a Chrome that was used for more than our sites."""
    begun = int(BEGUN.timestamp()) + SINCE_1601
    rows = [  # host, name, days, secure, HttpOnly, SameSite (-1 not said, 1 Lax)
        (HOST, "MoodleSession", 0, 1, 0, -1),
        (HOST, "MOODLEID1_", 60, 1, 1, -1),
        (f".{COMPANY_DOMAIN}", "_pk_id.3.1f4a", 393, 1, 0, 1),
        (HOST, "kop_a1", 30, 1, 0, 1),
        (SITE, "cookieconsent_status", 400, 1, 0, 1),
        (".doubleclick.net", "IDE", 390, 1, 1, 0),
        (".google.com", "NID", 180, 1, 1, 0),
    ]
    path = workspace.path(PROFILE)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute(CHROME_TABLE)
        for i, (host, name, days, secure, http_only, same_site) in enumerate(rows):
            created = (begun + i) * 1_000_000
            ends = created + days * 86_400_000_000 if days else 0
            stays = int(days > 0)
            values = (created, host, "", name, "", b"v10voorbeeld", "/", ends, secure, http_only, created, stays,
                      stays, 1, same_site, 2, 443, created, 1, 0)  # fmt: skip
            database.execute(f"INSERT INTO cookies VALUES ({', '.join('?' * len(values))})", values)
        database.commit()
    workspace.describe(PROFILE, PROFILE_FIELDS, "cookies")


def _write_storage(workspace: Workspace) -> None:
    """Write what a test program saved of the learning environment: cookies and localStorage."""
    rng = seeded(STORAGE)
    cookie = {"name": "MoodleSession", "value": f"{rng.getrandbits(104):026x}", "domain": HOST, "path": "/",
              "expires": -1, "httpOnly": True, "secure": True, "sameSite": "Lax"}  # fmt: skip
    kept = [
        {"name": "ajs_anonymous_id", "value": f"{rng.getrandbits(64):016x}"},
        {"name": "_uetsid", "value": f"{rng.getrandbits(64):016x}"},
        {"name": "kop_open", "value": "1"},
    ]
    content = {"cookies": [cookie], "origins": [{"origin": f"https://{HOST}", "localStorage": kept}]}
    workspace.path(STORAGE).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    workspace.describe(STORAGE, STORAGE_FIELDS)
