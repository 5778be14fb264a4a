"""Anonymising: the recoding is the best there is, counts persons, and leaves its input alone."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation import Plan, PlannedColumn, anonymise, build_hierarchy, find_recoding
from igmap.anonymisation.models import KAnonymity
from igmap.anonymisation.searching import Axis, Limits, Solution, search
from igmap.anonymisation.tuples import Tuples, read_tuples
from igmap.engine import DuckDBEngine, Engine
from igmap.errors import EngineError, HierarchyError, PlanError, TargetError
from igmap.sources import open_exports
from tests.examples import examples
from tests.release_cases import AGE, POSTCODE, Row, built, opened, oracle, plan, quasi

ROWS: list[Row] = [
    ("21", "3511 AB"),
    ("22", "3511 AB"),
    ("24", "3512 CD"),
    ("38", "3512 CD"),
    ("38", "3584 XX"),
    ("67", None),
]
PEOPLE: list[Row] = [("a", "21"), ("a", "22"), ("a", "23"), ("b", "36"), ("c", "37"), (None, "38"), (None, "39")]

ages = st.one_of(st.none(), st.integers(18, 70).map(str))
postcodes = st.one_of(st.none(), st.sampled_from(["3511 AB", "3511 AC", "3512 AB", "3584 XX", "1011 AA"]))
tables = st.lists(
    st.tuples(ages, postcodes, st.one_of(st.none(), st.sampled_from("abcdefgh"))), min_size=6, max_size=25
)
quick = settings(max_examples=examples(40), deadline=None)
NAMES = count()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One engine for all drawn tables, because opening one takes longer than the search."""
    with TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder))
        yield engine
        engine.close()


def _searched(engine: Engine, rows: list[Row], limits: Limits) -> Solution:
    tuples, axes = _read(engine, rows)
    return search("global", tuples, axes, [KAnonymity(2)], limits)


def _loss(engine: Engine, rows: list[Row], *, k: int) -> float:
    tuples, axes = _read(engine, rows)
    return search("global", tuples, axes, [KAnonymity(k)], Limits()).loss(tuples, axes)


def _read(engine: Engine, rows: list[Row]) -> tuple[Tuples, list[Axis]]:
    name = f"drawn{next(NAMES)}"
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    engine.load(name, pa.table(columns, names=["c1", "c2", "c3"]).to_reader())
    tuples, values = read_tuples(engine, name, ["c1", "c2"], "c3")
    hierarchies = [build_hierarchy("", series, spec) for series, spec in zip(values, [AGE, POSTCODE], strict=True)]
    return tuples, [Axis(hierarchy, tuple(range(hierarchy.levels))) for hierarchy in hierarchies]


@quick
@given(rows=tables, k=st.integers(2, 4))
def test_no_combination_of_levels_loses_less(engine: Engine, rows: list[Row], k: int) -> None:
    persons = [row[2] for row in rows]
    if len(set(persons)) < k:
        return
    hierarchies = [built("age", [row[0] for row in rows], AGE), built("postcode", [row[1] for row in rows], POSTCODE)]
    assert _loss(engine, rows, k=k) == pytest.approx(oracle([row[:2] for row in rows], persons, hierarchies, k))


@quick
@given(rows=tables, data=st.data())
def test_row_order_does_not_matter(engine: Engine, rows: list[Row], data: st.DataObject) -> None:
    if len({row[2] for row in rows}) > 1:
        assert _loss(engine, data.draw(st.permutations(rows)), k=2) == pytest.approx(_loss(engine, rows, k=2))


@quick
@given(rows=tables)
def test_a_larger_k_never_loses_less(engine: Engine, rows: list[Row]) -> None:
    if len({row[2] for row in rows}) > 2:
        assert _loss(engine, rows, k=3) >= _loss(engine, rows, k=2) - 1e-9


def test_the_release_is_what_a_person_would_have_written(tmp_path: Path) -> None:
    rows: list[Row] = [("21", "x"), ("23", "x"), ("31", "y"), ("34", "y"), ("90", "z")]
    columns = (quasi("age", AGE), PlannedColumn("mark", "measure", "keep"), PlannedColumn("note", "text", "drop"))
    with open_exports(
        {"t": pd.DataFrame([(*row, "private") for row in rows], columns=["age", "mark", "note"])}
    ) as exports:
        release = anonymise(exports, plan(*columns), tmp_path)
    released = pl.read_parquet(release.data)
    assert sorted(released.rows()) == [("20-24", "x"), ("20-24", "x"), ("30-34", "y"), ("30-34", "y")]
    assert (release.rows, release.suppressed_rows, release.levels) == (4, 1, {"age": 1})
    persons = pl.read_parquet(release.persons)
    assert sorted(persons["record"].to_list()) == [1, 2, 3, 4]
    labels = {1: "20-24", 2: "20-24", 3: "30-34", 4: "30-34"}
    assert [labels[record] for record in persons["record"].to_list()] == released["age"].to_list()


