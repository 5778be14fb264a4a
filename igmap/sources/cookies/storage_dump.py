"""What a browser keeps for sites, as programs dump it in JSON: cookies, localStorage, sessionStorage. No values.

Read are Playwright's storage state, the lists of cookies that browser extensions and test programs save, and objects
of key → value as `JSON.stringify(localStorage)` gives them, alone, by kind, or by origin.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from igmap.errors import SourceError
from igmap.sources.cookies.cookie_jar import withheld
from igmap.sources.nested.flatten import cell_text, distinct_keys
from igmap.sources.nested.members import count_members
from igmap.sources.reading import Quarantine, Reading, stream_rows
from igmap.sources.text.encodings import decoder_of
from igmap.vocabulary.hosts import host_of

NAMES = ["kind", "host", "name", "path", "expires", "secure", "http_only", "same_site", "value"]
KINDS = {"localstorage": "local storage", "sessionstorage": "session storage"}
CALLED = re.compile(r"(local|session)[-_ .]?(?:storage|opslag)", re.IGNORECASE)
STATE = re.compile(r'\s*\{\s*"(?:cookies|origins)"\s*:\s*\[')
STORES = re.compile(r'"(?:localStorage|sessionStorage)"\s*:')
BY_KIND = re.compile(r'\s*\{[^{}\[\]]*"(?:localStorage|sessionStorage)"\s*:\s*[\[{]')
FLAGS = re.compile(r'"(?:httpOnly|hostOnly|sameSite)"\s*:')
DEEPEST = 4
SAME_SITE = {"lax": "Lax", "strict": "Strict", "none": "None", "no_restriction": "None"}
Row = tuple[str | None, ...]
UNSOUND = "is not a sound dump of cookies or storage; save it again"


@dataclass(frozen=True, slots=True)
class _Held:
    """A container of a dump: where it stands, what it keeps, for whom."""

    place: tuple[int, ...]
    kind: str
    origin: str
    members: Any


def is_dump(text: str, name: str) -> bool:
    """Whether JSON that begins so, in a file of that name, is such a dump."""
    first = text[: text.find("}") + 1]
    is_list = first.lstrip().startswith("[") and all(f'"{key}"' in first for key in ("domain", "name", "value"))
    named = CALLED.search(name) is not None and text.lstrip().startswith("{")
    return bool(
        named
        or (STATE.match(text) and (FLAGS.search(text) or STORES.search(text)))
        or BY_KIND.match(text)
        or (is_list and FLAGS.search(first))
    )


def read(path: Path) -> Iterator[Reading]:
    """What is kept, one record each. Counted as members of the lists and objects that hold it, in the text."""
    text, quarantine = decoder_of(path).text(), Quarantine()
    try:
        content = json.loads(
            text.removeprefix("\ufeff"), parse_float=str, parse_int=str, object_pairs_hook=distinct_keys
        )
    except (ValueError, RecursionError):
        raise SourceError(UNSOUND) from None
    held = list(_containers(content, _kind_of(path.name)))
    counts = count_members(text.removeprefix("\ufeff"), deepest=DEEPEST)
    rows = list(_rows(held, quarantine))
    counted = sum(counts[one.place] for one in held)
    yield Reading("", NAMES, stream_rows(rows, len(NAMES)), counted, quarantine, "JSON, a dump of a browser")


def _kind_of(name: str) -> str:
    called = CALLED.search(name)
    return f"{called[1].lower()} storage" if called else "local storage"


def _containers(content: Any, kind: str) -> Iterator[_Held]:
    if isinstance(content, list):
        yield _Held((), "cookie", "", content)
        return
    if not isinstance(content, dict):
        raise SourceError(UNSOUND)
    lists = [(i, key, value) for i, (key, value) in enumerate(content.items()) if isinstance(value, list | dict)]
    told = [*_of_state(lists, str(content.get("origin") or content.get("url") or ""))]
    by_origin = [(i, key, value) for i, key, value in lists if "://" in key and isinstance(value, dict)]
    if told:
        yield from told
    elif by_origin and len(by_origin) == len(content):
        for i, key, value in by_origin:
            inner = [(j, name, members) for j, (name, members) in enumerate(value.items()) if name.lower() in KINDS]
            yield from _by_kind(inner, key, (i,)) if inner else [_Held((i,), kind, key, value)]
    else:
        yield _Held((), kind, "", content)


def _of_state(lists: list[tuple[int, str, Any]], origin: str) -> Iterator[_Held]:
    for i, key, value in lists:
        if key == "cookies" and isinstance(value, list):
            yield _Held((i,), "cookie", "", value)
        elif key == "origins" and isinstance(value, list):
            for j, one in enumerate(value):
                members = one.items() if isinstance(one, dict) else ()
                told = str(one.get("origin", "")) if isinstance(one, dict) else ""
                yield from _by_kind([(k, name, inner) for k, (name, inner) in enumerate(members)], told, (i, j))
        else:
            yield from _by_kind([(i, key, value)], origin, ())


def _by_kind(lists: list[tuple[int, str, Any]], origin: str, place: tuple[int, ...]) -> Iterator[_Held]:
    for i, key, value in lists:
        if key.lower() in KINDS and isinstance(value, list | dict):
            yield _Held((*place, i), KINDS[key.lower()], origin, value)


def _rows(held: list[_Held], quarantine: Quarantine) -> Iterator[Row]:
    number = 0
    for one in held:
        is_keyed = isinstance(one.members, dict)
        for member in one.members.items() if is_keyed else one.members:
            number += 1
            told = {"name": member[0], "value": member[1]} if is_keyed else member
            if isinstance(told, dict) and isinstance(told.get("name", told.get("key")), str):
                yield _cookie(told) if one.kind == "cookie" else _item(told, one)
            else:
                quarantine.add(number, f"({len(json.dumps(member))} characters)", "not a cookie or a stored item")


def _item(told: dict[str, Any], held: _Held) -> Row:
    name = str(told.get("name", told.get("key")))
    return (held.kind, host_of(held.origin), name, "", "", "", "", "", _size(told.get("value")))


def _cookie(told: dict[str, Any]) -> Row:
    ends = str(told.get("expires", told.get("expirationDate", told.get("expiry"))) or "0")
    same_site = SAME_SITE.get(str(told.get("sameSite") or "").lower(), "")
    flags = (cell_text(flag) if isinstance(flag := told.get(key), bool) else "" for key in ("secure", "httpOnly"))
    host = str(told.get("domain") or told.get("host") or host_of(str(told.get("url") or "")))
    whole = re.match(r"\d{1,15}(?![\de])", ends)
    told_end = whole[0] if whole else "0" if ends.startswith("-") else ends
    name, path = told.get("name", told.get("key")), cell_text(told.get("path"))
    return ("cookie", host, name, path, told_end, *flags, same_site, _size(told.get("value")))


def _size(value: Any) -> str:
    with suppress(RecursionError):
        return withheld(value if isinstance(value, str) else "" if value is None else json.dumps(value))
    return ""
