"""Sentences that name one person each, by origin: whether a name is found that no list and no training sentence holds.

The half of the names that `is_held` picks is hidden: from the lists, from the spelling that the tagger looks at, and
from what it was trained on. A name of that half which a training sentence holds all the same is left out.
"""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import yaml

from benchmarks.fairness import KINDS, ORIGINS, Pool, pools, wilson
from benchmarks.make_name_lists import folded
from benchmarks.make_spelling import HALF, is_held
from benchmarks.person_corpora import Marked, lowered
from benchmarks.person_scores import Finder, scored
from igmap.inventory.people.names import particles
from igmap.inventory.people.tagger import Tagger, kinds, model

FOLDER = Path(__file__).parent
COUNT = 600  # names of each group, at least 500
FEWEST = 40  # names of a role; below it a group says little
SLOT = "{name}"


@dataclass(frozen=True, slots=True)
class Found:
    """How many names of a group were found.

    Attributes:
        count: names looked for, each in a sentence of its own.
        exact: those of which exactly the name was found.
        whole: those of which every letter was found, with or without words beside it.
        lower_cased: those found exactly where the sentence has no capitals.
    """

    count: int
    exact: int
    whole: int
    lower_cased: int

    @property
    def bound(self) -> float:
        """Lower end of the 95 % interval of the share found exactly."""
        return wilson(self.exact, self.count)


@cache
def carriers() -> dict[str, list[str]]:
    """Sentences with a place for a name, by the form of the name that they ask for."""
    read: dict[str, list[str]] = yaml.safe_load((FOLDER / "person_carriers.yaml").read_text("utf-8"))
    return read


@cache
def trained_on() -> frozenset[str]:
    """The words of every person that is marked in a text the tagger is trained on."""
    found = set()
    for path in sorted((FOLDER / "persons").glob("*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = (line.rstrip("\n").split("\t") for line in lines)
            found |= {folded(row[0].lower()) for row in rows if len(row) > 1 and row[1].endswith("PER")}
    return frozenset(found)


def unseen(names: Iterable[str], seen: frozenset[str]) -> tuple[str, ...]:
    """Names of which no part is in a list once the held half is hidden, nor in `seen`."""
    return tuple(name for name in names if (words := parts(name)) and all(is_held(w) and w not in seen for w in words))


def listed(names: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """Names of which every part is in a list."""
    return tuple(name for name in names if (words := parts(name)) and known.issuperset(words))


def parts(name: str) -> list[str]:
    """The words of a name without particles, as lists hold them."""
    words = folded(name.lower()).replace("-", " ").split()
    return [word for word in words if word not in particles()]


def sentences(group: str, pool: Pool, count: int = COUNT) -> Iterator[Marked]:
    """Sentences that name somebody of a group, always the same.

    Args:
        group: only to draw other names and sentences for each.
        pool: names that are drawn from.
        count: how many.
    """
    lines = [(kind, line) for kind, some in carriers().items() for line in some]
    for number in range(count):
        chance = Random(f"{group} {number}")
        kind, line = lines[number % len(lines)]
        name = KINDS[kind](pool, chance)
        before, _, after = line.partition(SLOT)
        yield Marked(before + name + after, ((len(before), len(before) + len(name)),))


def by_group(find: Finder, *, hidden: bool) -> dict[str, Found]:
    """What is found of each group that has names enough.

    Args:
        find: texts in, spans out.
        hidden: names in no list and no training sentence; else names in the lists.
    """
    held, known = pools(), kinds.lists()
    kept, words = (unseen, trained_on()) if hidden else (listed, known.given | known.family)
    found = {}
    for group, origin in ORIGINS.items():
        every = held[origin]
        pool = Pool(kept(every.given, words), kept(every.family, words), every.particles)
        if min(len(pool.given), len(pool.family)) >= FEWEST:
            found[group] = _found(list(sentences(group, pool)), find)
    return found


def _found(texts: list[Marked], find: Finder) -> Found:
    exact = scored(texts, find).total[2]
    whole = sum(
        any(begin <= start and stop <= end for begin, end in spans)
        for text, spans in zip(texts, find([one.text for one in texts]), strict=True)
        for start, stop in text.persons
    )
    return Found(len(texts), exact, whole, scored([lowered(one) for one in texts], find).total[2])


def tagger_of(by: Tagger) -> Finder:
    """A tagger as a finder."""
    return lambda texts: [[(one.start, one.end) for one in some] for some in by.persons(texts)]


def without_half() -> Finder:
    """The tagger with the weights it has, where half of all names are in no list and in no spelling that was learnt."""
    known = kinds.lists()
    shorter: Mapping[str, frozenset[str]] = {
        field.name: frozenset(name for name in held if not any(map(is_held, parts(name))))
        for field in fields(known)
        if isinstance(held := getattr(known, field.name), frozenset)
    }
    with np.load(HALF) as table:
        learnt = (table["steps"], float(table["step"]))
    return tagger_of(Tagger(replace(known, spelling=learnt, **shorter), model.learnt()))
