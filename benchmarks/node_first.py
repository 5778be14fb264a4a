"""How hard a table is: what the plainest local recoding and the best global one lose on it, and what all must lose.

The cheapest node of the lattice first, every group of open tuples of k persons a class, closed to what its members
share. On Adult that loses 0.0563 and globally 0.2380; on ARX's million it lost 0.0079 and 0.0772. Whatever a search
does, a record stands under labels that k records of the whole table have: the cheapest of these is the least it can
cost, and their mean a bound that no recoding with a class for every tuple goes below. None has to come near it, as a
record cannot be in the best class of each of its neighbours.

Run: python -m benchmarks.node_first ["local" "local, 1M perturbed" "local, 1M, ages moved"]
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.anonymise import WORKS, plan
from igmap.anonymisation.models import KAnonymity
from igmap.anonymisation.recode import find_recoding
from igmap.anonymisation.recoding import Recoding
from igmap.anonymisation.searching import Limits, search
from igmap.anonymisation.searching.ladder import ladders_of, ranked, spans_of
from igmap.anonymisation.searching.lattice import Open, cheapest_nodes
from igmap.anonymisation.tuples import joined
from igmap.sources import open_exports

K, BINS = 5, 2**22
NAMES = ("local", "local, 1M perturbed", "local, 1M, ages moved")


def node_first(found: Recoding) -> float:
    """NCP of the cheapest node first; each record is a person, and what stays open is suppressed."""
    ladders = ladders_of(found.axes.axes)
    work, ranks, _ = ranked(found.tuples, ladders)
    nodes, open_ = cheapest_nodes(ladders, ranks, work.rows), np.arange(len(work.rows))
    classes, count = np.full(len(work.rows), -1), 0
    for node in nodes.places[np.argsort(nodes.mean, kind="stable")].tolist():
        codes = [ladder.codes[at] for ladder, at in zip(ladders, node, strict=True)]
        labels = [code[column[open_]] for code, column in zip(codes, ranks, strict=True)]
        _, group = np.unique(joined(labels, [int(code.max()) + 1 for code in codes])[0], return_inverse=True)
        crowded = np.bincount(group, work.rows[open_]) >= K
        stays = crowded[group]
        classes[open_[stays]] = count + (np.cumsum(crowded) - 1)[group[stays]]
        count, open_ = count + int(crowded.sum()), open_[~stays]
        if not len(open_):
            break
    spans = spans_of(ranks, work.rows, classes)
    return float(spans.costs(ladders) @ spans.rows + work.rows[open_].sum()) / float(work.rows.sum())


def bound(found: Recoding) -> float:
    """NCP that no local recoding goes below: the mean of the cheapest labels of each record that k records have."""
    ladders = ladders_of(found.axes.axes)
    work, ranks, _ = ranked(found.tuples, ladders)
    least = np.where(work.rows >= K, 0.0, np.inf)
    places = np.indices([len(ladder.levels) for ladder in ladders]).reshape(len(ladders), -1).T
    open_ = Open(ladders, ranks, places)
    for node in np.arange(len(places))[:, None]:
        bins = open_.names(node)[0] & (BINS - 1)  # tuples that share a bin by chance lower the bound, and only lower it
        crowded = np.flatnonzero((np.bincount(bins, work.rows, BINS) >= K)[bins] & (least > 0))
        costs = open_.costs(node, np.zeros(len(crowded), np.int64), crowded)
        least[crowded] = np.minimum(least[crowded], costs)
    return float(least @ work.rows / work.rows.sum())


def measure(name: str) -> None:
    """Print what is lost on the table of a work."""
    with tempfile.TemporaryDirectory() as place:
        (folder := Path(place) / "exports").mkdir()
        table = WORKS[name].table()
        table.to_csv(folder / "table.csv", index=False)
        with open_exports(Path(place)) as exports:
            found = find_recoding(exports, plan(WORKS[name], list(table.columns)))
    best = search("global", found.tuples, found.axes.axes, [KAnonymity(K)], Limits())
    losses = (node_first(found), best.loss(found.tuples, found.axes.axes), found.loss, bound(found))
    print(f"{name:<24}{len(found.tuples.rows):>9,}" + "".join(f"{loss:>12.4f}" for loss in losses), flush=True)


def main(names: Sequence[str]) -> None:
    """All tables, or the named ones."""
    print(f"{'table of':<24}{'tuples':>9}{'node first':>12}{'global':>12}{'igmap local':>12}{'bound':>12}")
    for name in names:
        measure(name)


if __name__ == "__main__":
    main(sys.argv[1:] or NAMES)
