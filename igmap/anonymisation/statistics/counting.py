"""A table with its totals, as the engine counts it: persons, rows, and what persons contribute to sums."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from igmap.anonymisation.checking import points_at_somebody
from igmap.anonymisation.persons import guess_person_key, own_columns
from igmap.anonymisation.statistics.attack import Figures
from igmap.anonymisation.statistics.labels import INSIDE, Label, Labels, Values, grouped, limited, numbered
from igmap.anonymisation.statistics.specification import Measure, WantedTable
from igmap.engine import Mapping as Recoded
from igmap.errors import StatisticsError, nearest
from igmap.inventory import Decisions, Inventory, locate
from igmap.sources import Exports
from igmap.vocabulary import CATEGORIES
from igmap.workspace import Workspace

MOST_CELLS = 1_000_000
PARTS = ("filled", "persons", "sum", "least", "all", "first", "two", "most")


class Opened(Protocol):
    """A workspace that was opened and discovered."""

    @property
    def workspace(self) -> Workspace: ...  # noqa: D102 - as in Found
    @property
    def exports(self) -> Exports: ...  # noqa: D102 - as in Found
    @property
    def inventory(self) -> Inventory: ...  # noqa: D102 - as in Found
    @property
    def decisions(self) -> Decisions: ...  # noqa: D102 - as in Found


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """The dataset of a table in the engine.

    Args:
        dataset: what releases are told apart by: the id of the binding in decisions.yaml, else file and table.
        name: of the engine's table.
        columns: engine column by field.
        person: the engine's column that tells persons apart; None when each record is a person.
    """

    dataset: str
    name: str
    columns: Mapping[str, str]
    person: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """What the cells of a table hold; the last place of each axis is the total.

    Args:
        axes: labels of the groups, by field.
        persons: of each cell.
        rows: of each cell.
        held: by field that is added up, what `Engine.sums` tells of it.
    """

    axes: tuple[tuple[Label, ...], ...]
    persons: Figures
    rows: Figures
    held: Mapping[str, Mapping[str, Figures]]

    @property
    def adds_up(self) -> bool:
        """Whether every person is in one cell only."""
        inner = self.persons[tuple(slice(0, -1) for _ in self.axes)]
        return bool(inner.sum() == self.persons[(-1,) * len(self.axes)])


def placed(opened: Opened, table: WantedTable) -> Place:
    """Where the dataset of a table lies; nothing it names points at a person.

    Raises:
        SourceError: there is no such dataset.
        StatisticsError: a field is not there, or points at a person.
    """
    located = locate(opened.exports, table.source, table.table)
    own, found = own_columns(located), opened.inventory.dataset(table.source, table.table)
    key = table.person_key or (guess_person_key(opened.exports, found, opened.decisions) if found else None)
    for name in [*table.by, *table.summed, *table.where, *table.without, *([key] if key else [])]:
        if name not in own:
            raise StatisticsError(f"table {table.name!r}: {table.source} has no column {name!r}{nearest(name, own)}")
    for name in dict.fromkeys([*table.by, *table.summed, *table.where, *table.without]):
        field = found.field(name) if found else None
        if field and (points_at_somebody(field.category) or field.free_text or field.secret):
            what = "free text" if field.free_text else CATEGORIES[field.category].en
            raise StatisticsError(f"table {table.name!r}: column {name!r} holds {what}, which may point at a person")
    if not located.dataset.parsed:
        raise StatisticsError(f"table {table.name!r}: {table.source} holds no records")
    binding = opened.decisions.binding(table.source, table.table)
    dataset = binding.id if binding else f"{table.source}#{table.table}"
    return Place(dataset, located.dataset.name, own, own[key] if key else None)


def values_of(opened: Opened, place: Place, field: str) -> Values:
    """The distinct values of a field with their persons."""
    column = place.columns[field]
    counted = opened.exports.engine.distinct(place.name, [column], person=place.person)
    import polars as pl

    texts = pl.Series(counted[column].to_pylist(), dtype=pl.String)
    return Values(field, texts, counted["persons"].to_numpy())


def labels_of(opened: Opened, place: Place, table: WantedTable) -> list[Labels]:
    """The groups of each field of a table."""
    fewest = 0 if table.is_noisy else table.protection.threshold
    return [grouped(values_of(opened, place, f), s or {}, fewest=fewest) for f, s in table.by.items()]


def limits_of(opened: Opened, place: Place, table: WantedTable) -> list[Recoded]:
    """Which rows of a table are in, by field that limits it."""
    fields = dict.fromkeys([*table.where, *table.without])
    return [
        Recoded(place.columns[f], limited(values_of(opened, place, f), table.where.get(f), table.without.get(f, ())))
        for f in fields
    ]


def recoded(opened: Opened, place: Place, table: WantedTable, labels: Sequence[Labels]) -> tuple[str, list[str]]:
    """The engine's table of labels, numbers and person of the rows that are in; its columns of numbers."""
    measures: dict[str, Measure] = {m.field: m for m in table.measures if m.field}
    groups = [Recoded(place.columns[f], one.mapping) for f, one in zip(table.by, labels, strict=True)]
    sums = [
        Recoded(place.columns[f], numbered(values_of(opened, place, f), m, noisy=table.is_noisy))
        for f, m in measures.items()
    ]
    limits = limits_of(opened, place, table)
    before = len(groups) + len(sums)
    keep = pa.table({f"out{before + i}": [INSIDE] for i in range(len(limits))}) if limits else None
    who = [Recoded(place.person)] if place.person else []
    target = opened.exports.engine.rewrite(place.name, [*groups, *sums, *limits, *who], keep=keep, seed=0)
    return target, [f"out{len(groups) + i}" for i in range(len(sums))]


