"""Texts with marked persons to train the tagger on: read, about others, about somebody who was not named, rewritten.

Sources and licences: `benchmarks/persons/NOTICE.md`.
"""

import gzip
import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.business_text import Document
from benchmarks.drawn_names import Names
from igmap.inventory.people.names import folded, name_set
from igmap.inventory.people.tagger.document import WORD
from igmap.inventory.people.tagger.kinds import closed

FOLDER = Path(__file__).parent / "persons"
TIGHT = frozenset(",.;:!?)%") | {"'s"}  # no space stands before them
GLUED = 0.8  # share of sentences written so
MEASURED = 5_000  # sentences of Common Voice that are never trained on
WAYS = {"": 60, "lower": 20, "bare": 11, "upper": 6, "unmarked": 3}  # per hundred texts, a copy written otherwise
PAGES, LINES, HEADED = 0.08, (2, 9), 0.3  # of texts those that begin a page, its texts, those with a line above
BESIDE = 0.4  # of a brother or a teacher: the name stands behind them, not in their place
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/"
TAGS = ("td", "div", "span", "table", "p", "br", "img", "a", "tr", "li", "FONT", "META")
SOMEBODY = re.compile(
    r"(?<![\w'])(?:(?:Hij|Ze|Zij|hij) (?=(?:is|was|heeft|had|kan|kon|wil|wilde|zal|zou|moet|moest|gaat|ging|komt|kwam|"
    r"werd|wordt|mag|ziet|zag|gaf|nam|doet|deed|vond|zei|liep|\w{2,}[^en]t)\b)|(?:hem|hij|u|iemand)(?=[ .?!,])|"
    r"(?:mij|haar|jou|ons)(?=[.?!,])|"
    r"(?:(?<= is )|(?<=was )|(?<=had )|(?<=eeft )|(?<=kan )|(?<=kon )|(?<=gaat )|(?<=ging )|(?<=komt )|(?<=kwam )|"
    r"(?<=zou )|(?<=moest )|(?<=wilde ))(?:ze|zij|ik)(?=[ .?!,])|"
    r"Iemand |Wie |Ik (?=(?:kan|wil|zal|mag|moet|had|was|zou|kon|ging|kwam|zag|vond|\w{2,}[td]e)\b)|"
    r"(?:[Mm]ijn|[Zz]ijn|[Hh]aar|[Oo]nze|[Jj]e|[Uu]w|[Dd]e|[Ee]en) (?:beste |nieuwe |oude |jonge )?"
    r"(?:broer|zus|vader|moeder|opa|oma|oom|tante|dokter|arts|leraar|lerares|docent|meester|juf|buurman|buurvrouw|baas|"
    r"collega|vriend|vriendin|man|vrouw|zoon|dochter|neef|nicht|directeur|minister|burgemeester|schrijver|trainer|"
    r"chauffeur|bakker|slager|advocaat|rechter|zanger|zangeres|voorzitter|regisseur|verpleegster|politicus|dief|student|"
    r"kapper|boer|keeper|spits|renner|coach|premier|koning|president|acteur|actrice|getuige|verdachte|man|jongen)"
    r"(?=[ .?!,]))"
)


class Marked(NamedTuple):
    """A text and where persons are named in it, in order, not overlapping."""

    text: str
    persons: list[tuple[int, int]]


