"""OULAD: learners return in later presentations, so that k in rows promises more than k in persons holds."""

from pathlib import Path

import pandas as pd
import pytest

from igmap.anonymisation import PlannedColumn, anonymise
from igmap.release import prove, verify
from igmap.sources import open_exports
from tests.release_cases import oulad, plan, quasi

QUASI = ["gender", "region", "highest_education", "age_band"]


def test_k_in_rows_is_not_k_in_persons() -> None:
    classes = oulad().groupby(QUASI, dropna=False)
    assert classes.size().min() == 5
    assert classes["id_student"].nunique().min() == 3


@pytest.mark.parametrize(("person", "suppressed"), [(None, 0), ("id_student", 96)])
@pytest.mark.ci
def test_with_the_person_key_five_persons_stand_behind_each_combination(
    tmp_path: Path, person: str | None, suppressed: int
) -> None:
    columns = [quasi(name, {"categorical": True}) for name in QUASI]
    measure = PlannedColumn("final_result", "measure", "keep")
    with open_exports({"oulad": oulad()}) as exports:
        key = PlannedColumn("id_student", "key", "drop")
        release = anonymise(exports, plan(key, *columns, measure, k=5, person=person, source="oulad"), tmp_path)
        proof = prove(exports, release)
    released = pd.read_parquet(release.data).assign(person=pd.read_parquet(release.persons)["record"])
    released["person"] = oulad()["id_student"].to_numpy()[released["person"] - 1]
    persons = released.groupby(QUASI, dropna=False)["person"].nunique()
    assert persons.min() == (5 if person else 3)
    assert release.suppressed_rows == suppressed
    assert (proof.k, proof.met) == (5, True)
    assert verify(release.data, quasi_identifiers=QUASI).k_rows >= 5
