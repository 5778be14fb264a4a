"""A release of one table whose rows cannot be told to belong together: each row stands by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.anonymisation.axes import column_axis, lay_axes
from igmap.anonymisation.conditioned import conditioned, models_of, sensitive_columns
from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.loss import costs_among
from igmap.anonymisation.models import population_of
from igmap.anonymisation.plan import Plan, PlannedColumn
from igmap.anonymisation.population import populated
from igmap.anonymisation.recoding import Recoding, numbered
from igmap.anonymisation.searching import Axis
from igmap.anonymisation.table import Table
from igmap.anonymisation.tuples import Numbers, read_tuples
from igmap.engine import Engine
from igmap.engine.protocol import RECORD
from igmap.sources import Exports


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Written:
    """A recoded table in the engine.

    Args:
        name: the engine's table.
        columns: what is written for each planned column.
        who: the column that says who a row is about.
        hierarchies: of its quasi-identifiers.
        labels: of its classes, where the table holds their numbers.
    """

    name: str
    columns: tuple[str, ...]
    who: str
    hierarchies: tuple[Hierarchy, ...]
    labels: pa.Table | None = None


def single_recoding(exports: Exports, plan: Plan, tables: Sequence[Table]) -> Recoding:
    """Search the best recoding of the rows of one table, k of its persons in every class.

    Raises:
        PlanError, HierarchyError, TargetError: as `anonymise`.
    """
    (table,) = tables
    told = sensitive_columns(plan, table)
    read = read_tuples(exports.engine, table.name, table.quasi, table.person, sensitive=told)
    if population := population_of(models_of(plan)):
        read = populated(exports, population, [column.field for column in table.planned.quasi_identifiers], read)
    tuples, values = read
    occurring = np.flatnonzero(tuples.rows)  # in the table; others in its population only
    counts = (tuples.leaves[occurring].max(axis=0) + 1).tolist()
    own = [
        _axis(column, distinct, tuples.people.per(leaves, len(distinct)), count)
        for column, distinct, leaves, count in zip(
            table.planned.quasi_identifiers, values, tuples.leaves.T, counts, strict=True
        )
    ]
    axes = lay_axes(tuples, own, table.follows)
    best = conditioned(plan, axes)
    best, tuples = replace(best, classes=best.classes[occurring]), tuples.only(occurring)
    hierarchies = tuple(axis.hierarchy.first(count) for axis, count in zip(own, counts, strict=True))
    wider = tuple(axis.hierarchy for axis in own) if population else ()
    return Recoding((table,), table.name, table.quasi, tuples, hierarchies, axes, best, wider)


def _axis(column: PlannedColumn, values: pl.Series, persons: Numbers, count: int) -> Axis:
    """The axis of a column of which only the first values occur in the table, and the others in its population."""
    axis = column_axis(column, values, pl.Series(persons))
    return axis if count == len(values) else replace(axis, prices=costs_among(axis.hierarchy, count))


def single_table(engine: Engine, plan: Plan, recoding: Recoding) -> Written:
    """Give every record its class; who is suppressed has none and is left out."""
    (table,) = recoding.tables
    quasi = table.planned.quasi_identifiers
    others = [column for column in table.planned.kept if column not in quasi]
    columns = [*(table.source_of(column) for column in others), *([table.person] if table.person else [])]
    name = engine.classify(table.name, columns, recoding.classes(), seed=plan.seed)
    outs = tuple(
        f"label{quasi.index(column)}" if column in quasi else f"out{others.index(column)}"
        for column in table.planned.kept
    )
    labels = {f"label{i}": texts for i, texts in enumerate(recoding.labels)}
    who = f"out{len(others)}" if table.person else RECORD
    return Written(name, outs, who, recoding.hierarchies, numbered(labels, len(recoding.best.costs)))
