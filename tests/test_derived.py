"""Which quasi-identifiers follow from which, by counting; what findings and purposes make of a draft."""

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.anonymisation import PlannedColumn, anonymise, draft_plan
from igmap.anonymisation.derived import predicted
from igmap.anonymisation.kin_tables import Known, kin_of, with_table
from igmap.anonymisation.purposes import forbidden, kept_for, permitted
from igmap.errors import PlanError
from igmap.inventory import DatasetInventory, Decisions, Field, Inventory, locate
from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.kinships import Kinship, Place, Relations
from igmap.policy import Finding, Findings
from igmap.policy.findings import Accepted, Quote, Words
from igmap.sources import Exports, open_exports
from igmap.vocabulary import CATEGORIES
from tests.policy_cases import policy as register

ROWS = 400
PLACES = ("Utrecht", "Tilburg", "Groningen", "Zwolle")
CODES = ("3511", "5038", "9711", "8011")


def _table(rows: int = ROWS) -> pd.DataFrame:
    numbers = np.random.default_rng(5).integers(0, 10_000, (4, rows))
    born = 1960 + numbers[0] % 40
    return pd.DataFrame(
        {
            "id": [f"u{n}" for n in range(rows)],
            "born": [f"{year}-{1 + n % 12:02}-{1 + n % 28:02}" for year, n in zip(born, numbers[1], strict=True)],
            "age": [str(2026 - year - (n % 12 > 9)) for year, n in zip(born, numbers[1], strict=True)],
            "code": [f"{CODES[n % 4]} A{'BCD'[n % 3]}" for n in numbers[2]],
            "place": [PLACES[n % 4] for n in numbers[2]],
            "gender": ["VM"[n % 2] for n in numbers[3]],
            "result": [str(n % 3) for n in numbers[3]],
        }
    )  # fmt: skip


FOUND = {
    "id": "account_id",
    "born": "birth_date",
    "age": "age",
    "code": "postcode",
    "place": "city",
    "gender": "gender",
    "result": "learning_result",
}


def _inventory(exports: Exports) -> Inventory:
    datasets = []
    for one in exports.datasets:
        known = [(column.name, CATEGORIES[FOUND[column.name]]) for column in one.columns]
        fields = tuple(
            Field(n, "found", c.id, c.identifiability, c.special, c.secret, c.free_text, 0.9, "") for n, c in known
        )
        datasets.append(DatasetInventory(one.source, one.table, one.rows, one.parsed, 0, one.sha256, (), fields))
    return Inventory(tuple(datasets))


@pytest.fixture(scope="module")
def exports() -> Exports:
    return open_exports({"t": _table(), "u": _table().assign(id=[f"U{n // 2}" for n in range(ROWS)])})


def _finding(field: str, **more: Any) -> Finding:
    said = Words("", "")
    one = Finding("ab12", "R2", "violation", "high", "t", field, "", said, Quote(), (), said)
    return replace(one, **more)


def _drafted(exports: Exports, **settings: object) -> dict[str, PlannedColumn]:
    plan = draft_plan(_inventory(exports), exports=exports, source="t", k=3, **settings)  # type: ignore[arg-type]
    return {column.field: column for column in plan.columns}


def test_an_age_follows_the_birth_date_and_a_place_its_postcode_and_nothing_else(exports: Exports) -> None:
    drafted = _drafted(exports)
    assert {name: column.follows for name, column in drafted.items() if column.follows} == {
        "age": "born",
        "place": "code",
    }
    assert drafted["age"].becomes["nl"].endswith("; samen met born, waaruit het is af te leiden")


def test_a_place_gets_as_many_levels_as_the_postcode_that_it_follows(exports: Exports) -> None:
    hierarchy = _drafted(exports)["place"].hierarchy
    assert hierarchy is not None
    assert hierarchy["levels"] == ["place", "municipality", "province", "part"]


def test_of_many_rows_a_sample_tells_the_same_and_is_forgotten(
    exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("igmap.anonymisation.derived.MOST_ROWS", 200)
    sampled: list[str] = []
    monkeypatch.setattr(exports.engine, "forget", sampled.append)
    assert _drafted(exports)["age"].follows == "born"
    assert sampled == [f"{locate(exports, 't').dataset.name}_derived"]


def test_columns_that_have_nothing_to_do_with_each_other_do_not_follow() -> None:
    frame = _table().assign(age=list(reversed(_table()["age"])), place=[PLACES[n % 4] for n in range(ROWS)])
    with open_exports({"t": frame}) as shuffled:
        assert not [name for name, column in _drafted(shuffled).items() if column.follows]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=12))
