"""A release that does not meet its thresholds: the cheapest changes of the plan that do, found by trying them."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, combinations
from math import ceil, floor, log10
from pathlib import Path
from shutil import rmtree
from typing import Any

import polars as pl

from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.anonymisation.plan import LinkedTable
from igmap.errors import IgmapError, SourceError
from igmap.inventory import locate
from igmap.progress import Step, silent
from igmap.release import Proof, prove
from igmap.remedies.told import Change, Remedies, Remedy
from igmap.report import percentage
from igmap.sources import Exports

SECONDS = 60.0
WHOLE = 50_000  # records; of more, a share of the persons is tried
SHOWN = 3
LIMITS = (0.05, 0.1, 0.2, 0.3)
HALF = 0.5
CLASSES = 10  # that a rounded or capped measure has about
TRIAL_KEY = bytes(32)  # so that every trial draws the same


Candidate = tuple[Plan, tuple[Change, ...]]


def find_remedies(
    exports: Exports, plan: Plan, folder: Path, *, seconds: float = SECONDS, step: Step = silent
) -> Remedies:
    """Try changes of a plan, each by anonymising and proving anew, and keep the cheapest that meet everything.

    One change at a time is tried, then two together where no single one helps; looser thresholds only when nothing
    else does. Of a large dataset a sample of the persons is tried, which meets k less easily than all of them do.

    Args:
        exports: hold the plan's datasets.
        plan: that does not meet its thresholds.
        folder: private staging.
        seconds: after which no further plan is tried.
        step: told of each plan that is tried.
    """
    bench = _Bench(exports, plan, folder, seconds=seconds, step=step)
    singles = [*_candidates(exports, bench.plan)]
    bench.carry_out(singles)
    if not bench.found:
        bench.carry_out(_together(bench.plan, singles))
    if not bench.found:
        bench.carry_out(list(_looser(bench)))
    found = sorted(bench.found, key=lambda one: (one.loss, len(one.changes)))[:SHOWN]
    return Remedies(tuple(found), bench.tried, bench.left, seconds, bench.share)


def _share(exports: Exports, plan: Plan) -> float:
    rows = max(locate(exports, one.source, one.table).dataset.parsed for one in plan.tables)
    return min(1.0, WHOLE / max(rows, 1))


class _Bench:
    """Where plans are tried until time is up."""

    def __init__(self, exports: Exports, plan: Plan, folder: Path, *, seconds: float, step: Step) -> None:
        self.step = step
        self.share, self.seconds = _share(exports, plan), plan.seconds
        self.exports, self.folder, self.until = exports, folder, time.monotonic() + seconds
        self.plan = replace(plan, sample=plan.sample * self.share, seconds=plan.seconds or max(seconds / 4, 1.0))
        self.found: list[Remedy] = []
        self.tried = self.left = 0

    def carry_out(self, candidates: Sequence[Candidate]) -> None:
        for place, (plan, changes) in enumerate(candidates):
            if time.monotonic() > self.until:
                self.left += len(candidates) - place
                return
            self.tried += 1
            self.step("remedy", tried=self.tried)
            proof = self.proof(plan)
            if proof and proof.met:
                whole = replace(plan, sample=plan.sample / self.share, seconds=self.seconds)
                self.found.append(Remedy(changes, _loss(self.plan, plan, changes, proof), whole))

    def proof(self, plan: Plan) -> Proof | None:
        """Of a plan; None where it cannot be carried out."""
        with suppress(IgmapError):
            made = anonymise(self.exports, plan, self.folder, secret=TRIAL_KEY)
            try:
                return prove(self.exports, made)
            finally:
                rmtree(made.folder, ignore_errors=True)
        return None


def _loss(before: Plan, after: Plan, changes: Sequence[Change], proof: Proof) -> float:
    """Mean loss of the columns that were planned; what is dropped, left out or not drawn is lost whole."""
    price = {key: cost for one in changes for key, cost in one.price.items()}
    losses = []
    for number, (table, now) in enumerate(zip(before.tables, after.tables, strict=True)):
        prefix, kept = ("" if number == 0 else f"{table.name}."), {column.field for column in now.kept}
        rows = proof if number == 0 else proof.tables[table.name]
        gone = rows.suppressed_rows / max(rows.rows + rows.suppressed_rows, 1)
        for column in table.kept:
            own = price.get((table.name, column.field), 0.0)
            counted = proof.loss.per_column.get(f"{prefix}{column.field}", gone + (1 - gone) * own)
            losses.append(counted if column.field in kept else 1.0)
    drawn = after.sample / before.sample
    return round(1 - drawn + drawn * sum(losses) / max(len(losses), 1), 6)


def _candidates(exports: Exports, plan: Plan) -> Iterator[Candidate]:
    """Plans with one change, roughly the cheapest first."""
    for limit in LIMITS:
        if limit > plan.suppression_limit:
            change = Change("suppression", {"limit": limit, "value": f"{limit:g}"}, {})
            yield replace(plan, suppression_limit=limit), (change,)
    columns = [(table, column) for table in plan.tables for column in table.kept if column.role != "link"]
    told = [(table, column) for table, column in columns if column.role != "quasi"]
    quasi = [(table, column) for table, column in columns if column.role == "quasi"]
    for table, column in quasi:
        if column.treatment == "generalise" and not column.follows:
            change = Change("coarser", {"column": column.field}, {})
            yield _with(plan, table, replace(column, least_level=column.least_level + 1)), (change,)
    yield from chain.from_iterable(_rougher(exports, plan, table, column) for table, column in told)
    for kind, some in (("without", told), ("without_quasi", quasi if len(quasi) > 1 else [])):
        for table, column in some:
            change = Change(kind, {"column": column.field}, {(table.name, column.field): 1.0})
            yield _with(plan, table, replace(column, treatment="drop", hierarchy=None, follows="")), (change,)
    half = replace(plan, sample=plan.sample * HALF)
    yield half, (Change("sample", {"share": HALF}, {}),)


def _with(plan: Plan, table: LinkedTable, column: PlannedColumn) -> Plan:
    """The plan with another column in place of one; what followed or asked about a dropped one no longer does."""
    dropped = column.treatment == "drop"
    columns = tuple(
        column
        if one.field == column.field
        else replace(one, follows="")
        if dropped and one.follows == column.field
        else one
        for one in table.columns
    )
    if table.name != plan.name:
        linked = tuple(replace(one, columns=columns) if one.name == table.name else one for one in plan.linked)
        return replace(plan, linked=linked)
    models = tuple(one for one in plan.models if not (dropped and one.get("column") == column.field))
    return replace(plan, columns=columns, models=models)


def _rougher(exports: Exports, plan: Plan, table: LinkedTable, column: PlannedColumn) -> Iterator[Candidate]:
    """The plan with a measure of numbers rounded, or cut off where few are higher; at round numbers, not at values."""
    if column.type == "string" or column.transform:
        return
    low, high = _middle(exports, table, column)
    step = _round_number((high - low) / CLASSES)
    if not step or (column.type == "integer" and step < 1):
        return
    to, at = _number(step), _number(floor(high / step) * step)
    for kind, value, price in (("round", to, step / (high - low)), ("top", at, 1 / CLASSES)):
        change = Change(
            kind, {"column": column.field, "value": f"{value}"}, {(table.name, column.field): min(price, 1.0)}
        )
        yield _with(plan, table, replace(column, transform=({kind: value},))), (change,)


def _middle(exports: Exports, table: LinkedTable, column: PlannedColumn) -> tuple[float, float]:
    """Between which numbers nine tenths of a column lie."""
    located = locate(exports, table.source, table.table)
    if column.field not in located.columns:
        raise SourceError(f"{table.source}: no column {column.field!r}")
    place = located.columns[column.field]
    counted = pl.DataFrame(pl.from_arrow(exports.engine.distinct(place.table, [place.column])))
    numbers = counted.select(n=pl.col(place.column).cast(pl.Float64, strict=False), rows="rows").drop_nulls().sort("n")
    below = numbers["rows"].cum_sum() / max(int(numbers["rows"].sum()), 1)
    inner = numbers.filter((below >= 0.05) & (below - numbers["rows"] / max(int(numbers["rows"].sum()), 1) <= 0.95))  # noqa: PLR2004 - nine tenths
    values = inner["n"].to_list() or [0.0]
    return values[0], values[-1]


def _round_number(least: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on.

    Example:
        >>> [_round_number(0.3), _round_number(7), _round_number(10)]
        [0.5, 10.0, 10.0]
    """
    if least <= 0:
        return 0.0
    power = 10.0 ** floor(log10(least))
    return next(round(times * power, 9) for times in (1, 2, 5, 10) if times * power >= least * (1 - 1e-9))


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 9)


