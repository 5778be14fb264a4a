"""Ways in which a release is broken by what went out before it, as data: every one of them has to be caught."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from igmap.anonymisation import Plan, PlannedColumn, Release, anonymise
from igmap.release import Proof, prove, publish
from igmap.sources import Exports
from igmap.workspace import Workspace
from tests.release_cases import Row, opened, plan, quasi

TODAY = date(2026, 11, 26)
COLUMNS = ("id", "age", "town", "grade")
AGES, TOWNS = ("20", "25", "40", "45"), ("Goes", "Sluis", "Hulst", "Veere")
PEOPLE: list[Row] = [(f"p{n}", AGES[n % 4], TOWNS[n // 4], f"grade {100 + n * n}") for n in range(16)]
WHOLE = {"categorical": True}
BANDS = {"intervals": [10]}
ID, GRADE = PlannedColumn("id", "key", "drop"), PlannedColumn("grade", "sensitive", "keep")
PSEUDONYM = PlannedColumn("id", "link", "keep", transform=({"pseudonym": {"length": 12}},))
AGE, TOWN = quasi("age", WHOLE), quasi("town", WHOLE)


def named(name: str, *columns: PlannedColumn, k: int = 2) -> Plan:
    """A plan of these columns; all others are dropped."""
    rest = [PlannedColumn(one, "other", "drop") for one in COLUMNS if one not in {column.field for column in columns}]
    return replace(plan(*columns, *rest, k=k, person="id"), name=name)


def proved(exports: Exports, workspace: Workspace, wanted: Plan) -> tuple[Release, Proof]:
    """A release with its proof, beside what the workspace published."""
    release = anonymise(exports, wanted, workspace.staging)
    return release, prove(exports, release, workspace=workspace)


def published(workspace: Workspace, wanted: Plan, rows: list[Row] = PEOPLE, on: date = TODAY) -> Path:
    """A published release."""
    with opened(COLUMNS, rows) as exports:
        return publish(*proved(exports, workspace, wanted), workspace, today=on)


Planted = tuple[Release, Proof]


def _stable(workspace: Workspace) -> Planted:
    first = published(workspace, named("zero", PSEUDONYM, AGE))
    with opened(COLUMNS, PEOPLE) as exports:
        release = anonymise(exports, named("second", PSEUDONYM, AGE), workspace.staging)
        old = pl.read_parquet(first / "zero.parquet")["id"]
        pl.read_parquet(release.data).with_columns(id=old).write_parquet(release.data)
        return release, prove(exports, release, workspace=workspace)


def crossed(workspace: Workspace) -> Planted:
    """Towns with a grade, beside ages with a grade: each age and town has one person."""
    with opened(COLUMNS, PEOPLE) as exports:
        return proved(exports, workspace, named("second", ID, TOWN, GRADE))


def _left(workspace: Workspace) -> Planted:
    with opened(COLUMNS, PEOPLE[:-1]) as exports:
        return proved(exports, workspace, named("second", ID, AGE, GRADE))


def _finer(workspace: Workspace) -> Planted:
    rows = [*PEOPLE, ("p16", "29", "Goes", "grade 99")]
    shutil.rmtree(workspace.out / "releases" / "first")
    published(workspace, named("zero", ID, replace(AGE, hierarchy=BANDS, least_level=1), GRADE), rows)
    with opened(COLUMNS, rows) as exports:
        return proved(exports, workspace, named("second", ID, AGE, GRADE))


@dataclass(frozen=True)
class Fault:
    """A way in which a release is broken on purpose, and what catches it."""

    name: str
    nl: str
    en: str
    caught_by: str
    plant: Callable[[Workspace], Planted]


FAULTS = (
    Fault(
        "stable_pseudonym",
        "een schuilnaam die in twee uitgaven dezelfde is",
        "a pseudonym that is the same in two releases",
        "stable_pseudonym(zero, id)",
        _stable,
    ),
    Fault(
        "crossed_releases",
        "twee k-anonieme uitgaven die samen één persoon overlaten",
        "two k-anonymous releases that leave one person together",
        "intersection(first)",
        crossed,
    ),
    Fault(
        "one_who_left",
        "een nieuwe uitgave waarin één persoon minder staat",
        "a new release with one person less",
        "differencing(first)",
        _left,
    ),
    Fault(
        "one_column_finer",
        "dezelfde uitgave met één kolom fijner, waarin één persoon wegvalt",
        "the same release with one column finer, from which one person drops out",
        "differencing(zero)",
        _finer,
    ),
)
