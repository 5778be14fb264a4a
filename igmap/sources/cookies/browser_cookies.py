"""Cookie tables in the databases of browsers, told as every other list of cookies. Values never leave the file."""

from collections.abc import Iterator, Sequence

from igmap.sources.cookies.cookie_jar import NAMES as TOLD
from igmap.sources.cookies.cookie_jar import withheld
from igmap.sources.nested.flatten import cell_text

NAMES = [*TOLD, "same_site", "lifetime"]
SINCE_1601 = 11_644_473_600  # seconds from the year in which Chromium begins to the year in which Unix does
LAST_SECONDS = 100_000_000_000  # Firefox 142 and later count milliseconds; as seconds that is the year 5138
LONGEST = 20 * 366 * 86_400  # seconds; a cookie that seems to stay longer was set by a clock that was wrong
CHROMIUM = {"host_key", "name", "value", "path", "expires_utc"}
FIREFOX = {"host", "name", "value", "path", "expiry", "issecure", "ishttponly"}
PLACES = {
    "host": ("host_key", "host"),
    "name": ("name",),
    "path": ("path",),
    "expires": ("expires_utc", "expiry"),
    "secure": ("is_secure", "secure", "issecure"),
    "http_only": ("is_httponly", "httponly", "ishttponly"),
    "value": ("value",),
    "encrypted": ("encrypted_value",),
    "stays": ("is_persistent", "persistent"),
    "same_site": ("samesite",),
    "begun": ("creation_utc", "creationtime"),
}
SAME_SITE = {"Chromium": {0: "None", 1: "Lax", 2: "Strict"}, "Firefox": {1: "Lax", 2: "Strict"}}


def browser_of(columns: Sequence[str]) -> str:
    """Whose table of cookies has these columns: Chromium's (Chrome, Edge, Opera …), Firefox's, or nobody's ("")."""
    held = {column.lower() for column in columns}
    return "Chromium" if held >= CHROMIUM else "Firefox" if held >= FIREFOX else ""


def cookie_rows(columns: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[tuple[str | None, ...]]:
    """The rows of such a table under the field names of `NAMES`."""
    at = {column.lower(): position for position, column in enumerate(columns)}
    places = {field: next((at[name] for name in names if name in at), None) for field, names in PLACES.items()}
    browser = "Chromium" if "host_key" in at else "Firefox"
    for row in rows:
        told = {field: None if place is None else row[place] for field, place in places.items()}
        yield _row(told, browser)


def _row(told: dict[str, object], browser: str) -> tuple[str | None, ...]:
    ends = "0" if told["stays"] == 0 else _unix_seconds(told["expires"], browser)
    secure, http_only = (
        None if (flag := told[key]) is None else cell_text(bool(flag)) for key in ("secure", "http_only")
    )
    value, encrypted, same_site = told["value"], told["encrypted"], told["same_site"]
    return (
        *(cell_text(told[key]) for key in ("host", "name", "path")),
        ends,
        secure,
        http_only,
        withheld(cell_text(value) or "") or (cell_text(encrypted) if encrypted else ""),
        SAME_SITE[browser].get(same_site, "") if isinstance(same_site, int) else "",
        _lasts(told["begun"], ends, browser),
    )


def _lasts(begun: object, ends: str | None, browser: str) -> str:
    """How long the cookie was set to stay, where the browser kept when it was set; both count microseconds there."""
    if not isinstance(begun, int) or begun <= 0 or not (ends or "").isdigit() or ends == "0":
        return ""
    seconds = int(ends or 0) - (begun // 1_000_000 - (SINCE_1601 if browser == "Chromium" else 0))
    return f"PT{seconds}S" if 0 < seconds <= LONGEST else ""


def _unix_seconds(moment: object, browser: str) -> str | None:
    """When a cookie ends as in cookies.txt: Unix seconds, 0 with the session."""
    if not isinstance(moment, int) or moment <= 0:
        return "0" if moment == 0 else cell_text(moment)
    if browser == "Chromium":
        return str(max(moment // 1_000_000 - SINCE_1601, 0))
    return str(moment // 1000 if moment > LAST_SECONDS else moment)
