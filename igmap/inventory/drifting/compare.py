"""Two inventories side by side: datasets by their series, fields by their names, shares by a test against chance.

A share has moved when three things hold: a pooled two-proportion z-test rejects equality at 1 % over all shares
compared together (Bonferroni), the share differs by a percentage point or by half of itself, and ten records are
concerned. So a table of ten million rows does not report every wobble, and one of ten rows nothing at all.

Source: the two-proportion z-test, NIST/SEMATECH e-Handbook of Statistical Methods, section 7.3.3.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from statistics import NormalDist
from typing import TYPE_CHECKING

from igmap.inventory.deciding.series import series_of, unnumbered
from igmap.inventory.detectors import DETECTORS
from igmap.inventory.drifting.drift import Drift, FieldChange, Place, Renamed, RowsMoved, ShareMoved
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igmap.inventory.drifting.drift import Aspect

Pair = tuple[DatasetInventory, DatasetInventory]
FALSE_ALARM = 0.01  # of a whole report
LEAST_SHARE, LEAST_PART, LEAST_RECORDS = 0.01, 0.5, 10
ALIKE = 0.1  # shares of a renamed field differ by no more
ROWS_PART = 0.25  # more or fewer rows than this part is worth a line
ASPECTS: tuple[Aspect, ...] = ("verdict", "category", "identifiability", "special", "secret")
ORDER = {
    "verdict": ("none", "undecided", "found"),
    "identifiability": ("none", "quasi", "key", "direct"),
    "special": ("none", "art10", "art9", "bsn"),
    "secret": ("False", "True"),
}


def drift(old: Inventory, new: Inventory) -> Drift:
    """Compare two inventories of the same exports, of two days.

    `crm_2026-11.csv` and `crm_2026-12.csv` are one series. Of a series with several files the same file is compared
    with itself, and each file that is new with the latest one of before.

    Args:
        old: of before.
        new: of now.

    Returns:
        What is new, gone, changed, perhaps renamed, and moved by more than chance.
    """
    pairs = list(_pairs(old, new))
    matched = {id(dataset) for _, dataset in pairs}
    kept = {series_of(d.source, d.table) for d in new.datasets}
    fresh = [d for d in new.datasets if id(d) not in matched]
    lost = [d for d in old.datasets if series_of(d.source, d.table) not in kept]
    both = [(before, after, *_fields(before, after)) for before, after in pairs]
    return Drift(
        compared=tuple((one.source, other.source) for one, other in pairs),
        new=tuple(
            [_place(d, f) for d in fresh for f in d.fields] + [_place(d, f) for _, d, _, came, _ in both for f in came]
        ),
        gone=tuple(
            [_place(d, f) for d in lost for f in d.fields] + [_place(d, f) for d, _, _, _, left in both for f in left]
        ),
        changed=tuple(c for _, d, kept_, _, _ in both for b, a in kept_ for c in _changes(d, b, a)),
        renamed=tuple(one for b, a, _, came, left in both for one in _renamed(b, a, came, left)),
        shares=_moved([(d, pair, before) for before, d, kept_, _, _ in both for pair in kept_]),
        rows=tuple(RowsMoved(d.source, d.table, b.rows, d.rows) for b, d in pairs if _differ(b.rows, d.rows)),
    )


def _pairs(old: Inventory, new: Inventory) -> Iterator[Pair]:
    series: dict[tuple[str, str], list[DatasetInventory]] = {}
    for dataset in old.datasets:
        series.setdefault(series_of(dataset.source, dataset.table), []).append(dataset)
    for dataset in new.datasets:
        before = series.get(series_of(dataset.source, dataset.table))
        if before:
            same = old.dataset(dataset.source, dataset.table)
            yield same or max(before, key=lambda d: (d.source, d.table)), dataset


def _fields(
    before: DatasetInventory, after: DatasetInventory
) -> tuple[list[tuple[Field, Field]], list[Field], list[Field]]:
    """The fields in both, those that came and those that left.

    A mask's number says nothing, so masked ones are paired in their order.
    """
    olds: dict[str, list[Field]] = {}
    for field in before.fields:
        olds.setdefault(unnumbered(field.name), []).append(field)
    kept, came = [], []
    for field in after.fields:
        same = olds.get(unnumbered(field.name))
        if same:
            kept.append((same.pop(0), field))
        else:
            came.append(field)
    return kept, came, [field for fields in olds.values() for field in fields]


def _place(dataset: DatasetInventory, field: Field) -> Place:
    return Place(dataset.source, dataset.table, field.name, field.verdict, field.category, dataset.rows)


def _changes(dataset: DatasetInventory, before: Field, after: Field) -> Iterator[FieldChange]:
    for aspect in ASPECTS:
        one, other = str(getattr(before, aspect)), str(getattr(after, aspect))
        if one != other:
            ranks = ORDER.get(aspect, ())
            worse = bool(ranks) and ranks.index(other) > ranks.index(one)
            yield FieldChange(_place(dataset, after), aspect, one, other, worse)


def _renamed(
    before: DatasetInventory, after: DatasetInventory, came: Iterable[Field], left: Iterable[Field]
) -> Iterator[Renamed]:
    """New and gone fields of one dataset in the order of their likeness; each is used once."""
    candidates = sorted(
        (
            (_distance(one, other), left_at, came_at, one, other)
            for (left_at, one), (came_at, other) in product(enumerate(left), enumerate(came))
            if one.category == other.category != "none" and one.verdict == other.verdict
        ),
        key=lambda candidate: candidate[:3],
    )
    used: set[tuple[str, int]] = set()
    for distance, left_at, came_at, one, other in candidates:
        if distance <= ALIKE and not {("left", left_at), ("came", came_at)} & used:
            used |= {("left", left_at), ("came", came_at)}
            yield Renamed(_place(before, one), _place(after, other), round(distance, 6))


def _distance(one: Field, other: Field) -> float:
    """The largest difference between the shares of their detections."""
    shares = [{d.detector: d.share for d in field.detections} for field in (one, other)]
    return max(
        (abs(shares[0].get(name, 0.0) - shares[1].get(name, 0.0)) for name in {*shares[0], *shares[1]}), default=0.0
    )


def _moved(pairs: list[tuple[DatasetInventory, tuple[Field, Field], DatasetInventory]]) -> tuple[ShareMoved, ...]:
    compared = [moved for dataset, pair, before in pairs for moved in _shares(dataset, pair, before)]
    limit = NormalDist().inv_cdf(1 - FALSE_ALARM / 2 / max(1, len(compared)))
    return tuple(replace(one, z=round(one.z, 2)) for one in compared if one.is_new or _is_clear(one, limit))


def _shares(dataset: DatasetInventory, pair: tuple[Field, Field], before: DatasetInventory) -> Iterator[ShareMoved]:
    """Every detector that fired in a field before or now, with its counts."""
    counts = [{d.detector: d for d in field.detections} for field in pair]
    filled = [_filled(field, parsed) for field, parsed in zip(pair, (before.parsed, dataset.parsed), strict=True)]
    for name in sorted({*counts[0], *counts[1]}):
        one, other = ((found[name].count if name in found else 0) for found in counts)
        seen = ((one, max(filled[0], one)), (other, max(filled[1], other)))
        is_new = one == 0 and before.parsed > 0 and _points(name)
        yield ShareMoved(_place(dataset, pair[1]), name, *seen, z_of(*seen), is_new)


def _filled(field: Field, parsed: int) -> int:
    """The records with a value, as a detection tells; without any all records."""
    largest = max(field.detections, key=lambda d: d.count, default=None)
    return round(largest.count / largest.share) if largest and largest.share else parsed


def _points(detector: str) -> bool:
    """Whether it recognises what points at a person, or falls under a special regime."""
    meaning = CATEGORIES.get({one.id: one.category for one in DETECTORS}.get(detector, detector))
    return bool(meaning and (meaning.identifiability == "direct" or meaning.special != "none" or meaning.secret))


def _is_clear(moved: ShareMoved, limit: float) -> bool:
    one, other = (count / of if of else 0.0 for count, of in (moved.before, moved.after))
    enough = max(moved.before[0], moved.after[0]) >= LEAST_RECORDS
    apart = abs(one - other) >= LEAST_SHARE or abs(one - other) >= LEAST_PART * max(one, other)
    return abs(moved.z) > limit and enough and apart


def z_of(before: tuple[int, int], after: tuple[int, int]) -> float:
    """How many standard deviations two shares differ, with their common share as what is true of both.

    Args:
        before: records in which something was found, of how many.
        after: the same now.

    Example:
        >>> round(z_of((50, 100), (75, 100)), 3)
        3.651
    """
    (x, n), (y, m) = before, after
    if not n or not m:
        return 0.0
    common = (x + y) / (n + m)
    spread = math.sqrt(common * (1 - common) * (1 / n + 1 / m))
    return (y / m - x / n) / spread if spread else 0.0


def _differ(one: int, other: int) -> bool:
    return abs(one - other) > ROWS_PART * max(one, other)
