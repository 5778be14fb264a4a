"""Headers, parameters and bodies of requests and responses, as HAR writes them."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LONGEST = 2_000_000  # characters of a body that are looked at
DEEPEST = 3
MOST_FIELDS = 2000
Pair = tuple[str, str]


def header(message: Mapping[str, Any], name: str) -> list[str]:
    """The values of a header; HTTP/2 writes its name in small letters."""
    return [one["value"] for one in message.get("headers") or [] if one["name"].lower() == name.lower()]


def pairs_of(address: str, deepest: int = DEEPEST) -> Iterator[Pair]:
    """The parameters of an address, and those of addresses in them."""
    with suppress(ValueError):
        parts = urlsplit(address)
        for name, value in parse_qsl(parts.query + ("&" + parts.fragment if "=" in parts.fragment else "")):
            yield name, value
            if deepest and "://" in value:
                yield from pairs_of(value, deepest - 1)


def posted(request: Mapping[str, Any]) -> Iterator[Pair]:
    """The fields a request sends in its body: of a form, or of JSON to a few levels."""
    data = request.get("postData")
    if not isinstance(data, dict):
        return
    text = str(data.get("text") or "")[:LONGEST]
    params = data.get("params")
    if isinstance(params, list) and params:
        yield from ((str(one.get("name", "")), str(one.get("value", ""))) for one in params if isinstance(one, dict))
    elif text.lstrip()[:1] in {"{", "["}:
        with suppress(ValueError, RecursionError):
            yield from _fields(json.loads(text), DEEPEST)
    else:
        with suppress(ValueError):
            yield from parse_qsl(text, max_num_fields=MOST_FIELDS)


def _fields(value: Any, deepest: int) -> Iterator[Pair]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        if isinstance(inner, dict | list):
            yield from _fields(inner, deepest - 1) if deepest else ()
        else:
            yield str(key), str(inner)


def body_of(response: Mapping[str, Any]) -> str:
    """The text of a response that is a page; "" when it is none or the capture left it out."""
    content = response.get("content") or {}
    text = content.get("text")
    if not isinstance(text, str) or "html" not in str(content.get("mimeType", "")).lower():
        return ""
    if content.get("encoding") == "base64":
        with suppress(ValueError):
            return base64.b64decode(text[: LONGEST * 2]).decode("utf-8", "replace")
        return ""
    return text[:LONGEST]
