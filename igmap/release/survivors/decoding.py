"""What stands in a text under another writing: percent-encoded, as HTML, JSON or base64."""

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

import polars as pl

ENCODED = r"%[0-9A-Fa-f]{2}|&#?\w{2,8};|\\u[0-9A-Fa-f]{4}|[A-Za-z0-9+/_-]{12,}"
HIDDEN_IN = re.compile(r"[A-Za-z0-9+/_-]{12,}")
ESCAPE = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")
PLAIN = re.compile(r"[0-9a-f-]+|[0-9A-F-]+|[a-z_-]+|[A-Z_-]+|[A-Z][a-z]+")  # a hash, a word


def decoded(texts: pl.Series) -> pl.DataFrame:
    """What texts hold under another writing: `place` of the text, and the `text` in it; nothing where all is plain."""
    likely = texts.str.contains(ENCODED).fill_null(value=False).arg_true()
    found = [(place, text) for place, whole in zip(likely, texts[likely], strict=True) for text in readings(whole)]
    return pl.DataFrame(found, schema={"place": pl.UInt32, "text": pl.String}, orient="row")


def readings(text: str) -> Iterator[str]:
    """Other readings of a text."""
    plain = (unquote(text), html.unescape(text), ESCAPE.sub(_unescaped, text))
    yield from (one for one in dict.fromkeys(plain) if one != text)
    for part in HIDDEN_IN.findall(text):
        if not PLAIN.fullmatch(part) and (read := _from_base64(part)):
            yield read


def _unescaped(match: re.Match[str]) -> str:
    told: str = json.loads(f'"{match[0]}"')
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _from_base64(text: str) -> str:
    """The text that base64 stands for, if it stands for one; cut off parts are read as far as they go."""
    standard = text.translate(str.maketrans("-_", "+/"))
    try:
        read = base64.b64decode(standard[: len(standard) // 4 * 4] + _rest(standard)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return read if read.isprintable() else ""


def _rest(text: str) -> str:
    """The last, incomplete group, filled up."""
    rest = text[len(text) // 4 * 4 :]
    return rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""
