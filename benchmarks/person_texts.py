"""Texts with marked persons to train the tagger on: read, about others, about somebody who was not named, rewritten.

Sources and licences: `benchmarks/persons/NOTICE.md`.
"""

import gzip
import random
import re
from bisect import bisect
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.business_text import Document
from benchmarks.drawn_names import Names
from igmap.inventory.people.names import folded, name_set, words_of
from igmap.inventory.people.tagger.document import WORD
from igmap.inventory.people.tagger.kinds import closed, codes, lists

FOLDER = Path(__file__).parent / "persons"
TIGHT = frozenset(",.;:!?)%") | {"'s"}  # no space stands before them
BEHIND = frozenset(["(", "'s", "’s"])  # what is no part of the person before it, nor is what follows
GLUED = 0.8  # share of sentences written so
MEASURED = 5_000  # sentences of Common Voice that are never trained on
WAYS = {"": 60, "lower": 20, "bare": 11, "upper": 6, "unmarked": 3}  # per hundred texts, a copy written otherwise
PAGES, LINES, HEADED = 0.08, (2, 9), 0.3  # of texts those that begin a page, its texts, those with a line above
SIGNED, LONGEST_HEAD = 0.15, (1, 1, 1, 1, 2, 3)  # of texts on a page those with a name above, words of a line
SHORTENED, SHORT = 0.15, (2, 3, 3, 3, 4, 5)  # of groups those that become letters, and how many letters
BESIDE = 0.4  # of a brother or a teacher: the name stands behind them, not in their place
CAPITALS = "AABBCCDDEEFGHIIJKKLMNNOOPPRRSSTTUVVWXZ"
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


Span = tuple[int, int]
Other = tuple[int, int, str]
GROUP, PLACE, UNKNOWN, DOUBTED = "GRP", "LOC", "?", "??"
KINDS = {"organisation": GROUP, "city": PLACE}  # of the marks in business texts


class Marked(NamedTuple):
    """A text and where it names somebody or something, in order, not overlapping.

    Attributes:
        text: as it is written.
        persons: from which character to which.
        others: what else is marked, as (start, end, kind): `GROUP`, `PLACE`, or `UNKNOWN` for where names of groups and
            places may stand unmarked, `DOUBTED` for a word that may be a name whose mark was forgotten.
    """

    text: str
    persons: list[Span]
    others: Sequence[Other] = ()


def sentences(path: Path, chance: random.Random) -> Iterator[Marked]:
    """Sentences of a file with a token and its label a line, empty lines between sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        blocks = [[line.split("\t") for line in block.splitlines()] for block in handle.read().strip().split("\n\n")]
    small = {token for rows in blocks for token, _ in rows if token.islower()}
    for rows in blocks:
        yield _joined(rows, small, glued=chance.random() < GLUED)


def _joined(rows: list[list[str]], small: Container[str], *, glued: bool) -> Marked:
    text, persons = "", []
    others: list[Other] = []
    for token, label in _trimmed(rows):
        tight = glued and (token in TIGHT or text.endswith("("))
        text += token if tight or not text else f" {token}"
        place = (len(text) - len(token), len(text))
        if label == "B-PER":
            persons.append(place)
        elif label == "I-PER" and persons:
            persons[-1] = (persons[-1][0], len(text))
        elif label == "O" and _is_name_like(token, small):
            others.append((*place, DOUBTED))
        elif label != "O":
            others.append((*place, PLACE if label.endswith(PLACE) else GROUP))
    return Marked(text, persons, others)


def _trimmed(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Rows in which no title, no words in brackets and no `'s` is part of a person."""
    is_first = is_behind = False
    for token, label in rows:
        if not label.endswith("PER"):
            yield token, label
            continue
        is_first, is_behind = is_first or label[0] == "B", (is_behind and label[0] != "B") or token in BEHIND
        if is_behind or (is_first and token.lower().rstrip(".") in words_of("titles")):
            yield token, "O"
        else:
            yield token, "B-PER" if is_first else "I-PER"
            is_first = False


def _is_name_like(token: str, small: Container[str]) -> bool:
    """Whether a word that is not marked looks so much like a name that its mark may have been forgotten."""
    code = codes([token], lists())[0]
    if "w" in code or not token[0].isalpha():
        return False
    return bool(set("GF") & set(code)) or (token[0].isupper() and token.lower() not in small and not code.strip("gf"))


def persons_only(text: str, persons: list[Span], others: Iterable[Other] = ()) -> Marked:
    """A text in which other names may stand unmarked."""
    return Marked(text, persons, [(0, len(text), UNKNOWN), *others])


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
    persons = [mark[:2] for mark in one.marks if mark[2] == "name" or one.text[mark[0]] == "@"]
    others = [(*mark[:2], KINDS[mark[2]]) for mark in one.marks if mark[2] in KINDS]
    return persons_only(one.text, persons, others)


