"""How well discovery does on tables nobody tuned it on: `PYTHONPATH=. python benchmarks/evaluate.py [--misses]`.

Prints per part of the corpus, with and without headers: macro F1 over categories, recall of direct identifiers, share
of ordinary fields called personal, and name recall per origin. Detection was tuned on `tuned`. The first measurement
counts: `held` gave macro F1 .741, direct recall .906, false alarms .107 before any tuning and .924, .984, .106 after
tuning on the other half; then its misses were looked at too. `fresh` came last: .855, 1.000, .000 at first sight.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from igmap.inventory import Field, discover
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES
from tests.unseen import TODAY, UnseenTable, unseen_tables

SEEDS = range(1, 4)


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of the corpus with what was found."""

    table: UnseenTable
    header: str
    field: Field

    @property
    def expected(self) -> str:
        """The right category."""
        return self.table.expected[self.header]

    @property
    def right(self) -> bool:
        """Whether it was found."""
        return self.expected == self.field.category


def judged(tables: Iterable[UnseenTable]) -> list[Judged]:
    """Every field of the tables as discovery judges it."""
    held = {table.name: table for table in tables}
    with open_exports({name: table.frame for name, table in held.items()}) as exports:
        found = discover(exports, today=TODAY)
    return [
        Judged(table, header, field)
        for table, dataset in zip(held.values(), found.datasets, strict=True)
        for header, field in zip(table.expected, dataset.fields, strict=True)
    ]


def macro_f1(fields: Iterable[Judged]) -> float:
    """Mean over the categories that occur in truth or finding, `none` included, of F1 (0-1)."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for judgement in fields:
        if judgement.right:
            right[judgement.expected] += 1
        else:
            wrong.update([judgement.expected, judgement.field.category])
    scores = [2 * right[c] / (2 * right[c] + wrong[c]) for c in right | wrong]
    return sum(scores) / len(scores)


def share(fields: Iterable[Judged]) -> float:
    """Share of the fields that are judged right, 0-1."""
    outcomes = [judgement.right for judgement in fields]
    return sum(outcomes) / len(outcomes)


def direct(fields: Iterable[Judged]) -> list[Judged]:
    """The fields that identify directly."""
    return [judgement for judgement in fields if CATEGORIES[judgement.expected].identifiability == "direct"]


def ordinary(fields: Iterable[Judged]) -> list[Judged]:
    """The fields that hold nothing personal."""
    return [judgement for judgement in fields if judgement.expected == "none"]


def _lines(fields: list[Judged]) -> Iterator[str]:
    for part in ("tuned", "held", "fresh"):
        own = [judgement for judgement in fields if judgement.table.part == part]
        yield (
            f"  {part:6} {len(own)} fields: macro F1 {macro_f1(own):.3f}, direct recall {share(direct(own)):.3f}, "
            f"false alarms {1 - share(ordinary(own)):.3f} of {len(ordinary(own))}"
        )
    masked = sum(judgement.header != judgement.field.name for judgement in fields)
    yield f"  headers masked though they name nobody: {masked}"
    names = [judgement for judgement in fields if judgement.expected == "name"]
    origins = sorted({judgement.table.names for judgement in names})
    yield "  name recall: " + ", ".join(f"{o} {share(j for j in names if j.table.names == o):.2f}" for o in origins)


def main() -> None:
    """Print the figures; with --misses every field judged wrong too."""
    for headers in (True, False):
        fields = [j for seed in SEEDS for j in judged(unseen_tables(seed, headers=headers))]
        print("with headers" if headers else "without headers")
        print("\n".join(_lines(fields)))
        if "--misses" in sys.argv and (headers or "--headless" in sys.argv):
            counts = Counter(
                (
                    j.table.part,
                    j.table.name,
                    j.header,
                    j.table.kinds[j.header],
                    j.expected,
                    j.field.category,
                    j.field.verdict,
                )
                for j in fields
                if not j.right
                and (
                    "--held" in sys.argv
                    or j.table.part == "tuned"
                    or ("--fresh" in sys.argv and j.table.part == "fresh")
                )
            )
            print("\n".join(f"    {n}x {' | '.join(miss)}" for miss, n in sorted(counts.items())))


if __name__ == "__main__":
    main()
