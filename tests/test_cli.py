"""The command line: files, exit status, one line for an error."""

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from igmap.cli import app, main
from igmap.cli.options import show
from igmap.report import Table

RUNNER = CliRunner()


def call(*arguments: str | Path) -> tuple[int, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def crm(workspace: Path) -> Path:
    (workspace / "exports" / "crm.csv").write_text("e-mail;plaats\na@b.example;Vught\nc@d.example;Breda\n", "utf-8")
    return workspace


@pytest.mark.ci
def test_init_makes_a_workspace_that_runs_and_keeps_what_is_there(tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert call("init", root)[0] == 0
    (root / "decisions.yaml").write_text("datasets: []\n", "utf-8")
    assert call("init", root)[0] == 0
    assert (root / "decisions.yaml").read_text("utf-8") == "datasets: []\n"
    (root / "exports" / "a.csv").write_text("e-mail\na@b.example\n", "utf-8")
    assert call("check", root)[0] == 3


def test_discover_works_on_a_folder_that_holds_only_exports(crm: Path, tmp_path: Path) -> None:
    out = tmp_path / "inventory.json"
    status, _ = call("discover", crm, "--out", out)
    fields = json.loads(out.read_text("utf-8"))["datasets"][0]["fields"]
    assert (status, [field["category"] for field in fields]) == (0, ["email", "city"])


def test_a_file_that_cannot_be_read_gives_status_5(crm: Path) -> None:
    (crm / "exports" / "x.bin").write_bytes(random.Random(1).randbytes(5000))
    assert call("discover", crm)[0] == 5


def test_check_without_a_register_leaves_open(crm: Path) -> None:
    status, _ = call("check", crm)
    findings = json.loads((crm / "out" / "findings.json").read_text("utf-8"))
    assert status == 3
    assert "open" in {finding["outcome"] for finding in findings}


@pytest.mark.ci
def test_plan_anonymise_and_verify_follow_each_other(workspace: Path) -> None:
    rows = "".join(f"{20 + i % 4};{'mv'[i % 2]};{i % 10}\n" for i in range(400))
    (workspace / "exports" / "g.csv").write_text("leeftijd;geslacht;cijfer\n" + rows, "utf-8")
    assert call("plan", workspace, "--k", "5")[0] == 0
    assert "k: 5" in (workspace / "plan.yaml").read_text("utf-8")
    status, output = call("anonymise", workspace, "--lang", "en")
    assert status == 0, output
    (folder,) = (workspace / "out" / "releases").iterdir()
    status, output = call("verify", folder, "--lang", "en")
    assert status == 0
    assert "persons" in output


@pytest.mark.ci
def test_flows_and_record_write_their_files(crm: Path) -> None:
    assert call("flows", crm)[0] == 0
    assert {p.name for p in (crm / "out" / "flows").iterdir()} == {
        f"{name}.{kind}" for name in ("flows", "heat", "purposes") for kind in ("png", "svg")
    }
    assert call("record", crm, "--lang", "en")[0] == 0
    assert {p.name for p in (crm / "out" / "record").iterdir()} == {"record.xlsx", "record.html"}


@pytest.mark.ci
def test_relations_names_the_person_column_and_writes_figures_and_picture(crm: Path) -> None:
    status, output = call("relations", crm, "--lang", "en")
    assert status == 0
    assert "crm.csv: e-mail, 2 persons" in output
    names = {"relations.json", "relations.png", "relations.svg"}
    assert names <= {path.name for path in (crm / "out").iterdir()}


@pytest.mark.parametrize("command", ["discover", "relations", "check", "run", "plan", "anonymise", "flows", "record"])
def test_a_missing_workspace_is_one_line_and_status_2(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["igmap", command, str(tmp_path / "nowhere")])
    with pytest.raises(SystemExit) as stopped:
        main()
    error = capsys.readouterr().err
    assert stopped.value.code == 2
    assert error.startswith("igmap: nowhere: zo’n map is er niet")
    assert error.count("\n") == 1


def test_wrong_usage_gives_status_2(crm: Path) -> None:
    assert call("run", crm, "--k", "1")[0] == 2
    assert call("nonsense")[0] == 2


def test_outcomes_are_counted_in_the_language_that_was_asked_for(crm: Path) -> None:
    assert "0 overtredingen, " in call("check", crm)[1]
    assert "0 violations, " in call("check", crm, "--lang", "en")[1]


@pytest.mark.parametrize(("lang", "told"), [("nl", "Wat er nog staat: geen"), ("en", "Wat er nog staat: none")])
def test_of_a_table_without_rows_it_is_said_that_there_are_none(
    lang: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show(Table(("Bestand",), (), "Wat er nog staat"), lang)
    assert capsys.readouterr().out.strip() == told


def test_a_new_workspace_says_what_comes_next(tmp_path: Path) -> None:
    assert call("init", tmp_path / "new", "--lang", "en")[1].endswith(f"‘igmap run {tmp_path / 'new'}’.\n")
