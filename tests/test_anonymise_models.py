"""Models in a plan, from the plan to the proof: what was asked is kept, recounted, and told when it cannot be."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.errors import PlanError, TargetError
from igmap.release import prove
from igmap.sources import open_exports
from tests.release_cases import AGE, plan, quasi

AGES = [str(20 + n % 20) for n in range(60)]
GRADES = [str(n * 7 % 5) for n in range(60)]
GRADE = PlannedColumn("grade", "sensitive", "keep")
UNLIMITED = dict.fromkeys(("homogeneity", "skewness", "similarity"), 1.0)  # no condition of the plan asks about grade
PEOPLE = pd.DataFrame({"age": AGES, "grade": GRADES})
EVERYBODY = pd.DataFrame({"age": [*AGES, *AGES, "60", "61"]})


def _plan(search: str = "auto", **model: Any) -> Plan:
    return replace(plan(quasi("age", AGE), GRADE, k=3, source="people"), search=search, models=(model,))


@pytest.mark.parametrize(
    ("model", "search"),
    [
        ({"model": "distinct_l", "l": 3}, "local"),
        ({"model": "entropy_l", "l": 2.5}, "local"),
        ({"model": "recursive_l", "l": 2, "c": 2}, "local"),
        ({"model": "t_closeness", "t": 0.3}, "top_down"),
        ({"model": "t_closeness", "t": 0.3, "distance": "ordered"}, "top_down"),
        ({"model": "t_closeness", "t": 0.3, "distance": "hierarchical", "hierarchy": {"intervals": [2]}}, "top_down"),
        ({"model": "beta_likeness", "beta": 2}, "top_down"),
        ({"model": "delta_disclosure", "delta": 2}, "top_down"),
    ],
)
@pytest.mark.ci
def test_each_model_is_kept_and_recounted_by_the_verifier(tmp_path: Path, model: dict[str, Any], search: str) -> None:
    with open_exports({"people": PEOPLE}) as exports:
        release = anonymise(exports, _plan(column="grade", **model), tmp_path)
        proof = prove(exports, release)
    assert release.search == search
    assert (proof.met, proof.unmet) == (True, ())
    assert any(name.startswith(model["model"]) for name in proof.figures)


@pytest.mark.ci
@pytest.mark.parametrize("model", [{"model": "k_map", "k": 8}, {"model": "delta_presence", "low": 0.1, "high": 0.9}])
def test_a_population_is_counted_and_recounted(tmp_path: Path, model: dict[str, Any]) -> None:
    with open_exports({"people": PEOPLE, "everybody": EVERYBODY}) as exports:
        wanted = replace(_plan(population={"source": "everybody"}, **model), thresholds=UNLIMITED)
        release = anonymise(exports, wanted, tmp_path)
        proof = prove(exports, release)
    assert (release.search, proof.met, proof.unmet) == ("global", True, ())


@pytest.mark.ci
def test_an_average_risk_holds_for_the_whole(tmp_path: Path) -> None:
    with open_exports({"people": PEOPLE}) as exports:
        proof = prove(exports, anonymise(exports, _plan(model="average_risk", risk=0.1), tmp_path))
    assert proof.met
    assert proof.figures["average_risk"] <= 0.1


@pytest.mark.parametrize(
    ("model", "error", "told"),
    [
        ({"model": "distinct_l", "column": "grade", "l": 9}, PlanError, "l = 9, but it has 5 different values"),
        ({"model": "distinct_l", "column": "age", "l": 2}, PlanError, "sensitive in a model and a quasi-identifier"),
        ({"model": "entropy_l", "column": "grade", "l": 5.5}, PlanError, "5 different values"),
        ({"model": "distinct_i", "column": "grade", "l": 2}, PlanError, "did you mean 'distinct_l'"),
    ],
)
def test_what_cannot_be_asked_or_met_is_told(
    tmp_path: Path, model: dict[str, Any], error: type[Exception], told: str
) -> None:
    with open_exports({"people": PEOPLE}) as exports, pytest.raises(error, match=told):
        anonymise(exports, _plan(**model), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit", [0.0, 0.01])
def test_a_target_that_nothing_meets_names_the_nearest_that_is_met(tmp_path: Path, limit: float) -> None:
    rare = pd.DataFrame({"age": AGES, "grade": ["1"] * 59 + ["2"]})
    asked = replace(_plan(model="entropy_l", column="grade", l=2), suppression_limit=limit)
    with open_exports({"people": rare}) as exports, pytest.raises((TargetError, PlanError), match="reach"):
        anonymise(exports, asked, tmp_path)
