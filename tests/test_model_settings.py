"""Models in a plan: what cannot be meant, contradicts the data or cannot be met is told, with what to do."""

from collections.abc import Mapping
from typing import Any

import pytest

from igmap.anonymisation.models import (
    MODELS,
    AverageRisk,
    KAnonymity,
    Measured,
    check_reachable,
    described,
    fitted,
    model_of,
)
from igmap.anonymisation.tuples import Tuples
from igmap.errors import PlanError, TargetError
from tests.model_cases import CASES, POPULATION, Record, grouped, read


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"model": "distinct"}, "unknown model 'distinct'; did you mean 'distinct_l'?"),
        ({}, "unknown model ''"),
        ({"model": "distinct_l", "colum": "s", "l": 2}, "distinct_l: unknown key 'colum'; did you mean 'column'?"),
        ({"model": "distinct_l", "l": 2}, "distinct_l: says no 'column'; it takes column, l"),
        ({"model": "distinct_l", "column": "s", "l": 1}, "distinct_l: l must be a whole number, 2 or more"),
        ({"model": "distinct_l", "column": "s", "l": 2.5}, "distinct_l: l must be a whole number"),
        ({"model": "distinct_l", "column": "s", "l": True}, "distinct_l: l must be a whole number"),
        ({"model": "distinct_l", "column": 3, "l": 2}, "distinct_l: column must be a name"),
        ({"model": "k_anonymity", "k": 1}, "k_anonymity: k must be a whole number, 2 or more"),
        ({"model": "t_closeness", "column": "s", "t": 1.2}, "t_closeness: t must be a number, 0 or more, at most 1"),
        ({"model": "t_closeness", "column": "s", "t": float("nan")}, "t_closeness: t must be a number"),
        (
            {"model": "t_closeness", "column": "s", "t": 0.2, "distance": "orderd"},
            "t_closeness: unknown distance 'orderd'; did you mean 'ordered'?",
        ),
        ({"model": "t_closeness", "column": "s", "t": 0.2, "order": ["a"]}, "t_closeness: unknown key 'order'"),
        (
            {"model": "t_closeness", "column": "s", "t": 0.2, "distance": "ordered", "order": ["a", "a"]},
            "t_closeness: order must be a list of different values",
        ),
        ({"model": "average_risk", "risk": 0}, "average_risk: risk must be a number, above 0, at most 1"),
        ({"model": "beta_likeness", "column": "s", "beta": float("inf")}, "beta must be a number, above 0"),
        ({"model": "beta_likeness", "column": "s", "beta": 1, "enhanced": 1}, "enhanced must be true or false"),
        ({"model": "k_map", "k": 2, "population": "x"}, "k_map: population must be a mapping"),
        ({"model": "k_map", "k": 2, "population": {"sorce": "x"}}, "k_map: population: unknown key 'sorce'"),
        (
            {"model": "delta_presence", "low": 0.5, "high": 0.2, "population": POPULATION},
            "delta_presence: low must not be above high",
        ),
    ],
)
def test_a_model_that_no_plan_can_mean_is_refused(settings: Mapping[str, Any], told: str) -> None:
    with pytest.raises(PlanError) as raised:
        model_of(settings)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("held", "settings", "told"),
    [
        ("112", {"model": "distinct_l", "column": "s", "l": 3}, "column 's': l = 3, but it has 2 different values"),
        ("112", {"model": "entropy_l", "column": "s", "l": 2.5}, "column 's': l = 2.5, but it has 2 different values"),
        ("111", {"model": "t_closeness", "column": "s", "t": 0.1}, "column 's': has the same value in every record"),
        ("   ", {"model": "distinct_l", "column": "s", "l": 2}, "column 's': holds blanks only"),
        ("112", {"model": "distinct_l", "column": "c1", "l": 2}, "column 'c1': is sensitive in a model and a quasi"),
        (
            "112",
            {"model": "distinct_l", "column": "S", "l": 2},
            "column 'S': a model asks about it, but it is not",
        ),
        ("112", {"model": "k_anonymity", "k": 4}, "k = 4, but there are 3 persons"),
    ],
)
def test_a_model_that_contradicts_the_data_is_refused(held: str, settings: Mapping[str, Any], told: str) -> None:
    with pytest.raises(PlanError) as raised:
        fitted([model_of(settings)], _of(held), ["c1"])
    assert told in str(raised.value)


@pytest.mark.parametrize("settings", [{"model": "k_map", "k": 2}, {"model": "delta_presence", "high": 0.5}])
def test_a_population_smaller_than_the_table_is_refused(settings: Mapping[str, Any]) -> None:
    model, records = model_of({**settings, "population": POPULATION}), [("a", "1", str(place)) for place in range(4)]
    for persons in (3, 4):
        population = [("a", str(place)) for place in range(persons)]
        tuples = grouped(records, classes={"a": 0}, population=population).tuples
        if persons < len(records):
            with pytest.raises(
                PlanError, match="population population: has 3 persons, but the table 4; give a population"
            ):
                fitted([model], tuples, [])
        else:
            assert fitted([model], tuples, []) == (model,)


def _of(held: str) -> Tuples:
    return read([("a", value.strip() or None, str(place)) for place, value in enumerate(held)])[0]


@pytest.mark.parametrize(
    ("held", "settings", "told"),
    [
        ("11112", {"model": "entropy_l", "column": "s", "l": 2}, "reach 1.65; leave the model out"),
        ("11223", {"model": "entropy_l", "column": "s", "l": 3}, "reach 2.87; ask l = 2.87"),
        (
            f"{'1' * 33}{'2' * 34}{'3' * 33}",
            {"model": "entropy_l", "column": "s", "l": 3},
            "reach 2.9997; ask l = 2.99",
        ),
        ("11112", {"model": "recursive_l", "column": "s", "c": 2, "l": 2}, "reach 4; ask c = 4.01"),
        ("11112", {"model": "average_risk", "risk": 0.1}, "reach 0.2; ask risk = 0.2"),
        ("11112", {"model": "k_map", "k": 12, "population": POPULATION}, "reach 8; ask k = 8"),
        ("11112", {"model": "delta_presence", "high": 0.5, "population": POPULATION}, "reach 0.625; ask high = 0.625"),
        ("11112", {"model": "delta_presence", "high": 1, "low": 0.7, "population": POPULATION}, "ask low = 0.625"),
    ],
)
def test_what_all_rows_together_do_not_meet_is_told_with_the_nearest_that_they_do(
    held: str, settings: Mapping[str, Any], told: str
) -> None:
    records: list[Record] = [("a", value, str(place)) for place, value in enumerate(held)]
    tuples = grouped(records, classes={"a": 0}, population=[("a", str(place)) for place in range(8)]).tuples
    model = model_of(settings)
    with pytest.raises(TargetError) as raised:
        check_reachable([KAnonymity(5), model], tuples, suppression=0)
    assert str(raised.value).endswith(told)
    assert described(model, "en") in str(raised.value)
    if not model.hereditary:
        check_reachable([model], tuples, suppression=0.1)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_model_says_in_words_what_it_asks(language: str) -> None:
    models: list[Measured] = [*CASES.values(), AverageRisk(0.05)]
    said = [described(model, language) for model in models]
    assert {type(model) for model in models} == {*MODELS.values(), *(type(CASES[case]) for case in CASES)}
    assert len(set(said)) == len(said) - 1  # basic and enhanced likeness are told alike
    assert ("elke groep heeft ten minste 3 verschillende waarden van s" in said) == (language == "nl")
