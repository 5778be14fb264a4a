"""Releases of several tables: what all tables together tell of a person is shared by k persons."""

from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation import LinkedTable, Plan, PlannedColumn, Release, anonymise
from igmap.errors import PlanError
from igmap.release import prove
from igmap.sources import open_exports
from tests.examples import examples
from tests.release_cases import AGE, SIGNED, quasi

Line = tuple[str | None, str | None]
CATEGORICAL = {"categorical": True}
PEOPLE: list[Line] = [("a", "21"), ("b", "22"), ("c", "23"), ("d", "38"), ("e", "37"), ("f", "36")]
VISITS: list[Line] = [
    ("a", "x"),
    ("A ", "y"),
    ("b", "x"),
    ("b", "y"),
    ("c", "x"),
    ("d", "z"),
    ("e", "z"),
    ("f", "z"),
    ("f", "zz"),
]


def _plan(k: int = 2, most: int = 2, search: str = "global", limit: float = 0) -> Plan:
    visits = (quasi("course", CATEGORICAL), PlannedColumn("person", "key", "drop"))
    linked = LinkedTable("visits", "visits", "person", visits, most=most)
    columns = (PlannedColumn("person", "key", "drop"), quasi("age", AGE))
    return Plan(
        "trial",
        "people",
        columns,
        seed=7,
        person_key="person",
        k=k,
        suppression_limit=limit,
        search=search,
        linked=(linked,),
        signed=SIGNED,
    )


def _released(people: list[Line], visits: list[Line], plan: Plan, folder: Path) -> Release:
    with open_exports(_frames(people, visits)) as exports:
        return anonymise(exports, plan, folder)


def _frames(people: list[Line], visits: list[Line]) -> dict[str, pd.DataFrame]:
    return {
        "people": pd.DataFrame(people, columns=["person", "age"], dtype="object"),
        "visits": pd.DataFrame(visits, columns=["person", "course"], dtype="object"),
    }


def _told(release: Release) -> Counter[object]:
    """How many persons each combination of all that is told of a person has."""
    told: dict[str, list[object]] = defaultdict(list)
    for number, name in enumerate(["trial", "visits"], start=1):
        rows = pl.read_parquet(release.file(name))
        persons = pl.read_parquet(release.person_map(number))["person"].str.strip_chars().str.to_lowercase().to_list()
        for who, row in zip(persons, rows.rows(), strict=True):
            told[who].append((name, row))
    return Counter(tuple(sorted(map(repr, rows))) for rows in told.values())


def test_all_that_two_tables_tell_of_a_person_is_shared_by_k_persons(tmp_path: Path) -> None:
    release = _released(PEOPLE, VISITS, _plan(), tmp_path)
    assert min(_told(release).values()) >= 2
    assert sorted(pl.read_parquet(release.data)["age"].to_list()) == ["20-24"] * 3 + ["35-39"] * 3


def test_an_event_that_some_have_and_others_lack_is_left_out_for_all(tmp_path: Path) -> None:
    release = _released(PEOPLE, VISITS, _plan(), tmp_path)
    visits = pl.read_parquet(release.file("visits"))["course"].to_list()
    assert sorted(visits) == ["x", "x", "x", "z", "z", "z"]  # c lacks a second visit, and f alone has another


def test_a_person_has_at_most_so_many_rows(tmp_path: Path) -> None:
    visits: list[Line] = [(who, str(i)) for who in "abcdef" for i in range(9)]
    release = _released(PEOPLE, visits, _plan(most=3), tmp_path)
    persons = pl.read_parquet(release.person_map(2))["person"].to_list()
    assert max(Counter(persons).values()) == 3


def test_rows_of_nobody_are_left_out(tmp_path: Path) -> None:
    release = _released([*PEOPLE, (None, "21"), (" ", "22")], VISITS, _plan(), tmp_path)
    assert (release.rows, release.suppressed_rows) == (6, 2)


@pytest.mark.parametrize(
    ("people", "told"),
    [([(None, "21"), ("  ", "22")], "person keys are blank in all records")],
)
def test_persons_who_cannot_be_told_apart_are_an_error(tmp_path: Path, people: list[Line], told: str) -> None:
    with pytest.raises(PlanError, match=told):
        _released(people, [(None, "x")], _plan(), tmp_path)


def test_a_table_that_only_tells_how_often_needs_a_quasi_identifier(tmp_path: Path) -> None:
    plan = _plan()
    bare = LinkedTable("visits", "visits", "person", (PlannedColumn("course", "measure", "keep"),))
    with pytest.raises(PlanError, match="how many rows a person has tells persons apart"):
        _released(
            PEOPLE, VISITS, Plan("trial", "people", plan.columns, 7, person_key="person", k=2, linked=(bare,)), tmp_path
        )


ages = st.one_of(st.none(), st.integers(18, 40).map(str))
people = st.lists(st.tuples(st.sampled_from("abcdefgh"), ages), min_size=4, max_size=10, unique_by=lambda row: row[0])
visits = st.lists(
    st.tuples(st.one_of(st.none(), st.sampled_from("abcdefghij")), st.one_of(st.none(), st.sampled_from("xyz"))),
    min_size=1,
    max_size=25,
)


@settings(max_examples=examples(30), deadline=None)
@given(people=people, visits=visits, k=st.integers(2, 3))
def test_k_persons_stand_behind_every_combination_of_rows(
    people: list[Line], visits: list[Line], k: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if len({who for who, _ in people + visits if who}) >= k:
        counts = _told(_released(people, visits, _plan(k, limit=1), tmp_path_factory.mktemp("drawn")))
        assert min(counts.values(), default=k) >= k


def test_the_verifier_counts_persons_over_both_tables(tmp_path: Path) -> None:
    with open_exports(_frames(PEOPLE, VISITS)) as exports:
        release = anonymise(exports, _plan(), tmp_path)
        proof = prove(exports, release)
        told = _told(release)
    assert proof.met, proof.unmet
    assert (proof.k, proof.rows, proof.persons) == (min(told.values()), 6, 6)
    assert set(proof.loss.per_column) == {"age", "visits.course"}


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_an_event_put_in_the_place_of_another_breaks_k_though_each_table_alone_is_fine(
    tmp_path: Path, limit: float
) -> None:
    people: list[Line] = [(who, "21") for who in "abcd"]
    events: list[Line] = [(who, course) for who, course in zip("abcd", "xxyy", strict=True)]
    with open_exports(_frames(people, events)) as exports:
        release = anonymise(exports, _plan(most=1, limit=limit), tmp_path)
        table, persons = (pl.read_parquet(path) for path in (release.file("visits"), release.person_map(2)))
        at = persons["person"].to_list().index("a")
        one = int(table["course"][at] == "x")
        table.with_columns(
            course=pl.Series(["xy"[one] if i == at else v for i, v in enumerate(table["course"])])
        ).write_parquet(release.file("visits"))
        proof = prove(exports, release)
    assert proof.k == 1
    assert {"k", "cells_not_as_planned"} <= set(proof.unmet)
