"""igmap cookies: every cookie and host with both verdicts, on the terminal and in files; its exit status."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from igmap.cli import app
from tests.policy_cases import write_register
from tests.test_check_captures import visit

RUNNER = CliRunner()


def call(*arguments: str | Path) -> tuple[int, str]:
    result = RUNNER.invoke(app, ["cookies", *map(str, arguments), "--today", "2026-11-01"])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("cookie", "status"), [("own_session=1", 0), ("_ga=1", 4), ("onbekend=1", 3), ("MoodleSession=1", 0)]
)
@pytest.mark.ci
def test_the_status_is_that_of_the_worst_verdict(workspace: Path, cookie: str, status: int) -> None:
    write_register(workspace)
    (workspace / "exports" / "a.har").write_text(visit(cookie), "utf-8")
    code, output = call(workspace, "--lang", "en")
    assert code == status
    assert "What is kept on the device" in output
    assert "onbekend" not in output


@pytest.mark.ci
def test_the_report_is_written_as_a_workbook_a_page_or_json(workspace: Path) -> None:
    (workspace / "exports" / "a.har").write_text(visit("_ga=1"), "utf-8")
    for name in ("c.xlsx", "c.html", "c.json"):
        code, output = call(workspace, "--out", workspace / name)
        assert code == 3
        assert output.rstrip().endswith(name)
    assert load_workbook(workspace / "c.xlsx").sheetnames[0] == "Oordelen geteld"
    assert "Open Cookie Database" in (workspace / "c.html").read_text("utf-8")
    assert json.loads((workspace / "c.json").read_text("utf-8"))["cookies"][0]["name"] == "_ga"


def test_a_file_of_another_kind_is_refused_and_nothing_to_show_is_open(workspace: Path) -> None:
    assert call(workspace, "--out", "c.pdf")[0] == 2
    code, output = call(workspace)
    assert code == 3
    assert "F12" in output
    assert "site_voor_toestemming.har" in output
    assert "Oordelen geteld" not in output
