"""Carrying out a plan: search the best recoding, join its labels in, leave out what stays rare, shuffle, write."""

from collections.abc import Mapping as Names
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
from igmap.anonymisation.lattice import Axis
from igmap.anonymisation.plan import Plan, PlannedColumn, check_plan, write_plan
from igmap.anonymisation.release import Release, staging, write_hierarchy
from igmap.anonymisation.search import Optimum, search
from igmap.anonymisation.tuples import Numbers, read_tuples
from igmap.engine import Mapping
from igmap.engine.protocol import RECORD
from igmap.errors import PlanError, TargetError, nearest
from igmap.inventory import locate
from igmap.sources import Exports

TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Recoding:
    """What the search decided for a table.

    Args:
        table: the engine's table.
        columns: engine column by field.
        hierarchies: one per quasi-identifier, in the plan's order.
        leaves: [tuple, quasi-identifier], value numbers.
        best: the levels, and the class of each tuple.
    """

    table: str
    columns: Names[str, str]
    hierarchies: tuple[Hierarchy, ...]
    leaves: Numbers
    best: Optimum


def anonymise(exports: Exports, plan: Plan, folder: Path) -> Release:
    """Carry out a plan on the opened exports, which are not changed.

    Args:
        exports: hold the plan's dataset.
        plan: what becomes of each column.
        folder: private staging; the release gets a folder of its own in it.

    Raises:
        PlanError: the plan contradicts itself or the data, for example k above the number of persons.
        HierarchyError: a hierarchy cannot place every value.
        TargetError: no recoding stays within the suppression limit.
    """
    recoding = find_recoding(exports, check_plan(plan))
    target = _rewritten(exports, plan, recoding)
    with staging(folder, plan.name) as path:
        release = Release(
            folder=path,
            plan=plan,
            levels=dict(zip((column.field for column in plan.quasi_identifiers), recoding.best.levels, strict=True)),
            rows=exports.engine.describe(target)[0],
            suppressed_rows=recoding.best.suppressed_rows,
            loss=recoding.best.loss,
            evaluated=recoding.best.evaluated,
            nodes=recoding.best.nodes,
        )
        _write(exports, target, release, recoding.hierarchies)
    return release


def find_recoding(exports: Exports, plan: Plan) -> Recoding:
    """Search the best recoding without writing anything.

    Raises:
        PlanError, HierarchyError, TargetError: as `anonymise`.
    """
    located = locate(exports, plan.source, plan.table)
    columns = {name: column.column for name, column in located.columns.items() if column.table == located.dataset.name}
    wanted = [column.field for column in plan.kept] + ([plan.person_key] if plan.person_key else [])
    for name in wanted:
        if name not in columns:
            raise PlanError(f"{plan.source}: no column {name!r}{nearest(name, columns)}; inventory and plan must agree")
    if not located.dataset.parsed:
        raise PlanError(f"{plan.source}: holds no records; there is nothing to anonymise")
    quasi = [columns[column.field] for column in plan.quasi_identifiers]
    person = columns[plan.person_key] if plan.person_key else None
    tuples, values = read_tuples(exports.engine, located.dataset.name, quasi, person)
    axes = [_axis(column, distinct) for column, distinct in zip(plan.quasi_identifiers, values, strict=True)]
    best = search(tuples, axes, k=plan.k, suppression_limit=plan.suppression_limit)
    if not (best.classes >= 0).any():
        raise TargetError(f"with k = {plan.k} every row would be suppressed; allow coarser levels or drop a column")
    return Recoding(located.dataset.name, columns, tuple(axis.hierarchy for axis in axes), tuples.leaves, best)


def _axis(column: PlannedColumn, values: pl.Series) -> Axis:
    if column.treatment == "keep":
        unchanged = np.array(values.to_list(), dtype=object).reshape(-1, 1)
        return Axis(Hierarchy(column.field, unchanged), (0,), column.weight)
    hierarchy = build_hierarchy(column.field, values, column.hierarchy or {})
    levels = tuple(range(column.least_level, hierarchy.levels))
    if not levels:
        raise PlanError(
            f"column {column.field!r}: least_level {column.least_level} of {hierarchy.levels} levels; lower it"
        )
    return Axis(hierarchy, levels, column.weight)


def _rewritten(exports: Exports, plan: Plan, recoding: Recoding) -> str:
    """The engine's table of released columns (out0 …), with the person last when there is a key."""
    fields = [column.field for column in plan.quasi_identifiers]
    recoded = zip(fields, recoding.hierarchies, recoding.best.levels, strict=True)
    maps = {field: hierarchy.mapping(level) for field, hierarchy, level in recoded if level}
    released = [column.field for column in plan.kept]
    keys = [plan.person_key] if plan.person_key else []
    mappings = [Mapping(recoding.columns[field], maps.get(field)) for field in released + keys]
    outs = [f"out{released.index(field)}" for field in fields]
    keep = _kept_tuples(recoding, outs) if recoding.best.suppressed_rows else None
    return exports.engine.rewrite(recoding.table, mappings, keep=keep, seed=plan.seed)


def _kept_tuples(recoding: Recoding, outs: list[str]) -> pa.Table:
    """The tuples of labels that stay, one row per class."""
    classes, first = np.unique(recoding.best.classes, return_index=True)
    leaves = recoding.leaves[first[classes >= 0]]
    levels = zip(recoding.hierarchies, recoding.best.levels, leaves.T, strict=True)
    labels = [pa.array(hierarchy.labels[numbers, level], pa.string()) for hierarchy, level, numbers in levels]
    return pa.table(dict(zip(outs, labels, strict=True)))


def _write(exports: Exports, target: str, release: Release, hierarchies: tuple[Hierarchy, ...]) -> None:
    plan = release.plan
    outs = [f"out{i}" for i in range(len(plan.kept))]
    schema = pa.schema([(column.field, TYPES[column.type]) for column in plan.kept])
    exports.engine.write(target, outs, release.data, schema=schema)
    who = f"out{len(outs)}" if plan.person_key else RECORD
    persons = pa.schema([("record", pa.int64()), ("person", pa.string())])
    exports.engine.write(target, [RECORD, who], release.persons, schema=persons)
    write_plan(release.folder / "plan.yaml", plan)
    for number, hierarchy in enumerate(hierarchies, start=1):
        write_hierarchy(release.folder / "hierarchies" / f"{number}.csv", hierarchy)
