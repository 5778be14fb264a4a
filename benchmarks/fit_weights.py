"""Fit what each kind of evidence weighs, so that a confidence of 0.9 is right nine times in ten.

`PYTHONPATH=. python benchmarks/fit_weights.py [--write]` fits and prints; with --write it writes
`igmap/inventory/weights.yaml`. The recipe of the data: tables of 3 to 12 fields and 5 to 300 rows, each
field of a random kind of values (`tests/unseen.py`: 90 kinds, half of them nothing personal), with up to a quarter of
the cells blank or filled with what people write for nothing. A field's name is a phrase of the vocabulary for its
category (half of them, spelled as systems do), none at all, a word that says nothing, a word that says little, or a
word of another category. Some fields are twins: valid numbers or lines of persons under a name that says plainly that
they are an order's or a part's. Others are lists of what looks like names (`fairness_not_names.yaml`). One table in
six is of things: nothing in it is about a person, though names of its fields may sound so (`taal`, `resultaat`).

The model is a conditional logit: a category's score is the sum of weight x strength over its votes, `none` has score
0, `unseen` a score of its own for what nothing speaks for, and the scores are exponents of odds. The weights maximise
the likelihood of the right categories, held to where a person would set them (ANCHORS) as if by a few observations
each, which decides for kinds the recipe has no data of.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import pandas as pd
import yaml

from benchmarks.fit_tables import OWN, category_of, drawn_kinds, drawn_persons, drawn_value
from igmap.inventory.context.neighbours import OF_SOMEBODY
from igmap.inventory.detectors import DETECTORS
from igmap.inventory.discovering import cast_votes
from igmap.inventory.verdict import UNSEEN
from igmap.inventory.votes import Vote, weights
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES, load_yaml
from tests.unseen import LISTS, TODAY, VALUES, Person

TARGET = Path(__file__).parent.parent / "igmap" / "inventory" / "weights.yaml"
TABLES, SEED, STEPS, HELD = 900, 7, 1500, 0.6
IN_FAMILIES = 0.6  # of the tables, fields stand beside each other as systems put them
ANCHORS = {
    "prior": -2.5, UNSEEN: -2.0, "recent_dates": -3.0, "by_chance": 0.0, "profile": 9.0, "kin": 3.0, "own_name": 6.0,
    "against": -4.0,
    "impersonal": -3.0, "inside": 4.0, "header:whole": 4.0, "header:head": 3.4,
    "header:inside": 1.8, "header:weak": 1.2,
    "header:bare": 1.0, "header:doubtful": 1.7, "header:refuted": 0.9, "words": 8.0, "text:plain": 2.0,
    "text:repeated": 1.0, "shape:owned": 8.0, "neighbour:digest": 2.1, "theme:told": 4.2,
    "shape:meal": 4.0, "shape:leave": 4.0, "theme:plainly": 4.2, "theme:values": 4.6,
}  # fmt: skip
OF_DETECTORS = {f"detector:{detector.id}": detector.weight for detector in DETECTORS}
NOTHING = ["onbekend", "n.v.t.", "-", "?", "geen", "unknown", "n/a", "x"]
MEANINGLESS = [
    "veld",
    "kolom",
    "col",
    "data",
    "waarde",
    "extra",
    "kenmerk",
    "info",
    "attr",
    "value",
    "field",
    "x",
    "overig",
]
NAMINGS, NAMING_SHARES = ("right", "no name", "meaningless", "misleading", "weak", "bare"), (66, 14, 10, 2, 4, 4)
BESIDE_SHARE, ABOUT = 0.4, 0.15
MAKING = [
    "op",
    "teller",
    "controle",
    "gezet",
    "regel",
    "versie",
    "wachtrij",
    "klaar",
    "anon",
    "blok",
    "aanm",
    "last set",
    "vlag",
]
THINGS, SOUNDING = 1 / 6, 0.1  # tables of things, and the fields in them whose name sounds like a person's
BESIDE = ["nieuw", "oud", "intern", "hoofd", "vrij", "zorg", "portaal", "import", "web", "rest", "bron"]
NUMBERS = ["id", "nr", "nummer", "number", "uuid", "code"]
TWINS = {  # values that pass for a person's, under a name that says what they are
    "order as bsn": ("bsn", "invoice"), "batch as bsn": ("bsn", "none"), "part as phone": ("phone", "none"),
    "order as phone": ("phone", "invoice"), "rack as plate": ("plate", "none"), "title as address": ("address", "none"),
    "lesson as address": ("address", "learning_activity"), "stock as card": ("card", "none"),
}  # fmt: skip
LIKE_NAMES: dict[str, list[str]] = {
    kind: words
    for kind, words in yaml.safe_load((Path(__file__).parent / "fairness_not_names.yaml").read_text("utf-8")).items()
    if kind != "diseases"  # bear the names of persons, and may well be what somebody has
}
SPELLED = (str, str.title, str.upper, lambda s: s.replace(" ", "_"), lambda s: s.title().replace(" ", ""))


class Seen(NamedTuple):
    """The votes on one field, and what it is."""

    votes: Sequence[Vote]
    category: str


def _name(kind: str, chance: Random, *, of_things: bool) -> str:
    sort = "right" if kind in TWINS else chance.choices(NAMINGS, NAMING_SHARES)[0]
    if of_things and kind not in TWINS and chance.random() < SOUNDING:
        return _phrase(chance.choice(sorted(OF_SOMEBODY)), chance)
    names: dict[str, Callable[[], str]] = {
        "no name": lambda: "",
        "meaningless": lambda: f"{chance.choice(MEANINGLESS)}{chance.choice(['', '_', ' '])}{chance.randint(1, 40)}",
        "weak": lambda: str(chance.choice(load_yaml("igmap.vocabulary", "headers.yaml")["weak"])),
        "bare": lambda: f"{chance.choice(BESIDE)} {chance.choice(NUMBERS)}",  # `web id` numbers persons or anything
        "right": lambda: (
            _about(chance)
            if _category(kind) == "none" and chance.random() < ABOUT
            else _phrase(_category(kind), chance)
        ),
        "misleading": lambda: _phrase(chance.choice(list(CATEGORIES)), chance),
    }
    return names[sort]()


def _phrase(category: str, chance: Random) -> str:
    """A phrase of the vocabulary, by itself or as the head or inside of a longer name."""
    phrase = str(chance.choice(load_yaml("igmap.vocabulary", "headers.yaml")["phrases"][category]))
    if chance.random() < BESIDE_SHARE:
        beside = [chance.choice(BESIDE), phrase]
        chance.shuffle(beside)
        phrase = " ".join(beside)
    return str(chance.choice(SPELLED)(phrase))


def _about(chance: Random) -> str:
    """A word of some category before one that no list has, and makes something else of it: `les op`."""
    return f"{_phrase(chance.choice([c for c in CATEGORIES if c != 'none']), chance)} {chance.choice(MAKING)}"


def _category(kind: str) -> str:
    return TWINS[kind][1] if kind in TWINS else "none" if kind in LIKE_NAMES else category_of(kind)


def _cells(kind: str, persons: Sequence[Person], chance: Random) -> list[str | None]:
    nothing, blank = chance.choice([0, 0, 0.05, 0.2]), chance.choice([0, 0.05, 0.25])
    cells: list[str | None] = []
    for person in persons:
        value = _value(TWINS[kind][0] if kind in TWINS else kind, person, chance)
        draw = chance.random()
        cells.append(None if draw < blank else chance.choice(NOTHING) if draw < blank + nothing else value)
    return cells


def _value(kind: str, person: Person, chance: Random) -> str:
    return str(chance.choice(LIKE_NAMES[kind])) if kind in LIKE_NAMES else drawn_value(kind, person, chance)


def _table(chance: Random) -> tuple[pd.DataFrame, list[str]]:
    kinds, again = drawn_kinds(chance) if chance.random() < IN_FAMILIES else (_mixed(chance), False)
    of_things = all(_category(kind) == "none" for kind in kinds)
    rows = chance.choice([5, 12, 40, 120, 300])
    persons = drawn_persons(rows, chance, again=again)
    names: dict[str, str] = {}
    for position, kind in enumerate(kinds, 1):
        name = _name(kind, chance, of_things=of_things)
        names[name if name and name not in names else f"({position})"] = kind
    cells = {name: _cells(kind, persons, chance) for name, kind in names.items()}
    return pd.DataFrame(cells, dtype="str"), list(names.values())


def _mixed(chance: Random) -> list[str]:
    """Any kinds beside any others; one table in six is of things."""
    of_things = chance.random() < THINGS
    drawn = [kind for kind in sorted({*VALUES, *LISTS, *OWN}) if not of_things or category_of(kind) == "none"]
    kinds = chance.sample(drawn, chance.randint(3, 12))
    kinds += chance.sample(sorted(TWINS), chance.choice([0, 0, 1]))
    return kinds + chance.sample(sorted(LIKE_NAMES), chance.choice([0, 1]))


def seen(tables: int, seed: int) -> Iterator[Seen]:
    """The votes on every field of generated tables, with what each is."""
    made = [_table(Random(f"{seed} {number}")) for number in range(tables)]
    with open_exports({f"t{i}": frame for i, (frame, _) in enumerate(made)}) as exports:
        for votes, (_, kinds) in zip(cast_votes(exports, today=TODAY), made, strict=True):
            yield from (Seen(cast, _category(kind)) for cast, kind in zip(votes, kinds, strict=True))


class Design(NamedTuple):
    """All fields as arrays: a row per field and category that has a vote, `none` first.

    Args:
        strengths: candidates x kinds.
        starts: where the candidates of each field begin.
        right: the candidate that is right, of each field.
    """

    strengths: np.ndarray
    starts: np.ndarray
    right: np.ndarray


def design(fields: Sequence[Seen], kinds: Sequence[str]) -> Design:
    """The fields with their candidates: `none`, `unseen` (right where nothing speaks for it), all that have a vote."""
    place = {kind: i for i, kind in enumerate(kinds)}
    rows: list[np.ndarray] = []
    starts, right = [], []
    for field in fields:
        candidates: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(kinds)))
        candidates["none"] = np.zeros(len(kinds))
        candidates[UNSEEN][place[UNSEEN]] = 1.0
        for vote in field.votes:
            if vote.category not in candidates:
                candidates[vote.category][place["prior"]] = 1.0
            candidates[vote.category][place[vote.kind]] += vote.strength
        starts.append(len(rows))
        known = list(candidates)
        right.append(len(rows) + known.index(field.category if field.category in candidates else UNSEEN))
        rows += candidates.values()
    return Design(np.array(rows), np.array(starts), np.array(right))


def fitted(data: Design, anchors: np.ndarray) -> np.ndarray:
    """The weights of greatest likelihood near the anchors, by gradient ascent with momentum."""
    weight, speed = anchors.copy(), np.zeros(len(anchors))
    sizes = np.diff([*data.starts, len(data.strengths)])
    for _ in range(STEPS):
        shares = _shares(data, weight, sizes)
        slope = data.strengths[data.right].sum(0) - shares @ data.strengths
        slope = slope / len(data.starts) - HELD * (weight - anchors) / len(data.starts)
        speed = 0.95 * speed + slope
        weight = weight + 0.5 * speed
    return weight


def _shares(data: Design, weight: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    scores = data.strengths @ weight
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, data.starts), sizes))
    shares: np.ndarray = odds / np.repeat(np.add.reduceat(odds, data.starts), sizes)
    return shares


def likelihood(data: Design, weight: np.ndarray) -> float:
    """Mean log likelihood of the right category."""
    sizes = np.diff([*data.starts, len(data.strengths)])
    return float(np.log(_shares(data, weight, sizes)[data.right]).mean())


def _anchor(kind: str) -> float:
    return 2.2 if kind.startswith("shape") else 4.0


def main() -> None:
    """Fit, compare on tables that were not fitted on, and write if asked."""
    fields, others = list(seen(TABLES, SEED)), list(seen(TABLES // 4, SEED + 1))
    seen_kinds = {vote.kind for field in [*fields, *others] for vote in field.votes}
    known = [*weights(), *sorted((seen_kinds | set(OF_DETECTORS)) - set(weights()))]
    anchors = np.array([ANCHORS.get(kind, OF_DETECTORS.get(kind, _anchor(kind))) for kind in known])
    data, other = design(fields, known), design(others, known)
    weight = fitted(data, anchors)
    times = (data.strengths != 0).sum(0)
    for kind, anchor, value, n in zip(known, anchors, weight, times, strict=True):
        print(f"{kind:24} {anchor:6.2f} -> {value:6.2f}   in {n} candidates")
    by_hand, by_fit = likelihood(other, anchors), likelihood(other, weight)
    print(f"{len(fields)} fields; log likelihood on other tables: {by_hand:.4f} by hand, {by_fit:.4f} fitted")
    if "--write" in sys.argv:
        head = TARGET.read_text("utf-8").partition("\n")[0]
        lines = [f"{kind}: {value:.2f}" for kind, value in zip(known, weight, strict=True)]
        TARGET.write_text("\n".join([head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
