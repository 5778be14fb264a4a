"""The codebook that leaves and the dossier that stays: what helps an attacker is in the second only."""

import json
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.release import prove, publish
from igmap.release.described import changed, form
from igmap.workspace import Workspace
from tests.browser import component
from tests.release_cases import Row, opened, plan, quasi
from tests.test_publish import TODAY

SEED = 8_675_309
CUT = 73  # the oldest in the data
ROWS: list[Row] = [(f"p{n}", str(20 + n % 3), str(n % 4) if n % 5 else None, "abc"[n % 3]) for n in range(60)]
ROWS += [("loner", str(CUT), "9", "zeldzaam")]
COLUMNS = ["mail", "age", "grade", "town"]
AGE = quasi("age", {"intervals": [5, 10, 20], "top": CUT})


def planned(**changes: object) -> Plan:
    columns = (
        PlannedColumn("mail", "key", "drop", category="email"),
        replace(AGE, category="age"),
        PlannedColumn("grade", "measure", "keep", type="integer", category="learning_result"),
        replace(quasi("town", {"categorical": True}), category="city"),
    )
    made = replace(plan(*columns, k=3, source="secret.csv", person="mail", limit=0.05), name="learners", seed=SEED)
    return replace(made, **changes)  # type: ignore[arg-type] # each its own type


def published(root: Path, **changes: object) -> Path:
    workspace = Workspace(root)
    with opened(COLUMNS, ROWS, "secret.csv") as exports:
        release = anonymise(exports, planned(**changes), workspace.staging)
        return publish(release, prove(exports, release), workspace, today=TODAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("codebook"))


def fields(folder: Path) -> dict[str, dict[str, object]]:
    (resource,) = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    return {field["name"]: field for field in resource["schema"]["fields"]}


def test_every_column_has_its_meaning_and_treatment_in_both_languages(folder: Path) -> None:
    age = fields(folder)["age"]
    assert age["igmap:meaning"] == {"nl": "leeftijd", "en": "age"}
    told = age["igmap:treatment"]
    assert isinstance(told, dict)
    assert "bands of 5, 10, 20 years" in told["en"]
    assert "klassen van 5, 10, 20 jaar" in told["nl"]


@pytest.mark.parametrize(
    ("secret", "why"),
    [("zeldzaam", "a suppressed value"), (str(SEED), "the seed"), ("loner", "a person"), ("73", "a cut-off")],
)
def test_what_leaves_holds_nothing_that_helps_an_attacker(folder: Path, secret: str, why: str) -> None:
    for name in ("datapackage.json", "certificate.html", "verdict.json"):
        told = re.findall(r"[\w@]+", (folder / name).read_text("utf-8"))
        assert secret not in told, (name, why)


def test_values_are_listed_only_where_k_persons_share_each_of_them(folder: Path) -> None:
    table = pl.read_parquet(folder / "learners.parquet")
    towns = fields(folder)["town"]["constraints"]
    assert towns == {"enum": sorted(table["town"].unique().to_list())}
    rare: list[Row] = [(f"p{n}", "20", "7" if n == 0 else "5", "a") for n in range(12)]
    with opened(COLUMNS, rare, "secret.csv") as exports:
        workspace = Workspace(folder.parent / "rare")
        release = anonymise(exports, planned(), workspace.staging)
        one = publish(release, prove(exports, release), workspace, today=TODAY)
    assert "constraints" not in fields(one)["grade"]


def test_the_dossier_says_what_each_of_its_files_is(folder: Path) -> None:
    dossier = folder.parents[2] / "private" / "dossiers" / "learners"
    text = (dossier / "README.md").read_text("utf-8")
    for path in dossier.iterdir():
        assert path.name == "README.md" or text.count(f"`{path.name}`") == 2, path.name
    assert "Dit is het volledige dossier" in text
    assert "This is the full dossier" in text
    assert str(SEED) in (dossier / "plan.yaml").read_text("utf-8")
    kept = json.loads((dossier / "versions.json").read_text("utf-8"))
    assert {"igmap", "Python", "duckdb", "polars"} <= set(kept)


def test_nothing_in_the_list_of_persons_leads_to_a_row(folder: Path) -> None:
    listed = pl.read_parquet(folder.parents[2] / "private" / "dossiers" / "learners" / "released.parquet")
    assert listed["record"].to_list() == sorted(listed["record"].to_list())
    assert "loner" not in listed["person"].to_list()


@pytest.mark.parametrize(
    ("hierarchy", "words"),
    [
        ({"intervals": 5, "bottom": 17, "top": 73}, "bands of 5, or *"),
        ({"cuts": [13, 37]}, "classes between fixed bounds, or *"),
        ({"date": ["quarter", "year"]}, "a period (quarter, year), or *"),
        ({"list": "places", "levels": ["province"]}, "the value or a broader group of a fixed list (province), or *"),
        ({"groups": {"north": ["Goes"]}}, "the value or a group of a fixed classification, or *"),
        ({"categorical": True}, "the value, or *"),
    ],
)
def test_the_form_of_labels_is_told_without_bounds_and_values(hierarchy: dict[str, object], words: str) -> None:
    assert form(hierarchy, "none", "en") == words


def test_steps_are_told_without_their_parameters() -> None:
    column = {"treatment": "keep", "category": "none", "transform": [{"top": {"at": 73}}, {"noise": {"scale": 4}}]}
    assert changed(column, "en") == "high values are top-coded; got noise; stays as it is"


@pytest.mark.ci
@pytest.mark.parametrize("file_format", ["csv", "parquet"])
@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_package_and_rows_valid_and_a_broken_row_not(tmp_path: Path, file_format: str) -> None:
    component("frictionless")
    import frictionless

    package = published(tmp_path, file_format=file_format) / "datapackage.json"
    told = frictionless.validate(str(package))
    assert told.valid, told.flatten(["type", "message"])
    assert told.stats["tasks"] == 1
    content = json.loads(package.read_text("utf-8"))
    content["resources"][0]["schema"]["fields"][1]["constraints"] = {"maximum": 1}
    package.write_text(json.dumps(content), "utf-8")
    assert not frictionless.validate(str(package)).valid
