"""The links of a page: addresses a visitor may go to, which the page itself does not load."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

WEB = {"http", "https"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.below = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs).get("href")
        if told and tag in {"a", "area"}:
            self.found.append(told)
        elif told and tag == "base":
            self.below = self.below or told


def links(body: str, address: str) -> list[str]:
    """The web addresses that a page links to.

    Args:
        body: of the page, as HTML; "" gives none.
        address: of the page, against which links are read.

    Example:
        >>> links('<a href="//x.nl/a">x</a> <a href="mailto:j@x.nl">j</a> <a href="b">b</a>', "https://y.nl/c/")
        ['https://x.nl/a', 'https://y.nl/c/b']
    """
    if not body:
        return []
    parser = _Links()
    parser.feed(body)
    parser.close()
    joined = (_joined(_joined(address, parser.below), link) for link in parser.found)
    return [link for link in joined if link and urlsplit(link).scheme in WEB]


def _joined(address: str, link: str) -> str:
    try:
        joined = urljoin(address, link.strip())
        urlsplit(joined)
    except ValueError:
        return ""
    return joined
