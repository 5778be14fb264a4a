"""t-closeness with the ordered distance: values that are neighbours are close."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
import polars as pl

from igmap.anonymisation.groups import Flags, Groups, Histogram, Shares
from igmap.anonymisation.loss import positions_of
from igmap.anonymisation.models.model import CLOSE
from igmap.anonymisation.tuples import Numbers, Told
from igmap.errors import PlanError


@dataclass(frozen=True, slots=True)
class OrderedT:
    """The distance of every class from the whole table is at most `t`, values lying in a row at equal distances.

    The distance is the sum of absolute cumulated differences over the number of values - 1. Values are ordered as
    numbers or dates, or as `order` lists them; those that read as the same number are one. A blank comes first
    unless `order` places it.

    Source: Li et al. 2007, doi:10.1109/ICDE.2007.367856, 3.2.
    """

    column: str
    t: float
    order: tuple[str | None, ...] = ()
    places: Numbers | None = field(default=None, compare=False, repr=False)
    hereditary: ClassVar[bool] = False
    mergeable: ClassVar[bool] = True

    def fitted(self, told: Told) -> "OrderedT":
        """The model with the place of each value of the column.

        Raises:
            PlanError: the values have no order.
        """
        return replace(self, places=self._places(told.values))

    def figure(self, groups: Groups) -> Shares:
        """[class], its distance from the whole table, 0-1."""
        places = self._places(groups.tuples.column(self.column).values) if self.places is None else self.places
        return ordered_distance(groups.histogram(self.column).placed(places))

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
        return self.figure(groups) <= self.t + CLOSE

    def _places(self, values: pl.Series) -> Numbers:
        listed = {value: place for place, value in enumerate(self.order)}
        scale = np.array([listed.get(value, np.nan) for value in values]) if listed else positions_of(values)
        scale = np.full(len(values), np.nan) if scale is None else scale
        blank = values.is_null().to_numpy() & (None not in listed)
        if unplaced := int(np.isnan(scale[~blank]).sum()):
            raise PlanError(
                f"column {self.column!r}: for t_closeness {unplaced} of its {len(values)} values have no place in "
                "an order; give 'order', a list of all its values from low to high"
            )
        return np.unique(np.where(blank, -np.inf, scale), return_inverse=True)[1].astype(np.int64)


def ordered_distance(held: Histogram) -> Shares:
    """[class], sum over the places of |cumulated share in the class - in the whole table| / (places - 1).

    From one value that the class has up to the next its cumulated share stays the same, while that of the whole table
    rises: the sum over such a stretch follows from prefix sums, parted where the table's share passes the class's.
    """
    if len(held.shares) < 2:  # noqa: PLR2004 - one value is at no distance from itself
        return np.zeros(len(held.totals))
    overall = np.cumsum(held.shares)
    sums = np.concatenate([[0.0], np.cumsum(overall)])
    first = np.flatnonzero(np.diff(held.group, prepend=-1))
    counts = np.cumsum(held.persons)
    before = np.zeros(len(held.totals), np.int64)
    before[held.group[first]] = counts[first] - held.persons[first]
    here = (counts - before[held.group]) / held.totals[held.group]
    following = np.append(held.value[1:], 0)
    following[np.append(first[1:], len(held.group)) - 1] = len(overall)
    passing = np.clip(np.searchsorted(overall, here), held.value, following)
    above = here * (passing - held.value) - (sums[passing] - sums[held.value])
    below = sums[following] - sums[passing] - here * (following - passing)
    start = np.zeros(len(held.totals))
    start[held.group[first]] = sums[held.value[first]]
    return (held.total(above + below) + start) / (len(overall) - 1)
