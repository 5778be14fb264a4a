"""A small grammar: lines with slots are expanded to pieces of text, each of a kind or of none.

`{rule}` becomes any line of a rule, `{full@a}` the name of the person a of this document, `{ rule?}` half the time
nothing, `#` a digit and `^` a capital letter. `{rule@a}` makes a the first person that the rule's line names; addresses
and accounts are those of the person named last. A rule listed under `marks` becomes one piece of that kind whatever
stands inside; the kind `none` says that a name inside is none of a person.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from benchmarks.business_persons import NAMES, OTHERS, Invented, Pools, invent
from benchmarks.make_spelling import is_held
from igmap.vocabulary import load_table

FOLDER = Path(__file__).parent / "persons"
BETWEEN = "\n==\n"
MEASURING = ("held_out", "fresh", "notes")  # how the files that only measure begin
SLOT = re.compile(r"\{(?P<before> ?)(?P<name>\w+)(?:@(?P<who>\w))?(?P<maybe>\?)?(?P<after> ?)\}")
BLANK = re.compile(r"[#^]")
SENTENCE = 3  # spaces in what is more than a name or a number
LETTERS = "BDFGHJKLNPRTVXZ"
BANKS = ("ABNA", "INGB", "RABO", "TRIO", "SNSB", "BUNQ", "ASNB", "KNAB")
ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2)


class Piece(NamedTuple):
    """A stretch of text: its kind, empty if it is of none, and the origin of the person it names."""

    text: str
    kind: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Documents by their sort, rules by name, the kinds of rules that are one piece, and what slots name a person."""

    documents: dict[str, tuple[str, ...]]
    rules: dict[str, tuple[str, ...]]
    marks: dict[str, str]
    naming: frozenset[str]


@cache
def grammar(*files: str) -> Grammar:
    """The grammar in these files of `benchmarks/persons`; what comes later adds to what came before."""
    documents: dict[str, tuple[str, ...]] = {}
    rules: dict[str, tuple[str, ...]] = {}
    marks: dict[str, str] = {}
    for name in files:
        read = yaml.safe_load((FOLDER / name).read_text("utf-8"))
        documents |= {
            sort: tuple(texts.strip("\n").split(BETWEEN)) for sort, texts in read.get("documents", {}).items()
        }
        rules |= {rule: tuple(filter(None, lines.split("\n"))) for rule, lines in read["rules"].items()}
        marks |= read.get("marks", {})
    rules["place"] = _places(held=any(name.startswith(MEASURING) for name in files))
    return Grammar(documents, rules, marks, _naming(rules, marks))


def _places(*, held: bool) -> tuple[str, ...]:
    """The listed Dutch and Belgian places of one half."""
    return tuple(
        row["place"] for row in load_table("igmap.inventory.people", "places.tsv") if is_held(row["place"]) == held
    )


def _naming(rules: Mapping[str, Iterable[str]], marks: Container[str]) -> frozenset[str]:
    """Slots that can name a person: the forms of a name, and rules with such a slot in a line."""
    inside = {
        rule: {slot["name"] for line in lines for slot in SLOT.finditer(line)}
        for rule, lines in rules.items()
        if rule not in marks
    }
    found, size = {*NAMES, *OTHERS}, 0
    while len(found) > size:
        size = len(found)
        found |= {rule for rule, slots in inside.items() if slots & found}
    return frozenset(found)


@dataclass(slots=True)
class Expansion:
    """One document in the making: it remembers who a, b and c are, who was named last and what was told."""

    grammar: Grammar
    pools: Pools
    chance: Random
    persons: dict[str, Invented] = field(default_factory=dict)
    last: Invented | None = None
    told: set[str] = field(default_factory=set)

    def pieces(self, text: str, whose: str = "") -> Iterator[Piece]:
        """The pieces of a line or document; the first person in it is the one asked for."""
        position = 0
        for slot in SLOT.finditer(text):
            yield self._filled(text[position : slot.start()])
            position = slot.end()
            if slot["maybe"] and self.chance.random() < 0.5:  # noqa: PLR2004 - half the time
                continue
            yield Piece(slot["before"])
            yield from self._slot(slot["name"], slot["who"] or whose)
            yield Piece(slot["after"])
            whose = "" if slot["name"] in self.grammar.naming else whose
        yield self._filled(text[position:])

    def _filled(self, text: str) -> Piece:
        written = BLANK.sub(lambda one: self.chance.choice("123456789" if one[0] == "#" else LETTERS), text)
        return Piece(written.replace("\\n", "\n"))

    def _slot(self, name: str, whose: str) -> Iterator[Piece]:
        if name in NAMES:
            who = self._person(whose)
            written, apostrophe, ending = NAMES[name](who, self.chance).partition("'s ")
            yield Piece(written, "name", who.origin)
            yield Piece((apostrophe + ending).strip())
        elif name in OTHERS:
            kind, form = OTHERS[name]
            who = self._person(whose) if whose or name == "mention" or not self.last else self.last
            yield Piece(form(who, self.chance), kind)
        elif name in NUMBERS:
            yield Piece(NUMBERS[name](self.chance), name)
        else:
            yield from self._rule(name, whose)

    def _rule(self, name: str, whose: str) -> Iterator[Piece]:
        line, kind, named = self._line(name), self.grammar.marks.get(name), self.last
        if kind is None:
            yield from self.pieces(line, whose)
        else:
            yield _whole(self.pieces(line), kind)
            self.last = named

    def _line(self, rule: str) -> str:
        """A line of a rule; a sentence that the document holds already is drawn again, twice at most."""
        for _ in range(3):
            line = self.chance.choice(self.grammar.rules[rule])
            if line not in self.told:
                break
        if line.count(" ") >= SENTENCE:
            self.told.add(line)
        return line

    def _person(self, whose: str) -> Invented:
        self.last = self.persons.get(whose) or invent(self.pools, self.chance)
        if whose:
            self.persons[whose] = self.last
        return self.last


