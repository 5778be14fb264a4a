"""Datasets, tables and an attacker for the tests of statistics."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from igmap.anonymisation.statistics import Measure, Protection, Statistics, WantedTable, release_statistics
from igmap.inventory import Decisions, Inventory
from igmap.sources import Exports
from igmap.workspace import Workspace
from tests.release_cases import Row, opened

Line = tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """An opened workspace in which nothing was looked for."""

    workspace: Workspace
    exports: Exports
    inventory: Inventory
    decisions: Decisions


@contextmanager
def ground(folder: Path, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Ground]:
    with opened(columns, rows) as exports:
        yield Ground(Workspace(folder), exports, Inventory(()), Decisions())


def table(
    *by: str, name: str = "t1", measures: Sequence[Measure] = (Measure(count="persons"),), **more: Any
) -> WantedTable:
    settings: Mapping[str, Any] = {"person_key": "who", **more}
    return WantedTable(name, "t", dict.fromkeys(by), tuple(measures), **settings)


def few(threshold: int, **more: Any) -> Protection:
    return Protection(threshold=threshold, **more)


def release(on: Ground, *tables: WantedTable, name: str = "r1", **more: Any) -> list[list[Line]]:
    """The lines of each table as they lie in its file, the heads first."""
    folder, _ = release_statistics(on, Statistics(tables, name, **more), lang="en")
    return [read(folder / f"{one.name}.csv") for one in tables]


def read(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(line) for line in csv.reader(file)]


def persons(*groups: tuple[Row, int]) -> list[Row]:
    """One row per person, numbered through."""
    rows = [row for row, times in groups for _ in range(times)]
    return [(f"p{number}", *row) for number, row in enumerate(rows)]


def with_totals(inner: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    for axis in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=axis, keepdims=True)], axis=axis)
    return inner


@dataclass(frozen=True)
class Sum:
    """What an attacker knows: the sum over some of the smallest groups lies in a range."""

    over: tuple[int, ...]
    low: int
    high: int


def can_be(groups: int, sums: Sequence[Sum], over: tuple[int, ...], goal: int) -> bool:
    """Whether some division over the smallest groups has the goal, by trying them in turn: no method but patience."""
    asked = [*sums, Sum(over, goal, 10**6)]
    touching = [[one for one in asked if group in one.over] for group in range(groups)]

    def tried(group: int, chosen: list[int]) -> bool:
        if group == groups:
            return True
        most = min((one.high - sum(chosen[g] for g in one.over if g < group) for one in touching[group]), default=0)
        order = range(most, -1, -1) if group in over else range(most + 1)
        return any(
            all(_possible(one, [*chosen, figure], asked) for one in touching[group])
            and tried(group + 1, [*chosen, figure])
            for figure in order
        )

    return tried(0, [])


def _possible(one: Sum, chosen: Sequence[int], asked: Sequence[Sum]) -> bool:
    """Whether a sum can still come into its range, each open group being held down by every sum it is in."""
    so_far = sum(chosen[group] for group in one.over if group < len(chosen))
    open_groups = [group for group in one.over if group >= len(chosen)]
    room = 0
    for group in open_groups:
        room += min(
            (
                other.high - sum(chosen[g] for g in other.over if g < len(chosen))
                for other in asked
                if group in other.over
            ),
            default=0,
        )
    return so_far <= one.high and so_far + room >= one.low