def _together(plan: Plan, singles: Sequence[Candidate]) -> list[Candidate]:
    """Every two changes of different columns in one plan."""
    both = ((_merged(plan, one[0], other[0]), (*one[1], *other[1])) for one, other in combinations(singles, 2))
    return [(merged, changes) for merged, changes in both if merged and changes[0].kind != changes[1].kind]


def _merged(plan: Plan, one: Plan, other: Plan) -> Plan | None:
    """What both change; None where they change the same."""
    changes: dict[str, Any] = {}
    for name in ("suppression_limit", "sample", "models"):
        values = [getattr(each, name) for each in (one, other) if getattr(each, name) != getattr(plan, name)]
        changes |= {name: values[0]} if values else {}
    changes["columns"] = tuple(_either(*three) for three in zip(plan.columns, one.columns, other.columns, strict=True))
    changes["linked"] = tuple(
        replace(was, columns=tuple(_either(*three) for three in zip(was.columns, a.columns, b.columns, strict=True)))
        for was, a, b in zip(plan.linked, one.linked, other.linked, strict=True)
    )
    merged = replace(plan, **changes)
    return None if merged in (one, other) else merged


def _either(was: PlannedColumn, one: PlannedColumn, other: PlannedColumn) -> PlannedColumn:
    return other if one == was else one


def _looser(bench: _Bench) -> Iterator[Candidate]:
    """The plan with the thresholds that are missed set to what was found, rounded up to a hundredth."""
    proof = bench.proof(bench.plan)
    missed = proof.unmet if proof else ()
    names = {name if proof and name in proof.thresholds else "excess" for name in missed}
    if proof and names and names <= {"highest_risk", "excess"}:
        asked = {name: ceil(proof.figures[name] * 100) / 100 for name in sorted(names)}
        told = ", ".join(f"{name} {percentage(limit, 'en')}" for name, limit in asked.items())
        yield (
            replace(bench.plan, thresholds={**bench.plan.thresholds, **asked}),
            (Change("thresholds", {"thresholds": told}, {}),),
        )
