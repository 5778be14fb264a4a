"""What a release is still good for, held against its source: in figures without values, and in groups for a picture.

Whoever has the release only knows that a label stands for one of the values it covers; every figure after is reckoned
so. Rows that were left out are part of the figures before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from igmap.engine.protocol import RECORD
from igmap.release.source import Source, read_source
from igmap.release.staged import InStaging, Staged, read_staged
from igmap.release.usefulness.figures import CLASSES, accuracies, associations, distance, query_errors
from igmap.release.usefulness.grouped import Group, Hit, Means, hits, means, shown
from igmap.release.usefulness.reading import Column, Numbers, column, sampled
from igmap.sources import Exports

DIGITS = 9  # beyond them the order of a sum shows
MOST_ROWS = 50_000  # for figures of pairs of columns; a share among them is known within 0.0044
TRIED = 0.5


@dataclass(frozen=True, slots=True)
class Kept:
    """How a pair of columns goes together: Spearman's rank correlation where both have an order, else Cramer's V."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Learned:
    """How often a naive Bayes classifier is right about persons of the source it did not see.

    Args:
        before: after learning from the source.
        after: after learning from the release.
        guessing: by always naming the most frequent class.
        tried: rows of the source it was tried on.
    """

    before: float
    after: float
    guessing: float
    tried: int


@dataclass(frozen=True, slots=True)
class Usefulness:
    """What one table of a release is still good for; every figure 0-1 unless told otherwise.

    Args:
        distance: per column, how far its distribution is from that of the source; 0 is the same.
        pairs: `one × other`, how they go together.
        means: `measure by quasi-identifier`, how far means of groups are off, in standard deviations.
        queries: random counts that were asked.
        query_error_median: relative error of their answers.
        query_error_90: that nine in ten stay within.
        learned: per predicted column.
        hits: per quasi-identifier, who lost most.
        rows: rows of the source that figures of pairs of columns rest on; all, or so many drawn by the seed.
    """

    distance: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, Kept] = field(default_factory=dict)
    means: dict[str, Means] = field(default_factory=dict)
    queries: int = 0
    query_error_median: float = 0.0
    query_error_90: float = 0.0
    learned: dict[str, Learned] = field(default_factory=dict)
    hits: dict[str, Hit] = field(default_factory=dict)
    rows: int = 0


def usefulness(staged: Staged, source: Source) -> Usefulness:
    """Hold a released table against its source."""
    seed, k = int(staged.plan["seed"]), int(staged.plan["k"])
    frame = _source(source)
    columns = _columns(staged, source, frame)
    if not columns:
        return Usefulness()
    people, places = frame["person"].to_physical().to_numpy(), _places(staged, frame)
    before = sampled(frame.height, MOST_ROWS, seed)
    after = sampled(staged.table.height, MOST_ROWS, seed)
    errors = query_errors(columns, seed)
    return Usefulness(
        distance={one.field: _round(distance(one)) for one in columns},
        pairs={
            f"{one} × {other}": Kept(*map(_round, both.tolist()))
            for (one, other), both in associations(columns, before, after).items()
        },
        means=means(columns, people, k),
        queries=len(errors),
        query_error_median=_round(float(np.median(errors))),
        query_error_90=_round(float(np.quantile(errors, 0.9))),
        learned=dict(_learned(columns, people, places, seed)),
        hits=hits(columns, people, places, k),
        rows=len(before),
    )


def groups(exports: Exports, release: InStaging) -> tuple[dict[str, tuple[Group, ...]], ...]:
    """Of each table of a release, per column its groups of at least k persons with their shares before and after.

    For pictures only: they name values of the source, which a proof does not.

    Args:
        exports: the source it was made from.
        release: lies in staging.
    """
    return tuple(_groups(one, read_source(exports, one)) for one in read_staged(release.folder).tables)


def _groups(staged: Staged, source: Source) -> dict[str, tuple[Group, ...]]:
    frame, k = _source(source), int(staged.plan["k"])
    people = frame["person"].to_physical().to_numpy()
    return {one.field: shown(one, people, k) for one in _columns(staged, source, frame)}


def _source(source: Source) -> pl.DataFrame:
    """Every record that may be in the release, with the number of its `person`, in order."""
    people = source.persons()
    if source.sampled is not None:
        people = people.filter(pl.col(RECORD).is_in(source.sampled.implode()))
    return people.with_columns(pl.col("person").fill_null("").rank("dense"))


def _columns(staged: Staged, source: Source, frame: pl.DataFrame) -> list[Column]:
    """Of each released column; none where there is nothing to compare."""
    told = [one for one in staged.kept if one["role"] != "link" and one["field"] in staged.table.columns]
    if frame.is_empty() or staged.table.is_empty():
        return []
    names = [(one["field"], one["role"]) for one in told]
    return [
        column(
            f"{staged.prefix}{name}",
            role,
            source.raw(name, frame[RECORD]),
            staged.cells[name],
            staged.hierarchies.get(name),
        )
        for name, role in names
    ]


def _places(staged: Staged, frame: pl.DataFrame) -> Numbers:
    """The number of the source row behind each released row."""
    records = staged.persons["record"].head(staged.table.height).to_numpy()
    return np.minimum(np.searchsorted(frame[RECORD].to_numpy(), records), frame.height - 1)


def _learned(columns: Sequence[Column], people: Numbers, places: Numbers, seed: int) -> Iterator[tuple[str, Learned]]:
    """Half of the persons are learned from, the others are predicted; each column the release is for, in turn."""
    chosen = np.random.default_rng(seed).random(int(people.max(initial=0)) + 1) < TRIED
    tried = np.flatnonzero(chosen[people])
    learned = (np.flatnonzero(~chosen[people]), np.flatnonzero(~chosen[people[places]]))
    tried, *some = (part[sampled(len(part), MOST_ROWS, seed)] for part in (tried, *learned))
    for target in columns:
        others = [one for one in columns if one is not target]
        if target.role == "quasi" or not others or not len(tried) or not CLASSES[0] <= len(target.values) <= CLASSES[1]:
            continue
        found = accuracies(others, target, (some[0], some[1]), tried)
        before, after, guessing = map(_round, found.tolist())
        yield target.field, Learned(before, after, guessing, len(tried))


def _round(figure: float) -> float:
    return round(figure, DIGITS)


__all__ = ["Group", "Hit", "Kept", "Learned", "Means", "Usefulness", "groups", "usefulness"]
