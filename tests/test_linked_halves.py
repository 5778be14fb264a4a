"""Extracts and other exports that a release links: match sets against brute force, and closed forms."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.anonymisation import PlannedColumn, anonymise
from igmap.errors import PlanError, SourceError
from igmap.release import Attack, prove
from igmap.release.attacks.linked_halves import linked_halves, splits
from igmap.release.attacks.match_sets import match_sets, whose
from igmap.release.attacks.target import WHO, Target
from igmap.sources import open_exports
from igmap.workspace import Workspace
from tests.release_cases import SIGNED, plan, quasi

LABELS = np.array([["1", "low", "*"], ["2", "low", "*"], ["3", "high", "*"], [None, None, "*"]], dtype=object)
CELLS, VALUES, MARKS = ("1", "low", "high", "*", None), ("1", "2", "3", None), ("a", "b", None)
COVERED = {(value, cell) for row in LABELS.tolist() for value, cell in product(row[:1], row)}
Rows = list[tuple[str | None, str | None, int]]


@given(
    rows=st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(MARKS), st.integers(0, 3)), min_size=1, max_size=9),
    asked=st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(MARKS)), min_size=1, max_size=5),
    fields=st.sampled_from([("age",), ("mark",), ("age", "mark")]),
)
def test_the_one_person_who_matches_is_found_as_by_hand(
    rows: Rows, asked: list[tuple[str | None, str | None]], fields: tuple[str, ...]
) -> None:
    schema = {"age": pl.String, "mark": pl.String}
    released = pl.DataFrame([row[:2] for row in rows], schema=schema, orient="row")
    known = pl.DataFrame(asked, schema=schema, orient="row")
    sets = match_sets(whose(released, pl.Series([row[2] for row in rows])), known, {"age": LABELS})
    for (age, mark), sole in zip(asked, sets.soles(fields).to_list(), strict=True):
        fits = [
            who
            for cell, told, who in rows
            if ("age" not in fields or (age, cell) in COVERED) and ("mark" not in fields or mark == told)
        ]
        assert sole == (fits[0] if len(set(fits)) == 1 else None)


def target(measures: dict[str, list[str]], people: int = 200, away: int = 0) -> Target:
    """Persons in classes of ten by age, with measures."""
    ages = [str(n // 10) for n in range(people + away)]
    labels = np.array([[age, "*"] for age in dict.fromkeys(ages)], dtype=object)
    table = pl.DataFrame({"age": ages, **measures, WHO: [f"p{n}" for n in range(people + away)]})
    inside, outside = table.head(people), table.tail(away)
    names = tuple(measures)
    return Target(inside, inside.drop(WHO), outside, {"age": labels}, ("age",), (), names, seed=7, limit=0.05)


def tried(seen: Target) -> Attack:
    ((name, found),) = linked_halves(seen)
    assert name == "linked_halves"
    return found


def test_two_unique_measures_link_everybody() -> None:
    unique = [str(n) for n in range(200)]
    found = tried(target({"score": unique, "minutes": unique}))
    assert (found.risk, found.control, found.outcome) == (1.0, 0.0, "unmet")


@pytest.mark.parametrize("away", [0, 100])
def test_one_unique_measure_beside_a_class_of_ten_links_nobody(away: int) -> None:
    found = tried(target({"score": [str(n) for n in range(200 + away)]}, away=away))
    assert (found.risk, found.control, found.power, found.outcome) == (0.0, 0.0, 1.0, "holds")


def test_the_share_that_is_linked_is_the_share_that_is_unique_in_both_halves() -> None:
    half = [str(n) if n < 50 else "many" for n in range(200)]
    assert tried(target({"score": half, "minutes": half})).risk == 0.25


def test_with_few_persons_nothing_can_be_told() -> None:
    assert tried(target({"score": ["1"] * 20}, people=20)).outcome == "cannot_tell"


def test_a_table_of_one_column_has_no_halves() -> None:
    assert list(linked_halves(target({}))) == []


def test_halves_are_balanced_and_follow_from_the_seed() -> None:
    found = list(splits("abcd", "xy", seed=3))
    assert found == list(splits("abcd", "xy", seed=3))
    assert all((len(one), len(other)) == (3, 3) for one, other in found)
    assert all(len({*one} & {*"abcd"}) == len({*other} & {*"abcd"}) == 2 for one, other in found)
    assert len(found) > 1


def _second(tmp_path: Workspace, others: dict[str, object], *, leak: bool = False) -> Attack:
    people = pd.DataFrame({"id": [f"p{n}" for n in range(200)], "age": [str(n // 10) for n in range(200)]})
    people["score"] = [str(n) for n in range(200)]
    crm = people.rename(columns={"age": "leeftijd"})[["id", "leeftijd", *(["score"] if leak else [])]].iloc[::-1]
    columns = (PlannedColumn("id", "key", "drop"), quasi("age", {"categorical": True}))
    wanted = plan(*columns, PlannedColumn("score", "measure", "keep"), k=10, person="id", source="people")
    wanted = replace(wanted, others=({"source": "crm", "person_key": "id", **others},), signed=SIGNED)
    with open_exports({"people": people.astype("object"), "crm": crm.astype("object")}) as exports:
        return prove(exports, anonymise(exports, wanted, tmp_path.staging)).attacks.tried["second_export(crm)"]


@pytest.fixture
def workspace(tmp_path: object) -> Workspace:
    return Workspace(tmp_path)  # type: ignore[arg-type] # a path


def test_another_export_points_at_nobody_by_age_alone(workspace: Workspace) -> None:
    found = _second(workspace, {"columns": {"age": "leeftijd"}})
    assert (found.risk, found.power, found.tries, found.outcome) == (0.0, 1.0, 200, "holds")


def test_another_export_that_has_a_measure_too_points_at_everybody(workspace: Workspace) -> None:
    found = _second(workspace, {}, leak=True)  # the score is called the same in both
    assert (found.risk, found.outcome) == (1.0, "unmet")


@pytest.mark.parametrize(
    ("others", "error", "told"),
    [
        ({"columns": {"age": "leeftid"}}, PlanError, "did you mean 'leeftijd'"),
        ({"columns": {"agee": "leeftijd"}}, PlanError, "did you mean 'age'"),
        ({"person_key": "idd"}, SourceError, "did you mean 'id'"),
        ({"source": "crn"}, SourceError, "did you mean 'crm'"),
    ],
)
def test_another_export_that_is_not_there_is_told(
    workspace: Workspace, others: dict[str, object], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        _second(workspace, others)
