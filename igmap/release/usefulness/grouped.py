"""Groups of persons before and after: their means, their losses, their shares. None has fewer than k persons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from igmap.release.usefulness.reading import Column, Numbers

DIGITS = 9
MOST_SHOWN = 12
NOBODY = 1e-9
HARD = 1.25  # times the mean loss


@dataclass(frozen=True, slots=True)
class Means:
    """How far the means of groups are off, in standard deviations of the measure.

    Args:
        groups: of at least k persons, that were compared.
        mean: over them.
        worst: of them.
        vanished: groups of which the release tells nothing.
    """

    groups: int
    mean: float
    worst: float
    vanished: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Who lost most detail, a row that was left out counted as all of it.

    Args:
        groups: of at least k persons.
        hard: of them, those that lost more than a quarter more than the mean.
        worst: the largest loss of a group, 0-1.
        mean: over all rows, 0-1.
    """

    groups: int
    hard: int
    worst: float
    mean: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group of at least k persons: `low` to `high` of those of its values that k persons have.

    Args:
        low: its least value, or the only one; None for a blank, "" where no value has k persons, or for the rest.
        high: its largest; where that has not k persons, the number of the group on the scale, and "" for the rest.
        before: share of the rows of the source, 0-1.
        after: share of the released rows, as their labels are read.
    """

    low: str | None
    high: str | None
    before: float
    after: float


def persons_per(groups: Numbers, people: Numbers, count: int) -> Numbers:
    """Different persons in each group."""
    pairs = np.sort(groups.astype(np.int64) * (int(people.max(initial=0)) + 1) + people)
    first = np.diff(pairs, prepend=-1) > 0  # np.unique would hash: twenty times as slow on a million
    return np.bincount(pairs[first] // (int(people.max(initial=0)) + 1), minlength=count)


def means(columns: Sequence[Column], people: Numbers, k: int) -> dict[str, Means]:
    """Of each measure on a scale by each quasi-identifier."""
    measures = [one for one in columns if one.role != "quasi" and one.places is not None]
    return {
        f"{measure.field} × {by.field}": found
        for measure in measures
        for by in columns
        if by.role == "quasi" and (found := _means(measure, by, people, k))
    }


def _means(measure: Column, by: Column, people: Numbers, k: int) -> Means | None:
    at = np.nan_to_num(measure.places, nan=0.0) if measure.places is not None else np.zeros(0)
    filled = np.isfinite(measure.places) if measure.places is not None else np.zeros(0, dtype=bool)
    cells, values = measure.reads["cell"].to_numpy(), measure.reads["value"].to_numpy()
    weights = measure.reads["weight"].to_numpy() * filled[values]
    mass = np.bincount(cells, weights=weights, minlength=measure.cells)[measure.after]
    told = np.bincount(cells, weights=weights * at[values], minlength=measure.cells)[measure.after]
    bins, known = by.bins[by.before], filled[measure.before]
    sums = [np.bincount(bins, weights=part, minlength=by.width) for part in (known * at[measure.before], known)]
    before = _ratio(sums[0], sums[1])
    per_cell = [np.bincount(by.after, weights=part, minlength=by.cells) @ by.spread() for part in (told, mass)]
    crowded = (persons_per(bins, people, by.width) >= k) & np.isfinite(before)
    spread = float(np.std(at[measure.before][known])) if known.any() else 0.0
    if not crowded.any() or not spread:
        return None
    off = np.abs(_ratio(per_cell[0], per_cell[1]) - before)[crowded] / spread
    there = off[np.isfinite(off)]
    mean, worst = (float(there.mean()), float(there.max())) if len(there) else (0.0, 0.0)
    return Means(int(crowded.sum()), round(mean, DIGITS), round(worst, DIGITS), len(off) - len(there))


def _ratio(sums: Numbers, counts: Numbers) -> Numbers:
    return np.asarray(np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > NOBODY))


def hits(columns: Sequence[Column], people: Numbers, places: Numbers, k: int) -> dict[str, Hit]:
    """Who lost most, per quasi-identifier.

    Args:
        columns: of the table.
        people: the number of the person of each source row.
        places: the number of the source row behind each released row.
        k: persons of which no group has fewer.
    """
    quasi = [one for one in columns if one.role == "quasi"]
    if not quasi:
        return {}
    losses = np.ones(len(people))
    losses[places] = np.mean([one.costs()[one.after] for one in quasi], axis=0)
    return {one.field: _hit(one, losses, people, k) for one in quasi}


def _hit(by: Column, losses: Numbers, people: Numbers, k: int) -> Hit:
    bins = by.bins[by.before]
    per = _ratio(np.bincount(bins, weights=losses, minlength=by.width), np.bincount(bins, minlength=by.width))
    told, mean = per[persons_per(bins, people, by.width) >= k], float(losses.mean())
    hard = int(np.count_nonzero(told > HARD * mean))
    return Hit(len(told), hard, round(float(told.max(initial=0.0)), DIGITS), round(mean, DIGITS))


def shown(column: Column, people: Numbers, k: int) -> tuple[Group, ...]:
    """Its groups with their shares before and after; those of too few persons together, if these are enough."""
    step = -(-column.width // MOST_SHOWN) if column.places is not None else 1
    groups = column.bins // step
    if column.places is None:
        groups = np.minimum(groups, MOST_SHOWN - 1)
    before, after = (np.bincount(groups, weights=part) for part in column.shares())
    persons = persons_per(groups[column.before], people, len(before))
    crowded = persons_per(column.before, people, len(column.values)) >= k
    rare = np.flatnonzero(persons < k)
    listed = [
        Group(*_named(column, groups == at, crowded, at), *(round(float(part[at]), DIGITS) for part in (before, after)))
        for at in np.flatnonzero(persons >= k).tolist()
    ]
    together = np.isin(groups[column.before], rare)
    if len(np.unique(people[together])) >= k:
        listed.append(Group("", "", *(round(float(part[rare].sum()), DIGITS) for part in (before, after))))
    return tuple(listed)


def _named(column: Column, members: Numbers, crowded: Numbers, at: int) -> tuple[str | None, str | None]:
    """The first and the last value of a group that k persons have, else its number on the scale."""
    named = np.flatnonzero(members & crowded).tolist()
    if named and (column.places is not None or np.count_nonzero(members) == 1):
        return column.values[named[0]], column.values[named[-1]]
    return "", "" if column.places is None else str(at + 1)
