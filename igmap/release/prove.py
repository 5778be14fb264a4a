"""Proof of a release: everything is counted again from the written file, by code that its maker does not share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

import polars as pl

from igmap.errors import SourceError
from igmap.release.attacks import Attacks, attack
from igmap.release.checks import Standing, check
from igmap.release.classes import class_sizes, distinct_l, equal_t, smallest
from igmap.release.conditions import Recounted, judged, recounted
from igmap.release.source import Source, read_source
from igmap.release.staged import InStaging, Labels, Staged, read_staged, sha256
from igmap.release.told import persons_per_combination, told_of_persons, with_classes
from igmap.sources import Exports

CLOSE = 1e-9
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
    counted = [_counted(one, read_source(exports, one)) for one in staged.tables]
    checks = {name: sum(one.checks[name] for one in counted) for name in counted[0].checks}
    return _proof(staged, counted, checks)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Counted:
    """A table with its source, what is wrong with it, and how its quasi-identifiers stand."""

    staged: Staged
    source: Source
    checks: Mapping[str, int]
    stands: Mapping[str, Standing]


def _counted(staged: Staged, source: Source) -> Counted:
    checks, stands = check(staged, source)
    if len(stands) < len(staged.quasi_identifiers):
        raise SourceError(f"{staged.data.name}: lacks rows or columns of its plan; anonymise again")
    return Counted(staged, source, checks, stands)


def _proof(staged: Staged, counted: Sequence[Counted], checks: Mapping[str, int]) -> Proof:
    table, quasi = with_classes(staged)
    persons, source = staged.persons["person"], counted[0].source
    sizes = class_sizes(table, quasi, persons)
    told = {field: recounted(_rows(table, quasi, field, persons), source.pairs(field)) for field in staged.told}
    asked, found, unmet = _thresholds(staged, source, sizes, told)
    unmet = (*unmet, *(name for name, wrong in checks.items() if wrong))
    return Proof(
        name=staged.plan["name"],
        rows=table.height,
        persons=persons.n_unique(),
        suppressed_rows=source.rows - table.height,
        k=int(found["k"]),
        k_rows=smallest(sizes["rows"]),
        l={field: distinct_l(table, quasi, field) for field in staged.told},
        t={field: equal_t(table, quasi, field) for field in staged.told},
        loss=_loss(counted),
        suppression=_suppressions(counted),
        attacks=attack(table, quasi, staged.told, persons=persons, before=_before(counted)),
        checks=dict(checks),
        thresholds=asked,
        figures=found,
        unmet=unmet,
        met=not unmet,
        **_hashes(staged, source),
    )


def _rows(table: pl.DataFrame, quasi: Sequence[str], field: str, persons: pl.Series) -> pl.DataFrame:
    """The `class`, `value` and `person` of each row."""
    numbers = table.select(pl.struct(quasi).rank("dense").alias("class") if quasi else pl.lit(0).alias("class"))
    return numbers.with_columns(value=table[field], person=persons)


def _before(counted: Sequence[Counted]) -> pl.Series:
    """Persons behind each combination of the source."""
    first = counted[0]
    if not first.staged.joined:
        return first.source.counts(list(first.stands))["persons"]
    tables = ((one.source.told(list(one.stands)), list(one.stands)) for one in counted)
    return told_of_persons(tables).group_by("told").len()["len"]


def _loss(counted: Sequence[Counted]) -> Loss:
    """Mean cost of a cell over all source rows, those left out included, per column and over all of them."""
    losses: dict[str, float] = {}
    for number, one in enumerate(counted, start=1):
        gone = one.source.rows - one.staged.table.height
        for field, stands in one.stands.items():
            name = field if number == 1 else f"{one.staged.plan['name']}.{field}"
            losses[name] = (stands.loss + gone) / max(one.source.rows, 1)
    return Loss(sum(losses.values()) / max(len(losses), 1), losses)


class _Hashes(TypedDict):
    plan_sha256: str
    data_sha256: str
    input_sha256: str


def _hashes(staged: Staged, source: Source) -> _Hashes:
    """Of plan, released file and input, so that nobody swaps one of them after the proof."""
    plan = staged.data.parent / "plan.yaml"
    return {"plan_sha256": sha256(plan), "data_sha256": sha256(staged.data), "input_sha256": source.sha256}


def _thresholds(
    staged: Staged, source: Source, sizes: pl.DataFrame, told: Mapping[str, Recounted]
) -> tuple[dict[str, int | float], dict[str, int | float], tuple[str, ...]]:
    """What the plan asks, what was found, and what of it is not met."""
    persons = persons_per_combination(staged) if staged.joined else sizes["persons"]
    asked: dict[str, int | float] = {name: staged.plan[name] for name in ("k", "suppression_limit")}
    gone = 1 - staged.table.height / max(source.rows, 1)
    found: dict[str, int | float] = {"k": smallest(persons), "suppression_limit": gone}
    wrong = {"k": found["k"] < asked["k"], "suppression_limit": gone > asked["suppression_limit"] + CLOSE}
    for settings in staged.plan.get("models") or ():
        name, set_to, figure, holds = judged(settings, told, persons)
        asked[name], found[name], wrong[name] = set_to, figure, not holds
    return asked, found, tuple(name for name, broken in wrong.items() if broken)


def _suppressions(counted: Sequence[Counted]) -> dict[str, Suppression]:
    return {field: _suppression(one, field) for one in counted[:1] for field in one.stands}


def _suppression(counted: Counted, field: str) -> Suppression:
    """Whom suppression hits: source and released records per group of source values."""
    labels = counted.staged.hierarchies[field]
    level = counted.stands[field].level
    groups = pl.DataFrame(
        {"0": labels[:, 0].tolist(), "label": labels[:, _told_level(labels) if level is None else level].tolist()},
        schema={"0": pl.String, "label": pl.String},
    )
    before = counted.source.counts([field]).join(groups, on="0", nulls_equal=True)
    cells = counted.source.cells(field, counted.staged.persons["record"]).rename("0").to_frame()
    after = cells.join(groups, on="0", nulls_equal=True).group_by("label").agg(pl.len().alias("left"))
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
