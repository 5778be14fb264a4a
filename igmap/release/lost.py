"""What a release lost: information, by its labels, and the rows that were left out, by whom they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from igmap.errors import SourceError
from igmap.release.checks import Standing, check
from igmap.release.source import Source
from igmap.release.staged import Labels, Staged

FEW_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Loss:
    """Information loss, 0-1, a row that was left out counted as 1: over all quasi-identifiers and per column."""

    ncp: float
    per_column: dict[str, float]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Whom suppression hits, per quasi-identifier at its released level.

    Args:
        groups: groups in the source.
        vanished: groups of which nobody is left.
        worst_share: the largest share that any group lost, 0-1.
    """

    groups: int
    vanished: int
    worst_share: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Counted:
    """A table with its source, what is wrong with it, and how its quasi-identifiers stand."""

    staged: Staged
    source: Source
    checks: Mapping[str, int]
    stands: Mapping[str, Standing]

    @property
    def gone(self) -> int:
        """Rows of the source that are not in the release."""
        return self.source.rows - self.staged.table.height


def counted(staged: Staged, source: Source) -> Counted:
    """A table of a release held against its source.

    Raises:
        SourceError: the table lacks rows or columns.
    """
    checks, stands = check(staged, source)
    missing = {column["field"] for column in staged.kept} - set(staged.table.columns)
    if missing or len(stands) < len(staged.quasi_identifiers):
        raise SourceError(f"{staged.data.name}: lacks rows or columns of its plan; anonymise again")
    return Counted(staged, source, checks, stands)


def loss(tables: Sequence[Counted]) -> Loss:
    """Mean cost of a cell over all source rows, those left out included, per column and over all of them."""
    losses = {
        f"{one.staged.prefix}{field}": (stands.loss + one.gone) / max(one.source.rows, 1)
        for one in tables
        for field, stands in one.stands.items()
    }
    return Loss(sum(losses.values()) / max(len(losses), 1), losses)


def suppressions(tables: Sequence[Counted]) -> dict[str, Suppression]:
    """Whom suppression hits, per quasi-identifier of every table."""
    return {f"{one.staged.prefix}{field}": _suppression(one, field) for one in tables for field in one.stands}


def _suppression(table: Counted, field: str) -> Suppression:
    """Source and released records per group of source values."""
    labels = table.staged.hierarchies[field]
    level = table.stands[field].level
    groups = pl.DataFrame(
        {"0": labels[:, 0].tolist(), "label": labels[:, _told_level(labels) if level is None else level].tolist()},
        schema={"0": pl.String, "label": pl.String},
    )
    before = table.source.counts([field]).join(groups, on="0", nulls_equal=True)
    cells = table.source.coded(field, table.staged.persons["record"]).rows("0")
    after = cells.join(groups, on="0", nulls_equal=True).group_by("label").agg(left=pl.col("rows").sum())
    rows = before.group_by("label").agg(pl.col("rows").sum())
    both = rows.join(after, on="label", how="left", nulls_equal=True).with_columns(pl.col("left").fill_null(0))
    lost = 1 - both["left"] / both["rows"]
    return Suppression(both.height, int((both["left"] == 0).sum()), _largest(lost))


def _told_level(labels: Labels) -> int:
    """The most specific level with few groups, for cells that stand at different levels."""
    sizes = [len(set(labels[:, level].tolist())) for level in range(labels.shape[1])]
    return next((level for level, groups in enumerate(sizes) if groups <= FEW_GROUPS), 0)


def _largest(shares: pl.Series) -> float:
    largest = shares.max()
    return round(largest, 12) if isinstance(largest, float) else 0.0
