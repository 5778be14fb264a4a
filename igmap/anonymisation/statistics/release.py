"""Statistics in place of microdata: counted, protected, written down in the ledger, and then told."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from igmap.anonymisation.statistics.counting import (
    Opened,
    Place,
    check_size,
    labels_of,
    names_of,
    person_of,
    placed,
    recoded,
)
from igmap.anonymisation.statistics.labels import DECIMALS, Labels
from igmap.anonymisation.statistics.ledger import FILE, Ledger, Spent, written
from igmap.anonymisation.statistics.noise import add_noise, check_installed, check_noisy, cost
from igmap.anonymisation.statistics.publishing import Cell, Filled, publish_tables, target_of
from igmap.anonymisation.statistics.rounding import rounded
from igmap.anonymisation.statistics.sound import check_statistics
from igmap.anonymisation.statistics.specification import Budget, Measure, Statistics, WantedTable
from igmap.anonymisation.statistics.withholding import Withheld, withheld
from igmap.errors import StatisticsError

ROUNDING_KEY = "rounding"
BOUNDED = "statistics_bounded"


@dataclass(frozen=True, slots=True, eq=False)
class _Booked:
    """A table whose cost is booked and whose noise is not drawn yet."""

    table: WantedTable
    place: Place
    labels: Sequence[Labels]
    counted: pa.Table


def release_statistics(
    opened: Opened, wanted: Statistics, *, lang: Literal["nl", "en"] = "nl"
) -> tuple[Path, tuple[Filled, ...]]:
    """Make the tables and publish them as `out/statistics/<name>/`, all or none.

    What is told is in the ledger before it is published, and what noise costs before it is drawn.

    Args:
        opened: the workspace, opened and discovered.
        wanted: the tables.
        lang: of the codebook.

    Returns:
        The folder that may be shared, and the tables in it.

    Raises:
        StatisticsError: a table cannot be made, would tell of too few persons, or costs more than the budget.
        HierarchyError: a value has no place in its hierarchy.
        ReleaseExistsError: a release of that name is there.
        WorkspaceError: disk, rights or the ledger do not allow it.
    """
    check_statistics(wanted)
    target_of(opened.workspace, wanted)
    if any(table.is_noisy for table in wanted.tables):
        check_installed()
    with written(opened.workspace.private / FILE) as ledger:
        ready = [_prepared(opened, table, wanted, ledger) for table in wanted.tables]
    tables = tuple(_with_noise(one) if isinstance(one, _Booked) else one for one in ready)
    return publish_tables(opened.workspace, wanted, tables, lang), tables


def _prepared(opened: Opened, table: WantedTable, wanted: Statistics, ledger: Ledger) -> Filled | _Booked:
    place = placed(opened, table)
    if table.is_noisy:
        return _booked(opened, place, table, wanted, ledger)
    done = withheld(opened, place, table, wanted.name, ledger.told(place.dataset))
    ledger.tell(place.dataset, done.known)
    key = ledger.key(ROUNDING_KEY, secrets.token_hex(32))
    columns = (*table.by, *(m.name for m in table.measures), *(("totals",) if table.margins else ()), "withheld")
    lines = list(_lines(done, table, f"{key} {place.dataset}"))
    hidden = sum(line[-1] == "true" for line in lines)
    return Filled(table, columns, lines, hidden, _dossier(opened, place, table, done), {})


def _lines(done: Withheld, table: WantedTable, key: str) -> Iterator[list[Cell]]:
    grid, fields = done.grid, list(table.by)
    inner, names = np.array(grid.rows.shape) - 1, names_of(table)
    for index in map(tuple, np.argwhere(grid.rows > 0)):
        totals = [field for field, at, last in zip(fields, index, inner, strict=True) if at == last]
        if totals and not table.margins:
            continue
        told = bool(done.told[index])
        cell = names.at(grid.axes, index)
        labels = [groups[at] if at < len(groups) else None for groups, at in zip(grid.axes, index, strict=True)]
        figures = [_figure(done, table, one, index, (cell, key)) if told else None for one in table.measures]
        yield [*labels, *figures, *(["; ".join(totals)] if table.margins else []), "false" if told else "true"]


def _figure(
    done: Withheld, table: WantedTable, measure: Measure, index: tuple[int, ...], hashed: tuple[str, str]
) -> Cell:
    grid, (cell, key) = done.grid, hashed
    if measure.count:
        figures = grid.persons if measure.count == "persons" else grid.rows
        return rounded(int(figures[index]), table.protection.rounding, cell, key)
    held = grid.held[measure.field]
    total, filled = float(held["sum"][index]), float(held["filled"][index])
    if measure.sum:
        return round(total, DECIMALS)
    return round(total / filled, DECIMALS) if filled else None


def _dossier(opened: Opened, place: Place, table: WantedTable, done: Withheld) -> dict[str, Any]:
    grid = done.grid
    return {
        **_origin(opened, place, table),
        "persons": int(grid.persons[(-1,) * grid.persons.ndim]),
        "persons_in_one_cell": grid.adds_up,
        "told": int(done.told.sum()),
        "too_small_or_dominated": int(done.primary.sum()),
    }


def _origin(opened: Opened, place: Place, table: WantedTable) -> dict[str, Any]:
    found = opened.inventory.dataset(table.source, table.table)
    key = next((name for name, column in place.columns.items() if column == place.person), None)
    return {"dataset": place.dataset, "sha256": found.sha256 if found else "", "person_key": key}


def _booked(opened: Opened, place: Place, table: WantedTable, wanted: Statistics, ledger: Ledger) -> _Booked:
    """Count what noise is added to, at most so many rows per person, and book its cost."""
    labels = labels_of(opened, place, table)
    check_noisy(table, labels)
    if all(one.given for one in labels):
        check_size(table, [len(one.groups) + 1 for one in labels])
    target, numbers = recoded(opened, place, table, labels)
    engine, person = opened.exports.engine, person_of(place, table)
    most = table.protection.per_person
    engine.bounded(target, BOUNDED, person=person, most=most, key=secrets.token_hex(16))
    columns = [f"out{i}" for i in range(len(labels))]
    counted = engine.sums(BOUNDED, columns, numbers, person=person)
    epsilon, delta = cost(table, labels)
    ledger.book(place.dataset, Spent(wanted.name, table.name, epsilon, delta), _budget(wanted))
    return _Booked(table, place, labels, counted)


def _budget(wanted: Statistics) -> Budget:
    if wanted.budget is None:
        raise StatisticsError("budget: say what all releases of a dataset may cost: {epsilon: …, delta: …}")
    return wanted.budget


def _with_noise(booked: _Booked) -> Filled:
    table = booked.table
    noisy = add_noise(table, booked.labels, booked.counted)
    lines = [
        [*group, *(noisy.figures[measure.name][at] for measure in table.measures)]
        for at, group in enumerate(noisy.groups)
    ]
    columns = (*table.by, *(measure.name for measure in table.measures))
    epsilon, delta = cost(table, booked.labels)
    dossier = {"dataset": booked.place.dataset, "epsilon": epsilon, "delta": delta}
    return Filled(table, columns, lines, 0, dossier, noisy.accuracy)
