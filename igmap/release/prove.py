"""Proof of a release: everything is counted again from the written file, by code that its maker does not share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

import polars as pl

from igmap.errors import SourceError
from igmap.release.attacks import Attacks, attack
from igmap.release.checks import check
from igmap.release.classes import class_sizes, distinct_l, equal_t, smallest
from igmap.release.ncp import recomputed_loss
from igmap.release.source import Source, read_source
from igmap.release.staged import InStaging, Staged, read_staged, sha256
from igmap.sources import Exports

CLOSE = 1e-9


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


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in the written file; counts and shares only.

    Args:
        name: of the release.
        rows: released rows.
        persons: different persons in them; all records without a person key count as one person.
        suppressed_rows: source rows that are not in the release.
        k: persons in the smallest class.
        k_rows: rows in the smallest class.
        l: fewest different values in a class, per sensitive column or measure.
        t: largest distance of a class from the whole release, per sensitive column or measure.
        loss: recomputed from the labels.
        suppression: whom it hits.
        attacks: one per criterion of WP216.
        checks: what is wrong, counted; each must be 0.
        thresholds: what the plan demands.
        figures: what was found, under the names of the thresholds.
        unmet: thresholds and checks that do not hold.
        met: whether all hold.
        plan_sha256: of the plan, as it was carried out.
        data_sha256: of the released file.
        input_sha256: of the export it was made from.
    """

    name: str
    rows: int
    persons: int
    suppressed_rows: int
    k: int
    k_rows: int
    l: dict[str, int]  # noqa: E741 - as the literature prints it
    t: dict[str, float]
    loss: Loss
    suppression: dict[str, Suppression]
    attacks: Attacks
    checks: dict[str, int]
    thresholds: dict[str, int | float]
    figures: dict[str, int | float]
    unmet: tuple[str, ...]
    met: bool
    plan_sha256: str
    data_sha256: str
    input_sha256: str
    schema: Literal["igmap.proof/1"] = "igmap.proof/1"

    def _repr_html_(self) -> str:
        from igmap.release.certificate import figures
        from igmap.report import fragment

        return fragment(figures(self, "nl"), lang="nl")


def prove(exports: Exports, release: InStaging) -> Proof:
    """Count again what the release claims, from its written file and the source.

    Args:
        exports: the source it was made from.
        release: lies in staging, with its person map.

    Raises:
        SourceError: the staging folder is incomplete, or the source is not among the exports.
    """
    staged = read_staged(release.folder)
    source = read_source(exports, staged)
    checks, levels = check(staged, source)
    quasi = [field for field in staged.quasi_identifiers if field in levels]
    if len(quasi) < len(staged.quasi_identifiers):
        raise SourceError(f"{staged.data.name}: lacks rows or columns of its plan; anonymise again")
    return _counted(staged, source, {field: levels[field] for field in quasi}, checks)


def _counted(staged: Staged, source: Source, levels: Mapping[str, int], checks: dict[str, int]) -> Proof:
    table, persons, quasi = staged.table, staged.persons["person"], list(levels)
    sizes = class_sizes(table, quasi, persons)
    losses = recomputed_loss(table, staged.hierarchies, levels, source.rows)
    figures = {"k": smallest(sizes["persons"]), "suppression_limit": 1 - table.height / max(source.rows, 1)}
    unmet = _unmet(staged, figures, checks)
    return Proof(
        name=staged.plan["name"],
        rows=table.height,
        persons=persons.n_unique(),
        suppressed_rows=source.rows - table.height,
        k=smallest(sizes["persons"]),
        k_rows=smallest(sizes["rows"]),
        l={field: distinct_l(table, quasi, field) for field in staged.told},
        t={field: equal_t(table, quasi, field) for field in staged.told},
        loss=Loss(sum(losses.values()) / len(losses), losses),
        suppression={field: _suppression(staged, source, field, level) for field, level in levels.items()},
        attacks=attack(table, quasi, staged.told, persons=persons, before=source.counts(quasi)["persons"]),
        checks=checks,
        thresholds={name: staged.plan[name] for name in figures},
        figures=figures,
        unmet=unmet,
        met=not unmet,
        **_hashes(staged, source),
    )


class _Hashes(TypedDict):
    plan_sha256: str
    data_sha256: str
    input_sha256: str


def _hashes(staged: Staged, source: Source) -> _Hashes:
    """Of plan, released file and input, so that nobody swaps one of them after the proof."""
    plan = staged.data.parent / "plan.yaml"
    return {"plan_sha256": sha256(plan), "data_sha256": sha256(staged.data), "input_sha256": source.sha256}


def _unmet(staged: Staged, figures: Mapping[str, float], checks: Mapping[str, int]) -> tuple[str, ...]:
    too_small = ["k"] if figures["k"] < staged.plan["k"] else []
    too_many = ["suppression_limit"] if figures["suppression_limit"] > staged.plan["suppression_limit"] + CLOSE else []
    return (*too_small, *too_many, *(name for name, wrong in checks.items() if wrong))


def _suppression(staged: Staged, source: Source, field: str, level: int) -> Suppression:
    """Whom suppression hits: source and released rows per label."""
    labels = staged.hierarchies[field]
    groups = pl.DataFrame(
        {"0": labels[:, 0].tolist(), "label": labels[:, level].tolist()}, schema={"0": pl.String, "label": pl.String}
    )
    before = source.counts([field]).join(groups, on="0", nulls_equal=True).group_by("label").agg(pl.col("rows").sum())
    after = staged.table.group_by(pl.col(field).alias("label")).agg(pl.len().alias("left"))
    both = before.join(after, on="label", how="left", nulls_equal=True).with_columns(pl.col("left").fill_null(0))
    lost = 1 - both["left"] / both["rows"]
    return Suppression(both.height, int((both["left"] == 0).sum()), _largest(lost))


def _largest(shares: pl.Series) -> float:
    largest = shares.max()
    return round(largest, 12) if isinstance(largest, float) else 0.0
