"""A table without noise: which cells are told, held against its own totals and against all that was told before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from igmap.anonymisation.statistics.attack import Figures, Truths
from igmap.anonymisation.statistics.counting import Grid, Opened, Place, count, labels_of, names_of
from igmap.anonymisation.statistics.joint import Joint, Told, few_more, joint, revealed, withheld_before
from igmap.anonymisation.statistics.specification import Protection, WantedTable
from igmap.anonymisation.statistics.suppress import Amount, withhold
from igmap.errors import StatisticsError


@dataclass(frozen=True, slots=True, eq=False)
class Withheld:
    """A table of which some cells are withheld.

    Args:
        grid: its cells.
        told: which of them are told.
        primary: which of them must not be told for themselves.
        known: what the ledger has to know.
    """

    grid: Grid
    told: Truths
    primary: Truths
    known: Told


def withheld(opened: Opened, place: Place, table: WantedTable, release: str, earlier: Sequence[Told]) -> Withheld:
    """Decide what is told.

    Args:
        opened: holds the dataset.
        place: where.
        table: how it is protected.
        release: its name.
        earlier: all that was told of the dataset.

    Raises:
        StatisticsError: nothing can be told, or nothing without giving away what is withheld, here or earlier.
    """
    grid = count(opened, place, table, labels_of(opened, place, table))
    earlier = [one for one in earlier if _still_there(place, one.table)]
    joined = joint(opened, place, [*(one.table for one in earlier), table]) if earlier else None
    nothing = Told(release, table, {})
    before = withheld_before(joined, [*earlier, nothing]) if joined else set()
    primary = _primary(grid, table) | _marked(grid, table, before)
    hidden, lost = withhold(_amounts(grid, table), primary, grid.rows + 1, _known(grid, table, primary, earlier))
    if lost:
        raise StatisticsError(
            f"table {table.name!r}: {len(lost)} groups of few persons follow from totals that are known or may be "
            "told elsewhere; choose coarser groups, or margins: true, so that totals are withheld too"
        )
    shown = (grid.rows > 0) & ~hidden & _inside(grid, table)
    if not shown.any():
        raise StatisticsError(
            f"table {table.name!r}: no group may be told; there are fewer than {table.protection.threshold} persons in "
            "each, or one makes up most of it; choose coarser groups"
        )
    told = Told(release, table, dict(_shown(grid, table, shown)))
    _refuse(table, told, earlier, joined)
    return Withheld(grid, shown, primary, told)


def _still_there(place: Place, table: WantedTable) -> bool:
    return {*table.by, *table.where, *table.without} <= place.columns.keys()


def _primary(grid: Grid, table: WantedTable) -> Truths:
    """Cells that must not be told for what is in them."""
    threshold = table.protection.threshold
    few = (grid.persons > 0) & (grid.persons < threshold)
    for held in grid.held.values():
        few |= (held["persons"] > 0) & (held["persons"] < threshold)
        few |= _dominated(held, table.protection)
    if table.margins and not grid.adds_up:
        for more in _more_in_totals(grid):
            few |= (grid.persons > 0) & (more > 0) & (more < threshold)
    return few


def _dominated(held: Mapping[str, Figures], protection: Protection) -> Truths:
    """Sums of which a person, or a few, make up most (n, k), or that tell one of two large ones of the other (p %)."""
    rest = held["all"] - held["two"]
    estimated = rest < protection.p / 100 * held["first"]
    mostly = held["most"] > protection.dominance.k / 100 * held["all"]
    return (held["all"] > 0) & (estimated | mostly)


def _more_in_totals(grid: Grid) -> Iterator[Figures]:
    """For each kind of total a cell is part of: the persons in it who are not in the cell."""
    axes = range(grid.persons.ndim)
    for size in range(1, grid.persons.ndim + 1):
        for chosen in combinations(axes, size):
            last = tuple(slice(-1, None) if axis in chosen else slice(None) for axis in axes)
            yield grid.persons[last] - grid.persons


def _marked(grid: Grid, table: WantedTable, keys: set[str]) -> Truths:
    marked, names = np.zeros(grid.rows.shape, dtype=bool), names_of(table)
    for index in np.argwhere(grid.rows > 0) if keys else ():
        marked[tuple(index)] = names.at(grid.axes, index) in keys
    return marked


def _amounts(grid: Grid, table: WantedTable) -> list[Amount]:
    """The figures that add up, and how much more a withheld cell must be able to be."""
    threshold, share = table.protection.threshold, table.protection.p / 100
    persons = np.maximum(threshold - grid.persons, 1)
    amounts = [Amount(grid.persons, persons, 1)] if grid.adds_up else []
    if not amounts or any(measure.count == "rows" or measure.field for measure in table.measures):
        amounts.append(Amount(grid.rows, np.maximum(persons, np.ceil(share * grid.rows)), 1))
    total = (-1,) * grid.rows.ndim
    for held in grid.held.values():
        if held["sum"][total] > 0 and held["least"][total] >= 0:
            each = held["sum"][total] / held["persons"][total]
            amounts.append(Amount(held["sum"], share * np.maximum(held["sum"], each), 0))
    return amounts


def _inside(grid: Grid, table: WantedTable) -> Truths:
    """The cells that the table has: without totals unless they were asked for."""
    inside = np.ones(grid.rows.shape, dtype=bool)
    if not table.margins:
        for axis in range(inside.ndim):
            np.moveaxis(inside, axis, 0)[-1] = False
    return inside


def _known(grid: Grid, table: WantedTable, primary: Truths, earlier: Sequence[Told]) -> Truths:
    """Cells that count as known whatever this table does: told before, or totals that others may tell."""
    known = ~_inside(grid, table) & ~primary
    before = {key for one in earlier for key in one.shown}
    return known | (_marked(grid, table, before) & ~primary)


def _shown(grid: Grid, table: WantedTable, shown: Truths) -> Iterator[tuple[str, int]]:
    names = names_of(table)
    for index in np.argwhere(shown):
        yield names.at(grid.axes, index), int(grid.persons[tuple(index)])


def _refuse(table: WantedTable, new: Told, earlier: Sequence[Told], joined: Joint | None) -> None:
    """Refuse what tells, together with what was told before, of fewer persons than the threshold."""
    threshold = table.protection.threshold
    for one in earlier:
        if cells := few_more(new, one, max(threshold, one.table.protection.threshold)):
            raise StatisticsError(
                f"table {table.name!r}: {cells} of its groups were told in {one.release!r} (table {one.table.name!r}) "
                f"with fewer than {threshold} persons more or less, so that the difference would tell of these; wait "
                "until more has changed, choose coarser groups, or use epsilon"
            )
    if joined and (groups := revealed(joined, [*earlier, new], threshold)):
        releases = ", ".join(dict.fromkeys(repr(one.release) for one in earlier))
        raise StatisticsError(
            f"table {table.name!r}: with what was told before ({releases}) it would give away {groups} groups of fewer "
            f"than {threshold} persons, as a difference of totals; choose groups that agree, coarser ones, or epsilon"
        )
