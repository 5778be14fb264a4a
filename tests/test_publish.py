"""Publishing: all or nothing, nothing about the source, and the map to persons is gone."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from igmap.anonymisation import LinkedTable, Plan, PlannedColumn, Release, anonymise
from igmap.errors import TargetError, WorkspaceError
from igmap.release import Proof, Verdict, prove, publish, verify
from igmap.release.prove import Proof as Proved
from igmap.sources import Exports, open_exports
from igmap.stages import from_plain, read_stage, to_plain
from igmap.workspace import Workspace
from tests.release_cases import AGE, SIGNED, Row, opened, plan, quasi

TODAY = date(2026, 11, 22)
ROWS: list[Row] = [(f"learner{n}@school.example", str(20 + n % 3), str(n % 4)) for n in range(30)]


def _proved(exports: Exports, workspace: Workspace, *, k: int = 3, seed: int = 7) -> tuple[Release, Proof]:
    words = {"nl": "wordt zo nodig een interval", "en": "becomes an interval where needed"}
    columns = (
        PlannedColumn("mail", "direct", "drop", category="email"),
        replace(quasi("age", AGE), becomes=words, category="age"),
        PlannedColumn("grade", "measure", "keep", type="integer", category="learning_result"),
    )
    wanted = replace(plan(*columns, k=k, source="secret_source.csv"), seed=seed, name="learners")
    release = anonymise(exports, wanted, workspace.staging)
    return release, prove(exports, release)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


Published = Callable[[str], tuple[Workspace, Path, Proof]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A release in a language, which nobody changes, and its proof."""

    @cache
    def made(lang: str) -> tuple[Workspace, Path, Proof]:
        workspace = Workspace(tmp_path_factory.mktemp("published"))
        with opened(["mail", "age", "grade"], ROWS, "secret_source.csv") as exports:
            release, proof = _proved(exports, workspace)
        return workspace, publish(release, proof, workspace, today=TODAY, lang="nl" if lang == "nl" else "en"), proof

    return made


def test_a_release_holds_four_files_and_the_dossier_the_rest(published: Published) -> None:
    workspace, folder, _ = published("nl")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["certificate.html", "datapackage.json", "learners.parquet", "verdict.json"]
    dossier = workspace.root / "private" / "dossiers" / "learners"
    kept = sorted(path.relative_to(dossier).as_posix() for path in dossier.rglob("*") if path.is_file())
    assert kept == [
        "README.md",
        "hierarchies/1.csv",
        "inputs.json",
        "plan.yaml",
        "proof.json",
        "released.parquet",
        "versions.json",
    ]
    assert list(pl.read_parquet(folder / "learners.parquet").columns) == ["age", "grade"]


def test_the_map_from_row_to_person_is_gone(published: Published) -> None:
    workspace, _, _ = published("nl")
    assert [path for path in workspace.root.rglob("*") if path.name == "persons.parquet"] == []
    assert list(workspace.staging.iterdir()) == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_published_says_nothing_about_the_source(published: Published, lang: str) -> None:
    _, folder, _ = published(lang)
    seed = "seed"
    for path in folder.iterdir():
        content = path.read_bytes().decode("latin-1")
        assert not any(word in content for word in ("secret_source", "school.example", "learner1", seed)), path.name


def test_the_verdict_is_provisional_and_dated(published: Published) -> None:
    verdict = read_stage(published("nl")[1] / "verdict.json", Verdict)
    assert (verdict.met, verdict.status, verdict.thresholds) == (
        True,
        "provisional",
        {"k": 3, "suppression_limit": 1.0, "excess": 0.05},
    )
    assert (verdict.published_on, verdict.look_again_on) == (TODAY, date(2027, 11, 22))


def test_the_codebook_is_a_data_package(published: Published) -> None:
    package = json.loads((published("nl")[1] / "datapackage.json").read_text("utf-8"))
    (resource,) = package["resources"]
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (resource["path"], resource["format"]) == ("learners.parquet", "parquet")
    assert [(field["name"], field["type"]) for field in resource["schema"]["fields"]] == [
        ("age", "string"),
        ("grade", "integer"),
    ]
    assert resource["schema"]["fields"][0]["description"].endswith("wordt zo nodig een interval")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "nl",
            [
                "Voldoet aan de drempels die u stelde",
                "Voorlopig",
                "Herleidbaarheid",
                "22-11-2027",
                "quasi-identificerend",
            ],
        ),
        ("en", ["Meets the thresholds you set", "Provisional", "Singling out", "2027-11-22", "quasi-identifier"]),
    ],
)
def test_the_certificate_names_perspective_and_thresholds(published: Published, lang: str, told: list[str]) -> None:
    page = (published(lang)[1] / "certificate.html").read_text("utf-8")
    assert [words for words in told if words not in page] == []
    assert "is anonymous" not in page
    assert "is anoniem" not in page