def sentences(path: Path, chance: random.Random) -> Iterator[Marked]:
    """Sentences of a file with a token and its label a line, empty lines between sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for block in handle.read().split("\n\n"):
            if rows := [line.split("\t") for line in block.splitlines() if line]:
                yield _joined(rows, glued=chance.random() < GLUED)


def _joined(rows: list[list[str]], *, glued: bool) -> Marked:
    text, persons = "", []
    for token, label in rows:
        tight = glued and (token in TIGHT or text.endswith("("))
        text += token if tight or not text else f" {token}"
        if label.startswith("B"):
            persons.append((len(text) - len(token), len(text)))
        elif label.startswith("I") and persons:
            persons[-1] = (persons[-1][0], len(text))
    return Marked(text, persons)


def common_voice() -> tuple[list[str], list[str]]:
    """Real sentences, most of them without a name: those to train on, and 5,000 that are never trained on."""
    with gzip.open(FOLDER / "commonvoice-nl-sentences.txt.gz", "rt", encoding="utf-8") as handle:
        lines = list(dict.fromkeys(line.strip() for line in handle if line.strip()))
    random.Random(20).shuffle(lines)
    return lines[MEASURED:], lines[:MEASURED]


def is_nameless(line: str) -> bool:
    """Whether no word of a sentence is a given name and no word besides."""
    return not any(word[0].isupper() and folded(word) in _given() for word in WORD.findall(line))


@cache
def _given() -> frozenset[str]:
    return name_set("given", words=False) - closed().keys()


def business(one: Document) -> Marked:
    """A business text with its persons marked, those mentioned by their user name (`@jan`) among them."""
    return Marked(one.text, [mark[:2] for mark in one.marks if mark[2] == "name" or one.text[mark[0]] == "@"])


def replaced(marked: Marked, names: Names) -> Marked:
    """The same text about others."""
    text, last = "", 0
    persons: list[tuple[int, int]] = []
    for start, end in marked.persons:
        text += marked.text[last:start]
        name = names.person()
        if not text.strip():
            name = name[0].upper() + name[1:]
        persons.append((len(text), len(text) + len(name)))
        text, last = text + name, end
    return Marked(text + marked.text[last:], persons)


def about_somebody(marked: Marked, names: Names) -> Marked | None:
    """A real sentence about him, a brother or a teacher, now about somebody named; None if it is about nobody."""
    free = [
        (match.start(), match.end() - match[0].endswith(" "))
        for match in SOMEBODY.finditer(marked.text)
        if not any(start < match.end() and match.start() < end for start, end in marked.persons)
    ]
    if not free:
        return None
    start, end = names.chance.choice(free)
    text, persons = marked.text, marked.persons
    if " " in text[start:end] and names.chance.random() < BESIDE:
        text, persons = f"{text[:end]} {text[end:]}", [(a + (a >= end), b + (a >= end)) for a, b in persons]
        start = end = end + 1
    return replaced(Marked(text, sorted([*persons, (start, end)])), names)


def noise(chance: random.Random) -> Marked:
    """What names nobody: base64, hexadecimal numbers, markup, values between semicolons, addresses on the web."""

    def drawn(size: int, *, of: str = LETTERS) -> str:
        return "".join(chance.choices(of, k=size))

    kinds: tuple[Callable[[], str], ...] = (
        lambda: "\n".join(drawn(76) for _ in range(chance.randint(1, 6))),
        lambda: " ".join(drawn(chance.choice((8, 16, 32)), of="0123456789ABCDEF") for _ in range(8)),
        lambda: "".join(f"<{chance.choice(TAGS)} class={drawn(8, of=LETTERS[:52])}>" for _ in range(9)) + "&nbsp;",
        lambda: ";".join(drawn(chance.randint(2, 14), of=LETTERS[:62]) for _ in range(12)),
        lambda: "https://www.example.nl/" + "/".join(drawn(6, of=LETTERS[:26]) for _ in range(4)),
    )
    return Marked(chance.choice(kinds)(), [])


def ordinary_words(texts: Iterable[str]) -> list[str]:
    """The longer words of texts that stand there in small letters."""
    found = {word for text in texts for word in re.findall(r"\b[a-zë]{4,}\b", text)}
    return sorted(found - name_set("given") - name_set("family"))


def pages(texts: list[Marked], words: list[str], chance: random.Random) -> Iterator[Marked]:
    """The same texts, some of them one below the other, with lines between them that are one ordinary word."""
    texts = chance.sample(texts, len(texts))
    while texts:
        count = chance.randint(*LINES) if chance.random() < PAGES else 1
        some, texts = texts[-count:], texts[:-count]
        yield _below(some, words, chance) if count > 1 else some[0]


def _below(texts: list[Marked], words: list[str], chance: random.Random) -> Marked:
    text, persons = "", []
    for marked in texts:
        if chance.random() < HEADED:
            text += chance.choice(words).capitalize() + chance.choice(("", "", ":", "!", " #", " 12")) + "\n"
        persons += [(start + len(text), end + len(text)) for start, end in marked.persons]
        text += marked.text + "\n"
    return Marked(text, persons)


def copies(texts: Iterable[Marked], chance: random.Random) -> Iterator[Marked]:
    """Texts as they are, and of a third a copy in small letters or capitals, or without marks."""
    for marked in texts:
        yield marked
        if way := chance.choices(list(WAYS), list(WAYS.values()))[0]:
            yield rewritten(marked, way)


def rewritten(marked: Marked, way: str) -> Marked:
    """The same text otherwise.

    Args:
        marked: the text; all places in it stay.
        way: `lower` or `upper`, `unmarked` for no punctuation but in names, `bare` for none and small letters.
    """
    text = marked.text
    if way in {"unmarked", "bare"}:
        inside = {at for start, end in marked.persons for at in range(start, end)}
        text = "".join(" " if one in ",.;:!?" and at not in inside else one for at, one in enumerate(text))
    change = {"lower": str.lower, "bare": str.lower, "upper": str.upper}.get(way, str)
    return Marked("".join(new if len(new := change(one)) == 1 else one for one in text), marked.persons)
