"""Set labels: every class says which values it holds, and meets the models."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
from igmap.anonymisation.models import DistinctL, KAnonymity, Model
from igmap.anonymisation.searching import Axis, Limits, Solution, search
from igmap.anonymisation.tuples import People, Tuples, read_tuples
from igmap.errors import TargetError
from igmap.inventory import locate
from igmap.sources import open_exports
from tests.examples import examples
from tests.release_cases import adult

ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["1", "4", "9"]), st.sampled_from(["x", "y"])),
    min_size=4,
    max_size=24,
)


def table(rows: list[tuple[str | None, ...]]) -> tuple[Tuples, tuple[Axis, ...]]:
    frame = pl.DataFrame(rows, schema=["letter", "number", "secret"], orient="row").to_pandas()
    with open_exports({"t": frame}) as exports:
        name = locate(exports, "t", "").dataset.name
        tuples, values = read_tuples(exports.engine, name, ["c1", "c2"], None, sensitive={"secret": "c3"})
    return tuples, tuple(Axis(build_hierarchy("q", held, {"categorical": {}}), (0, 1)) for held in values)


def by_hand(leaves: list[list[int]], labels: list[list[str | None]]) -> Solution:
    """The search over tuples of one person each, the columns' values given."""
    codes = np.array(leaves).T.copy()
    axes = tuple(Axis(Hierarchy("q", np.array([[one, "*"] for one in column], object)), (0, 1)) for column in labels)
    ones = np.ones(len(codes), np.int64)
    people = People(ones, np.empty((2, 0), np.int64), len(codes))
    return search("sets", Tuples(codes, ones, people, len(codes)), axes, [KAnonymity(2)], Limits())


def test_near_tuples_stand_together_under_sets_and_intervals() -> None:
    found = by_hand([[0, 1, 2, 3], [0, 1, 2, 3]], [["a", "b", "c", "d"], ["1", "2", "8", "9"]])
    said = {tuple(labels) for labels in zip(*found.labels, strict=True)}
    assert said == {("a | b", "1-2"), ("c | d", "8-9")}
    assert found.costs == pytest.approx(np.array([[1 / 3, 1 / 8], [1 / 3, 1 / 8]]))


def test_a_blank_in_a_set_can_be_told_from_a_value() -> None:
    found = by_hand([[0, 1]], [["(blank)", None]])
    assert found.labels[0].tolist() == ['"(blank)" | (blank)']
    assert by_hand([[0, 1]], [["3", None]]).costs.tolist() == [[1.0]]


def test_a_value_that_looks_like_a_set_is_quoted() -> None:
    assert by_hand([[0, 1]], [["a | b", "c"]]).labels[0].tolist() == ['"a | b" | c']


@settings(max_examples=examples(60), deadline=None)
@given(rows=ROWS)
def test_every_class_meets_the_models_and_its_labels_cover_it(rows: list[tuple[str | None, ...]]) -> None:
    tuples, axes = table(rows)
    models: list[Model] = [KAnonymity(2), DistinctL("secret", 2)]
    try:
        found = search("sets", tuples, axes, models, Limits())
    except TargetError:
        pytest.fail("nothing limits suppression here")
    told = tuples.told[0]
    for number in range(len(found.costs)):
        members = np.flatnonzero(found.classes == number)
        assert tuples.rows[members].sum() >= 2
        assert len(set(told.value[np.isin(told.tuple, members)].tolist())) >= 2
        letters = {axes[0].hierarchy.labels[leaf, 0] or "(blank)" for leaf in tuples.leaves[members, 0]}
        assert set((found.labels[0][number] or "(blank)").split(" | ")) == letters
        numbers = sorted({str(axes[1].hierarchy.labels[leaf, 0]) for leaf in tuples.leaves[members, 1]})
        assert found.labels[1][number] == "-".join(numbers[:: max(len(numbers) - 1, 1)])


@settings(max_examples=examples(30), deadline=None)
@given(rows=ROWS)
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str | None, ...]]) -> None:
    def losses(given: list[tuple[str | None, ...]]) -> float:
        tuples, axes = table(given)
        return search("sets", tuples, axes, [KAnonymity(2)], Limits()).loss(tuples, axes)

    assert losses(rows) == pytest.approx(losses(sorted(rows, key=str)))


@pytest.mark.ci
def test_adult_loses_less_than_under_the_sets_of_anonypy() -> None:
    frame = adult()
    with open_exports({"adult": frame}) as exports:
        columns = [f"c{at}" for at in range(1, len(frame.columns) + 1)]
        name = locate(exports, "adult", "").dataset.name
        tuples, values = read_tuples(exports.engine, name, columns, None)
    axes = tuple(Axis(build_hierarchy("q", held, {"categorical": {}}), (0, 1)) for held in values)
    found = search("sets", tuples, axes, [KAnonymity(5)], Limits())
    assert found.loss(tuples, axes) < 0.026  # anonypy: 0.0326
    assert found.suppressed_rows(tuples) == 0