def test_how_certainly_one_column_tells_another_is_goodman_and_kruskals_lambda(
    lines: list[tuple[int, int, int]],
) -> None:
    known, asked, rows = (np.array(one) for one in zip(*lines, strict=True))
    weight = {(a, b): sum(n for x, y, n in lines if (x, y) == (a, b)) for a, b in product(range(4), repeat=2)}
    blindly = max(sum(weight[a, b] for a in range(4)) for b in range(4))
    knowing = sum(max(weight[a, b] for b in range(4)) for a in range(4))
    whole = sum(weight.values())
    assert predicted(known, asked, rows) == pytest.approx(
        (knowing - blindly) / (whole - blindly) if whole > blindly else 0
    )


def test_what_a_finding_forbids_is_dropped_with_its_rule_and_number(exports: Exports) -> None:
    drafted = _drafted(exports, findings=Findings((_finding("gender"),)))
    assert drafted["gender"].treatment == "drop"
    assert "(R2, ab12)" in drafted["gender"].becomes["en"]
    assert drafted["age"].treatment == "generalise"


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "open"},
        {"outcome": "warning"},
        {"accepted": Accepted("FG", "tijdelijk", date(2027, 1, 1))},
        {"rule": "R7"},
    ],
)
def test_what_is_open_accepted_or_only_past_its_term_is_no_reason_to_drop(
    more: dict[str, Any],
) -> None:
    assert not forbidden(Findings((_finding("gender", **more),)), "t")


def test_a_draft_of_which_findings_leave_nothing_says_so(exports: Exports) -> None:
    gone = Findings(tuple(map(_finding, ("born", "age", "code", "place", "gender"))))
    with pytest.raises(PlanError, match="findings forbid 5 of its fields; accept those"):
        _drafted(exports, findings=gone)


def test_a_dataset_is_chosen_by_what_may_be_in_it(exports: Exports) -> None:
    left = permitted(_inventory(exports), Findings((_finding("gender"), _finding("id"))))
    assert [field.name for field in left.datasets[0].fields] == ["id", "born", "age", "code", "place", "result"]
    assert len(left.datasets[1].fields) == len(FOUND)


def test_the_words_say_what_a_measure_is_kept_for_and_that_few_values_may_give_it_away(exports: Exports) -> None:
    policy = register("R2", purposes__0__prefer_anonymised=True)
    bound = DatasetBinding(
        id="t", files="t", role="controller", purposes=("teaching",), by="FG", on=date(2026, 11, 1), why="w"
    )
    told = kept_for(policy, Decisions(datasets=(bound,)), "t")
    assert told.words("nl") == (
        "De gegevens dienen: lesgeven. Volgens het register kan dit ook met anonieme gegevens: lesgeven. "
        "Na hun termijn worden ze geanonimiseerd (term)."
    )
    plan = draft_plan(
        _inventory(exports), Decisions(datasets=(bound,)), exports=exports, source="t", k=3, policy=policy
    )
    becomes = next(column.becomes["en"] for column in plan.columns if column.field == "result")
    assert becomes.startswith("stays as it is, for: teaching; mind: few different values")
    assert "column: 'result', l: 2}" in becomes
    assert kept_for(None, None, "t").words("nl") == ""


def _kin() -> Relations:
    one, other = Place("t", "", "id"), Place("u", "", "id")
    return Relations((), (Kinship(one, other, "account_id", 200, 400, 200, 0.5, 1.0, 0.0, "values"),))


def test_a_table_about_the_same_persons_is_proposed_and_drafted_small_when_asked(
    exports: Exports, tmp_path: Path
) -> None:
    inventory = _inventory(exports)
    bound = DatasetBinding(
        id="t", files="t", role="controller", person_key="id", by="FG", on=date(2026, 11, 1), why="w"
    )
    decisions = Decisions(datasets=(bound,))
    plan = draft_plan(inventory, decisions, exports=exports, source="t", k=3)
    (kin,) = kin_of(plan, _kin())
    assert "igmap plan --with 'u'" in kin.words("nl")
    both = with_table(plan, "u", Known(exports, inventory, decisions), (kin,))
    (linked,) = both.linked
    assert (linked.person_key, linked.most, len(linked.quasi_identifiers)) == ("id", 3, 2)
    assert [table.links[0].field for table in both.tables] == ["id", "id"]
    made = anonymise(exports, replace(both, suppression_limit=1.0), tmp_path)
    one, other = (pd.read_parquet(made.file(table.name))["id"] for table in both.tables)
    assert 0 < len(one) == one.nunique()
    assert set(other) <= set(one)
    assert not set(one) & set(_table()["id"])
    with pytest.raises(PlanError, match="no such dataset; did you mean 'u'"):
        with_table(plan, "uu", Known(exports, inventory, decisions), (kin,))


def test_the_values_of_a_draft_are_all_values(exports: Exports) -> None:
    from igmap.anonymisation.candidate import first_values

    located = locate(exports, "t")
    assert len(first_values(exports, located, located.columns["id"].column)) == ROWS
