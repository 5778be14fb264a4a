"""The words of an HTML page redacted where they stand; its tags stay, what acts or comments goes."""

import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

from igmap.redaction.swaps import Swap, applied
from igmap.sources.mail.message import LONGEST_HTML

Swaps = Callable[[str], Sequence[Swap]]
BREAKS = frozenset(
    {"br", "p", "div", "tr", "li", "td", "th", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote"}
)
OF_LOOKS = re.compile(
    r"style|class|width|height|align|valign|bgcolor|border|cell(?:padding|spacing)|color|face|size|rel|type|target"
    r"|lang|dir|charset|xmlns.*|colspan|rowspan|http-equiv|role",
    re.IGNORECASE,
)
SCHEME = re.compile(r"\s*(?:mailto|tel|sms|callto|sip):", re.IGNORECASE)
INSIDE = re.compile(r"\s*cid:", re.IGNORECASE)  # a part of the same message
LOADED = re.compile(r"url\([^)]*\)|@import[^;]*;?", re.IGNORECASE)


class _Page(HTMLParser):
    """A page as pieces in order: words as a reader sees them, or a tag as it was written."""

    def __init__(self, swaps: Swaps, identifier: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[bool, str]] = []  # whether it is words; the piece
        self._swaps, self._identifier = swaps, identifier
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in {"script", "style"} else ""
        self.pieces.append((False, self._tag(tag, attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append((False, self._tag(tag, attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        self.pieces.append((False, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.pieces.append((False, LOADED.sub("", data)))
        elif not self._inside:
            self.pieces.append((True, data))

    def handle_decl(self, decl: str) -> None:
        self.pieces.append((False, f"<!{decl}>" if decl.lower().startswith("doctype") else ""))

    def _tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        """The tag as it was written, unless an attribute of it mentions somebody."""
        told = [(name, value, self._attribute(name, value)) for name, value in attrs if not name.startswith("on")]
        if len(told) == len(attrs) and all(value == new for _, value, new in told):
            return self.get_starttag_text() or f"<{tag}>"
        written = "".join(f" {name}" if new is None else f' {name}="{escape(new)}"' for name, _, new in told)
        return f"<{tag}{written}>"

    def _attribute(self, name: str, value: str | None) -> str | None:
        if not value or OF_LOOKS.fullmatch(name):
            return value
        if inside := INSIDE.match(value):
            return inside[0] + self._identifier(unquote(value[inside.end() :])).strip("<>")
        scheme, plain = split[0] if (split := SCHEME.match(value)) else "", unquote(value)
        swaps = self._swaps(plain[len(scheme) :])
        return scheme + applied(plain[len(scheme) :], swaps) if swaps else value


def redacted_html(html: str, swaps: Swaps, identifier: Callable[[str], str] = str) -> str | None:
    """The page with what is mentioned in its words and attributes replaced; None where its markup cannot be followed.

    A name that tags run through is one name. Scripts, comments and what loads when the page is seen are left out.

    Args:
        html: the page.
        swaps: what is to be replaced in a text.
        identifier: what stands for the identifier of another part, which the page shows.

    Example:
        >>> redacted_html("<p>Dag <b>Jan</b>!</p>", lambda text: [Swap(5, 8, "name", "[PERSOON-1]")])
        '<p>Dag <b>[PERSOON-1]</b>!</p>'
    """
    page = _Page(swaps, identifier)
    if len(html) > LONGEST_HTML:
        return None
    try:
        page.feed(html)
        page.close()
    except AssertionError:  # markup that the parser does not expect
        return None
    return "".join(_put_back(page.pieces, swaps))


def _put_back(pieces: Sequence[tuple[bool, str]], swaps: Swaps) -> Sequence[str]:
    """The pieces with the words redacted, which are read as one text with a line end where a block begins."""
    seen = [piece if is_words else _break(piece) for is_words, piece in pieces]
    found = swaps("".join(seen))
    out, place = list[str](), 0
    for (is_words, piece), visible in zip(pieces, seen, strict=True):
        out.append(escape(_within(piece, place, found), quote=False) if is_words else piece)
        place += len(visible)
    return out


def _break(tag: str) -> str:
    name = re.match(r"</?([a-zA-Z0-9]+)", tag)
    return "\n" if name and name[1].lower() in BREAKS else ""


def _within(piece: str, begin: int, swaps: Sequence[Swap]) -> str:
    """The words that begin at a place, what is replaced standing where it begins."""
    inside = [
        Swap(
            max(one.start - begin, 0),
            min(one.end - begin, len(piece)),
            one.kind,
            one.new if one.start >= begin else "",
        )
        for one in swaps
        if one.start < begin + len(piece) and one.end > begin
    ]
    return applied(piece, inside)