def test_rows_of_one_person_do_not_make_a_crowd() -> None:
    people = [("21", "a"), ("21", "a"), ("21", "a"), ("22", "b"), ("23", "c")]
    with opened(["age", "person"], people) as exports:
        rows = find_recoding(exports, plan(quasi("age", AGE), k=3))
        persons = find_recoding(exports, plan(quasi("age", AGE), k=3, person="person"))
    assert (rows.best.levels, rows.suppressed_rows) == ((0,), 2)
    assert (persons.best.levels, persons.suppressed_rows) == ((1,), 0)


def test_k_counts_persons_over_different_tuples_once() -> None:
    with opened(["person", "age"], PEOPLE) as exports:
        best = find_recoding(exports, plan(quasi("age", {"intervals": [10]}), k=2, person="person"))
    assert best.suppressed_rows == 3  # 20-29 holds three rows of one person
    assert best.best.levels == (1,)


def test_all_blank_persons_are_one_person() -> None:
    with opened(["person", "age"], PEOPLE) as exports:
        with pytest.raises(PlanError, match="k = 5, but there are 4 persons"):
            find_recoding(exports, plan(quasi("age", AGE), k=5, person="person"))
        best = find_recoding(exports, plan(quasi("age", {"intervals": [10]}), k=4, person="person"))
    assert best.loss == 1.0


def test_a_blank_is_a_value_that_splits_classes() -> None:
    with opened(["age", "postcode"], ROWS) as exports:
        recoding = find_recoding(exports, plan(quasi("postcode", POSTCODE), k=2))
    blank = recoding.tuples.leaves[:, 0] == recoding.hierarchies[0].labels[:, 0].tolist().index(None)
    assert recoding.best.classes[blank].tolist() == [-1]


def test_a_level_below_the_least_is_never_released(tmp_path: Path) -> None:
    rows: list[Row] = [("21",), ("21",), ("37",), ("37",)]
    with opened(["age"], rows) as exports:
        assert anonymise(exports, plan(quasi("age", AGE)), tmp_path).levels == {"age": 0}
        assert anonymise(exports, plan(quasi("age", AGE, least_level=2)), tmp_path).levels == {"age": 2}
        with pytest.raises(PlanError, match="least_level 9 of 5 levels"):
            anonymise(exports, plan(quasi("age", AGE, least_level=9)), tmp_path)


def test_a_heavier_column_is_spared() -> None:
    rows: list[Row] = [("21", "3511 AB"), ("21", "3512 AB"), ("38", "3511 AB"), ("38", "3512 AB")]
    with opened(["age", "postcode"], rows) as exports:
        for heavy, levels in ((0, (0, 2)), (1, (3, 0))):
            weights = [9.0 if i == heavy else 1.0 for i in range(2)]
            columns = [quasi("age", AGE, weight=weights[0]), quasi("postcode", POSTCODE, weight=weights[1])]
            assert find_recoding(exports, plan(*columns)).best.levels == levels


def test_the_limit_on_suppression_is_kept_or_told() -> None:
    kept = PlannedColumn("postcode", "quasi", "keep")
    with opened(["age", "postcode"], ROWS) as exports:
        free = find_recoding(exports, plan(quasi("age", AGE), limit=1.0))
        bound = find_recoding(exports, plan(quasi("age", AGE), limit=0.1))
        with pytest.raises(TargetError, match=r"at least 33\.33% of the rows must be suppressed, the limit is 20\.00%"):
            find_recoding(exports, plan(quasi("age", AGE), kept, limit=0.2))
    assert (free.suppressed_rows, bound.suppressed_rows) == (1, 0)
    assert bound.loss > free.loss


