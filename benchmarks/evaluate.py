"""How well discovery does on tables nobody tuned it on: `PYTHONPATH=. python benchmarks/evaluate.py`.

Eight corpora, drawn anew with seeds 1 to 3 (`--seeds 1` is quicker): `unseen` of tests/unseen.py with its parts
`tuned`, `held` and `fresh`, `second` of benchmarks/second_corpus with its halves `open` and `sealed`, `third` of
benchmarks/third_corpus with its halves `read` and `counted`, `public` of benchmarks/public_bodies with its rounds
`first` and `later`, `trades` of benchmarks/trades_corpus with its parts `first` and `further`, `elearning` of
benchmarks/elearning_corpus, `products` of benchmarks/products_corpus and `schemas` of benchmarks/schemas_corpus with
the same parts. What is true of a field is what two of three say (benchmarks/labelled.py), but of `unseen` and `schemas`
what their authors say. Printed for each part with headers and values, blind (values only) and by headers only;
`--table` adds figures per category, confusions and calibration, `--misses` every field judged wrong with the reasons.
Of `sealed` and `counted`, of `further` of `elearning`, `products` and `schemas`, and of `held` and `fresh` while they
are new, only these totals are to be looked at: without `--unseal` nothing else is printed of them.

First sight of `unseen`: `held` macro F1 .741, direct recall .906, false alarms .107 before any tuning; `fresh`, which
came last: .855, 1.000, .000. First sight of `second`: benchmarks/second_corpus/README.md.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd

from benchmarks.elearning_corpus.corpus import elearning_tables
from benchmarks.labelled import settled
from benchmarks.products_corpus.corpus import products_tables
from benchmarks.public_bodies.corpus import public_tables
from benchmarks.schemas_corpus.corpus import schemas_tables
from benchmarks.second_corpus.corpus import second_tables
from benchmarks.third_corpus.corpus import third_tables
from benchmarks.trades_corpus.corpus import trades_tables
from benchmarks.written import DETECTION, figure, renew
from igmap.inventory import discover
from igmap.inventory.discovering import Look
from igmap.inventory.evaluation import Evaluation, Hidden, Judgement, Truth, figures, judged, tables
from igmap.inventory.evaluation.judged import Judged
from igmap.report import aligned, text
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES
from tests.unseen import TODAY, unseen_tables

SEEDS = (1, 2, 3)
LOOKS: tuple[Look, ...] = ("all", "values", "headers")
PARTS = {
    "unseen": ("tuned", "held", "fresh"),
    "second": ("open", "sealed"),
    "third": ("read", "counted"),
    "public": ("first", "later"),
    "trades": ("first", "further"),
    "elearning": ("first", "further"),
    "products": ("first", "further"),
    "schemas": ("first", "further"),
}
DRAWN = {
    "second": second_tables,
    "third": third_tables,
    "public": public_tables,
    "trades": trades_tables,
    "elearning": elearning_tables,
    "products": products_tables,
    "schemas": schemas_tables,
}
SEALED = frozenset(
    {
        ("unseen", "held"),
        ("unseen", "fresh"),
        ("second", "sealed"),
        ("third", "counted"),
        ("elearning", "further"),
        ("products", "further"),
        ("schemas", "further"),
    }
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One table of a corpus: its part, what is in it, and whose names ("" where they are mixed)."""

    corpus: str
    part: str
    name: str
    frame: pd.DataFrame
    truth: tuple[Truth, ...]
    hidden: tuple[Hidden, ...] = ()
    origin: str = ""


def samples(corpus: str, seed: int) -> Iterator[Sample]:
    """All tables of a corpus; a field's truth names the table as it is named here."""
    if corpus != "unseen":
        for table in DRAWN[corpus](seed):
            truth = settled(corpus, table.half, table.truth)
            yield Sample(corpus, table.half, table.name, table.frame, truth, table.hidden)
        return
    for one in unseen_tables(seed):
        truth = tuple(
            Truth(one.name, "", header, c, CATEGORIES[c].identifiability) for header, c in one.expected.items()
        )
        yield Sample(corpus, one.part, one.name, one.frame, truth, origin=one.names)


@cache
def judgements(corpus: str, seed: int, look: Look) -> tuple[tuple[Sample, tuple[Judgement, ...]], ...]:
    """Every table with its fields as discovery judges them."""
    held = {sample.name: sample for sample in samples(corpus, seed)}
    with open_exports({name: sample.frame for name, sample in held.items()}) as exports:
        found = discover(exports, today=TODAY, look=look)
        fields = judged(exports, found, [truth for sample in held.values() for truth in sample.truth])
    assert not fields.unmatched, fields.unmatched  # noqa: S101 - the corpus knows its own fields
    return tuple(
        (sample, tuple(j for j in fields.judgements if j.truth.source == name)) for name, sample in held.items()
    )


