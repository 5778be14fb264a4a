"""A release that tells which rows belong to one person: all that it tells of a person is counted together.

The rows of each person are laid side by side, so that one tuple is everything the release tells of one person: the
attributes, and the events in the order of their values, a bounded number of them. Classes of persons are searched over
these tuples. An event that some members of a class have and others lack is left out for all of them; what stays is
then the same for all, and k persons stand behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.anonymisation.axes import column_axis, lay_axes, row_axis
from igmap.anonymisation.conditioned import conditioned, models_of, sensitive_columns
from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.models import population_of
from igmap.anonymisation.plan import Plan
from igmap.anonymisation.recoding import Recoding, numbered
from igmap.anonymisation.searching import Axis
from igmap.anonymisation.searching.solution import Texts
from igmap.anonymisation.single_table import Written
from igmap.anonymisation.table import Table
from igmap.anonymisation.tuples import Numbers, read_tuples
from igmap.engine import Back, Engine, Mapping, Recode, Row, Rows
from igmap.errors import PlanError
from igmap.sources import Exports

PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of each person.

    Args:
        table: the number of its table, from 0.
        row: which of the person's rows, from 1.
        columns: how many quasi-identifiers it has.
        first: where they begin among all columns that are laid side by side.
    """

    table: int
    row: int
    columns: int
    first: int

    @property
    def record(self) -> str:
        """The column that says which record it is."""
        return f"t{self.table}_{self.row}_record"

    @property
    def names(self) -> tuple[str, ...]:
        """The engine's columns of its values."""
        return tuple(f"t{self.table}_{self.row}_{i}" for i in range(self.columns))


def joined_recoding(exports: Exports, plan: Plan, tables: Sequence[Table]) -> Recoding:
    """Search the best recoding of persons with all their rows.

    Raises:
        PlanError: nobody can be told apart, or a table has no quasi-identifier, or a model cannot be counted here.
        HierarchyError, TargetError: as `anonymise`.
    """
    told = _checked(plan, tables)
    names = [name for place in _places(tables) for name in place.names]
    _laid_side_by_side(exports.engine, plan, tables, told)
    also = {field: f"t0_also_{number}" for number, field in enumerate(told)}
    tuples, values = read_tuples(exports.engine, PERSONS, names, None, sensitive=also)
    places = list(_places(tables))
    own = [axis for row in _by_table(tables, places, values) for axis in row]
    axes = lay_axes(tuples, own, dict(_follows(tables, places)))
    raw = tuple(_with_values(axis.hierarchy, found) for axis, found in zip(own, values, strict=True))
    return Recoding(tuple(tables), PERSONS, tuple(names), tuples, raw, axes, conditioned(plan, axes))


def _checked(plan: Plan, tables: Sequence[Table]) -> dict[str, str]:
    """The sensitive columns that models ask about, if persons can be counted with all their rows."""
    if population_of(models_of(plan)) or (plan.models and plan.most > 1):
        raise PlanError(
            "models besides k count the one row of a person in the plan's own table; set most to 1, and leave out "
            "models with a population"
        )
    for table in tables:
        if not table.quasi:
            raise PlanError(
                f"{table.planned.source}: how many rows a person has tells persons apart; give one of its columns the "
                "role quasi"
            )
    return sensitive_columns(plan, tables[0])


def _laid_side_by_side(engine: Engine, plan: Plan, tables: Sequence[Table], told: dict[str, str]) -> None:
    rows = [
        Rows(one.name, one.person or "", one.quasi, one.planned.most, () if number else tuple(told.values()))
        for number, one in enumerate(tables)
    ]
    engine.unfold(PERSONS, rows, seed=plan.seed)
    if not engine.describe(PERSONS)[0]:
        raise PlanError("the person keys are blank in all records; name a field that tells persons apart")


def joined_tables(engine: Engine, plan: Plan, recoding: Recoding) -> list[Written]:
    """Join the labels in, and make rows of them again."""
    places = list(_places(recoding.tables))
    labels = {f"label{i}": texts for i, texts in enumerate(recoding.labels)}
    kept = {f"label{len(labels) + i}": texts for i, texts in enumerate(_kept(recoding, places))}
    records = [Mapping(place.record) for place in places]
    cells = [Mapping(name) for name in recoding.columns]
    outs = tuple(f"out{len(places) + i}" for i in range(len(labels) + len(kept)))
    table = numbered({**labels, **kept}, len(recoding.best.costs))
    recode = Recode(outs, recoding.classes(), table)
    flags = [Mapping(place.record) for place in places]
    recoded = engine.rewrite(PERSONS, [*records, *cells, *flags], keep=None, recode=recode, seed=plan.seed)
    return [_written(engine, plan, recoding, number, recoded) for number in range(len(recoding.tables))]


