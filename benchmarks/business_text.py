"""Invented Dutch and English business text with exact marks: one part to train on, a strictly different one to measure.

`PYTHONPATH=. python benchmarks/business_text.py --show 20 [--held-out] [--seed N]` prints documents with their marks,
`--stats` counts per kind and origin. Templates lie in `benchmarks/persons/*.yaml`; `notations.yaml` (numbers and
dates) serves both parts, all else only one. The marks of a name hold no title, greeting or closing point.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from benchmarks.business_grammar import SHARES, STYLES, Expansion, Grammar, Piece, grammar
from benchmarks.business_persons import Pools, name_pools

Mark = tuple[int, int, str]
TRAINING = ("notations.yaml", "training_templates.yaml", "training_words.yaml", "training_layouts.yaml")
SENTENCES = ("training_sentences.yaml",)
HELD_OUT = ("notations.yaml", "held_out_templates.yaml")
FRESH = {half: ("notations.yaml", f"fresh_{half}.yaml") for half in ("open", "sealed")}
ROUNDS = 6  # documents of every fresh template


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is marked in it.

    Attributes:
        text: as a person would have typed it.
        marks: start, end and kind of each, in order, not overlapping.
        origins: for each mark the origin of the person it names; empty if it is no name.
        sort: what document it is: mail, minutes, chat.
        style: how it is typed: `as written`, `lower`, `upper`, `unaccented`, `unpunctuated`, `typos`.
    """

    text: str
    marks: tuple[Mark, ...]
    origins: tuple[str, ...]
    sort: str
    style: str


def training_documents(count: int, seed: int, names: Pools | None = None) -> Iterator[Document]:
    """Documents to train on.

    Args:
        count: how many.
        seed: the same seed gives the same documents.
        names: names by origin; by default those listed names that are not held out.
    """
    return _documents(grammar(*TRAINING), names or _pools(held=False), (count, seed))


def training_sentences(count: int, seed: int, names: Pools | None = None) -> Iterator[Document]:
    """Sentences of news, sport, everyday Dutch and English to train on; asked for as `training_documents` are."""
    return _documents(grammar(*SENTENCES), names or _pools(held=False), (count, seed))


def held_out_documents(count: int, seed: int, names: Pools | None = None) -> Iterator[Document]:
    """Documents to measure on, from other templates, organisations, courses and streets.

    Args:
        count: how many.
        seed: the same seed gives the same documents.
        names: names by origin; by default those of the half that is held out (`is_held`); `name_pools(held=False)`
            for the slice of names that training may have seen.
    """
    return _documents(grammar(*HELD_OUT), names or _pools(held=True), (count, seed))


def fresh_documents(half: str, rounds: int = ROUNDS, names: Pools | None = None) -> Iterator[Document]:
    """Documents of templates that nobody had seen before 27 November 2026, every template as often as another.

    A sort that begins with the name of a style is always typed so: `lower chat`.

    Args:
        half: `open`, whose misses may be read, or `sealed`, which is only counted.
        rounds: how many of each template; the sort of a document says which template it is of.
        names: as of `held_out_documents`.
    """
    rules, names = grammar(*FRESH[half]), names or _pools(held=True)
    for sort, texts in rules.documents.items():
        for (at, text), turn in product(enumerate(texts, 1), range(rounds)):
            yield _expanded(rules, names, (f"{sort} {at}", text), Random(f"{half} {sort} {at} {turn}"))


@cache
def _pools(*, held: bool) -> Pools:
    return name_pools(held=held)


def _documents(rules: Grammar, names: Pools, drawn: tuple[int, int]) -> Iterator[Document]:
    count, seed = drawn
    templates = [(sort, text) for sort, texts in rules.documents.items() for text in texts]
    for number in range(count):
        chance = Random(f"{seed} {number}")
        yield _expanded(rules, names, chance.choice(templates), chance)


def _expanded(rules: Grammar, names: Pools, template: tuple[str, str], chance: Random) -> Document:
    """One document of a template, given with its sort."""
    sort, text = template
    style = chance.choices(list(SHARES), list(SHARES.values()))[0]
    style = next((one for one in STYLES if sort.startswith(f"{one} ")), style)
    pieces = list(Expansion(rules, names, chance).pieces(text))
    return document(STYLES[style](pieces, chance), sort, style)


def document(pieces: list[Piece], sort: str, style: str) -> Document:
    """Pieces put together; a point behind an initial closes the sentence too."""
    marks: list[Mark] = []
    origins, text = [], ""
    for piece in pieces:
        added = (
            piece.text[1:] if marks and marks[-1][1] == len(text) and text[-1] == piece.text[:1] == "." else piece.text
        )
        if piece.kind:
            marks.append((len(text), len(text) + len(added), piece.kind))
            origins.append(piece.origin)
        text += added
    return Document(text, tuple(marks), tuple(origins), sort, style)


def shown(one: Document) -> str:
    """The text with its marks between brackets."""
    parts, position = [f"--- {one.sort}, {one.style}\n"], 0
    for start, end, kind in one.marks:
        parts += [one.text[position:start], "⟦", one.text[start:end], "" if kind == "name" else f"|{kind}", "⟧"]
        position = end
    return "".join((*parts, one.text[position:]))


def counted(documents: list[Document]) -> Mapping[str, Counter[str]]:
    """How often each kind, origin, sort and style occurs."""
    return {
        "kinds": Counter(kind for one in documents for _, _, kind in one.marks),
        "origins of names": Counter(origin for one in documents for origin in one.origins if origin),
        "sorts": Counter(one.sort for one in documents),
        "styles": Counter(one.style for one in documents),
        "words": Counter(all=sum(len(one.text.split()) for one in documents)),
    }


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Invented business text with marks.")
    parser.add_argument("--show", type=int, default=0, help="print that many documents")
    parser.add_argument("--stats", action="store_true", help="print counts of 5,000 documents")
    parser.add_argument("--held-out", action="store_true", help="the part to measure on")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    drawn = held_out_documents if given.held_out else training_documents
    for one in drawn(given.show, given.seed):
        sys.stdout.write(f"{shown(one)}\n")
    if given.stats:
        for title, counts in counted(list(drawn(5000, given.seed))).items():
            sys.stdout.write(f"{title}: {', '.join(f'{name} {n}' for name, n in counts.most_common())}\n")


if __name__ == "__main__":
    main()
