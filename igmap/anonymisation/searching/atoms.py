"""The values that set labels are made of: what a set or an interval of them costs, and how it is written.

An atom is a label at the finest level that the plan allows, as a rule the value itself. A column with a scale
(`loss.py`) is labelled with the interval from its lowest to its highest member: the extremes of the class, not fixed
bounds. Who wants fixed bounds sets `least_level` to a level of intervals; the label is then a set of these, such as
`20-24 | 25-29`. A blank is an atom of its own; with others it is written `(blank)`, and beside numbers it costs 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.anonymisation.groups import Flags, Shares
from igmap.anonymisation.loss import positions_of
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.tuples import Numbers

BLANK, OR, TO = "(blank)", " | ", "-"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Atoms:
    """The atoms of one column, in the order of its hierarchy or its scale.

    Args:
        of: [leaf], the atom of each value.
        texts: [atom], its label; None is a blank.
        low: [atom], where it begins on the scale, 0-1; -1 for a blank. Empty without a scale.
        high: [atom], where it ends.
        share: [atom], what it adds to the cost of a set, the first one `first` less.
        first: see `share`.
        exact: whether atoms are values.
    """

    of: Numbers
    texts: Sequence[str | None]
    low: Shares
    high: Shares
    share: Shares
    first: float
    exact: bool

    def costs(self, held: Flags) -> Shares:
        """[class], the cost of labels, 0-1, given [class, atom] which each holds."""
        if not self.low.size:
            return np.where(held.any(axis=1), np.einsum("ij,j->i", held, self.share) - self.first, 0.0)
        low = np.where(held, self.low, np.inf).min(axis=1)
        high = np.where(held, self.high, -np.inf).max(axis=1)
        widths: Shares = np.minimum(high - low, 1.0)
        return widths

    def label(self, held: Numbers) -> str | None:
        """The label of a class, given its atoms, ascending."""
        texts = [self.texts[atom] for atom in held.tolist()]
        if len(texts) == 1:
            return None if texts[0] is None else _quoted(texts[0])
        filled = [text for text in texts if text is not None]
        blank = [BLANK] if len(filled) < len(texts) else []
        if self.low.size and self.exact and len(filled) > 1:
            ends = [filled[0], filled[-1]]
            return OR.join([(".." if any(TO in end for end in ends) else TO).join(ends), *blank])
        return OR.join([*(_quoted(text) for text in sorted(filled)), *blank])


def atoms_of(axis: Axis) -> Atoms:
    """The atoms of a column."""
    hierarchy, level = axis.hierarchy, axis.levels[0]
    labels = hierarchy.labels
    positions = positions_of(pl.Series(labels[:, 0].tolist(), dtype=pl.String))
    keys = [tuple(_ordered(text) for text in reversed(row)) for row in labels[:, level:].tolist()]
    if positions is not None:
        reach = np.nanmax(positions) - np.nanmin(positions) or 1.0
        scale = np.nan_to_num((positions - np.nanmin(positions)) / reach, nan=-1.0)
        keys = [(place, key) for place, key in zip(scale.tolist(), keys, strict=True)]  # type: ignore[misc]
    codes, order = hierarchy.codes()[:, level], sorted(range(len(keys)), key=keys.__getitem__)
    first: dict[int, int] = {}
    for leaf in order:
        first.setdefault(int(codes[leaf]), len(first))
    of = np.array([first[code] for code in codes.tolist()], np.int64)
    texts: list[str | None] = [None] * len(first)
    for leaf, atom in enumerate(of.tolist()):
        texts[atom] = labels[leaf, level]
    low, high = np.empty(0), np.empty(0)
    if positions is not None:
        low, high = np.full(len(first), np.inf), np.full(len(first), -np.inf)
        np.minimum.at(low, of, scale)
        np.maximum.at(high, of, scale)
    domain = max(len(of) - 1, 1)
    return Atoms(of, texts, low, high, np.bincount(of) / domain, 1 / domain, level == 0)


def _ordered(text: str | None) -> tuple[bool, str]:
    return (text is not None, text or "")


def _quoted(text: str) -> str:
    """A value in a set; in quotes where it could be read as more than one, or as a blank."""
    return '"' + text.replace('"', '""') + '"' if "|" in text or '"' in text or text == BLANK else text