def person_of(place: Place, table: WantedTable) -> str | None:
    """The column of persons in the recoded table."""
    before = len(table.by) + len(table.summed) + len(dict.fromkeys([*table.where, *table.without]))
    return f"out{before}" if place.person else None


def count(opened: Opened, place: Place, table: WantedTable, labels: Sequence[Labels]) -> Grid:
    """The table with its totals.

    Raises:
        StatisticsError: more cells than a table may have.
    """
    axes = tuple(one.groups for one in labels)
    shape = tuple(len(groups) + 1 for groups in axes)
    check_size(table, shape)
    target, numbers = recoded(opened, place, table, labels)
    names = ["persons", "rows", *(f"{part}{i}" for i in range(len(numbers)) for part in PARTS)]
    figures = {name: np.zeros(shape) for name in names}
    for chosen in product((False, True), repeat=len(axes)):
        columns = [f"out{i}" for i, taken in enumerate(chosen) if taken]
        most = table.protection.dominance.n
        told = opened.exports.engine.sums(target, columns, numbers, person=person_of(place, table), most=most)
        index = tuple(_cells(told, axes, chosen))
        for name in names:
            column = told[name].cast(pa.float64()).to_numpy()
            figures[name][index] = column if index else column[0]
    held = {f: {part: figures[f"{part}{i}"] for part in PARTS} for i, f in enumerate(table.summed)}
    return Grid(axes, figures["persons"], figures["rows"], held)


def check_size(table: WantedTable, shape: Sequence[int]) -> None:
    """Refuse what has too many cells."""
    if np.prod(np.array(shape, dtype=float)) > MOST_CELLS:
        sizes = " × ".join(str(length - 1) for length in shape)
        raise StatisticsError(
            f"table {table.name!r}: {sizes} groups are more than {MOST_CELLS:,} cells; choose coarser groups"
        )


def _cells(told: pa.Table, axes: Sequence[Sequence[Label]], chosen: Sequence[bool]) -> Iterator[Any]:
    """Where the tuples lie along each axis."""
    number = 0
    for groups, taken in zip(axes, chosen, strict=True):
        places = {label: place for place, label in enumerate(groups)}
        yield (
            np.array([places[label] for label in told[f"g{number}"].to_pylist()], dtype=np.int64)
            if taken
            else np.full(told.num_rows, len(groups))
        )
        number += taken


@dataclass(frozen=True, slots=True)
class Names:
    """What the cells of a table are called in the ledger: groups with how they were made, and which rows are in.

    Args:
        made: a digest of how the groups of each field are made.
        limits: to which rows the table is limited.
    """

    made: Mapping[str, str]
    limits: str

    def cell(self, labels: Mapping[str, Label]) -> str:
        """The name of a cell, by the labels of its groups."""
        groups = sorted([field, self.made[field], label] for field, label in labels.items())
        return json.dumps([groups, self.limits], ensure_ascii=False)

    def at(self, axes: Sequence[Sequence[Label]], index: Iterable[int]) -> str:
        """The name of a cell of a grid."""
        pairs = zip(self.made, axes, index, strict=True)
        return self.cell({field: groups[at] for field, groups, at in pairs if at < len(groups)})


def names_of(table: WantedTable) -> Names:
    """What the cells of a table are called; the same cells of another table of the dataset are called the same."""
    made = {field: _digest(settings or {}) for field, settings in table.by.items()}
    limits = [{f: sorted(v) for f, v in sorted(limit.items())} for limit in (table.where, table.without)]
    return Names(made, _digest(limits) if any(limits) else "")


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
