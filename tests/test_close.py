"""close: what a workspace still holds, and that it is gone afterwards."""

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from igmap.cli import app
from igmap.closing import copies, held, remove
from igmap.errors import WorkspaceError
from igmap.found import find
from igmap.job import Settings, run
from igmap.workspace import open_workspace
from tests.conftest import SAMPLE_DAY

PEOPLE = "naam;e-mail\nJan Jansen;jan@b.example\nFatima Amrani;fatima@d.example\n"


@pytest.fixture
def people(workspace: Path) -> Path:
    """A workspace with one export, of 1 May 2024, that serves a declared purpose."""
    path = workspace / "exports" / "crm.csv"
    path.write_text(PEOPLE, "utf-8")
    os.utime(path, (1714564800, 1714564800))
    (workspace / "private").mkdir()
    (workspace / "private" / "names.json").write_text("{}", "utf-8")
    binding = "{id: crm, files: crm.csv, role: controller, purposes: [service], by: x, on: 2026-11-01, why: y}"
    (workspace / "decisions.yaml").write_text(f"datasets:\n  - {binding}\n", "utf-8")
    return workspace


def test_it_says_what_is_held_since_when_and_for_which_purpose(people: Path) -> None:
    with find(open_workspace(people), today=SAMPLE_DAY) as found:
        (one,) = held(found)
    assert (one.source, one.records, one.since) == ("crm.csv", 2, date(2024, 5, 1))
    assert (one.categories, one.purposes) == (("name", "email"), ("service",))
    assert one.line("nl") == "crm.csv: 2 records sinds 01-05-2024; naam, e-mailadres; doel: service"


def test_a_folder_that_is_one_table_is_held_since_its_oldest_file(workspace: Path) -> None:
    for at in (1, 2):
        path = workspace / "exports" / "crm" / f"deel{at}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PEOPLE, "utf-8")
        os.utime(path, (1714564800 * at, 1714564800 * at))
    with find(open_workspace(workspace), today=SAMPLE_DAY) as found:
        (one,) = held(found)
    assert (one.source, one.since) == ("crm/deel*.csv", date(2024, 5, 1))
    assert "sinds een onbekende dag" in replace(one, since=None).line("nl")


@pytest.mark.ci
@pytest.mark.parametrize(
    ("declared", "told"), [("[]", "doel: geen, zo is vastgelegd"), ("null", "doel: niet vastgelegd")]
)
def test_a_purpose_declared_as_none_is_told_from_one_that_nobody_declared(
    people: Path, declared: str, told: str
) -> None:
    path = people / "decisions.yaml"
    path.write_text(path.read_text("utf-8").replace("[service]", declared), "utf-8")
    with find(open_workspace(people), today=SAMPLE_DAY) as found:
        (one,) = held(found)
    assert one.line("nl").endswith(told)


@pytest.mark.ci
def test_the_command_says_that_out_stays_and_leaves_it(people: Path) -> None:
    (people / "out").mkdir(exist_ok=True)
    (people / "out" / "report.html").write_text("x", "utf-8")
    told = CliRunner().invoke(app, ["close", str(people), "--yes"])
    assert "out/ blijft staan (1 bestand)" in told.output
    assert (people / "out" / "report.html").exists()


def test_everything_in_exports_and_private_is_overwritten_and_gone(people: Path) -> None:
    other = people / "kept.csv"
    os.link(people / "exports" / "crm.csv", other)
    other.unlink()
    removal = remove(open_workspace(people))
    assert removal.overwritten + sum(removal.removed.values()) == 2
    assert removal.kept == {}
    assert copies(open_workspace(people)) == ()
    assert (people / "decisions.yaml").exists()


def test_a_file_that_has_another_name_elsewhere_is_not_overwritten_there(people: Path, tmp_path: Path) -> None:
    original = tmp_path / "original.csv"
    os.link(people / "exports" / "crm.csv", original)
    assert remove(open_workspace(people)).removed.get("other_name") == 1
    assert original.read_text("utf-8") == PEOPLE


def test_what_a_link_points_at_stays(people: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(PEOPLE, "utf-8")
    (people / "exports" / "link.csv").symlink_to(outside)
    assert remove(open_workspace(people)).removed.get("link") == 1
    assert outside.read_text("utf-8") == PEOPLE
    assert not list((people / "exports").iterdir())


@pytest.mark.ci
def test_nothing_is_removed_without_confirmation(people: Path) -> None:
    result = CliRunner().invoke(app, ["close", str(people), "--lang", "en", "--today", "2026-11-01"])
    assert result.exit_code == 3
    assert "crm.csv: 2 records since" in result.output
    assert "Nothing has been removed" in result.output
    assert (people / "exports" / "crm.csv").read_text("utf-8") == PEOPLE
    assert "Jan" not in result.output


@pytest.mark.ci
def test_with_yes_it_is_removed_and_a_second_time_there_is_nothing(people: Path) -> None:
    assert CliRunner().invoke(app, ["close", str(people), "--yes"]).exit_code == 0
    assert not (people / "exports" / "crm.csv").exists()
    assert CliRunner().invoke(app, ["close", str(people)]).exit_code == 0


def test_a_folder_that_is_its_own_exports_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "crm.csv").write_text(PEOPLE, "utf-8")
    with pytest.raises(WorkspaceError, match="no exports/ of its own"):
        remove(open_workspace(tmp_path))
    assert (tmp_path / "crm.csv").exists()


@pytest.mark.parametrize(
    ("term", "told"),
    [("", "until when"), ("2027-01-31", "may stay until 2027-01-31"), ("2026-10-01", "should have been gone on")],
)
@pytest.mark.ci
def test_the_report_says_whether_the_workspace_outlives_its_term(people: Path, term: str, told: str) -> None:
    if term:
        with (people / "decisions.yaml").open("a", encoding="utf-8") as file:
            file.write(f"workspace: {{keep_until: {term}, by: x, on: 2026-11-01, why: y}}\n")
    outcome = run(open_workspace(people), Settings(SAMPLE_DAY, "en"))
    assert told in outcome.report.read_text("utf-8")
    shutil.rmtree(people)
