"""One row per person: what a person's records come to."""

from collections.abc import Iterator, Mapping

from igmap.anonymisation.transforming.bench import Bench, ReleaseKey, SourceTable
from igmap.anonymisation.transforming.reading import as_dates, as_numbers
from igmap.engine import Engine
from igmap.engine.changes import MOST_DECIMALS
from igmap.engine.derives import Summed
from igmap.engine.deriving import FUNCTIONS
from igmap.errors import PlanError, nearest

COMPARED = {"min": "smallest", "max": "largest"}
MORE_DECIMALS = 2  # of a mean than of its numbers


def aggregate(engine: Engine, source: SourceTable, columns: Mapping[str, tuple[str, str]]) -> str:
    """Make a table with one row per person: `record` is the first of a person, c1 the person, c2 … the new columns.

    Blanks are left out of every function but count for the person: one whose cells are all blank gets a blank, or 0
    for count. Records whose person is blank each stay a row of their own.

    Args:
        engine: holds the table.
        source: with a person column.
        columns: by name of the new column a function and the engine's column it takes: count (of the cells that are
            not blank), sum, mean, min, max (of numbers, else of dates), first, last (by record), any (the first in
            order of the alphabet).

    Returns:
        The new table's name.

    Raises:
        PlanError: no person column, an unknown function, or cells that it cannot read.
    """
    if source.person is None:
        raise PlanError("to aggregate per person, say which column tells persons apart")
    bench = Bench(engine, source, ReleaseKey(b""))
    target = f"{source.name}_persons"
    try:
        summed = list(_summed(bench, columns))
        engine.forget(target)
        engine.aggregate(bench.look([one.column for one in summed]), target, source.person, summed)
    finally:
        bench.clear()
    return target


def _summed(bench: Bench, columns: Mapping[str, tuple[str, str]]) -> Iterator[Summed]:
    known = sorted(FUNCTIONS.keys() - COMPARED.values())
    for new, (function, column) in columns.items():
        if function not in known:
            raise PlanError(f"column {new!r}: unknown function {function!r}{nearest(function, known)}")
        yield _read(bench, function, column)


def _read(bench: Bench, function: str, column: str) -> Summed:
    if function in {"sum", "mean"}:
        decimals = as_numbers(bench, column) + MORE_DECIMALS * (function == "mean")
        return Summed(function, column, min(decimals, MOST_DECIMALS))
    if function not in COMPARED:
        return Summed(function, column)
    try:
        return Summed(COMPARED[function], column, as_numbers(bench, column))
    except PlanError:
        as_dates(bench, column)
        return Summed(function, column)
