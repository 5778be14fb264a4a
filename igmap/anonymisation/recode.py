"""Carrying out a plan: search the best recoding, join its labels in, leave out what stays rare, shuffle, write."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import yaml

from igmap.anonymisation.checking import check_plan
from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
from igmap.anonymisation.models import KAnonymity
from igmap.anonymisation.plan import Plan, PlannedColumn
from igmap.anonymisation.release import Release, staging, write_hierarchy
from igmap.anonymisation.searching import Axis, Limits, Solution, search
from igmap.anonymisation.tuples import Tuples, read_tuples
from igmap.engine import Mapping, Recode
from igmap.engine.protocol import RECORD
from igmap.errors import PlanError, TargetError, nearest
from igmap.inventory import locate
from igmap.sources import Exports
from igmap.stages import to_plain
from igmap.workspace import write_file

TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Recoding:
    """What the search decided for a table.

    Args:
        table: the engine's table.
        columns: engine column by field.
        axes: one per quasi-identifier, in the plan's order.
        tuples: the distinct tuples of these.
        best: the class of each tuple, and the labels of each class.
    """

    table: str
    columns: Names[str, str]
    axes: tuple[Axis, ...]
    tuples: Tuples
    best: Solution

    @property
    def hierarchies(self) -> tuple[Hierarchy, ...]:
        """One per quasi-identifier."""
        return tuple(axis.hierarchy for axis in self.axes)

    @property
    def loss(self) -> float:
        """Weighted NCP, 0-1, a suppressed row counted as 1."""
        return self.best.loss(self.tuples, self.axes)

    @property
    def suppressed_rows(self) -> int:
        """Records that are left out."""
        return self.best.suppressed_rows(self.tuples)


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
        fields = [column.field for column in plan.quasi_identifiers]
        release = Release(
            folder=path,
            plan=plan,
            levels=dict(zip(fields, recoding.best.levels or (), strict=False)),
            rows=exports.engine.describe(target)[0],
            suppressed_rows=recoding.suppressed_rows,
            loss=recoding.loss,
            figures=recoding.best.figures,
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
    axes = tuple(_axis(column, distinct) for column, distinct in zip(plan.quasi_identifiers, values, strict=True))
    best = search(plan.search, tuples, axes, [KAnonymity(plan.k)], Limits(plan.suppression_limit))
    if not best.released.any():
        raise TargetError(f"with k = {plan.k} every row would be suppressed; allow coarser levels or drop a column")
    return Recoding(located.dataset.name, columns, axes, tuples, best)


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
    released = [column.field for column in plan.kept]
    keys = [plan.person_key] if plan.person_key else []
    outs = [f"out{released.index(field)}" for field in fields]
    levels = recoding.best.levels
    maps = {} if levels is None else dict(_maps(fields, recoding.hierarchies, levels))
    mappings = [Mapping(recoding.columns[field], maps.get(field)) for field in released + keys]
    if levels is None:
        recode = Recode(tuple(outs), *_classes(recoding, [recoding.columns[field] for field in fields]))
        return exports.engine.rewrite(recoding.table, mappings, keep=None, recode=recode, seed=plan.seed)
    keep = _kept_tuples(recoding, outs) if recoding.suppressed_rows else None
    return exports.engine.rewrite(recoding.table, mappings, keep=keep, seed=plan.seed)


def _maps(
    fields: Sequence[str], hierarchies: Sequence[Hierarchy], levels: Sequence[int]
) -> Iterator[tuple[str, pa.Table]]:
    for field, hierarchy, level in zip(fields, hierarchies, levels, strict=True):
        if level:
            yield field, hierarchy.mapping(level)


def _kept_tuples(recoding: Recoding, outs: list[str]) -> pa.Table:
    """The tuples of labels that stay, one row per class."""
    labels = [pa.array(labels, pa.string()) for labels in recoding.best.labels]
    return pa.table(dict(zip(outs, labels, strict=True)))


def _classes(recoding: Recoding, columns: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    """The class of every tuple that stays (by its values), and the labels of each class."""
    kept = np.flatnonzero(recoding.best.released)
    values = [pa.array(hierarchy.labels[:, 0], pa.string()) for hierarchy in recoding.hierarchies]
    leaves = recoding.tuples.leaves[kept]
    tuples = {name: held.take(pa.array(places)) for name, held, places in zip(columns, values, leaves.T, strict=True)}
    labels = {f"label{i}": pa.array(texts, pa.string()) for i, texts in enumerate(recoding.best.labels)}
    classes = pa.array(np.arange(len(recoding.best.costs)))
    return pa.table({**tuples, "class": recoding.best.classes[kept]}), pa.table({"class": classes, **labels})


def _write(exports: Exports, target: str, release: Release, hierarchies: tuple[Hierarchy, ...]) -> None:
    plan = release.plan
    outs = [f"out{i}" for i in range(len(plan.kept))]
    schema = pa.schema([(column.field, TYPES[column.type]) for column in plan.kept])
    exports.engine.write(target, outs, release.data, schema=schema)
    who = f"out{len(outs)}" if plan.person_key else RECORD
    persons = pa.schema([("record", pa.int64()), ("person", pa.string())])
    exports.engine.write(target, [RECORD, who], release.persons, schema=persons)
    write_file(release.folder / "plan.yaml", yaml.safe_dump(to_plain(plan), sort_keys=False, allow_unicode=True))
    for number, hierarchy in enumerate(hierarchies, start=1):
        write_hierarchy(release.folder / "hierarchies" / f"{number}.csv", hierarchy)
