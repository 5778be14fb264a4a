"""Drafting a plan: cautious, with a reason for every column, and a file a person can change."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from igmap.anonymisation import (
    Plan,
    PlannedColumn,
    anonymise,
    check_plan,
    choose_dataset,
    draft_plan,
    load_plan,
    write_plan,
)
from igmap.errors import PlanError
from igmap.inventory import DatasetInventory, Decisions, Detection, Field, Inventory, locate
from igmap.inventory.decisions import DatasetBinding
from igmap.sources import Exports, open_exports
from igmap.vocabulary import CATEGORIES
from tests.release_cases import AGE, plan, quasi

LEARNERS = 60
FOUND = {
    "id": "account_id",
    "name": "name",
    "password": "password",
    "remark": "message_content",
    "age": "age",
    "band": "age",
    "postcode": "postcode",
    "born": "birth_date",
    "health": "health",
    "result": "learning_result",
    "last_access": "learning_activity",
    "course": "none",
    "number": "none",
    "empty": "none",
}


def _learners() -> pd.DataFrame:
    numbers = list(range(LEARNERS))
    return pd.DataFrame(
        {
            "id": [f"u{n // 2}" for n in numbers],
            "name": [f"Naam {n}" for n in numbers],
            "password": [f"hash{n}" for n in numbers],
            "remark": ["belde terug"] * LEARNERS,
            "age": [str(20 + n % 30) for n in numbers],
            "band": ["18-30", "31-50", "50+"] * (LEARNERS // 3),
            "postcode": [f"{3511 + n % 4} AB" for n in numbers],
            "born": [f"{1 + n % 28:02}-{1 + n % 12:02}-{1970 + n % 20}" for n in numbers],
            "health": ["ja", "nee"] * (LEARNERS // 2),
            "result": [str(n % 11) for n in numbers],
            "last_access": [f"2026-{1 + n % 12:02}-03 10:{n:02}" for n in numbers],
            "course": ["A", "B"] * (LEARNERS // 2),
            "number": [str(1000 + n) for n in numbers],
            "empty": [None] * LEARNERS,
        }
    )


def _field(name: str, category: str) -> Field:
    known = CATEGORIES[category]
    marks = (known.identifiability, known.special, known.secret, known.free_text)
    return Field(name, "none" if category == "none" else "found", category, *marks, 0.9, "")


def _inventory(exports: Exports, found: dict[str, str] = FOUND) -> Inventory:
    datasets = []
    for dataset in exports.datasets:
        fields = tuple(_field(column.name, found[column.name]) for column in dataset.columns)
        counts = (dataset.rows, dataset.parsed, dataset.quarantined)
        datasets.append(DatasetInventory(dataset.source, dataset.table, *counts, dataset.sha256, (), fields))
    return Inventory(tuple(datasets))


@cache
def _drafted() -> dict[str, PlannedColumn]:
    with open_exports({"t": _learners()}) as exports:
        drafted = draft_plan(_inventory(exports), exports=exports, source="t", k=3)
    return {column.field: column for column in drafted.columns}


@pytest.mark.parametrize(
    ("field", "role", "treatment", "hierarchy"),
    [
        ("id", "key", "drop", None),
        ("name", "direct", "drop", None),
        ("password", "secret", "drop", None),
        ("remark", "text", "drop", None),
        ("age", "quasi", "generalise", "intervals"),
        ("band", "quasi", "generalise", "categorical"),
        ("postcode", "quasi", "generalise", "postcode"),
        ("born", "quasi", "generalise", "date"),
        ("health", "sensitive", "drop", None),
        ("result", "measure", "keep", None),
        ("last_access", "quasi", "generalise", "date"),
        ("course", "quasi", "generalise", "categorical"),
        ("number", "other", "drop", None),
        ("empty", "other", "drop", None),
    ],
)
def test_every_kind_of_column_gets_its_cautious_treatment(
    field: str, role: str, treatment: str, hierarchy: str | None
) -> None:
    column = _drafted()[field]
    assert (column.role, column.treatment) == (role, treatment)
    assert (next(iter(column.hierarchy)) if column.hierarchy else None) == hierarchy
    assert set(column.becomes) == {"nl", "en"}


@pytest.mark.ci
def test_exact_dates_are_never_proposed() -> None:
    assert [_drafted()[field].least_level for field in ("born", "last_access", "age")] == [1, 1, 0]


def test_an_undecided_field_is_dropped_and_one_with_a_hidden_identifier_too() -> None:
    with open_exports({"t": _learners()}) as exports:
        found = _inventory(exports).datasets[0]
        doubts = {"course": {"verdict": "undecided"}, "result": {"detections": (Detection("email", 1, 0.01),)}}
        fields = tuple(replace(field, **doubts.get(field.name, {})) for field in found.fields)  # type: ignore[arg-type]
        drafted = draft_plan(Inventory((replace(found, fields=fields),)), exports=exports, source="t", k=3)
    becomes = {column.field: column.becomes["en"] for column in drafted.columns if column.treatment == "drop"}
    assert "undecided" in becomes["course"]
    assert "recognised in some cells" in becomes["result"]


def test_a_result_that_few_share_is_dropped_as_a_measure() -> None:
    frame = _learners().assign(result=[f"{n}.{n:03}" for n in range(LEARNERS)])
    with open_exports({"t": frame}) as exports:
        drafted = draft_plan(_inventory(exports), exports=exports, source="t", k=3)
    assert next(c for c in drafted.columns if c.field == "result").treatment == "drop"


@pytest.mark.ci
def test_the_person_key_is_the_decided_one_else_the_key_that_repeats() -> None:
    binding = DatasetBinding(
        id="t", files="t", role="controller", person_key="name", by="FG", on=date(2026, 11, 22), why="leidend"
    )
    with open_exports(
        {"t": _learners(), "single": _learners().drop_duplicates("id").reset_index(drop=True)}
    ) as exports:
        inventory = _inventory(exports)
        assert draft_plan(inventory, exports=exports, source="t").person_key == "id"
        assert draft_plan(inventory, exports=exports, source="single", k=3).person_key is None
        decided = draft_plan(inventory, Decisions(datasets=(binding,)), exports=exports, source="t")
    assert decided.person_key == "name"
    assert decided.k == 10


def test_columns_beyond_what_can_be_searched_are_dropped_with_the_reason() -> None:
    frame = pd.DataFrame({f"q{i}": ["a", "b"] * 30 for i in range(20)})
    with open_exports({"t": frame}) as exports:
        inventory = _inventory(exports, dict.fromkeys(frame.columns, "none"))
        drafted = draft_plan(inventory, exports=exports, source="t", k=3)
    assert len(drafted.quasi_identifiers) == 16
    assert "too many quasi-identifying columns" in drafted.columns[-1].becomes["en"]


def test_a_draft_can_be_carried_out_as_it_is(tmp_path: Path) -> None:
    with open_exports({"t": _learners()}) as exports:
        drafted = draft_plan(_inventory(exports), exports=exports, source="t", k=3, suppression_limit=0.5)
        release = anonymise(exports, drafted, tmp_path)
    assert list(pd.read_parquet(release.data).columns) == [column.field for column in drafted.kept]


def test_the_dataset_with_a_measure_and_the_most_persons_is_chosen() -> None:
    many = _learners().assign(id=[f"u{n}" for n in range(LEARNERS)])
    tables = {
        "few": _learners(),
        "many": many,
        "plain": pd.concat([many.drop(columns="result")] * 2, ignore_index=True),
    }
    with open_exports(tables) as exports:
        assert choose_dataset(exports, _inventory(exports, {**FOUND, "last_access": "none"})).source == "many"
        with pytest.raises(PlanError, match="no dataset holds quasi-identifiers"):
            choose_dataset(exports, _inventory(exports, dict.fromkeys(FOUND, "none")))


def test_a_dataset_that_is_not_in_the_inventory_is_told() -> None:
    with open_exports({"t": _learners()}) as exports:
        assert locate(exports, "t").source == "t"
        with pytest.raises(PlanError, match="not in the inventory"):
            draft_plan(Inventory(()), exports=exports, source="t")


@pytest.mark.parametrize(
    ("blanks", "k", "told"),
    [
        (0, 31, "k = 31, but there are 30 persons; choose a smaller k"),
        (0, 30, ""),
        (4, 29, ""),
        (4, 30, "are 29 persons"),
    ],
)
def test_a_k_that_no_release_can_have_is_refused_while_drafting(blanks: int, k: int, told: str) -> None:
    table = _learners()
    table.loc[: blanks - 1, "id"] = ""  # two learners less, and one unknown person more
    with open_exports({"t": table}) as exports:
        if told:
            with pytest.raises(PlanError, match=told):
                draft_plan(_inventory(exports), exports=exports, source="t", k=k)
        else:
            assert draft_plan(_inventory(exports), exports=exports, source="t", k=k).k == k


def test_a_table_without_records_is_told_while_drafting() -> None:
    with open_exports({"t": _learners().iloc[:0]}) as exports, pytest.raises(PlanError, match="holds no records"):
        draft_plan(_inventory(exports), exports=exports, source="t")


def test_a_plan_reads_back_equal(tmp_path: Path) -> None:
    written = plan(quasi("age", AGE), PlannedColumn("mark", "measure", "keep", becomes={"nl": "blijft", "en": "stays"}))
    assert load_plan(write_plan(tmp_path / "plan.yaml", written)) == written


def test_a_hierarchy_file_is_looked_up_beside_the_plan(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "plan.yaml", plan(quasi("town", {"file": "towns.csv"})))
    assert load_plan(path).columns[0].hierarchy == {"file": str(tmp_path / "towns.csv")}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("k: 2", "kk: 2"), "kk: unknown key; did you mean 'k'"),
        (("treatment:", "treatmnt:"), "unknown key; did you mean 'treatment'"),
        (("k: 2", "k: 1"), "k = 1, which hides nobody; k must be 2 or more"),
        (("suppression_limit: 1.0", "suppression_limit: 1.5"), "suppression_limit = 1.5, but it is a share"),
        (("k: 2", "k: many"), "k: Input should be a valid integer"),
        (("name: trial", "name: ../trial"), "the name becomes a folder"),
        (("role: quasi\n  treatment: generalise", "role: quasi\n  treatment: drop"), "k cannot be counted"),
        (("role: quasi", "role: measure"), "k cannot be counted"),
        (("k: 2", "k: 2\nperson_key: age"), "points at one person"),
        (("hierarchy:", "hierarchy: null #"), "cannot be read"),
        (("source: t", "source: [t"), "cannot be read"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = write_plan(tmp_path / "plan.yaml", plan(quasi("age", AGE)))
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(PlanError, match=told):
        load_plan(path)


def test_a_direct_identifier_cannot_be_kept() -> None:
    named = PlannedColumn("name", "direct", "keep")
    with pytest.raises(PlanError, match="column 'name': its role is direct; drop it, or give it the role"):
        check_plan(plan(quasi("age", AGE), named))


@pytest.mark.ci
def test_a_draft_has_a_seed_of_its_own_each_time() -> None:
    with open_exports({"t": _learners()}) as exports:
        seeds = {draft_plan(_inventory(exports), exports=exports, source="t", k=3).seed for _ in range(2)}
        assert draft_plan(_inventory(exports), exports=exports, source="t", k=3, seed=5).seed == 5
    assert len(seeds) == 2


def test_a_written_plan_shows_its_targets_and_leaves_other_defaults_out(tmp_path: Path) -> None:
    text = write_plan(tmp_path / "plan.yaml", Plan("t", "t", (quasi("age", AGE),), seed=1)).read_text("utf-8")
    assert all(f"\n{line}\n" in text for line in ("k: 10", "suppression_limit: 0.05", "search: auto"))
    assert "least_level" not in text