def test_what_does_not_meet_its_thresholds_is_not_published(workspace: Workspace) -> None:
    with opened(["mail", "age", "grade"], ROWS, "secret_source.csv") as exports:
        release, proof = _proved(exports, workspace)
    failing = replace(proof, figures={"k": 2, "suppression_limit": 0.0}, unmet=("k", "rows_of_others"), met=False)
    told = r"learners: not published.*k 2 \(set: 3\); rows_of_others 0 \(must be 0\)"
    with pytest.raises(TargetError, match=told) as raised:
        publish(release, failing, workspace, today=TODAY)
    assert "k 2 (ingesteld: 3); rows_of_others 0 (moet 0 zijn); wijzig" in raised.value.said("nl")
    assert not (workspace.root / "out").exists()
    assert not (workspace.root / "private" / "dossiers").exists()


def test_a_file_that_changed_after_its_proof_is_not_published(workspace: Workspace) -> None:
    with opened(["mail", "age", "grade"], ROWS, "secret_source.csv") as exports:
        release, proof = _proved(exports, workspace)
    pl.read_parquet(release.data).head(10).write_parquet(release.data)
    with pytest.raises(TargetError, match="changed after the proof"):
        publish(release, proof, workspace, today=TODAY)
    assert not (workspace.root / "out" / "releases" / "learners").exists()


@pytest.mark.ci
def test_the_same_release_is_returned_and_another_of_that_name_refused(workspace: Workspace) -> None:
    with opened(["mail", "age", "grade"], ROWS, "secret_source.csv") as exports:
        release, proof = _proved(exports, workspace)
        folder = publish(release, proof, workspace, today=TODAY)
        before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
        again, same = _proved(exports, workspace)
        assert publish(again, same, workspace, today=date(2026, 12, 1)) == folder
        assert publish(release, proof, workspace, today=TODAY) == folder
        other, different = _proved(exports, workspace, seed=8)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    with pytest.raises(WorkspaceError, match="choose another name"):
        publish(other, different, workspace, today=TODAY)


def test_a_proof_reads_back_equal(published: Published) -> None:
    _, _, proof = published("nl")
    assert from_plain(Proved, to_plain(proof)) == proof


def test_verify_counts_rows_of_a_published_release(published: Published) -> None:
    found = verify(published("en")[1])
    assert (found.rows, found.k_rows, found.classes, found.quasi_identifiers) == (30, 10, 3, ("age",))
    assert "Personen kunnen niet worden geteld" in found.text("nl")
    assert "Persons cannot be counted" in found.text("en")