def _whole(pieces: Iterable[Piece], kind: str) -> Piece:
    """Pieces as one; a name is of the origin of the first name in it (`Fatima van Engeland`)."""
    held = list(pieces)
    origin = next((piece.origin for piece in held if piece.origin), "") if kind == "name" else ""
    return Piece("".join(piece.text for piece in held), "" if kind == "none" else kind, origin)


def _bsn(chance: Random) -> str:
    while True:
        first = [chance.randint(1, 9), *(chance.randint(0, 9) for _ in range(7))]
        last = sum(weight * digit for weight, digit in zip(ELEVEN, first, strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - one digit
            digits = "".join(map(str, (*first, last)))
            points = f"{digits[:4]}.{digits[4:6]}.{digits[6:]}"
            return chance.choice((digits, digits, points, points.replace(".", " "), points.replace(".", "-")))


def _iban(chance: Random) -> str:
    account = f"{chance.choice(BANKS)}0{chance.randint(100_000_000, 999_999_999)}"
    digits = "".join(str(int(one, 36)) for one in f"{account}NL00")
    written = f"NL{98 - int(digits) % 97:02}{account}"
    spaced = " ".join(written[at : at + 4] for at in range(0, len(written), 4))
    return chance.choice((written, spaced))


NUMBERS: dict[str, Callable[[Random], str]] = {"bsn": _bsn, "bank_account": _iban}


def _each(change: Callable[[str], str], kinds_kept: frozenset[str]) -> Callable[[list[Piece], Random], list[Piece]]:
    """Letters changed one by one, so that every text stays as long as it was."""

    def changed(pieces: list[Piece], _: Random) -> list[Piece]:
        return [one if one.kind in kinds_kept else one._replace(text=_by_letter(change, one.text)) for one in pieces]

    return changed


def _by_letter(change: Callable[[str], str], text: str) -> str:
    return "".join(new if len(new := change(letter)) == 1 else letter for letter in text)


def _unaccented(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter)[0]


def _unpunctuated(pieces: list[Piece], chance: Random) -> list[Piece]:
    lowered = STYLES["lower"](pieces, chance)
    return [one if one.kind else one._replace(text=re.sub(r"[.,!?](?=\s|$)|:(?=\s)", "", one.text)) for one in lowered]


def _typos(pieces: list[Piece], chance: Random) -> list[Piece]:
    """One long word in eight has two letters swapped, a letter lost or one doubled."""

    def slip(word: re.Match[str]) -> str:
        at = chance.randrange(1, len(word[0]) - 2)
        left, one, two, right = word[0][:at], word[0][at], word[0][at + 1], word[0][at + 2 :]
        wrong = chance.choice((two + one, one, one + one + two))
        return f"{left}{wrong}{right}" if chance.random() < 1 / 8 else word[0]

    return [one if one.kind else one._replace(text=re.sub(r"[a-zë]{5,}", slip, one.text)) for one in pieces]


STYLES: dict[str, Callable[[list[Piece], Random], list[Piece]]] = {
    "as written": lambda pieces, _: pieces,
    "lower": _each(str.lower, frozenset({"bank_account", "licence_plate", "postcode"})),
    "upper": _each(str.upper, frozenset({"email", "username"})),
    "unaccented": _each(_unaccented, frozenset()),
    "unpunctuated": _unpunctuated,
    "typos": _typos,
}
SHARES = {"as written": 70, "lower": 8, "upper": 3, "unaccented": 5, "unpunctuated": 6, "typos": 8}
