"""A told column as an attacker guesses at it: its values by number, and which guesses are right about which of them.

A number (or date) is guessed right within 5 % of the range of the released ones: values lie in twenty bins, and a guess
is the middle of two neighbouring bins. Anything else, and a blank, is guessed right only as it is.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.release.attacks.covering import Codes, Matrix
from igmap.release.ncp import positions

BINS = 20
UNSEEN = -1


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Coded:
    """The values of a column by number.

    Args:
        codes: of each released row, or UNSEEN.
        outside: of each row outside; UNSEEN where the release has no such value.
        right: which guess is right about which value, [value, guess].
    """

    codes: Codes
    outside: Codes
    right: Matrix

    @property
    def rows(self) -> Codes:
        """How many released rows each guess is right about."""
        return counts(self.codes, len(self.right)) @ self.right.astype(np.int64)

    def only(self, values: Codes) -> "Coded":
        """The same with some of the values, in ascending order, the others taken for unseen."""
        place = np.full(len(self.right) + 1, UNSEEN)
        place[values] = np.arange(len(values))
        kept = self.right[values]
        return Coded(place[self.codes], place[self.outside], kept[:, kept.any(axis=0)])


def counts(codes: Codes, size: int) -> Codes:
    """How often each of so many values occurs, the unseen left out."""
    return np.bincount(codes[codes != UNSEEN], minlength=size).astype(np.int64)


def coded(released: pl.Series, outside: pl.Series) -> Coded:
    """A column as an attacker guesses at it."""
    cells = pl.concat([released.alias("cell"), outside.alias("cell")])
    inside = released.alias("cell").value_counts(name="rows").sort(["rows", "cell"], descending=[True, False])
    known = pl.concat([inside["cell"], cells.unique().sort()]).unique(maintain_order=True)
    places = positions(known.cast(pl.String))
    if places is None or places.head(inside.height).drop_nulls().n_unique() <= 1:
        codes, right = _by_name(len(known), inside.height)
    else:
        codes, right = _by_place(places.to_numpy(), inside.height)
    numbered = pl.DataFrame({"cell": known, "code": codes})
    joined = cells.to_frame().join(numbered, on="cell", how="left", nulls_equal=True, maintain_order="left")
    found = joined["code"].to_numpy().astype(np.int64)
    return Coded(found[: len(released)], found[len(released) :], right)


def _by_name(values: int, released: int) -> tuple[Codes, Matrix]:
    codes = np.arange(values)
    return np.where(codes < released, codes, UNSEEN), np.eye(released, dtype=bool)


def _by_place(places: "np.ndarray[tuple[int], np.dtype[np.float64]]", released: int) -> tuple[Codes, Matrix]:
    """Twenty bins over the range of the released values, and the blank; of those outside some may lie beyond it."""
    low, high = np.nanmin(places[:released]), np.nanmax(places[:released])
    share = (places - low) / (high - low)
    bins = np.where(np.isnan(share), 0, np.minimum(np.floor(np.nan_to_num(share) * BINS), BINS - 1)).astype(np.int64)
    codes = np.where(np.isnan(share), BINS, np.where((share < 0) | (share > 1), UNSEEN, bins))
    right: Matrix = np.zeros((BINS + 1, BINS), dtype=bool)
    middle = np.arange(BINS - 1)
    right[middle, middle] = right[middle + 1, middle] = right[BINS, BINS - 1] = True
    return codes, right