def abbreviated(marked: Marked, chance: random.Random) -> Marked:
    """The same text with some groups called by a few capital letters."""
    groups = [(a, b) for a, b, kind in marked.others if kind == GROUP and chance.random() < SHORTENED]
    text, last = "", 0
    moved: list[Span] = []
    for start, end in groups:
        text += marked.text[last:start]
        letters = "".join(chance.choices(CAPITALS, k=chance.choice(SHORT)))
        moved.append((len(text), len(text) + len(letters)))
        text, last = text + letters, end
    persons = _moved([(*person, "") for person in marked.persons], groups, moved)
    return Marked(text + marked.text[last:], [person[:2] for person in persons], _moved(marked.others, groups, moved))


def replaced(marked: Marked, names: Names) -> Marked:
    """The same text about others."""
    text, last = "", 0
    persons: list[Span] = []
    for start, end in marked.persons:
        text += marked.text[last:start]
        name = names.person()
        if not text.strip():
            name = name[0].upper() + name[1:]
        persons.append((len(text), len(text) + len(name)))
        text, last = text + name, end
    return Marked(text + marked.text[last:], persons, _moved(marked.others, marked.persons, persons))


def _moved(others: Sequence[Other], before: list[Span], after: list[Span]) -> list[Other]:
    """Where other names stand once persons have got new ones."""
    behind = [(old[1], new[1] - old[1]) for old, new in zip(before, after, strict=True)]
    moves = [0, *(move for _, move in behind)]
    ends = [end for end, _ in behind]
    return [(a + moves[bisect(ends, a)], b + moves[bisect(ends, b)], kind) for a, b, kind in others]


def about_somebody(marked: Marked, names: Names) -> Marked | None:
    """A real sentence about him, a brother or a teacher, now about somebody named; None if it is about nobody."""
    free = [
        (match.start(), match.end() - match[0].endswith(" "))
        for match in SOMEBODY.finditer(marked.text)
        if not any(start < match.end() and match.start() < end for start, end in marked.persons)
        and not any(a < match.end() and match.start() < b for a, b, kind in marked.others if kind != UNKNOWN)
    ]
    if not free:
        return None
    start, end = names.chance.choice(free)
    text, persons, others = marked
    if " " in text[start:end] and names.chance.random() < BESIDE:
        text, persons = f"{text[:end]} {text[end:]}", [(a + (a >= end), b + (a >= end)) for a, b in persons]
        others = [(a + (a >= end), b + (b > end), kind) for a, b, kind in others]
        start = end = end + 1
    return replaced(Marked(text, sorted([*persons, (start, end)]), others), names)


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


def alone(names: Names) -> Marked:
    """A name with nothing beside it, as it stands above or below an article."""
    name = names.person()
    name = name[0].upper() + name[1:]
    return Marked(name, [(0, len(name))])


def ordinary_words(texts: Iterable[str]) -> list[str]:
    """The longer words of texts that stand there in small letters."""
    found = {word for text in texts for word in re.findall(r"\b[a-zë]{4,}\b", text)}
    return sorted(found - name_set("given") - name_set("family"))


def pages(texts: list[Marked], words: list[str], names: Names) -> Iterator[Marked]:
    """The same texts, some of them one below the other; lines between them are a few ordinary words, or a name."""
    chance = names.chance
    texts = chance.sample(texts, len(texts))
    while texts:
        count = chance.randint(*LINES) if chance.random() < PAGES else 1
        some, texts = texts[-count:], texts[:-count]
        yield _below([one for text in some for one in _headed(text, words, names)]) if count > 1 else some[0]


def _headed(marked: Marked, words: list[str], names: Names) -> Iterator[Marked]:
    """A text and the lines above it."""
    chance = names.chance
    if chance.random() < HEADED:
        line = " ".join(chance.choices(words, k=chance.choice(LONGEST_HEAD)))
        yield Marked(line[0].upper() + line[1:] + chance.choice(("", "", ":", "!", " #", " 12")), [])
    if chance.random() < SIGNED:
        yield alone(names)
    yield marked


def _below(texts: Iterable[Marked]) -> Marked:
    text, persons = "", []
    others: list[Other] = []
    for marked in texts:
        persons += [(start + len(text), end + len(text)) for start, end in marked.persons]
        others += [(start + len(text), end + len(text), kind) for start, end, kind in marked.others]
        text += marked.text + "\n"
    return Marked(text, persons, others)


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
    return Marked("".join(new if len(new := change(one)) == 1 else one for one in text), *marked[1:])
