"""The main job: on the sample workspace, on real files without a register, and on bad input."""

import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from igmap.errors import PolicyError
from igmap.job import Outcome, Settings, run
from igmap.sources import open_exports
from igmap.workspace import open_workspace

DATA = Path(__file__).parent / "data"
DAY = Settings(date(2026, 11, 1))


def done(root: Path, settings: Settings = DAY) -> Outcome:
    return run(open_workspace(root), settings)


def test_the_sample_run_publishes_what_meets_its_thresholds(sample_run: tuple[Path, Outcome]) -> None:
    root, outcome = sample_run
    assert outcome.released.refused == ""
    assert outcome.released.proof is not None
    assert outcome.released.proof.met
    assert outcome.released.proof.k >= 10
    assert outcome.released.folder == root / "out" / "releases" / outcome.released.proof.name


def test_the_sample_run_shows_all_four_outcomes_and_says_violated(sample_run: tuple[Path, Outcome]) -> None:
    _, outcome = sample_run
    assert all(outcome.findings.counts.values())
    assert outcome.exit_status == 4


@pytest.mark.ci
def test_running_again_publishes_nothing_new(sample_run: tuple[Path, Outcome], tmp_path: Path) -> None:
    root, outcome = shutil.copytree(sample_run[0], tmp_path / "copy"), sample_run[1]
    releases = set((root / "out" / "releases").iterdir())
    again = done(root)
    assert again.released.folder is not None
    assert again.released.folder in releases
    assert again.released.proof == outcome.released.proof
    assert set((root / "out" / "releases").iterdir()) == releases


def test_nothing_staged_remains(sample_run: tuple[Path, Outcome]) -> None:
    assert not list((sample_run[0] / "private" / "staging").iterdir())


def test_nothing_of_private_is_named_in_what_may_be_shown(sample_run: tuple[Path, Outcome]) -> None:
    root, _ = sample_run
    for path in (root / "out").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"private/" not in content, path.name
            assert str(root).encode() not in content, path.name


def test_the_report_stands_on_its_own(sample_run: tuple[Path, Outcome]) -> None:
    page = sample_run[1].report.read_text("utf-8")
    assert "<script" not in page
    assert 'src="http' not in page
    assert "url(http" not in page
    assert page.startswith("<!doctype html>")


@pytest.mark.ci
def test_a_folder_of_real_files_without_a_register_runs_and_says_what_was_not_checked(tmp_path: Path) -> None:
    unpack(tmp_path, "adult.csv")
    unpack(tmp_path, "studentInfo.csv")
    outcome = done(tmp_path, Settings(DAY.today, "en"))
    assert {"open"} <= {finding.outcome for finding in outcome.findings}
    assert "There is no register" in outcome.report.read_text("utf-8")
    assert "nobody has declared yet" not in outcome.report.read_text("utf-8")  # there is nothing to declare them to
    assert outcome.released.refused == ""
    assert outcome.released.folder is not None
    assert {p.name for p in tmp_path.iterdir()} == {"adult.csv", "studentInfo.csv", "out", "private", "plan.yaml"}


def unpack(folder: Path, name: str) -> None:
    import gzip

    (found,) = DATA.rglob(f"{name}.gz")
    (folder / name).write_bytes(gzip.decompress(found.read_bytes()))


def test_an_empty_file_is_a_dataset_of_no_rows_and_no_failure(workspace: Path) -> None:
    (workspace / "exports" / "leeg.csv").write_bytes(b"")
    outcome = done(workspace)
    (dataset,) = json.loads((workspace / "out" / "inventory.json").read_text("utf-8"))["datasets"]
    assert (dataset["rows"], dataset["problems"]) == (0, [{"record": None, "problem": "empty file"}])
    assert outcome.exit_status in {0, 3}


@pytest.mark.ci
def test_an_unknown_file_is_listed_and_the_rest_is_done(workspace: Path) -> None:
    (workspace / "exports" / "scan.pdf").write_bytes(b"%PDF-1.7 \x00\x01")
    (workspace / "exports" / "crm.csv").write_text("e-mail;plaats\na@b.example;Vught\nc@d.example;Breda\n", "utf-8")
    outcome = done(workspace)
    datasets = json.loads((workspace / "out" / "inventory.json").read_text("utf-8"))["datasets"]
    assert [d["source"] for d in datasets] == ["crm.csv", "scan.pdf"]
    assert "PDF" in datasets[1]["problems"][0]["problem"]
    assert [f["category"] for f in datasets[0]["fields"]] == ["email", "city"]
    assert outcome.exit_status in {1, 5}


def test_a_register_with_an_unknown_key_writes_nothing(workspace: Path) -> None:
    (workspace / "exports" / "crm.csv").write_text("e-mail\na@b.example\n", "utf-8")
    (workspace / "policy.yaml").write_text("schema: igmap.policy/1\npurpses: []\n", "utf-8")
    with pytest.raises(PolicyError, match=r"policy.yaml, line 2.*purposes"):
        done(workspace)
    assert not (workspace / "out").exists()


def test_the_exports_are_not_touched(sample_run: tuple[Path, Outcome]) -> None:
    from tests.conftest import SAMPLES

    root, _ = sample_run
    for path in (SAMPLES / "exports").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (root / "exports" / path.relative_to(SAMPLES / "exports")).read_bytes()


