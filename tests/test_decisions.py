"""decisions.yaml: what a person confirmed, read with errors that say where and what to write instead."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from igmap.errors import DecisionError
from igmap.inventory import Decisions, discover, load_decisions
from igmap.sources import open_exports

SIGNED = "by: A. Analist\n    on: 2026-11-01\n    why: gecontroleerd"
FIELD = "fields:\n  - dataset: {dataset}\n    field: {field}\n    category: {category}\n    {signed}\n"
DATASET = "datasets:\n  - id: crm\n    files: crm_*.csv\n    role: controller\n    purposes: [sales]\n    {signed}\n"


def read(folder: Path, text: str) -> Decisions:
    path = folder / "decisions.yaml"
    path.write_text(text.replace("{signed}", SIGNED), "utf-8")
    return load_decisions(path)


def test_no_file_means_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "decisions.yaml") == Decisions()


def test_an_empty_file_means_no_decisions(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Decisions()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (DATASET.replace("purposes:", "purpose:"), "did you mean 'purposes'"),
        (DATASET.replace("role: controller", "role: owner"), "controller"),
        (DATASET.replace("    files: crm_*.csv\n", ""), "files"),
        (
            FIELD.replace("{dataset}", "crm").replace("{field}", "x").replace("{category}", "emial"),
            "did you mean 'email'",
        ),
        ("datasets: [\n  - id: crm\n", "line"),
        ("datasets:\n\t- id: crm\n", "line 2"),
        ("- a list\n", "decisions.yaml"),
        ("fields:\n  - dataset: crm\n    field: x\n    category: email\n", "by"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_the_way_out(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DecisionError, match=told) as raised:
        read(tmp_path, text)
    assert "decisions.yaml" in str(raised.value)


def test_an_error_does_not_repeat_what_stands_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(DecisionError) as raised:
        read(tmp_path, DATASET.replace("role: controller", "role: jan@canary.example"))
    assert "canary" not in str(raised.value)


def test_next_months_file_falls_under_the_decision_of_this_month(tmp_path: Path) -> None:
    decisions = read(tmp_path, DATASET)
    assert [bool(decisions.binding(name)) for name in ("crm_2026-11.csv", "crm_2026-12.csv", "hr.csv")] == [
        True,
        True,
        False,
    ]


def test_a_binding_with_a_table_is_for_that_table_only(tmp_path: Path) -> None:
    decisions = read(tmp_path, DATASET.replace("    role:", "    table: Facturen\n    role:"))
    assert decisions.binding("crm_1.csv", "Facturen")
    assert decisions.binding("crm_1.csv", "Orders") is None


def test_a_field_decision_reaches_every_file_of_its_dataset_and_beats_what_is_found(tmp_path: Path) -> None:
    text = DATASET + FIELD.replace("{dataset}", "crm").replace("{field}", "code").replace("{category}", "account_id")
    decisions = read(tmp_path, text)
    with open_exports(
        {"crm_2026-12.csv": pd.DataFrame({"code": ["a@b.example", "c@d.example", "e@f.example"]})}
    ) as exports:
        field = discover(exports, decisions, today=date(2026, 11, 1)).datasets[0].fields[0]
    assert (field.category, field.identifiability, field.verdict, field.confidence) == (
        "account_id",
        "key",
        "found",
        1.0,
    )
    assert field.reasons[0] == {"code": "confirmed", "by": "A. Analist", "on": "2026-11-01"}


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        ("crm_*.csv", "crm_2026-11.csv", "second"),  # the file itself before a pattern
        ("crm_2026-*.csv", "crm_*.csv", "first"),  # a longer pattern before a shorter one
        ("crm", "crm_2026-*.csv", "second"),  # a binding counts as the pattern of its files
        ("crm", "*.csv", "first"),
        ("crm_*.csv", "crm_*.csv", "second"),  # of equals the lower one
    ],
)
def test_of_several_decisions_the_most_specific_holds_and_of_equals_the_latest(
    tmp_path: Path, first: str, second: str, holds: str
) -> None:
    one = FIELD.replace("{dataset}", f"'{first}'").replace("{field}", "x").replace("{category}", "age")
    other = FIELD.replace("{dataset}", f"'{second}'").replace("{field}", "x").replace("{category}", "city")
    decision = read(tmp_path, DATASET + one + other.removeprefix("fields:\n")).field("crm_2026-11.csv", "", "x")
    assert decision
    assert decision.category == {"first": "age", "second": "city"}[holds]


def test_the_later_of_two_days_holds_wherever_it_stands(tmp_path: Path) -> None:
    entry = "  - {dataset: d, field: x, category: CAT, by: a, on: 2026-01-DAY, why: w}\n"
    text = "fields:\n" + "".join(entry.replace("CAT", c).replace("DAY", d) for c, d in (("age", "09"), ("city", "08")))
    decision = read(tmp_path, text).field("d", "", "x")
    assert decision
    assert decision.category == "age"


def test_a_copy_with_other_decisions_answers_by_those(tmp_path: Path) -> None:
    text = FIELD.replace("{dataset}", "d").replace("{field}", "x").replace("{category}", "age")
    decisions = read(tmp_path, text)
    assert decisions.field("d", "", "x")
    assert decisions.model_copy(update={"fields": ()}).field("d", "", "x") is None


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    text = FIELD.replace("{dataset}", "'crm[1].csv'").replace("{field}", "'items[].id'").replace("{category}", "age")
    assert read(tmp_path, text).field("crm[1].csv", "", "items[].id")


def test_a_field_confirmed_as_nothing_personal_has_the_verdict_none(tmp_path: Path) -> None:
    decisions = read(tmp_path, FIELD.replace("{dataset}", "t").replace("{field}", "naam").replace("{category}", "none"))
    with open_exports({"t": pd.DataFrame({"naam": ["Jan de Vries", "Fatima el Amrani", "Wei Zhang"]})}) as exports:
        field = discover(exports, decisions).datasets[0].fields[0]
    assert (field.verdict, field.category) == ("none", "none")


def test_the_name_before_a_decision_is_the_name_as_shown(tmp_path: Path) -> None:
    decisions = read(
        tmp_path,
        FIELD.replace("{dataset}", "t").replace("{field}", "‹name›").replace("{category}", "learning_result"),
    )
    with open_exports({"t": pd.DataFrame({"Fatima el Amrani": ["7", "8", "9"]})}) as exports:
        assert discover(exports, decisions).datasets[0].fields[0].category == "learning_result"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &a [x, x, x, x, x, x, x, x, x, x]\n"
         + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True))
         + "datasets: *g\n", r"line \d: more than 2,000 values"),
        ("datasets: &x [*x]\n", "line 1: what . stands for here holds itself"),
        ("datasets: !!python/name:os.system x\n", "line 1: the tag"),
        ("values: []\ndatasets: []\nvalues: []\n", "line 3: the key 'values' is there twice"),
        (DATASET.replace("{signed}", SIGNED.replace("2026-11-01", "2026-02-30")), r"datasets\.0\.on: "),
        ("- a\n", "keys such as datasets: and fields: are expected"),
    ],
)  # fmt: skip
def test_what_no_person_writes_is_refused_with_its_line_before_it_is_read(
    tmp_path: Path, text: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("igmap.inventory.decisions.MOST_VALUES", 2_000)
    with pytest.raises(DecisionError, match=told):
        read(tmp_path, text)


def test_a_file_whose_name_reads_as_a_pattern_is_meant_as_it_stands_by_every_decision() -> None:
    said = {"by": "fg", "on": "2026-10-01", "why": "test"}
    name = "crm [1].csv"
    told = Decisions.model_validate(
        {
            "holds": [said | {"dataset": name, "until": "2027-01-01"}],
            "captures": [said | {"files": name, "consent": "before"}],
            "datasets": [said | {"id": "crm", "files": name, "role": "controller"}],
        }
    )
    assert told.holds[0].reaches(name, "", "")
    assert told.consent(name) == "before"
    assert told.binding(name) is not None
