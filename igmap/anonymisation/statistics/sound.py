"""Whether a specification contradicts itself, told before anything is counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

from igmap.anonymisation.hierarchies import BUILDERS, SETTINGS
from igmap.anonymisation.statistics.specification import NAME, Measure, Protection, Statistics, WantedTable
from igmap.errors import StatisticsError, nearest

MOST_FIELDS = 5  # of one table; the margins of n fields are 2^n tables
OWN_SETTINGS = {"level", "values"}
FIXED = {"file", "intervals", "date", "postcode", "categorical", "bottom", "top", "notation"} | OWN_SETTINGS
OWN_COLUMNS = ("totals", "withheld")


def check_statistics(wanted: Statistics, folder: Path = Path()) -> Statistics:
    """The specification, if it does not contradict itself; paths of hierarchy files seen from anywhere.

    Raises:
        StatisticsError: with table, key and what to change.
    """
    for problem in _contradictions(wanted):
        raise StatisticsError(f"statistics {wanted.name!r}: {problem}")
    return replace(wanted, tables=tuple(_found(table, folder) for table in wanted.tables))


def _contradictions(wanted: Statistics) -> Iterator[str]:
    names = Counter(table.name for table in wanted.tables)
    for name in (wanted.name, *names):
        if not NAME.fullmatch(name):
            yield f"name {name!r}: use small letters, digits, dots, hyphens and underscores"
    if not wanted.tables or max(names.values()) > 1:
        yield "tables: give at least one, each a name of its own"
    budget = wanted.budget
    if budget and not (0 < budget.epsilon < float("inf") and 0 <= budget.delta < 1):
        yield "budget: epsilon must be above 0 and delta from 0 to below 1"
    if budget is None and any(table.is_noisy for table in wanted.tables):
        yield "budget: a table has an epsilon; say what all releases of a dataset may cost: {epsilon: …, delta: …}"
    for table in wanted.tables:
        yield from (f"table {table.name!r}: {problem}" for problem in _in_table(table))


def _in_table(table: WantedTable) -> Iterator[str]:
    columns = Counter([*table.by, *(measure.name for measure in table.measures), *OWN_COLUMNS])
    if not table.measures or max(columns.values()) > 1:
        yield f"measures: give at least one; no two columns may be called alike, nor {' or '.join(OWN_COLUMNS)}"
    if len(table.by) > MOST_FIELDS:
        yield f"by: {len(table.by)} fields; give {MOST_FIELDS} at most"
    if table.person_key in {*table.by, *table.summed}:
        yield f"person_key: {table.person_key!r} points at one person; it cannot be grouped by or added up"
    for field, settings in table.by.items():
        yield from (f"by: {field}: {problem}" for problem in _in_grouping(settings or {}, noisy=table.is_noisy))
    for measure in table.measures:
        yield from (f"measures: {problem}" for problem in _in_measure(measure, noisy=table.is_noisy))
    yield from (f"protection: {problem}" for problem in _in_protection(table.protection))
    if table.is_noisy and table.margins:
        yield "margins: add up the groups instead; totals of their own would cost more epsilon"


def _in_grouping(settings: Mapping[str, Any], *, noisy: bool) -> Iterator[str]:
    known = FIXED if noisy else (BUILDERS.keys() - {"auto"}) | {"unknown"}.union(*SETTINGS.values()) | OWN_SETTINGS
    for key in settings:
        if key not in known:
            yield f"unknown key {key!r}{nearest(key, known)}"
    level, groups = settings.get("level", 1), settings.get("values", [])
    if not isinstance(level, int) or level < 0:
        yield "level: must be 0 or more"
    if not isinstance(groups, list) or not all(isinstance(group, str) for group in groups):
        yield "values: must be a list of texts (put numbers in quotes)"
    if groups and BUILDERS.keys() & settings.keys():
        yield "values: stand as they are; leave out the hierarchy, or give a hierarchy file"
    if noisy and "intervals" in settings and not (isinstance(level, int) and {"bottom", "top"} <= settings.keys()):
        yield "intervals: with epsilon say bottom and top, so that the groups do not follow the data"
    if noisy and "date" in settings and "notation" not in settings:
        yield "date: with epsilon say notation, so that one value does not decide how others are read"


def _in_measure(measure: Measure, *, noisy: bool) -> Iterator[str]:
    if sum(given is not None for given in (measure.count, measure.sum, measure.mean)) != 1:
        yield "each is one of {count: persons}, {count: rows}, {sum: FIELD} and {mean: FIELD}"
    bounds = measure.bounds
    if bounds and not (all(map(isfinite, bounds)) and bounds[0] < bounds[1]):
        yield f"{measure.name}: bounds must be two numbers, the lower first"
    if noisy and measure.field and bounds is None:
        yield f"{measure.name}: with epsilon say bounds: [lowest, highest], from what you know of the field"


def _in_protection(protection: Protection) -> Iterator[str]:
    dominance = protection.dominance
    rules = {
        "threshold: must be 2 or more": protection.threshold >= 2,  # noqa: PLR2004 - one person is no crowd
        "rounding: must be 0 or 2 and more": protection.rounding >= 0 and protection.rounding != 1,
        "dominance: n must be 1 or more and k between 0 and 100": dominance.n >= 1 and 0 < dominance.k <= 100,  # noqa: PLR2004 - a percentage
        "p: must be 0 or more": protection.p >= 0,
        "epsilon: must be above 0": protection.epsilon is None or 0 < protection.epsilon < float("inf"),
        "delta: must be from 0 to below 1": 0 <= protection.delta < 1,
        "per_person: must be 1 or more": protection.per_person >= 1,
    }
    yield from (problem for problem, holds in rules.items() if not holds)


def _found(table: WantedTable, folder: Path) -> WantedTable:
    """The table with the paths of its hierarchy files seen from anywhere."""
    by = {
        field: {**settings, "file": str(folder / settings["file"])} if settings and "file" in settings else settings
        for field, settings in table.by.items()
    }
    return replace(table, by=by)