@pytest.mark.ci
def test_k_above_the_number_of_persons_is_refused_in_words(workspace: Path) -> None:
    rows = "".join(f"{20 + i % 3};{'mv'[i % 2]};{i % 10}\n" for i in range(8))
    (workspace / "exports" / "g.csv").write_text("leeftijd;geslacht;cijfer\n" + rows, "utf-8")
    outcome = done(workspace, Settings(DAY.today, k=50))
    assert outcome.exit_status == 1
    assert "50" in outcome.released.refused
    assert "8" in outcome.released.refused
    assert not (workspace / "out" / "releases").exists() or not list((workspace / "out" / "releases").iterdir())
    shutil.rmtree(workspace)


@pytest.mark.ci
def test_a_dataset_with_quarantined_records_and_no_person_key_is_released(workspace: Path) -> None:
    rows = [f"{20 + i % 4};{'mv'[i % 2]};{i % 10}" for i in range(400)]
    rows[50:50] = ["kapot", "a;b;c;d;e"]
    (workspace / "exports" / "g.csv").write_text("\n".join(["leeftijd;geslacht;cijfer", *rows]), "utf-8")
    outcome = done(workspace)
    assert outcome.released.refused == ""
    assert outcome.released.proof is not None
    assert outcome.released.proof.rows == 400


def grades(workspace: Path, rows: int) -> Path:
    lines = [f"{20 + i % 4};{'mv'[i % 2]};{i % 10}" for i in range(rows)]
    path = workspace / "exports" / "g.csv"
    path.write_text("\n".join(["leeftijd;geslacht;cijfer", *lines]), "utf-8")
    return path


@pytest.mark.ci
def test_next_months_export_is_released_beside_the_first(workspace: Path) -> None:
    grades(workspace, 400)
    first = done(workspace)
    grades(workspace, 480)
    second = done(workspace, Settings(date(2026, 12, 1)))
    again = done(workspace, Settings(date(2026, 12, 1)))
    assert (first.exit_status, second.exit_status) == (3, 3)
    assert first.released.folder is not None
    assert second.released.folder is not None
    assert second.released.folder.name == f"{first.released.folder.name}-2026-12-01"
    assert again.released.folder == second.released.folder


def test_a_draft_that_cannot_be_carried_out_is_told_and_hides_no_violation(workspace: Path) -> None:
    (workspace / "exports" / "g.csv").write_text("bsn;leeftijd\n111222333;30\n", "utf-8")
    outcome = done(workspace)
    assert outcome.released.refused
    assert outcome.exit_status == 4
    assert not (workspace / "plan.yaml").exists()


@pytest.mark.ci
def test_a_plan_that_keeps_a_direct_identifier_is_refused(workspace: Path) -> None:
    given = ("Jan", "Fatima", "Piet", "Anna", "Kees", "Maria", "Willem", "Sanne", "Mohamed", "Linda")
    family = ("Jansen", "de Vries", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Vos", "Peters")
    infixes = ("", "van ", "de ", "van der ")
    names = [f"{given[i % 10]} {infixes[i // 100]}{family[i // 10 % 10]};{20 + i % 4};{i % 10}" for i in range(400)]
    (workspace / "exports" / "g.csv").write_text("\n".join(["naam;leeftijd;cijfer", *names]), "utf-8")
    done(workspace)
    plan = yaml.safe_load((workspace / "plan.yaml").read_text("utf-8"))
    plan["columns"][0] |= {"role": "measure", "treatment": "keep", "category": "none"}
    (workspace / "plan.yaml").write_text(yaml.safe_dump(plan | {"name": "h"}), "utf-8")
    outcome = done(workspace)
    assert outcome.exit_status == 1
    assert "naam" in outcome.released.refused
    assert outcome.released.folder is None


WORKSPACE = "igmap.open_exports(sys.argv[1])"
IN_MEMORY = "igmap.open_exports({'t': {'a': ['Jan']}})"
ASKED = "[e.engine.distinct(d.name, ['c1']) for d in e.datasets if d.name]"  # then there is a database


@pytest.mark.parametrize(
    ("opening", "room", "number"),
    [
        pytest.param(WORKSPACE, "", signal.SIGTERM, marks=pytest.mark.ci),
        (WORKSPACE, "", signal.SIGKILL),
        pytest.param(WORKSPACE, "elsewhere", signal.SIGKILL, marks=pytest.mark.ci),
        (IN_MEMORY, "elsewhere", signal.SIGKILL),
    ],
)
def test_a_killed_run_leaves_no_copy_after_the_next(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, opening: str, room: str, number: signal.Signals
) -> None:
    area = (workspace / room if room else workspace / "private" / "staging").absolute()
    area.mkdir(parents=True)
    monkeypatch.setenv("IGMAP_TEMP", str(area) if room else "")
    (workspace / "exports" / "g.json").write_text('[{"a": "Jan"}]', "utf-8")
    script = f"import igmap, sys, time; e = {opening}; {ASKED}; print(1, flush=True); time.sleep(60)"
    command = [sys.executable, "-c", script, str(workspace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
    assert list(area.rglob("*.duckdb"))
    open_exports({"t": {"a": ["x"]}} if opening == IN_MEMORY else workspace).close()
    assert [path for path in area.rglob("*") if path.is_file()] == []


@pytest.mark.ci
def test_the_command_ends_in_order_when_it_is_asked_to(workspace: Path) -> None:
    grades(workspace, 200_000)
    with subprocess.Popen([sys.executable, "-m", "igmap", "run", str(workspace)]) as process:
        while not list(workspace.glob("private/staging/*/*/tables.duckdb")) and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 143
    assert not list(workspace.glob("private/staging/*/*"))