PEOPLE = [(who, str(20 + n // 4 * 17)) for n, who in enumerate("abcdefgh")]
VISITS = [(who, "xy"[n // 4], str(n % 2)) for n, who in enumerate("abcdefgh")] + [("a", "zz", "9")]


def _two_tables() -> Exports:
    people = pd.DataFrame(PEOPLE, columns=["person", "age"], dtype="object")
    return open_exports({"people": people, "visits": pd.DataFrame(VISITS, columns=["person", "course", "mark"])})


def _both(exports: Exports, workspace: Workspace, tamper: str = "") -> tuple[Release, Proof]:
    hidden = PlannedColumn("person", "key", "drop")
    visits = (hidden, quasi("course", {"categorical": True}), PlannedColumn("mark", "sensitive", "keep"))
    linked = LinkedTable("visits", "visits", "person", visits, most=2)
    age = replace(quasi("age", AGE), becomes={"en": "becomes an interval"})
    wanted = Plan("learners", "people", (hidden, age), seed=7, person_key="person", k=2, linked=(linked,))
    release = anonymise(exports, replace(wanted, suppression_limit=0, signed=SIGNED), workspace.staging)
    proof = prove(exports, release)
    if tamper:
        pl.read_parquet(release.file(tamper)).head(6).write_parquet(release.file(tamper))
    return release, proof


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Proof]:
    """Two tables in one release, which nobody changes, and their proof."""
    workspace = Workspace(tmp_path_factory.mktemp("both"))
    with _two_tables() as exports:
        release, proof = _both(exports, workspace)
    return publish(release, proof, workspace, today=TODAY, lang="en"), proof


def test_two_tables_are_published_and_counted_again_from_their_files(both: tuple[Path, Proof]) -> None:
    folder, proof = both
    people, visits = (pl.read_parquet(folder / f"{name}.parquet") for name in ("learners", "learners-visits"))
    assert sorted(path.name for path in folder.glob("*.parquet")) == ["learners-visits.parquet", "learners.parquet"]
    assert (people.columns, visits.columns) == (["age"], ["course", "mark"])
    assert min(people["age"].value_counts()["count"]) == proof.k == 4
    assert (proof.rows, proof.suppressed_rows) == (people.height, 0)
    left = proof.tables["visits"]
    assert (left.rows, left.suppressed_rows, left.persons) == (visits.height, 1, 8) == (8, 1, 8)
    assert (proof.suppression["visits.course"].groups, proof.suppression["visits.course"].vanished) == (3, 1)
    assert proof.l == {"visits.mark": min(visits.group_by("course").n_unique()["mark"])} == {"visits.mark": 2}
    assert "visits.mark" in proof.attacks.inference_per_column
    page = (folder / "certificate.html").read_text("utf-8")
    assert [said for said in ("learners-visits.parquet", "course", "becomes an interval") if said not in page] == []
    assert list(folder.parents[2].rglob("persons*")) == []


def test_the_codebook_lists_every_table_with_its_own_hash(both: tuple[Path, Proof]) -> None:
    folder, _ = both
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    assert [one["name"] for one in resources] == ["learners", "learners-visits"]
    hashes = [hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest() for one in resources]
    assert [one["hash"] for one in resources] == [f"sha256:{digest}" for digest in hashes]
    assert [field["name"] for field in resources[1]["schema"]["fields"]] == ["course", "mark"]


@pytest.mark.parametrize("table", ["learners", "visits"])
def test_no_table_changes_after_its_proof(workspace: Workspace, table: str) -> None:
    with _two_tables() as exports:
        release, proof = _both(exports, workspace, tamper=table)
    with pytest.raises(TargetError, match="changed after the proof"):
        publish(release, proof, workspace, today=TODAY)


def test_verify_counts_each_table_and_says_that_persons_over_them_cannot_be(both: tuple[Path, Proof]) -> None:
    found = verify(both[0])
    assert [(one.file, one.k_rows) for one in (found, *found.others)] == [
        ("learners-visits.parquet", 4),
        ("learners.parquet", 4),
    ]
    assert "these 2 files" in found.text("en")
    assert "learners.parquet: 8 rijen" in found.text("nl")


def test_the_certificate_says_what_each_condition_asked_and_what_was_found(workspace: Workspace) -> None:
    with opened(["mail", "age", "grade"], ROWS, "secret_source.csv") as exports:
        columns = (quasi("age", AGE), PlannedColumn("grade", "sensitive", "keep"))
        conditions = (
            {"model": "distinct_l", "column": "grade", "l": 2},
            {"model": "recursive_l", "column": "grade", "c": 2.5, "l": 2},
            {"model": "t_closeness", "column": "grade", "t": 0.35},
            {"model": "t_closeness", "column": "grade", "t": 0.5},
        )
        wanted = replace(plan(*columns, k=3, source="secret_source.csv"), name="learners", models=conditions)
        release = anonymise(exports, wanted, workspace.staging)
        proof = prove(exports, release)
    assert list(proof.thresholds)[2:-1] == [
        "distinct_l(grade)",
        "recursive_l(grade) l=2",
        "t_closeness(grade)",
        "t_closeness(grade) #2",
    ]
    page = (publish(release, proof, workspace, today=TODAY) / "certificate.html").read_text("utf-8")
    assert "verschillende waarden van grade" in page
    assert "alle waarden vanaf nummer 2" in page
    assert "0,35" in page


def test_a_release_with_drawn_values_is_the_same_when_plan_and_input_are(workspace: Workspace) -> None:
    noisy = PlannedColumn("grade", "measure", "keep", type="number", transform=({"noise": {"scale": 1}},))
    rows: list[Row] = [(str(20 + n % 3), str(n % 4)) for n in range(30)]
    with opened(["age", "grade"], rows) as exports:
        folders = []
        for _ in range(2):
            release = anonymise(exports, replace(plan(quasi("age", AGE), noisy), name="drawn"), workspace.staging)
            folders.append(publish(release, prove(exports, release), workspace, today=TODAY))
    assert folders[0] == folders[1]
