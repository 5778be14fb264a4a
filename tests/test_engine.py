"""The engine: exact counts, blanks as values, and not a word about a cell."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from igmap.engine import DuckDBEngine, Mapping, Profile
from igmap.errors import EngineError

CANARY = "Kanarievogel"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    made = DuckDBEngine(tmp_path / "staging")
    yield made
    made.close()


def _load(engine: DuckDBEngine, name: str = "t", **columns: list[object]) -> None:
    engine.load(name, pa.table(columns).to_reader())


def _values(engine: DuckDBEngine, name: str = "t") -> dict[str, int]:
    pairs = [row for batch in engine.values(name, "c1") for row in batch.to_pylist()]
    return {row["value"]: row["rows"] for row in pairs}


def test_records_are_numbered_in_their_order(engine: DuckDBEngine) -> None:
    _load(engine, c1=[str(i) for i in range(250_000)])
    found = engine.distinct("t", ["record", "c1"])
    assert all(row["record"] == int(row["c1"]) + 1 for row in found.slice(0, 1000).to_pylist())
    assert engine.describe("t") == (250_000, ["c1"])


def test_numbers_that_a_table_brings_are_kept(engine: DuckDBEngine) -> None:
    _load(engine, record=[1, 3, 7], c1=["a", "a", "b"])
    assert _values(engine) == {"a": 2, "b": 1}
    assert sorted(row["record"] for row in engine.distinct("t", ["record"]).to_pylist()) == [1, 3, 7]
    assert engine.describe("t") == (3, ["c1"])


def test_items_of_one_record_count_as_one_record_per_value(engine: DuckDBEngine) -> None:
    engine.load("t", pa.table({"record": [1, 1, 1, 2], "c1": ["a", "a", "b", "a"]}).to_reader(), items=True)
    assert _values(engine) == {"a": 2, "b": 1}


def test_blanks_are_a_value_in_tuples_and_none_in_lists_of_values(engine: DuckDBEngine) -> None:
    _load(engine, c1=["a", None, None], c2=["p", None, "q"])
    assert engine.distinct("t", ["c1"], person="c2").to_pylist() == [
        {"c1": None, "rows": 2, "persons": 2},
        {"c1": "a", "rows": 1, "persons": 1},
    ]
    assert _values(engine) == {"a": 1}
    assert engine.profile("t", ["c1"]) == {"c1": Profile(rows=3, blanks=2, distinct=1)}


def test_a_rewritten_table_has_the_mapped_columns_in_an_order_of_the_seed(engine: DuckDBEngine) -> None:
    _load(engine, c1=["a", None, "b", "a"] * 25, c2=[str(i) for i in range(100)])
    mapping = Mapping("c1", pa.table({"value": ["a", "b", None], "label": ["A", "B", "(leeg)"]}))
    orders = []
    for seed in (1, 1, 2):
        name = engine.rewrite("t", [mapping, Mapping("c2")], keep=pa.table({"out0": ["A", "(leeg)"]}), seed=seed)
        assert engine.describe(name) == (75, ["out0", "out1"])
        found = engine.distinct(name, ["out0"]).to_pylist()
        assert [(row["out0"], row["rows"]) for row in found] == [("A", 50), ("(leeg)", 25)]
        batches = engine._query(f"SELECT out1 FROM {name}").to_arrow_table()
        orders.append(batches.column(0).to_pylist())
    assert orders[0] == orders[1] != orders[2]


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_written_file_has_the_planned_names_and_types(engine: DuckDBEngine, tmp_path: Path, suffix: str) -> None:
    _load(engine, c1=["1", None], c2=["x", "y"])
    path = tmp_path / f"out{suffix}"
    engine.write("t", ["c1", "c2"], path, schema=pa.schema([("leeftijd; --", pa.int64()), ("b", pa.string())]))
    if suffix == ".parquet":
        assert pq.read_table(path).to_pylist() == [{"leeftijd; --": 1, "b": "x"}, {"leeftijd; --": None, "b": "y"}]
    else:
        assert path.read_text().splitlines() == ['"leeftijd; --","b"', '1,"x"', ',"y"']


def test_no_error_of_the_engine_quotes_a_cell(engine: DuckDBEngine, tmp_path: Path) -> None:
    _load(engine, c1=[CANARY])
    with pytest.raises(EngineError) as cast:
        engine.write("t", ["c1"], tmp_path / "x.csv", schema=pa.schema([("n", pa.int64())]))
    with pytest.raises(EngineError) as query:
        engine._run("SELECT c1::INT FROM t").fetchall()
    with pytest.raises(EngineError):
        engine.distinct("t", ["c9"])
    assert CANARY not in f"{cast.value} {query.value}"
    assert "'n'" in str(cast.value)


def test_a_reader_that_fails_leaves_no_table_behind(engine: DuckDBEngine) -> None:
    schema = pa.schema([("c1", pa.string())])

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch([["a"]], schema)
        raise ValueError(CANARY)

    with pytest.raises(EngineError) as failed:
        engine.load("t", pa.RecordBatchReader.from_batches(schema, batches()))
    assert CANARY not in str(failed.value)
    _load(engine, c1=["b"])
    assert _values(engine) == {"b": 1}


def test_a_small_table_is_counted_alike_with_and_without_the_database(engine: DuckDBEngine) -> None:
    cells: list[object] = ["a", None, "b", "", "a", "é\x00", "B"] * 3
    _load(engine, c1=cells, c2=list(range(21)))
    started = list(engine._folder.iterdir())
    before, rows = _values(engine), engine.describe("t")
    assert list(engine._folder.iterdir()) == started == []
    assert engine.profile("t", ["c2"])["c2"].distinct == 21
    assert before == _values(engine) == {"a": 6, "b": 3, "é\x00": 3, "B": 3}
    assert rows == engine.describe("t") == (21, ["c1", "c2"])


def test_distinct_values_come_in_batches_of_one_type(engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igmap.engine.duckdb.BATCH_ROWS", 2)
    _load(engine, c1=["a", "b", "c"])
    before = list(engine.values("t", "c1"))
    engine.distinct("t", ["c1"])
    after = list(engine.values("t", "c1"))
    assert [len(batch) for batch in before] == [2, 1]
    assert {batch.schema for batch in (*before, *after)} == {before[0].schema}


@pytest.mark.parametrize("limit", ["abc", "5", "lots of GB"])
def test_a_memory_limit_that_is_none_is_refused_at_once(tmp_path: Path, limit: str) -> None:
    with pytest.raises(EngineError, match="memory limit"):
        DuckDBEngine(tmp_path / "staging", memory_limit=limit)
    assert list((tmp_path / "staging").iterdir()) == []


def test_closing_removes_the_private_folder(tmp_path: Path) -> None:
    made = DuckDBEngine(tmp_path / "staging")
    (folder,) = (tmp_path / "staging").iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    made.close()
    made.close()
    assert list((tmp_path / "staging").iterdir()) == []


def test_the_engine_fetches_no_extension(engine: DuckDBEngine) -> None:
    with pytest.raises(EngineError):
        engine._run("LOAD spatial")


def test_records_that_hold_a_value_are_told_with_the_place_of_the_value(engine: DuckDBEngine) -> None:
    _load(engine, record=[2, 3, 5, 9], c1=["a", "b", "a", None])
    engine.load("i", pa.table({"record": [1, 1, 2], "c1": ["a", "a", "b"]}).to_reader(), items=True)
    asked = {"t": ["b", "a", "x"], "i": ["a", "b"]}
    found = {name: pa.Table.from_batches(engine.records(name, "c1", pa.array(asked[name]))) for name in asked}
    pairs = {name: [(row["record"], row["place"]) for row in table.to_pylist()] for name, table in found.items()}
    assert pairs == {"t": [(2, 1), (3, 0), (5, 1)], "i": [(1, 0), (2, 1)]}


@pytest.mark.parametrize(
    ("among", "told"), [(None, [1, 3, 7]), (pa.array([7, 9, 1]), [1, 7]), (pa.array([], pa.int64()), [])]
)
def test_rows_are_read_as_they_lie_or_those_of_some_records(
    engine: DuckDBEngine, among: pa.Array | None, told: list[int]
) -> None:
    _load(engine, record=[1, 3, 7], c1=["a", None, "b"], c2=["x", "y", "z"])
    rows = [row for batch in engine.rows("t", ["c2", "c1"], among) for row in batch.to_pylist()]
    known = {1: ("x", "a"), 3: ("y", None), 7: ("z", "b")}
    assert sorted((row["record"], row["c2"], row["c1"]) for row in rows) == [(one, *known[one]) for one in told]


def test_a_sample_is_the_seeds_and_a_table_of_items_follows_it(engine: DuckDBEngine) -> None:
    _load(engine, c1=[str(i) for i in range(100)])
    engine.load("i", pa.table({"record": [*range(1, 101)] * 2, "c1": ["x"] * 200}).to_reader(), items=True)
    engine.sample("s", "t", records=10, seed=1)
    engine.sample("si", "i", records=10, seed=1, among="t")
    chosen, items = ({row["record"] for row in engine.distinct(n, ["record"]).to_pylist()} for n in ("s", "si"))
    assert len(chosen) == 10
    assert chosen == items
    assert _values(engine, "si") == {"x": 10}


def test_persons_of_one_record_are_counted_and_others_listed_with_their_tuples(engine: DuckDBEngine) -> None:
    rows = [("x", "Ann"), ("x", "ann "), ("y", "ANN"), ("x", "bo"), ("y", None), ("y", " "), (None, "cy")]
    values, persons = zip(*rows, strict=True)
    engine.load("t", pa.table({"c1": pa.array(values, pa.string()), "c2": pa.array(persons, pa.string())}).to_reader())
    tuples, pairs = engine.behind("t", ["c1"], "c2")
    assert tuples.to_pylist() == [
        {"c1": "x", "rows": 3, "alone": 1},
        {"c1": "y", "rows": 3, "alone": 0},
        {"c1": None, "rows": 1, "alone": 1},
    ]
    assert pairs.to_pylist() == [{"c1": "y", "who": ""}, {"c1": "x", "who": "ann"}, {"c1": "y", "who": "ann"}]
