"""What a search decided for the tables of a plan."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.anonymisation.axes import Axes
from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.searching import Solution
from igmap.anonymisation.tuples import Tuples

if TYPE_CHECKING:
    from igmap.anonymisation.searching.solution import Texts
    from igmap.anonymisation.table import Table


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Recoding:
    """What a search decided for the tables of a plan.

    Args:
        tables: that were counted.
        counted: the engine's table whose tuples were counted: the only one, or one with a row per person.
        columns: the engine's columns of these tuples.
        tuples: numbered by the values of these columns.
        hierarchies: of these columns.
        axes: as they were searched.
        best: the class of each tuple, and the labels of each class.
        wider: the hierarchies over the values of a population too, where models count in one.
    """

    tables: "tuple[Table, ...]"
    counted: str
    columns: tuple[str, ...]
    tuples: Tuples
    hierarchies: tuple[Hierarchy, ...]
    axes: Axes
    best: Solution
    wider: tuple[Hierarchy, ...] = ()

    @property
    def loss(self) -> float:
        """Weighted NCP, 0-1, a suppressed row counted as 1."""
        return self.best.loss(self.tuples, self.axes.axes)

    @property
    def suppressed_rows(self) -> int:
        """Rows of the counted table that are left out."""
        return self.best.suppressed_rows(self.tuples)

    @property
    def levels(self) -> tuple[int, ...] | None:
        """The one level of each column, if there is one."""
        return self.axes.levels(self.best, self.hierarchies)

    @property
    def labels(self) -> "tuple[Texts, ...]":
        """Per column [class], what its cells become."""
        return self.axes.labels(self.best)

    def classes(self) -> pa.Table:
        """The values of each tuple that stays, and its class."""
        kept = np.flatnonzero(self.best.released)
        values = [texts_of(hierarchy.labels[:, 0]) for hierarchy in self.hierarchies]
        leaves = self.tuples.leaves[kept].T
        taken = {c: held.gather(at) for c, held, at in zip(self.columns, values, leaves, strict=True)}
        return pl.DataFrame({**taken, "class": self.best.classes[kept]}).to_arrow()


def numbered(labels: "dict[str, Texts]", count: int) -> pa.Table:
    """The labels of each class, by name, as the engine joins them."""
    columns = {name: texts_of(texts) for name, texts in labels.items()}
    return pl.DataFrame({"class": np.arange(count), **columns}).to_arrow()


def texts_of(labels: "Texts") -> pl.Series:
    """Labels as a column; pyarrow would import pandas to make one."""
    return pl.Series(labels.tolist(), dtype=pl.String)
