"""Groups of neighbouring points that each hold k persons: MDAV on distinct points.

Source: Domingo-Ferrer & Torra 2005, "Ordinal, continuous and heterogeneous k-anonymity through microaggregation",
Data Mining and Knowledge Discovery 11(2), doi:10.1007/s10618-005-0007-5. A point here is a distinct combination of
values with all its persons: it goes to one group as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
AS_ONE, BLOCK, CROWDS = 4_000, 200, 20  # points that are grouped together; in blocks of neighbours when there are more


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Crowd:
    """Who stands behind each point.

    Args:
        alone: [point], persons who stand behind no other.
        starts: [point + 1], where the others of each begin in `shared`.
        shared: numbers of persons who stand behind several points.
    """

    alone: Numbers
    starts: Numbers
    shared: Numbers

    @classmethod
    def of(cls, points: Numbers, persons: Numbers) -> "Crowd":
        """Gather them from (point, person) pairs, all different, ordered by point."""
        _, numbers, times = np.unique(persons, return_inverse=True, return_counts=True)
        several = times[numbers] > 1
        size = int(points.max()) + 1
        alone = np.bincount(points[~several], minlength=size)
        starts = np.concatenate([[0], np.cumsum(np.bincount(points[several], minlength=size))])
        return cls(alone, starts, numbers[several])

    def persons(self, points: Numbers) -> int:
        """Different persons behind some points."""
        return int(self.alone[points].sum()) + (len(np.unique(self.behind(points))) if len(self.shared) else 0)

    def first(self, points: Numbers, k: int) -> int:
        """How many of the points, from the first on, it takes until they hold k persons; all when they never do."""
        if not len(self.shared):
            return min(int(np.searchsorted(np.cumsum(self.alone[points]), k)) + 1, len(points))
        total, seen = 0, set[int]()
        for taken, point in enumerate(points, start=1):
            total += int(self.alone[point])
            seen.update(self.shared[self.starts[point] : self.starts[point + 1]].tolist())
            if total + len(seen) >= k:
                return taken
        return len(points)

    def among(self, points: Numbers) -> "Crowd":
        """Who stands behind some points only."""
        sizes = (self.starts[1:] - self.starts[:-1])[points]
        return Crowd(self.alone[points], np.concatenate([[0], np.cumsum(sizes)]), self.behind(points))

    def behind(self, points: Numbers) -> Numbers:
        """The persons behind some points who stand behind several, as often as they do."""
        sizes = self.starts[points + 1] - self.starts[points]
        before = np.cumsum(sizes) - sizes
        found: Numbers = self.shared[np.repeat(self.starts[points] - before, sizes) + np.arange(sizes.sum())]
        return found


class Present:
    """How many different persons stand behind points of which some leave.

    Args:
        crowd: who stands behind each.
        points: that are there.
    """

    def __init__(self, crowd: Crowd, points: Numbers) -> None:
        """All are there."""
        self._crowd = crowd
        self._alone = int(crowd.alone[points].sum())
        self._known, numbers = np.unique(crowd.behind(points), return_inverse=True)
        self._times = np.bincount(numbers, minlength=len(self._known))

    @property
    def persons(self) -> int:
        """Different ones that are left."""
        return self._alone + int(np.count_nonzero(self._times))

    def leave(self, points: Numbers) -> None:
        """Points leave."""
        self._alone -= int(self._crowd.alone[points].sum())
        if len(self._known):
            np.subtract.at(self._times, np.searchsorted(self._known, self._crowd.behind(points)), 1)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Points:
    """Distinct combinations of numbers.

    Args:
        places: [point, column], different from each other.
        rows: [point], records that have it.
        crowd: who stands behind each.
    """

    places: Floats
    rows: Numbers
    crowd: Crowd


def group(points: Points, k: int) -> Numbers:
    """The group of each point, from 0; each holds k different persons, if there are as many.

    Args:
        points: in any order; distances are measured in standard deviations of each column.
        k: persons per group.
    """
    rows = points.rows
    centre = np.average(points.places, axis=0, weights=rows)
    spread = np.sqrt(np.average((points.places - centre) ** 2, axis=0, weights=rows))
    scaled = Points(points.places / np.where(spread > 0, spread, 1), rows, points.crowd)
    groups = np.zeros(len(rows), np.int64)
    members = (found for block in _blocks(scaled, k) for found in _mdav(scaled, k, block))
    for number, found in enumerate(members):
        groups[found] = number
    return groups


def _blocks(points: Points, k: int) -> Iterator[Numbers]:
    """All points, or, when they are many, neighbours along the axis of most spread, k persons at least in each."""
    places, crowd = points.places, points.crowd
    if len(places) <= AS_ONE:
        yield np.arange(len(places))
        return
    axes = np.linalg.eigh(np.atleast_2d(np.cov(places.T, fweights=points.rows)))[1]
    order = np.argsort(places @ axes[:, -1], kind="stable")
    size, held = max(BLOCK, CROWDS * k), order[:0]
    parts = [order[start : start + size] for start in range(0, len(order), size)]
    while len(parts) > 1 and crowd.persons(parts[-1]) < k:
        parts[-2:] = [np.concatenate(parts[-2:])]
    for part in parts:
        held = np.concatenate([held, part])
        if part is parts[-1] or crowd.persons(held) >= k:
            yield held
            held = order[:0]


def _mdav(points: Points, k: int, left: Numbers) -> Iterator[Numbers]:
    """The groups of the points that are left; what would be less than a group joins the one before."""
    places, rows, present = points.places, points.rows, Present(points.crowd, left)
    while present.persons >= 2 * k:
        centre = rows[left] @ places[left] / rows[left].sum()
        far = left[np.argmax(_distances(places[left], centre))]
        opposite = left[np.argmax(_distances(places[left], places[far]))]
        for seed in [far, opposite] if present.persons >= 3 * k else [far]:
            if seed in left:
                order = np.argsort(_distances(places[left], places[seed]), kind="stable")
                taken = order[: points.crowd.first(left[order], k)]
                present.leave(left[taken])
                taken = order if present.persons < k else taken
                yield left[taken]
                left = np.delete(left, taken)
    if len(left):
        yield left


def _distances(places: Floats, centre: Floats) -> Floats:
    squared: Floats = ((places - centre) ** 2).sum(axis=1)
    return squared
