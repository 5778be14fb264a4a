"""What a recoding did to each group of persons: how many of their rows stay, become coarser, or are left out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.loss import positions_of
from igmap.anonymisation.plan import Plan, PlannedColumn
from igmap.anonymisation.recoding import Recoding
from igmap.anonymisation.tuples import Numbers

MOST_GROUPS = 12  # that are told apart; the rarer ones go together


@dataclass(frozen=True, slots=True)
class Group:
    """A group of rows, such as an age of 30-39, before and after.

    Args:
        label: of the hierarchy; None for blanks, "" for the groups that are too small to be told apart.
        persons: different ones behind it in the source, at least k.
        rows: of the source.
        kept: rows that are released in it, or finer.
        coarser: rows that are released under a label that covers other groups too.
    """

    label: str | None
    persons: int
    rows: int
    kept: int
    coarser: int

    @property
    def lost(self) -> int:
        """Rows that are left out."""
        return self.rows - self.kept - self.coarser


@dataclass(frozen=True, slots=True)
class Told:
    """A quasi-identifier with its groups.

    Args:
        field: the column.
        groups: in the order of their values, else the most frequent first; none with fewer than k persons.
        rows: of the table.
        released: of them.
    """

    field: str
    groups: tuple[Group, ...]
    rows: int
    released: int


def by_group(recoding: Recoding, plan: Plan) -> tuple[Told, ...]:
    """Per quasi-identifier of the plan's own table, what became of each group.

    Groups are those of the finest level that has at most twelve; groups of fewer than k persons are put together, and
    left out where even together they are fewer.

    Args:
        recoding: that was found for the plan.
        plan: whose k is the smallest group that is told.
    """
    levels = recoding.levels or (0,) * len(recoding.hierarchies)
    columns = zip(plan.quasi_identifiers, recoding.hierarchies, levels, strict=False)
    return tuple(_told(recoding, plan.k, place, column, least) for place, (column, _, least) in enumerate(columns))


def _told(recoding: Recoding, k: int, place: int, column: PlannedColumn, least: int) -> Told:
    hierarchy, tuples = recoding.hierarchies[place], recoding.tuples
    level = _shown_level(hierarchy, max(least, column.least_level, hierarchy.least_level))
    codes, count = _crowded(recoding, hierarchy.codes()[:, level][tuples.leaves[:, place]], k)
    at = _level_of_label(recoding, place)
    sums = [
        np.bincount(codes, weights=tuples.rows * chosen, minlength=count).astype(int).tolist()
        for chosen in (at >= -1, (at >= 0) & (at <= level), at > level)
    ]
    persons = tuples.people.per(codes, count).tolist()
    labels = _labels(hierarchy, level, codes, tuples.leaves[:, place], count)
    groups = [Group(*one) for one in zip(labels, persons, *sums, strict=True)]
    ranked = sorted(
        zip(groups, _ranks(hierarchy, codes, tuples.leaves[:, place], groups), strict=True), key=lambda one: one[1]
    )
    told = tuple(group for group, _ in ranked if group.persons >= k)
    whole = int(tuples.rows.sum())
    return Told(column.field, told, whole, whole - recoding.suppressed_rows)


def _shown_level(hierarchy: Hierarchy, least: int) -> int:
    """The finest level, from the least one up, with few groups; never the root where there is another."""
    last = max(hierarchy.levels - 2, 0)
    least = min(least, last)
    counts = hierarchy.codes().max(axis=0, initial=0) + 1
    return next((level for level in range(least, last + 1) if counts[level] <= MOST_GROUPS), last)


def _crowded(recoding: Recoding, codes: Numbers, k: int) -> tuple[Numbers, int]:
    """[tuple], the group of each from 0; those of fewer than k persons, and the rarest of many, are the last one."""
    count = int(codes.max(initial=0)) + 1
    persons = recoding.tuples.people.per(codes, count)
    ranked = np.argsort(-persons, kind="stable")[:MOST_GROUPS]
    shown = [code for code in ranked.tolist() if persons[code] >= k]
    places = np.full(count, len(shown), np.int64)
    places[shown] = np.arange(len(shown))
    return places[codes], len(shown) + 1


def _level_of_label(recoding: Recoding, place: int) -> Numbers:
    """[tuple], the finest level at which its released label stands; above all levels for another, -1 if left out."""
    classes, hierarchy = recoding.best.classes, recoding.hierarchies[place]
    found = np.full(len(classes), -1, np.int64)
    kept = np.flatnonzero(classes >= 0)
    leaves, shown = recoding.tuples.leaves[kept, place], recoding.labels[place][classes[kept]]
    found[kept] = hierarchy.levels
    for level in reversed(range(hierarchy.levels)):
        found[kept[hierarchy.labels[leaves, level] == shown]] = level
    return found


def _labels(hierarchy: Hierarchy, level: int, codes: Numbers, leaves: Numbers, count: int) -> Iterator[str | None]:
    members = np.full(count, -1, np.int64)
    members[codes] = leaves
    for number, leaf in enumerate(members.tolist()):
        yield "" if number == count - 1 else hierarchy.labels[leaf, level]


def _ranks(hierarchy: Hierarchy, codes: Numbers, leaves: Numbers, groups: list[Group]) -> list[tuple[bool, float]]:
    """Where each group stands: by the numbers or days of its values, else by how many it has; the rest last."""
    scale = positions_of(pl.Series(hierarchy.labels[:, 0].tolist(), dtype=pl.String))
    if scale is None:
        return [(group.label == "", -float(group.rows)) for group in groups]
    lowest = np.full(len(groups), np.inf)
    np.fmin.at(lowest, codes, scale[leaves])
    return [(group.label == "", float(low)) for group, low in zip(groups, lowest, strict=True)]
