"""Files that are lists of cookies and of nothing else: cookies.txt, dumps in JSON, Safari's own."""

from collections.abc import Iterator
from pathlib import Path

from igmap.sources.cookies import cookie_jar, safari_cookies, storage_dump
from igmap.sources.reading import Reading
from igmap.sources.text.encodings import decoder_of


def read(path: Path) -> Iterator[Reading]:
    """The cookies, told in one way whatever program wrote them."""
    with path.open("rb") as file:
        start = file.read(len(safari_cookies.SIGNATURE))
    if start == safari_cookies.SIGNATURE:
        return safari_cookies.read(path)
    first = next(
        (line.strip("\ufeff \t\r\n")[:1] for line in decoder_of(path).lines() if line.strip("\ufeff \t\r\n")), ""
    )
    return storage_dump.read(path) if first in {"[", "{"} else cookie_jar.read(path)
