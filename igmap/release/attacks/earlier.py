"""A release beside earlier ones: pseudonyms that stayed the same, and who came or left between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl

from igmap.errors import ReleaseError
from igmap.release.attacks.attack import EXCESS, Attack, Tried, settled, untried
from igmap.release.attacks.covering import covers
from igmap.release.attacks.intersecting import intersecting
from igmap.release.attacks.known import Known, known_of
from igmap.release.attacks.target import Target
from igmap.release.lost import Counted
from igmap.release.published import Published, read_release, staged_table
from igmap.workspace import Workspace

UNLIKELY = 5.0  # standard deviations
CELLS = 5_000_000  # of values and cells of a column that are held against each other at once
STABLE = (
    "stable pseudonyms: share of the pseudonyms that an earlier release has too; the attacker holds both releases; "
    "control: how many would be the same by chance; exact count"
)
DIFFERENCE = (
    "differencing: of the rows that only one of two releases has, the share that stands in groups of fewer than k; the "
    "attacker holds both releases, compares what their labels have in common, and knows who came or left; exact count"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The releases of a workspace that were published before, by name."""

    workspace: Workspace
    names: tuple[str, ...]

    def __call__(self, table: Counted, seen: Target) -> Iterator[tuple[str, Attack]]:
        """Attack a staged table together with each of them; one that cannot be read leaves the answer open."""
        known, new = known_of(table, seen), staged_table(table.staged)
        for name in self.names:
            try:
                parts = read_release(self.workspace, name)
            except ReleaseError as error:
                yield f"earlier({name})", untried(str(error))
                continue
            for old in parts:
                yield from beside(new, old, known)


def beside(new: Published, old: Published, known: Known | None) -> Iterator[tuple[str, Attack]]:
    """All attacks on two releases together; without the source, those that need none."""
    yield from _stable(new, old)
    yield from _differences(new, old, known.limit if known else EXCESS)
    if known is not None:
        yield from intersecting(new, old, known)


def _stable(new: Published, old: Published) -> Iterator[tuple[str, Attack]]:
    """How many pseudonyms are in both, against what chance makes of their length and signs."""
    if not old.links:
        return
    theirs = pl.concat([old.table[field].rename("cell") for field in old.links]).drop_nulls().unique()
    for field in new.links:
        ours = new.table[field].drop_nulls().unique()
        signs = max(len(set("".join(ours.head(1_000).to_list()))), 2)
        space = float(signs) ** max(ours.str.len_chars().to_list(), default=0)
        chance = min(len(ours) * len(theirs) / space, len(ours))
        tried = Tried(int(ours.is_in(theirs.implode()).sum()), len(ours), chance, len(ours))
        limit = UNLIKELY * sqrt(chance) / max(len(ours), 1)
        yield f"stable_pseudonym({old.file}, {field})", settled(tried, STABLE, limit=limit)


def _differences(new: Published, old: Published, limit: float) -> Iterator[tuple[str, Attack]]:
    """Compare how often told values occur in groups that the labels of both releases have in common.

    Source: Xiao and Tao 2007, doi:10.1145/1247480.1247556 (m-invariance: what sequential releases tell).
    """
    shared = {field for field in new.columns if field in old.columns and new.steps(field) == old.steps(field)}
    told = [field for field in new.exact if field in shared and field in old.exact]
    groups = {
        field: found for field in new.quasi if field in shared and (found := _groups(new, old, field)) is not None
    }
    if not told or not groups:
        return
    counts = [_counts(one, groups, told, new).rename({"len": side}) for side, one in (("new", new), ("old", old))]
    keys = [*groups, *told]
    both = counts[0].join(counts[1], on=keys, how="full", coalesce=True, nulls_equal=True).fill_null(0)
    apart = pl.col("old").cast(pl.Int64) - pl.col("new").cast(pl.Int64)
    left = both.group_by(list(groups)).agg(left=apart.clip(0).sum(), came=(-apart).clip(0).sum())
    sizes = pl.concat([left["left"], left["came"].rename("left")])
    few = sizes.filter(sizes < int(new.plan["k"]) * int(new.plan.get("most", 1)))
    tried = Tried(int(few.sum()), int(sizes.sum()))
    yield f"differencing({old.file})", settled(tried, DIFFERENCE, limit=limit)


def _counts(one: Published, groups: dict[str, pl.DataFrame], told: list[str], typed: Published) -> pl.DataFrame:
    cells = {field: typed.plain(field, one.table[field]) for field in told}
    for field, group in groups.items():
        known = one.table.select(cell=field).join(group, on="cell", how="left", nulls_equal=True, maintain_order="left")
        cells[field] = known["group"]
    return pl.DataFrame(cells).group_by([*groups, *told]).len()


def _groups(new: Published, old: Published, field: str) -> pl.DataFrame | None:
    """The group of each `cell` of a column: two cells of one group, in either release, may be about the same value.

    None where one group holds everything, or the column is too large to say.
    """
    if field not in old.hierarchies:
        return None
    cells = pl.concat([new.table[field], old.table[field]]).unique(maintain_order=True)
    leaves = [pl.Series("leaf", one.hierarchies[field][:, 0].tolist(), dtype=pl.String) for one in (new, old)]
    values = pl.concat(leaves).unique(maintain_order=True)
    if len(cells) * len(values) > CELLS:
        return None
    held = covers(new.hierarchies[field], cells, values) | covers(old.hierarchies[field], cells, values)
    far = len(values) + len(cells)
    of_cell = np.arange(len(values), far)
    while True:
        of_value = np.where(held, of_cell[None, :], far).min(axis=1)
        reached = np.minimum(np.where(held, of_value[:, None], far).min(axis=0), of_cell)
        if (reached == of_cell).all():
            break
        of_cell = reached
    return pl.DataFrame({"cell": cells, "group": of_cell}) if len(set(of_cell.tolist())) > 1 else None
