"""check, R20 and R25: columns that say nothing, and records of minors that nobody foresaw."""

from typing import Any

import pytest

from igmap.inventory import DatasetInventory, Field, Inventory
from tests.policy_cases import decisions, field, judge, only, opened, outcomes, policy

OPEN = {"open": "not said"}
NAMES: list[str | None] = [f"Naam {number}" for number in range(20)]


def found(*fields: Field, records: int = 20) -> Inventory:
    return Inventory((DatasetInventory("learners", "", records, records, 0, "", (), fields),))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([None] * 20, "leeg"),
        ([""] * 20, "leeg"),
        (["x"] * 20, "dezelfde waarde"),
        (["x"] * 19 + [None], ""),
        (["x"] * 19 + ["y"], ""),
    ],
)
def test_r20_finds_personal_columns_that_are_empty_or_constant(values: list[str | None], word: str) -> None:
    with opened(learners={"naam": NAMES, "icq": values}) as exports:
        judged = judge(policy("R20"), found(field("naam", "name"), field("icq", "username")), exports=exports)
    if word:
        assert (only(judged).outcome, only(judged).field) == ("warning", "")
        assert word in only(judged).message.nl
        assert "icq" in only(judged).message.nl
    else:
        assert outcomes(judged) == ["pass"]


def test_r20_folds_the_columns_of_a_dataset_and_leaves_out_data_about_nobody() -> None:
    columns: dict[str, list[str | None]] = {"naam": NAMES, "icq": [""] * 20, "skype": [""] * 20, "kleur": [""] * 20}
    nobody = field("kleur", "none", verdict="none")
    with opened(learners=columns) as exports:
        personal = found(field("naam", "name"), field("icq", "username"), field("skype", "username"), nobody)
        assert only(judge(policy("R20"), personal, exports=exports)).message.nl.endswith("icq, skype.")


def test_r20_says_nothing_of_a_few_records_and_is_open_without_the_files() -> None:
    few = found(field("naam", "name"), records=3)
    with opened(learners={"naam": ["x"] * 3}) as exports:
        assert outcomes(judge(policy("R20"), few, exports=exports)) == ["pass"]
    assert outcomes(judge(policy("R20"), few)) == ["open"]


def test_a_column_called_by_a_word_of_the_checks_is_shown_as_it_is_called() -> None:
    with opened(learners={"outcome": [""] * 20}) as exports:
        told = only(judge(policy("R20"), found(field("outcome", "learning_result")), exports=exports))
    assert told.message.nl.endswith("outcome.")


MINORS = ["2010-11-02", "2010-11-01", "2008-11-02", "01/02/2010"]  # the first has not turned 16 yet
BIRTHS: list[str | None] = [*MINORS, "2008-11-01", "1980-01-01", "2030-01-01", "onbekend", None]


@pytest.mark.parametrize(
    ("child", "outcome"), [(None, "open"), (OPEN, "open"), (False, "warning"), (True, "pass")]
)  # fmt: skip
def test_r25_counts_records_of_minors_where_the_register_does_not_foresee_them(child: Any, outcome: str) -> None:
    held = policy("R25", data_subjects__0__child_possible=child)
    bound = decisions(purposes=["teaching"], data_subjects=["learner"])
    with opened(learners={"geboren": BIRTHS}) as exports:
        one = only(judge(held, found(field("geboren", "birth_date"), records=9), bound, exports))
    assert one.outcome == outcome
    if outcome != "pass":
        assert "zijn 4 records van minderjarigen, waarvan 1 jonger dan 16" in one.message.nl


@pytest.mark.parametrize(
    ("ages", "told"),
    [(["15", "17", "18", "40", ""], "2 records van minderjarigen, waarvan 1"), (["18-25", "40"], ""), (["-1"], "")],
)
def test_r25_reads_ages_in_years(ages: list[str | None], told: str) -> None:
    with opened(learners={"leeftijd": ages}) as exports:
        one = only(judge(policy("R25"), found(field("leeftijd", "age"), records=len(ages)), exports=exports))
    assert (told in one.message.nl) if told else one.outcome == "pass"


def test_r25_is_open_about_datasets_without_data_subjects_and_without_the_files() -> None:
    births = found(field("geboren", "birth_date"), records=9)
    with opened(learners={"geboren": BIRTHS}) as exports:
        assert outcomes(judge(policy("R25"), births, exports=exports)) == ["open"]
    assert outcomes(judge(policy("R25"), births)) == ["open"]
    assert outcomes(judge(policy("R25"), found(field("naam", "name")))) == ["pass"]
