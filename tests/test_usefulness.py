"""Usefulness: figures agree with scipy, scikit-learn and hand counts, and no group of fewer than k persons is told."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.anonymisation import PlannedColumn, anonymise
from igmap.release import Proof, prove
from igmap.release.coded import coded
from igmap.release.usefulness import Usefulness
from igmap.release.usefulness.figures import accuracies, association, distance, query_errors
from igmap.release.usefulness.grouped import hits, means, shown
from igmap.release.usefulness.reading import Column, column, table_of
from igmap.release.usefulness.words import blocks
from igmap.report import fragment
from igmap.workbench import proof_views
from tests.release_cases import AGE, Row, built, opened, plan, quasi

Cells = Sequence[str | None]


def _read(source: Cells, written: Cells, labels: object = None, role: str = "quasi", field: str = "x") -> Column:
    before, after = (pl.Series(cells, dtype=pl.String) for cells in (source, written))
    return column(field, role, coded(before), coded(after), labels)  # type: ignore[arg-type] # labels are an array or None


def _everyone(one: Column) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(len(one.before)), np.arange(len(one.after))


def test_a_label_is_read_as_each_value_it_covers_all_as_likely() -> None:
    labels = built("age", ["20", "21", "23", "38"], AGE).labels
    read = _read(["20", "20", "20", "21", "23", "38"], ["20-24", "20-24", "20-24", "38", "*"], labels)
    before, after = read.shares()
    assert before.tolist() == pytest.approx([3 / 6, 1 / 6, 1 / 6, 1 / 6])
    assert after.tolist() == pytest.approx([(1 + 0.25) / 5] * 3 + [1.25 / 5])
    assert read.costs().tolist() == pytest.approx([1.0, 3 / 18, 0.0])  # *, 20-24, 38


def test_a_set_is_read_as_its_members_and_a_cell_without_a_label_as_itself() -> None:
    labels = built("town", ["Goes", "Zeist", "Epe", None], {"categorical": True}).labels
    read = _read(["Goes", "Zeist", "Epe", None], ["Goes | Zeist", "Oss", "(blank) | Epe"], labels)
    after = dict(zip(read.values.to_list(), read.shares()[1].tolist(), strict=True))
    assert after == pytest.approx({"Goes": 1 / 6, "Zeist": 1 / 6, "Epe": 1 / 6, None: 1 / 6, "Oss": 1 / 3})


numbers = st.lists(st.integers(0, 60).map(str), min_size=1, max_size=30)


@pytest.mark.ci
@given(before=numbers, after=numbers)
def test_the_distance_of_numbers_is_the_earth_movers(before: list[str], after: list[str]) -> None:
    from scipy.stats import wasserstein_distance  # type: ignore[import-untyped]

    scale = [*map(int, before), *map(int, after)]
    due = wasserstein_distance([*map(int, before)], [*map(int, after)]) / ((max(scale) - min(scale)) or 1)
    assert distance(_read(before, after)) == pytest.approx(due, abs=1e-9)


def test_the_distance_of_numbers_is_the_area_between_their_cumulated_shares() -> None:
    assert distance(_read(["0", "0", "5", "10"], ["0", "5", "10", "10"])) == pytest.approx((0.25 * 5 + 0.25 * 5) / 10)


def test_the_distance_of_words_is_half_the_differences() -> None:
    assert distance(_read(["a", "a", "b", None], ["a", "b", "c", "c"])) == pytest.approx((0.25 + 0 + 0.25 + 0.5) / 2)


@pytest.mark.ci
@given(table=st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=4))
def test_association_is_that_of_scipy(table: list[list[int]]) -> None:
    from scipy.stats import contingency, spearmanr

    counts = np.array(table)
    rows = [(one, other) for one, line in enumerate(table) for other, count in enumerate(line) for _ in range(count)]
    if min(len({pair[0] for pair in rows}), len({pair[1] for pair in rows})) < 2:
        assert association(counts.astype(float), ordered=True) == 0.0
        return
    assert association(counts.astype(float), ordered=True) == pytest.approx(spearmanr(*zip(*rows, strict=True))[0])
    held = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    assert association(counts.astype(float), ordered=False) == pytest.approx(
        contingency.association(held, method="cramer")
    )


def test_two_columns_are_told_together_by_what_each_row_may_stand_for() -> None:
    labels = built("s", ["a", "b"], {"categorical": True}).labels
    one, other = _read(["a", "b"], ["*", "a"], labels), _read(["x", "y"], ["x", "y"])
    before, after = table_of(one, other, *_everyone(one))
    assert before.tolist() == [[1, 0], [0, 1]]
    assert after.tolist() == [[0.5, 1], [0.5, 0]]


@pytest.mark.ci
@given(cells=st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=4, max_size=40))
def test_the_classifier_is_right_as_often_as_that_of_scikit_learn(cells: list[tuple[str, ...]]) -> None:
    from sklearn.naive_bayes import CategoricalNB

    columns = [_read(part, part) for part in zip(*cells, strict=True)]
    codes = np.array([one.before for one in columns]).T
    half = len(cells) // 2
    learned, tried = np.arange(half), np.arange(half, len(cells))
    found = accuracies(columns[1:], columns[0], (learned, learned), tried)
    widths = [one.width for one in columns[1:]]
    model = CategoricalNB(alpha=1, min_categories=widths).fit(codes[:half, 1:], codes[:half, 0])
    sure = np.sort(model.predict_joint_log_proba(codes[half:, 1:]), axis=1)[:, -2:]
    if sure.shape[1] == 1 or (np.diff(sure, axis=1) > 1e-9).all():  # nothing is drawn between equals
        assert found[0] == found[1] == pytest.approx(model.score(codes[half:, 1:], codes[half:, 0]))


def test_means_of_groups_are_those_of_a_hand_count() -> None:
    labels = built("s", ["a", "b"], {"categorical": True}).labels
    by = _read(["a", "a", "b", "b"], ["a", "*", "*", "*"], labels, field="by")
    marks = _read(["1", "3", "5", "7"], ["1", "3", "5", "7"], role="measure", field="mark")
    found = means([by, marks], np.arange(4), 2)["mark × by"]
    # a: 2 before, (1 + 7.5) / 2.5 after; b: 6 before, 5 after
    assert (found.groups, found.vanished) == (2, 0)
    assert found.worst == pytest.approx(1.4 / np.sqrt(5), abs=1e-9)
    assert found.mean == pytest.approx((1.4 + 1.0) / 2 / np.sqrt(5), abs=1e-9)
    assert means([by, marks], np.arange(4), 3) == {}  # no group of three persons
    assert means([by, marks], np.array([0, 0, 1, 2]), 2)["mark × by"].groups == 1


def test_who_lost_most_is_counted_over_groups_of_at_least_k_persons() -> None:
    labels = built("s", ["a", "b", "c"], {"categorical": True}).labels
    by = _read(["a", "a", "a", "b", "b", "c"], ["a", "a", "a", "*"], labels)
    found = hits([by], np.arange(6), np.array([0, 1, 2, 3]), 2)["x"]
    assert (found.groups, found.hard, found.worst, found.mean) == (2, 1, 1.0, 0.5)  # c is one person
    assert hits([by], np.arange(6), np.array([0, 1, 2, 3]), 1)["x"].groups == 3


def test_queries_are_answered_as_labels_are_read() -> None:
    labels = built("s", ["a", "b"], {"categorical": True}).labels
    errors = query_errors([_read(["a"] * 6 + ["b"] * 2, ["*"] * 8, labels)], 7)
    assert sorted(set(errors.tolist())) == pytest.approx([2 / 6, 1.0])  # four are told of each


cells = st.lists(st.sampled_from(["3", "4", "20", "21", "x", None]), min_size=2, max_size=30)


@given(cells=cells, order=st.randoms(use_true_random=False))
def test_what_is_released_as_it_is_keeps_every_figure_in_any_order(cells: list[str | None], order: object) -> None:
    mixed = list(cells)
    order.shuffle(mixed)  # type: ignore[attr-defined] # a random.Random
    kept = _read(cells, mixed)
    assert distance(kept) == pytest.approx(0, abs=1e-12)
    assert query_errors([kept], 3).max() == pytest.approx(0, abs=1e-12)
    assert _read(cells, cells).costs().tolist() == [0.0] * kept.cells


@given(cells=cells, k=st.integers(1, 5), people=st.lists(st.integers(0, 6), min_size=30, max_size=30))
def test_no_group_of_fewer_than_k_persons_is_told(cells: list[str | None], k: int, people: list[int]) -> None:
    who = np.array(people[: len(cells)])
    for group in shown(_read(cells, cells), who, k):
        for value in {group.low, group.high} - ({""} if group.low == "" else set()):
            named = group.low != "" and {person for person, cell in zip(who, cells, strict=True) if cell == value}
            assert group.low == "" or len(named or ()) >= k
        assert 0 < group.before <= 1


def _proved(folder: Path, rows: list[Row], k: int = 3) -> tuple[Proof, str]:
    """The proof of a release, and what a notebook shows of it."""
    columns = (
        PlannedColumn("id", "key", "drop"),
        quasi("age", AGE),
        PlannedColumn("grade", "measure", "keep", type="integer"),
        PlannedColumn("ill", "sensitive", "keep"),
    )
    with opened(["id", "age", "grade", "ill"], rows) as exports:
        release = anonymise(exports, plan(*columns, k=k, person="id"), folder)
        proof = prove(exports, release)
        return proof, proof_views.still_good_for(exports, release, proof)._repr_html_()


ROWS: list[Row] = [(f"u{n // 2}", str(20 + n % 9 * 2), str(n % 5), "yxz"[n % 3]) for n in range(120)]


def test_a_proof_tells_what_its_release_is_still_good_for(tmp_path: Path) -> None:
    proof, _ = _proved(tmp_path, ROWS)
    (found,) = proof.usefulness
    assert set(found.distance) == {"age", "grade", "ill"}
    assert (found.rows, found.queries, set(found.means)) == (120, 200, {"grade × age"})
    assert set(found.learned) == {"grade", "ill"}
    assert found.hits["age"].mean == pytest.approx(proof.loss.ncp)


def test_without_released_rows_nothing_is_told() -> None:
    assert blocks((Usefulness(),), "nl") == ()


@pytest.mark.ci
def test_the_picture_names_groups_and_no_value_of_fewer_than_k_persons(tmp_path: Path) -> None:
    proof, page = _proved(tmp_path, [*ROWS, ("u99", "20", "3", "Verzonnen")])
    assert "<svg" in page
    assert [word for word in ("Verzonnen", ">x<", ">y<", "20 – 22") if word in page] == [">x<", ">y<"]
    assert "grade × age" in page
    assert "In the source" in fragment(blocks(proof.usefulness, "en"), lang="en")
    assert _proved(tmp_path, [*ROWS, ("u99", "20", "3", "Verzonnen")])[0].usefulness == proof.usefulness
