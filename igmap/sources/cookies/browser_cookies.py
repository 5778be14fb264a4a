"""Cookie tables in the databases of browsers, told as every other list of cookies. Values never leave the file."""

from collections.abc import Iterator, Sequence

from igmap.sources.cookies.cookie_jar import withheld
from igmap.sources.nested.flatten import cell_text

SINCE_1601 = 11_644_473_600  # seconds from the year in which Chromium begins to the year in which Unix does
LAST_SECONDS = 100_000_000_000  # Firefox 142 and later count milliseconds; as seconds that is the year 5138
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
}


def browser_of(columns: Sequence[str]) -> str:
    """Whose table of cookies has these columns: Chromium's (Chrome, Edge, Opera …), Firefox's, or nobody's ("")."""
    held = {column.lower() for column in columns}
    return "Chromium" if held >= CHROMIUM else "Firefox" if held >= FIREFOX else ""


def cookie_rows(columns: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[tuple[str | None, ...]]:
    """The rows of such a table under the field names of `cookie_jar.NAMES`."""
    at = {column.lower(): position for position, column in enumerate(columns)}
    places = [next((at[name] for name in names if name in at), None) for names in PLACES.values()]
    for row in rows:
        host, name, path, expires, secure, http_only, value, encrypted, stays = (
            None if place is None else row[place] for place in places
        )
        yield (
            *map(cell_text, (host, name, path)),
            "0" if stays == 0 else _unix_seconds(expires, chromium="host_key" in at),
            *(None if flag is None else cell_text(bool(flag)) for flag in (secure, http_only)),
            withheld(cell_text(value) or "") or (cell_text(encrypted) if encrypted else ""),
        )


def _unix_seconds(moment: object, *, chromium: bool) -> str | None:
    """When a cookie ends as in cookies.txt: Unix seconds, 0 with the session."""
    if not isinstance(moment, int) or moment <= 0:
        return "0" if moment == 0 else cell_text(moment)
    if chromium:
        return str(max(moment // 1_000_000 - SINCE_1601, 0))
    return str(moment // 1000 if moment > LAST_SECONDS else moment)