def test_when_nothing_could_stay_nothing_is_released(tmp_path: Path) -> None:
    with (
        opened(["age"], [("21",), ("22",)]) as exports,
        pytest.raises(TargetError, match="every row would be suppressed"),
    ):
        anonymise(exports, plan(PlannedColumn("age", "quasi", "keep")), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_order_of_rows_follows_from_the_seed(tmp_path: Path) -> None:
    rows: list[Row] = [(str(age), str(i)) for i, age in enumerate([21, 38] * 20)]
    columns = (quasi("age", AGE), PlannedColumn("n", "measure", "keep", type="integer"))
    with opened(["age", "n"], rows) as exports:
        one, same = (pl.read_parquet(anonymise(exports, plan(*columns), tmp_path).data) for _ in range(2))
        other = pl.read_parquet(
            anonymise(exports, Plan("trial", "t", columns, seed=8, k=2, suppression_limit=1), tmp_path).data
        )
    assert one.rows() == same.rows()
    assert one.rows() != other.rows()
    assert one["n"].to_list() != sorted(one["n"].to_list())
    assert one["n"].dtype == pl.Int64


def test_csv_tells_a_blank_from_a_text(tmp_path: Path) -> None:
    columns = (quasi("age", AGE), PlannedColumn("mark", "measure", "keep"))
    csv_plan = Plan("trial", "t", columns, seed=7, k=2, suppression_limit=1, file_format="csv")
    with opened(["age", "mark"], [("21", None), ("21", "a,b")]) as exports:
        lines = anonymise(exports, csv_plan, tmp_path).data.read_text("utf-8").splitlines()
    assert (lines[0], sorted(lines[1:])) == ('"age","mark"', ['"21",', '"21","a,b"'])


def test_the_tables_of_the_analyst_do_not_change(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS, columns=["age", "postcode"])
    before = frame.copy(deep=True)
    with open_exports({"t": frame}) as exports:
        rows = exports.engine.distinct("t1", ["record", "c1", "c2"]) if exports.datasets[0].name == "t1" else None
        anonymise(exports, plan(quasi("age", AGE)), tmp_path)
        after = exports.engine.distinct("t1", ["record", "c1", "c2"]) if exports.datasets[0].name == "t1" else None
    pd.testing.assert_frame_equal(frame, before)
    assert rows == after


@pytest.mark.parametrize(
    ("columns", "error", "told"),
    [
        ((quasi("aeg", AGE),), PlanError, "did you mean 'age'"),
        ((quasi("age", {"date": ["year"]}),), HierarchyError, "5 of its 5 values cannot be read as dates"),
        (
            (quasi("age", AGE), PlannedColumn("postcode", "measure", "keep", type="integer")),
            EngineError,
            "not of type int64",
        ),
    ],
)
def test_a_plan_that_does_not_fit_leaves_nothing_behind(
    tmp_path: Path, columns: tuple[PlannedColumn, ...], error: type[Exception], told: str
) -> None:
    with opened(["age", "postcode"], ROWS) as exports, pytest.raises(error, match=told) as raised:
        anonymise(exports, plan(*columns), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "3511" not in str(raised.value)


@pytest.mark.ci
def test_a_lattice_of_any_size_is_searched_to_the_optimum() -> None:
    names = [f"q{i}" for i in range(60)]
    rows = [tuple(str((row >> i) & 1) for i in range(60)) for row in (0, 2**60 - 1)] * 2
    rows.append((*rows[0][:59], "1"))
    with opened(names, rows) as exports:
        recoding = find_recoding(exports, plan(*(quasi(name, {"categorical": True}) for name in names)))
    assert recoding.best.figures["nodes"] == 2**60
    assert recoding.best.figures["gap"] == 0
    assert recoding.loss == pytest.approx(1 / 60)


def test_when_time_runs_out_the_gap_to_the_optimum_is_told(engine: Engine) -> None:
    rows: list[Row] = [(str(i % 53), f"35{i % 90 + 10} AB", str(i)) for i in range(200)]
    full, early = (_searched(engine, rows, Limits(seconds=seconds)) for seconds in (60.0, 0.0))
    assert full.figures["gap"] == 0
    assert early.figures["gap"] >= early.costs.mean() - full.costs.mean() > 0


def test_a_release_shows_neither_seed_nor_values(tmp_path: Path) -> None:
    with opened(["age"], [("21",), ("21",)]) as exports:
        release = anonymise(exports, plan(quasi("age", AGE)), tmp_path)
    assert "seed" not in repr(release.plan)
    assert "21" not in repr(release).replace(str(tmp_path), "").replace(release.folder.name, "")
    assert release.folder.stat().st_mode & 0o077 == 0
