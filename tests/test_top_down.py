"""Top-down search: parts of cells that are like the whole table."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation.hierarchies import build_hierarchy
from igmap.anonymisation.models import EqualT, KAnonymity
from igmap.anonymisation.searching import Axis, Limits, search
from igmap.anonymisation.tuples import Tuples, read_tuples
from igmap.inventory import locate
from igmap.sources import open_exports
from tests.examples import examples

Row = tuple[str | None, ...]
ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from(["1", "4", "9"]), st.sampled_from(["x", "y", None])),
    min_size=4,
    max_size=24,
)


def table(rows: list[Row]) -> tuple[Tuples, tuple[Axis, ...]]:
    frame = pl.DataFrame(rows, schema=["letter", "number", "secret"], orient="row").to_pandas()
    with open_exports({"t": frame}) as exports:
        name = locate(exports, "t", "").dataset.name
        tuples, values = read_tuples(exports.engine, name, ["c1", "c2"], None, sensitive={"secret": "c3"})
    return tuples, tuple(Axis(build_hierarchy("q", held, {"categorical": {}}), (0, 1)) for held in values)


def distance(tuples: Tuples, members: np.ndarray) -> float:
    """Half the sum of differences from the whole table, counted by hand."""
    told = tuples.told[0]
    everyone, own = np.zeros(len(told.values)), np.zeros(len(told.values))
    for tuple_, value, persons in zip(told.tuple, told.value, told.people.alone, strict=True):
        everyone[value] += persons
        own[value] += persons * (tuple_ in members)
    return float(np.abs(own / own.sum() - everyone / everyone.sum()).sum() / 2)


@settings(max_examples=examples(60), deadline=None)
@given(rows=ROWS, limit=st.sampled_from([0.0, 1.0]), t=st.sampled_from([0.1, 0.3]))
def test_every_class_is_close_and_its_labels_cover_it(rows: list[Row], limit: float, t: float) -> None:
    tuples, axes = table(rows)
    found = search("top_down", tuples, axes, [KAnonymity(2), EqualT("secret", t)], Limits(limit))
    assert found.suppressed_rows(tuples) <= limit * tuples.rows.sum()
    for number in range(len(found.costs)):
        members = np.flatnonzero(found.classes == number)
        assert tuples.rows[members].sum() >= 2
        assert distance(tuples, members) <= t + 1e-9
        for axis, labels, leaves in zip(axes, found.labels, tuples.leaves[members].T, strict=True):
            assert all(labels[number] in axis.hierarchy.labels[leaf].tolist() for leaf in leaves)


@settings(max_examples=examples(30), deadline=None)
@given(rows=ROWS)
@pytest.mark.ci
def test_the_order_of_rows_does_not_matter(rows: list[Row]) -> None:
    def loss(given: list[Row]) -> float:
        tuples, axes = table(given)
        return search("top_down", tuples, axes, [KAnonymity(2), EqualT("secret", 0.3)], Limits()).loss(tuples, axes)

    assert loss(rows) == pytest.approx(loss(sorted(rows, key=str)))


def test_values_that_are_like_the_table_everywhere_stay_as_they_are() -> None:
    rows: list[Row] = [(letter, "1", secret) for letter in "ab" for secret in "xy" for _ in range(3)]
    tuples, axes = table(rows)
    assert search("top_down", tuples, axes, [KAnonymity(2), EqualT("secret", 0.1)], Limits()).loss(tuples, axes) == 0