def evaluated(corpus: str, part: str, look: Look, seeds: Iterable[int] = SEEDS) -> Evaluation:
    """The figures of one part of a corpus, over all seeds together.

    Args:
        corpus: one of `PARTS`.
        part: of it.
        look: what discovery is shown.
        seeds: of the values; hidden identifiers are counted for the first one only.
    """
    numbers = list(seeds)
    own = [pair for seed in numbers for pair in judgements(corpus, seed, look) if pair[0].part == part]
    first = [pair for pair in judgements(corpus, numbers[0], look) if pair[0].part == part]
    whole = figures(Judged(tuple(j for _, held in own for j in held), (), ()), look)
    buried = figures(
        Judged(tuple(j for _, held in first for j in held), (), ()),
        look,
        [h for sample, _ in first for h in sample.hidden],
    )
    return whole if look == "headers" else with_hidden(whole, buried)


def with_hidden(whole: Evaluation, other: Evaluation) -> Evaluation:
    """An evaluation with the hidden identifiers of another."""
    from dataclasses import replace

    return replace(whole, hidden=other.hidden)


def line(name: str, told: Evaluation) -> str:
    """The totals of a part on one line."""
    hidden = [h.rate for h in told.hidden]
    buried = f", hidden {sum(r.count for r in hidden)}/{sum(r.of for r in hidden)}" if hidden else ""
    return (
        f"  {name:7} {told.fields.of:5} fields: macro F1 {told.macro_f1:.3f}, direct recall {told.direct.share:.3f} "
        f"of {told.direct.of}, false alarms {told.alarms.share:.3f} of {told.alarms.of}, undecided "
        f"{told.undecided.share:.3f}, right at 0.9 {told.sure.share:.3f} [{told.sure.low:.3f}, {told.sure.high:.3f}] "
        f"of {told.sure.of}, ECE {told.calibration_error:.3f}{buried}"
    )


def by_origin(seeds: Iterable[int]) -> str:
    """Recall of name columns of `unseen`, by whose names they are."""
    names = [
        (sample.origin, j.right)
        for seed in seeds
        for sample, held in judgements("unseen", seed, "all")
        for j in held
        if j.truth.category == "name"
    ]
    right, of = Counter(o for o, is_right in names if is_right), Counter(o for o, _ in names)
    return "  name recall: " + ", ".join(f"{origin} {right[origin] / of[origin]:.2f}" for origin in sorted(of))


def masked(corpus: str, seeds: Iterable[int]) -> int:
    """Headers shown masked; none of the corpora's headers names anybody."""
    return sum(
        j.truth.field != j.shown[2] for seed in seeds for _, held in judgements(corpus, seed, "all") for j in held
    )


HEAD = ("part", "fields", "macro F1, direct, alarms", "blind", "headers only", "hidden found")


def rows(corpus: str, seeds: Iterable[int]) -> Iterator[list[str]]:
    """A row per part of a corpus, as docs/detection.md has it."""
    for part in PARTS[corpus]:
        told = [evaluated(corpus, part, look, seeds) for look in LOOKS]
        shares = [", ".join(map(figure, (t.macro_f1, t.direct.share, t.alarms.share))) for t in told]
        buried = [h.rate for h in told[0].hidden]
        hidden = f"{sum(r.count for r in buried)} of {sum(r.of for r in buried)}" if buried else "–"
        yield [f"{corpus}, {part}", f"{told[0].fields.of:,}", *shares, hidden]


def main() -> None:
    """Print the figures."""
    asked = _asked()
    if asked.write:
        renew(DETECTION, "evaluate", HEAD, [row for corpus in PARTS for row in rows(corpus, asked.seeds)])
        return
    for corpus, parts in PARTS.items():
        if asked.corpus not in {"", corpus}:
            continue
        for look in LOOKS:
            print(f"{corpus}, { ({'all': 'headers and values', 'values': 'blind', 'headers': 'headers only'}[look]) }")
            for part in parts:
                told = evaluated(corpus, part, look, asked.seeds)
                print(line(part, told))
                if asked.look == look and (asked.unseal or (corpus, part) not in SEALED):
                    _details(told, misses=asked.misses, whole=asked.table)
        print(f"  headers masked though they name nobody: {masked(corpus, asked.seeds)}")
    if asked.corpus in {"", "unseen"}:
        print(by_origin(asked.seeds))


def _details(told: Evaluation, *, misses: bool, whole: bool) -> None:
    for table in tables(told, "en")[1:]:
        if misses if table.caption == text("evaluation.misses", "en") else whole:
            print("\n" + aligned(table, "en"))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", choices=list(PARTS), default="")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--look", choices=LOOKS, default="all", help="of which the details are printed")
    parser.add_argument("--table", action="store_true", help="figures per category, confusions, calibration")
    parser.add_argument("--misses", action="store_true", help="every field judged wrong, with the reasons")
    parser.add_argument("--write", action="store_true", help=f"write all totals into {DETECTION.name}, print nothing")
    parser.add_argument("--unseal", action="store_true", help="details of the parts nobody may tune on, too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
