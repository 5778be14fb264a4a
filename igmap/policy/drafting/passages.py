"""The sentences of a policy, each with its section, the headings above it and the words that introduce its list."""

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from igmap.policy.drafting.phrases import language

LONGEST_TITLE, MOST_WORDS = 70, 9
LONGEST_MARKED = 120
INTRO = "intro"
TOP = 2  # the level of titles that have no mark of their own, and of those with one #
SEPARATOR = re.compile(r"\|?[\s|:-]+\|?")
MARKED = re.compile(r"(#{1,6})\s*(.+?)\s*#*")
BOLD = re.compile(r"(\*\*|__)(?P<text>(?:(?!\1).)+?)\1[.:]?")
RUN_IN = re.compile(r"(\*\*|__)(?P<title>(?:(?!\1).){2,60}?)[.:]?\1[.:]?\s+(?P<rest>\S.*)")
NUMBERED = re.compile(
    r"(?P<word>(?:artikel|article|section|paragraaf|hoofdstuk|§)\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<end>[.:)]*)\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
ITEM = re.compile(r"(?:[-*+•●▪◦–·]|(?P<marker>\(?[a-z]\)))\s+(?P<rest>.+)")
INLINE = re.compile(r"(?<!\w)\(([a-h])\)\s+")
END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-ZÀ-ÖØ-Þ0-9•])")
MARKUP = (
    (r"!?\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"\*\*|__|`", ""),
    (r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", ""),
    (r"\\([\W_])", r"\1"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, item or row.

    Args:
        section: number or title of the section, `intro` before the first.
        headings: titles above it, the outermost first, without the title of the whole.
        lead: what introduces the list or table it stands in.
        text: as it stands there; the cells of a row with ellipses between them.
        is_heading: whether it is a title itself.
    """

    section: str
    headings: tuple[str, ...]
    lead: str
    text: str
    is_heading: bool = False


@dataclass(slots=True)
class _Place:
    """Where the reading has come to."""

    section: str = INTRO
    titles: list[tuple[int, str]] = field(default_factory=list)
    lead: str = ""
    table: str = ""
    titled: bool = False

    def enter(self, level: int, title: str, section: str) -> None:
        while self.titles and self.titles[-1][0] >= level:
            self.titles.pop()
        self.titles.append((level, title))
        self.section, self.lead, self.table = section, "", ""

    def passage(self, text: str, marker: str = "", *, is_heading: bool = False) -> Passage:
        lead = self.table or self.lead
        return Passage(self.section + marker, tuple(title for _, title in self.titles), lead, text, is_heading)


def passages(lines: Iterable[str]) -> list[Passage]:
    """The passages of a document, in its order.

    Args:
        lines: as `document.lines_of` gives them.
    """
    place = _Place()
    found: list[Passage] = []
    blocks = list(_blocks(lines))
    for number, block in enumerate(blocks):
        found += _read(block, place, blocks[number + 1] if number + 1 < len(blocks) else "")
    return found


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs, items, rows and titles, each on one line."""
    held = ""
    for raw in lines:
        line = raw.strip().removeprefix(">").lstrip()
        starts = bool(ITEM.match(line) or MARKED.fullmatch(line) or line.startswith("|"))
        if (not line or starts or held.startswith("|") or MARKED.fullmatch(held)) and held:
            yield held
            held = ""
        if held and NUMBERED.match(line) and (held.endswith((".", ";", ":")) or NUMBERED.match(held)):
            yield held
            held = ""
        held = f"{held} {line}".strip()
    if held:
        yield held


def _read(block: str, place: _Place, following: str) -> Iterator[Passage]:
    if block.startswith("|"):
        yield from _row(block, place, following)
        return
    place.table = ""
    title = _title(block, place, following)
    if title:
        yield from _entered(*title, place)
        return
    item = ITEM.fullmatch(block)
    if item is None:
        place.lead = ""
        block = yield from _after_run_in(block, place)
    marker = f"({item['marker'].strip('()')})" if item and item["marker"] else ""
    for sentence in sentences(plain(item["rest"] if item else block)):
        yield from _enumerated(sentence, marker, place)


def _row(block: str, place: _Place, following: str) -> Iterator[Passage]:
    """A row of a table; the first row introduces the others."""
    if SEPARATOR.fullmatch(block):
        return
    text = " … ".join(filter(None, (plain(cell) for cell in block.strip("|").split("|"))))
    if text and not place.table and following.startswith("|"):
        place.table = text
    elif text:
        yield place.passage(text)


def _title(block: str, place: _Place, following: str) -> tuple[int, str, str] | None:
    """Level, words and section of a heading; None when it is none."""
    marked, bold = MARKED.fullmatch(block), BOLD.fullmatch(re.sub(r"^\d[\d.]*[.)]?\s+(?=\*\*|__)", "", block))
    text = plain(marked[2] if marked else block).rstrip(":" if marked or bold else "")
    numbered = NUMBERED.fullmatch(text)
    level = len(marked[1]) + 1 if marked else TOP
    shown = bool(marked or (bold and len(text) <= LONGEST_MARKED and not text.endswith(".")))
    if not shown and (ITEM.match(block) or not _looks_a_title(text, place, following, numbered=bool(numbered))):
        return None
    if numbered:
        return level + numbered["number"].count("."), numbered["rest"], numbered["number"]
    return level, text, text[:LONGEST_TITLE]


def _looks_a_title(text: str, place: _Place, following: str, *, numbered: bool) -> bool:
    words = text.split()
    short = len(text) <= LONGEST_TITLE and len(words) <= MOST_WORDS and not text.endswith((".", ",", ";", ":"))
    if not following or not (short or text.endswith("?")) or len(text) > LONGEST_MARKED:
        return False
    if numbered or text.endswith("?") or (text.isupper() and len(text) > 3):  # noqa: PLR2004 - no abbreviation alone
        return True
    alone = not place.lead and len(following) > len(text)
    return alone and text[:1].isupper() and not re.search(r"\d|@", text)


def _entered(level: int, text: str, section: str, place: _Place) -> Iterator[Passage]:
    """Goes into a section; the first title of all is that of the document, unless it asks, counts or is a lower one."""
    own = level <= TOP and not text.endswith("?") and not section[:1].isdigit()
    if own and not place.titled and not place.titles:
        place.titled = True
        yield Passage(INTRO, (), "", text, is_heading=True)
        return
    place.titled = True
    place.enter(level, text, section)
    yield place.passage(text, is_heading=True)


def _after_run_in(block: str, place: _Place) -> Generator[Passage, None, str]:
    """What stands behind a number or title in the same line; goes into that section."""
    place.titled = True
    numbered, bold = NUMBERED.fullmatch(block), RUN_IN.fullmatch(block)
    if bold:
        place.enter(8, plain(bold["title"]), place.section)
        yield place.passage(plain(bold["title"]), is_heading=True)
        return bold["rest"]
    if not numbered or not (numbered["word"] or numbered["end"] or "." in numbered["number"]):
        return block
    if place.titles and "." not in numbered["number"] and not numbered["word"]:  # an item of a list
        return numbered["rest"]
    first, *others = sentences(plain(numbered["rest"]))
    titled = bool(others) and len(first.split()) <= MOST_WORDS
    place.enter(
        max(TOP + numbered["number"].count("."), _depth(place, numbered["number"])),
        first if titled else "",
        numbered["number"],
    )
    if titled:
        yield place.passage(first, is_heading=True)
    return " ".join(others) if titled else numbered["rest"]


def _depth(place: _Place, number: str) -> int:
    """The level under the title that a number is part of, whatever marks that title."""
    inside = place.section.startswith(number.rpartition(".")[0] or number) and place.titles
    return place.titles[-1][0] + (place.section.count(".") < number.count(".")) if inside else 0


def _enumerated(sentence: str, marker: str, place: _Place) -> Iterator[Passage]:
    """A sentence, or what it enumerates with (a), (b) …, each introduced by what stands before (a)."""
    parts = INLINE.split(sentence)
    if len(parts) < 5 or parts[1] != "a":  # noqa: PLR2004 - two at least
        yield place.passage(sentence, marker)
    else:
        yield place.passage(parts[0].strip(), marker)
        before, place.lead = place.lead, f"{place.lead} {parts[0]}".strip()
        for letter, text in zip(parts[1::2], parts[2::2], strict=True):
            yield place.passage(text.strip(), f"{marker}({letter})")
        place.lead = before
    if sentence.endswith(":"):
        place.lead = sentence


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; abbreviations and initials end none."""
    found, start = [], 0
    for end in END.finditer(text):
        last = text[start : end.start() + 1].split()[-1:]
        if not last or not (last[0].lstrip("(").lower() in _abbreviations() or re.fullmatch(r"\(?[A-Za-z]\.", last[0])):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [*found, *filter(None, [text[start:].strip()])]


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word.lower() for word in language()["abbreviations"])


def plain(text: str) -> str:
    """The text without the marks of Markdown, on one line."""
    for mark, instead in MARKUP:
        text = re.sub(mark, instead, text)
    return " ".join(text.split())
