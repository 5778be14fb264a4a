"""How a released cell is read: as any of the values its label covers, each as likely; held against source values.

Columns are cut into at most so many bins of source values, in their order where they have one, so that joint figures
stay small; the figures of one column are exact over all values.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from igmap.release.coded import Coded
from igmap.release.ncp import positions
from igmap.release.sets import set_costs
from igmap.release.staged import Labels

Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]
BINS = 20


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Column:
    """A column before and after.

    Args:
        field: its name, with that of its table where there are several.
        role: quasi, sensitive or measure.
        values: different ones of the source and of the labels, in order.
        places: where each value lies on its scale, not a number for a blank; None without a scale.
        before: the number of the value in each source row.
        after: the number of the different cell in each released row.
        reads: `cell`, `value` and `weight`: what each different cell may stand for, weights of a cell adding up to 1.
        cells: different released cells.
        bins: the bin of each value.
    """

    field: str
    role: str
    values: pl.Series
    places: Numbers | None
    before: Numbers
    after: Numbers
    reads: pl.DataFrame
    cells: int
    bins: Numbers

    @property
    def width(self) -> int:
        """How many bins there are."""
        return int(self.bins.max(initial=0)) + 1

    def spread(self) -> Numbers:
        """[cell, bin], what each different cell tells of bins."""
        cells, weights = self.reads["cell"].to_numpy(), self.reads["weight"].to_numpy()
        flat = cells * self.width + self.bins[self.reads["value"].to_numpy()]
        return np.bincount(flat, weights=weights, minlength=self.cells * self.width).reshape(self.cells, self.width)

    def shares(self) -> tuple[Numbers, Numbers]:
        """The share of each value among the rows before, and after as cells are read."""
        before = np.bincount(self.before, minlength=len(self.values)) / max(len(self.before), 1)
        counts = np.bincount(self.after, minlength=self.cells)
        weights = self.reads["weight"].to_numpy() * counts[self.reads["cell"].to_numpy()]
        after = np.bincount(self.reads["value"].to_numpy(), weights=weights, minlength=len(self.values))
        return before, after / max(len(self.after), 1)

    def costs(self) -> Numbers:
        """What each different cell leaves open, 0-1: its stretch of the scale, else its share of the other values."""
        each = self.reads.group_by("cell").agg(n=pl.len()).sort("cell")
        share = (each["n"].to_numpy() - 1) / max(len(self.values) - 1, 1)
        if self.places is None:
            return np.asarray(share)
        known = self.reads.with_columns(at=pl.Series(self.places)[self.reads["value"]]).with_columns(
            pl.col("at").fill_nan(None)
        )
        reach = known.group_by("cell").agg(low=pl.col("at").min(), high=pl.col("at").max()).sort("cell")
        whole = float(np.nanmax(self.places) - np.nanmin(self.places)) or 1.0
        stretch = ((reach["high"] - reach["low"]) / whole).fill_null(0.0).to_numpy()
        return np.where(each["n"].to_numpy() == len(self.values), min(len(self.values) - 1, 1), stretch)


def column(field: str, role: str, source: Coded, written: Coded, labels: Labels | None) -> Column:
    """Read a column.

    Args:
        field: its name.
        role: quasi, sensitive or measure.
        source: the value in each source row, before any transformation.
        written: the cell in each released row.
        labels: its hierarchy, if it has one.
    """
    different = written.rows("cell")["cell"].sort()
    covered = _covered(different, labels)
    values = pl.concat([source.rows("value")["value"], covered["value"]]).unique().sort()
    places = _places(values)
    if places is not None:
        values, places = values.gather(order := np.argsort(places, kind="stable")), places[order]
    reads = covered.select(cell=_numbers(covered["cell"], different), value=_numbers(covered["value"], values))
    reads = reads.with_columns(weight=1 / pl.len().over("cell")).sort("cell", "value")
    before = _numbers(source.values, values).gather(source.codes).to_numpy()
    bins = _bins(np.bincount(before, minlength=len(values)), ordered=places is not None)
    after = _numbers(written.values, different).gather(written.codes).to_numpy()
    return Column(field, role, values, places, before, after, reads, len(different), bins)


def _covered(cells: pl.Series, labels: Labels | None) -> pl.DataFrame:
    """`cell` and each `value` that it may stand for; a cell that is no label stands for itself."""
    itself = pl.DataFrame({"cell": cells, "value": cells})
    if labels is None:
        return itself
    leaves = labels[:, 0].tolist()
    levels = [
        pl.DataFrame({"cell": labels[:, at].tolist(), "value": leaves}, schema={"cell": pl.String, "value": pl.String})
        for at in range(labels.shape[1])
    ]
    asked = cells.to_frame("cell")
    found = pl.concat(levels).unique().join(asked, on="cell", how="semi", nulls_equal=True)
    other = asked.join(found, on="cell", how="anti", nulls_equal=True)
    pairs = other.rename({"cell": "written"}).join(levels[0].select(source="value").unique(), how="cross")
    held = pairs.filter(set_costs(pairs, labels, 0).is_not_null()) if pairs.height else pairs
    sets = held.select(cell="written", value="source")
    found = pl.concat([found, sets])
    return pl.concat([found, itself.join(found, on="cell", how="anti", nulls_equal=True)])


def _places(values: pl.Series) -> Numbers | None:
    found = positions(values) if values.null_count() < len(values) else None
    return None if found is None else found.fill_null(float("nan")).to_numpy()


def _numbers(asked: pl.Series, known: pl.Series) -> pl.Series:
    """The place of each among the known ones; a blank is a value."""
    numbered = known.to_frame("text").with_columns(at=pl.int_range(len(known)))
    return asked.to_frame("text").join(numbered, on="text", how="left", nulls_equal=True, maintain_order="left")["at"]


def _bins(counts: Numbers, *, ordered: bool) -> Numbers:
    """Of each value: runs of about as many rows each on a scale, else one for each of the most frequent."""
    if len(counts) <= BINS:
        return np.arange(len(counts))
    if ordered:
        cut = (np.cumsum(counts) - counts / 2) * BINS // max(int(counts.sum()), 1)
        return np.unique(np.minimum(cut, BINS - 1), return_inverse=True)[1]
    places = np.full(len(counts), BINS - 1)
    first = np.argsort(-counts, kind="stable")[: BINS - 1]
    places[first] = np.arange(len(first))
    return places


def table_of(left: Column, right: Column, before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """Rows per bin of two columns, [bin of one, bin of other], before and as released cells are read.

    Args:
        left: a column.
        right: another of the same table.
        before: numbers of the source rows that count.
        after: numbers of the released rows that count.
    """
    flat = left.bins[left.before[before]] * right.width + right.bins[right.before[before]]
    known = np.bincount(flat, minlength=left.width * right.width).reshape(left.width, right.width)
    pairs, rows = np.unique(left.after[after] * np.int64(right.cells) + right.after[after], return_counts=True)
    told = left.spread()[pairs // right.cells] * rows[:, None]
    return known.astype(float), told.T @ right.spread()[pairs % right.cells]


def sampled(rows: int, most: int, seed: int) -> Numbers:
    """At most so many row numbers, drawn by the seed."""
    return np.arange(rows) if rows <= most else np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