def _written(engine: Engine, plan: Plan, recoding: Recoding, number: int, recoded: str) -> Written:
    """One table of the release."""
    table, places = recoding.tables[number], list(_places(recoding.tables))
    quasi, cells = table.planned.quasi_identifiers, len(recoding.columns)
    rows = tuple(
        Row(
            f"out{i}",
            f"out{len(places) + cells + i}",
            tuple(f"out{len(places) + place.first + j}" for j in range(place.columns)),
        )
        for i, place in enumerate(places)
        if place.table == number
    )
    outs = [
        f"back.label{quasi.index(column)}" if column in quasi else f"source.{table.source_of(column)}"
        for column in table.planned.kept
    ]
    back = Back(f"{table.name}_joined_{number}", table.name, rows, (*outs, f"source.{table.person}"))
    hierarchies = tuple(axis.hierarchy for axis in _whole(engine, table))
    written = tuple(f"out{i}" for i in range(len(outs)))
    return Written(engine.fold(recoded, back, seed=plan.seed), written, f"out{len(outs)}", hierarchies)


def _places(tables: Sequence[Table]) -> Iterator[Place]:
    first = 0
    for number, table in enumerate(tables):
        for row in range(1, table.planned.most + 1):
            yield Place(number, row, len(table.quasi), first)
            first += len(table.quasi)


def _by_table(tables: Sequence[Table], places: Sequence[Place], values: Sequence[pl.Series]) -> Iterator[list[Axis]]:
    """The axes of each row of each person."""
    for number, table in enumerate(tables):
        own = [place for place in places if place.table == number]
        found = [[values[place.first + i] for place in own] for i in range(len(table.quasi))]
        columns = zip(table.planned.quasi_identifiers, found, strict=True)
        whole = [column_axis(column, _all_values(series)) for column, series in columns]
        for place in own:
            yield [row_axis(one, values[place.first + i], len(own)) for i, one in enumerate(whole)]


def _all_values(values: Sequence[pl.Series]) -> pl.Series:
    """The values of all rows, a blank (there "") as null; that a row is absent is no value."""
    different = pl.concat([series.drop_nulls() for series in values]).unique().sort()
    return different.set(different == "", None)


def _whole(engine: Engine, table: Table) -> list[Axis]:
    """The axes of a table's columns over all its values."""
    _, values = read_tuples(engine, table.name, table.quasi, None)
    return [column_axis(column, one) for column, one in zip(table.planned.quasi_identifiers, values, strict=True)]


def _follows(tables: Sequence[Table], places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    for place in places:
        for one, leader in tables[place.table].follows.items():
            yield place.first + one, place.first + leader


def _with_values(hierarchy: Hierarchy, values: pl.Series) -> Hierarchy:
    """With the values as they stand in the table of persons, by which the engine finds the tuples."""
    labels = hierarchy.labels.copy()
    labels[:, 0] = np.array(values.to_list(), dtype=object)
    return Hierarchy(hierarchy.field, labels)


def _kept(recoding: Recoding, places: Sequence[Place]) -> Iterator[Texts]:
    """Per row of a person [class], "1" if all members of the class have it, else None."""
    classes = recoding.best.classes
    released = np.flatnonzero(classes >= 0)
    for place in places:
        absent = _absent(recoding, place)
        lacking = np.bincount(classes[released], weights=absent[released], minlength=len(recoding.best.costs))
        yield np.array(["1" if not missing else None for missing in lacking], dtype=object)


def _absent(recoding: Recoding, place: Place) -> Numbers:
    """[tuple], 1 where the person has no such row."""
    leaves = recoding.hierarchies[place.first].labels[:, 0].tolist()
    absent = np.array([leaf is None for leaf in leaves], np.int64)
    found: Numbers = absent[recoding.tuples.leaves[:, place.first]]
    return found
