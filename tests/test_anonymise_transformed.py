"""Transformations inside a release: they come before anything is counted, and persons stay who they are."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from igmap.anonymisation import LinkedTable, Plan, PlannedColumn, anonymise
from igmap.errors import PlanError
from igmap.release import prove
from igmap.sources import open_exports
from tests.release_cases import AGE, Row, opened, plan, quasi

PEOPLE = pd.DataFrame({"who": list("abcdef"), "age": ["21", "22", "23", "41", "42", "43"]})
VISITS = pd.DataFrame({"who": ["A", "a ", "b", "c", "d", "e", "f"], "course": ["x", "x", "x", "x", "y", "y", "y"]})
LINK = PlannedColumn("who", "link", "keep", transform=({"pseudonym": {}},))


def _linked(k: int = 3) -> Plan:
    visits = LinkedTable("visits", "visits", "who", (LINK, quasi("course", {"categorical": True})), most=1)
    columns = (LINK, quasi("age", {"intervals": [10]}))
    return Plan("trial", "people", columns, 7, person_key="who", k=k, suppression_limit=1, linked=(visits,))


@pytest.mark.ci
def test_two_tables_are_joined_by_a_pseudonym_that_the_next_release_does_not_have(tmp_path: Path) -> None:
    with open_exports({"people": PEOPLE, "visits": VISITS}) as exports:
        one, other = (anonymise(exports, _linked(), tmp_path) for _ in range(2))
        tables = [pl.read_parquet(path) for path in (one.data, one.file("visits"), other.data)]
        proof = prove(exports, one)
    assert sorted(tables[0].join(tables[1], on="who")["age"].to_list()) == ["20-29"] * 3 + ["40-49"] * 3
    assert not set(tables[0]["who"]) & {*"abcdef"}
    assert not set(tables[0]["who"]) & set(tables[2]["who"])
    assert (proof.k, proof.persons) == (3, 6)


def test_the_same_secret_gives_the_same_release(tmp_path: Path) -> None:
    with open_exports({"people": PEOPLE, "visits": VISITS}) as exports:
        one, other = (anonymise(exports, _linked(), tmp_path, secret=b"known") for _ in range(2))
    assert pl.read_parquet(one.data).rows() == pl.read_parquet(other.data).rows()


def test_a_quasi_identifier_is_generalised_after_its_steps(tmp_path: Path) -> None:
    rows: list[Row] = [("23",), ("24",), ("96",), ("99",)]
    with opened(["age"], rows) as exports:
        capped = replace(quasi("age", {"intervals": [10]}), transform=({"top": 90},))
        release = anonymise(exports, plan(capped), tmp_path)
    assert sorted(pl.read_parquet(release.data)["age"].to_list()) == ["20-29", "20-29", "90-99", "90-99"]


def test_a_sample_takes_persons_with_all_their_rows(tmp_path: Path) -> None:
    rows: list[Row] = [(f"p{n // 3}", "21") for n in range(300)]
    with opened(["who", "age"], rows) as exports:
        release = anonymise(exports, replace(plan(quasi("age", AGE), person="who"), sample=0.5), tmp_path)
        persons = pl.read_parquet(release.persons)
    counts = persons.group_by("person").len()["len"]
    assert set(counts) == {3}
    assert 20 < len(counts) < 80
    assert release.suppressed_rows == 0


def test_an_unknown_step_is_told_before_anything_is_read(tmp_path: Path) -> None:
    wrong = replace(quasi("age", AGE), transform=({"ruond": 5},))
    with opened(["age"], [("21",), ("21",)]) as exports, pytest.raises(PlanError, match="did you mean 'round'"):
        anonymise(exports, plan(wrong), tmp_path)
    assert list(tmp_path.iterdir()) == []
