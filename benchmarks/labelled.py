"""What the fields of the corpora are: by their author and two readers, each by docs/labelling.md and alone.

`labels/CORPUS-PART.csv` has the fields of which a reader says something else than the author, with what each of the
three says. Those of parts that are only counted are not to be read, as their tables are not.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from igmap.inventory.evaluation import Truth
from igmap.vocabulary import CATEGORIES

FOLDER = Path(__file__).parent / "labels"
COLUMNS = ("table", "field", "author", "one", "other")
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What each of three says a field is: categories of the vocabulary."""

    author: str
    one: str
    other: str

    @property
    def settled(self) -> str:
        """What two of the three say; the author's where all differ."""
        category, votes = Counter((self.author, self.one, self.other)).most_common(1)[0]
        return category if votes > 1 else self.author


@cache
def readings(corpus: str, part: str) -> dict[Place, Reading]:
    """The fields of a part of a corpus on which somebody differs, by table and name; none where nobody has read it."""
    path = FOLDER / f"{corpus}-{part}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["table"], row["field"]): Reading(row["author"], row["one"], row["other"])
            for row in csv.DictReader(lines)
        }


def read(corpus: str, part: str, truth: Truth) -> Reading:
    """What each of the three says of a field, given what its author or most of them say."""
    told = readings(corpus, part).get((truth.source, truth.field))
    return told or Reading(truth.category, truth.category, truth.category)


def settled(corpus: str, part: str, truth: Iterable[Truth]) -> tuple[Truth, ...]:
    """What the fields of a table are, given what its author says.

    Args:
        corpus: one of those of benchmarks/evaluate.py.
        part: of it.
        truth: the author's, a row per field.
    """
    return tuple(called(one, read(corpus, part, one).settled) for one in truth)


def called(truth: Truth, category: str) -> Truth:
    """The truth with another category, and what that identifies; the same where it has it already."""
    if truth.category == category:
        return truth
    return replace(truth, category=category, identifiability=CATEGORIES[category].identifiability)
