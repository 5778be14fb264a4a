"""A verdict becomes final when the source is gone, and only then; whatever still stands in the way is named."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from igmap.anonymisation import PlannedColumn, anonymise
from igmap.errors import ReleaseError, TargetError, WorkspaceError
from igmap.inventory import Inventory
from igmap.policy.keeping.due import DueList, Manifest
from igmap.release import Verdict, prove, publish, read_register, recheck
from igmap.release.finalise import Finality, finalise, list_released, releases
from igmap.release.staged import sha256
from igmap.sources import open_exports
from igmap.stages import read_stage
from igmap.workspace import Workspace, open_workspace
from tests.release_cases import AGE, plan, quasi

TODAY, LATER = date(2026, 11, 22), date(2026, 12, 1)
NOBODY = Inventory(datasets=())
PEOPLE = [(f"learner{n}@school.example", 20 + n % 3, n * 37 % 101) for n in range(30)]
OTHERS = [(f"other{n}@school.example", 60 + n, 100 + n) for n in range(12)]
KEY = PlannedColumn("mail", "key", "drop", category="email")
PSEUDONYM = PlannedColumn("mail", "link", "keep", category="email", transform=({"pseudonym": {"keep_key": True}},))


def written(root: Path, rows: list[tuple[str, int, int]], name: str = "crm.csv", head: str = "mail,age,grade") -> None:
    (root / "exports").mkdir(exist_ok=True)
    lines = [head, *(",".join(map(str, row)) for row in rows)]
    (root / "exports" / name).write_text("\n".join(lines) + "\n", "utf-8")


def published(root: Path, person: str | None = "mail", column: str = "key") -> Workspace:
    """A workspace with a release: a copy of one that was made once."""
    return Workspace(Path(shutil.copytree(_published(person, column), root, dirs_exist_ok=True)))


@cache
def _published(person: str | None, role: str) -> Path:
    root, column = Path(tempfile.mkdtemp()), KEY if role == "key" else PSEUDONYM
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    written(root, PEOPLE)
    workspace = open_workspace(root)
    columns = (column, quasi("age", AGE), PlannedColumn("grade", "measure", "keep", type="integer"))
    wanted = replace(plan(*columns, k=3, source="crm.csv", person=person), name="learners", thresholds={"excess": 0.9})
    wanted = replace(wanted, signed={"by": "x", "on": "2026-11-22", "why": "few"})
    with open_exports(workspace) as exports:
        release = anonymise(exports, wanted, workspace.staging)
        publish(release, prove(exports, release), workspace, today=TODAY)
    return root


def looked(workspace: Workspace) -> Finality:
    with open_exports(workspace) as exports:
        return finalise(exports, NOBODY, workspace, "learners", today=LATER)


def verdict(workspace: Workspace) -> Verdict:
    return read_stage(workspace.root / "out" / "releases" / "learners" / "verdict.json", Verdict)


@pytest.mark.ci
def test_while_the_source_exists_the_verdict_stays_provisional_and_nothing_is_rewritten(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    folder = workspace.root / "out" / "releases" / "learners"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    found = looked(workspace)
    assert (found.status, found.exit_status) == ("provisional", 3)
    assert found.remains.unchanged == ("crm.csv",)
    assert found.remains.persons == {"crm.csv": 30}
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert verdict(workspace).status == "provisional"


@pytest.mark.ci
def test_when_the_source_file_is_gone_it_becomes_final_and_the_list_of_persons_goes(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    dossier = workspace.root / "private" / "dossiers" / "learners"
    if os.name == "posix":
        assert (dossier / "released.parquet").stat().st_mode & 0o077 == 0
    (tmp_path / "exports" / "crm.csv").unlink()
    found = looked(workspace)
    assert (found.status, found.exit_status, found.remains.nothing) == ("final", 0, True)
    told = verdict(workspace)
    assert (told.status, told.final_on, told.published_on) == ("final", LATER, TODAY)
    assert not (dossier / "released.parquet").exists()
    page = (workspace.root / "out" / "releases" / "learners" / "certificate.html").read_text("utf-8")
    assert "Definitief" in page
    assert "01-12-2026" in page
    assert "Voorlopig" not in page


@pytest.mark.ci
def test_the_register_follows_a_verdict_there_and_back_and_a_recheck_calls_nothing_changed(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    for status in ("final", "provisional"):
        if status == "final":
            (tmp_path / "exports" / "crm.csv").unlink()
        else:
            written(tmp_path, PEOPLE, "again.csv")
        assert looked(workspace).status == status
        (entry,) = read_register(workspace).releases
        folder = workspace.root / "out" / "releases" / "learners"
        assert (entry.status, entry.key) == (status, "destroyed")
        assert entry.files == {path.name: sha256(path) for path in folder.iterdir()}
        with open_exports(workspace) as exports:
            assert recheck(workspace, exports, today=LATER).exit_status == 0


def test_a_register_that_cannot_be_read_leaves_certificate_and_verdict_as_they_were(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    (workspace.private / "releases.json").write_text("{cut", "utf-8")
    (tmp_path / "exports" / "crm.csv").unlink()
    with pytest.raises(ReleaseError, match="cannot be read"):
        looked(workspace)
    assert verdict(workspace).status == "provisional"
    assert list(workspace.staging.iterdir()) == []


def test_a_release_from_before_the_register_is_told_by_its_verdict(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    (known,) = read_register(workspace).releases
    (workspace.private / "releases.json").unlink()
    (entry,) = read_register(workspace).releases
    assert entry == replace(known, files={})
    with open_exports(workspace) as exports:
        assert recheck(workspace, exports, today=LATER).exit_status == 0
    (tmp_path / "exports" / "crm.csv").unlink()
    assert looked(workspace).status == "final"
    assert [one.status for one in read_register(workspace).releases] == ["final"]


@pytest.mark.ci
def test_a_plan_that_asks_little_of_attacks_loosens_no_join(tmp_path: Path) -> None:
    workspace = published(tmp_path)  # its plan lets an attack succeed in 90 % of the tries
    left = [(f"p{n}", age, grade) for n, (_, age, grade) in enumerate(PEOPLE[:12])]
    written(tmp_path, [*left, *((f"o{n}", 20 + n % 3, 200 + n) for n in range(28))], "backup.csv")
    (tmp_path / "exports" / "crm.csv").unlink()
    assert looked(workspace).remains.joined == {"backup.csv": 12}


@pytest.mark.ci
def test_other_persons_may_stay_in_the_source(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    written(tmp_path, OTHERS)
    assert looked(workspace).status == "final"
    assert looked(workspace).status == "final"


@pytest.mark.ci
@pytest.mark.parametrize("head", ["mail,age,grade", "MAIL,age,grade"])
def test_one_person_left_under_other_capitals_or_spaces_keeps_it_provisional(tmp_path: Path, head: str) -> None:
    workspace = published(tmp_path)
    written(tmp_path, [*OTHERS, (" Learner4@School.example", 21, 4)], head=head)
    found = looked(workspace)
    assert found.status == "provisional"
    assert found.remains.persons == {"crm.csv": 1} if head.islower() else found.remains.untold == ("crm.csv",)


@pytest.mark.ci
def test_records_that_were_only_given_other_keys_still_join_row_by_row(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    written(tmp_path, [(f"p{n}", age, grade) for n, (_, age, grade) in enumerate(PEOPLE)], "backup.csv")
    (tmp_path / "exports" / "crm.csv").unlink()
    assert looked(workspace).remains.joined == {"backup.csv": 30}


@pytest.mark.ci
def test_without_a_person_key_a_table_with_the_columns_of_the_source_cannot_be_told(tmp_path: Path) -> None:
    workspace = published(tmp_path, person=None)
    written(tmp_path, OTHERS)
    assert looked(workspace).remains.untold == ("crm.csv",)


@pytest.mark.ci
def test_a_key_that_was_kept_is_no_key_destroyed(tmp_path: Path) -> None:
    workspace = published(tmp_path, column="link")
    assert verdict(workspace).key == "kept"
    (tmp_path / "exports" / "crm.csv").unlink()
    found = looked(workspace)
    assert (found.status, found.remains.key) == ("provisional", True)
    assert any("key.txt" in line for line in found.lines("en"))
    (workspace.root / "private" / "dossiers" / "learners" / "key.txt").unlink()
    assert looked(workspace).status == "final"
    assert verdict(workspace).key == "destroyed"


@pytest.mark.ci
def test_a_list_of_records_to_be_deleted_is_a_copy_too(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    (tmp_path / "exports" / "crm.csv").unlink()
    (workspace.private / "retention").mkdir()
    pl.DataFrame({"mail": ["learner1@school.example"]}).write_parquet(workspace.private / "retention" / "a.parquet")
    assert looked(workspace).remains.persons == {"private/retention/a.parquet": 1}


@pytest.mark.ci
def test_what_comes_back_makes_a_final_verdict_provisional_again(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    (tmp_path / "exports" / "crm.csv").unlink()
    assert looked(workspace).status == "final"
    written(tmp_path, PEOPLE, "again.csv")
    assert looked(workspace).remains.unchanged == ("again.csv",)
    assert verdict(workspace) == replace(verdict(workspace), status="provisional", final_on=None)


def test_a_changed_file_is_not_made_final(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    file = workspace.root / "out" / "releases" / "learners" / "learners.parquet"
    pl.read_parquet(file).head(5).write_parquet(file)
    (tmp_path / "exports" / "crm.csv").unlink()
    with pytest.raises(TargetError, match="not the one that was proved"):
        looked(workspace)


def test_an_unknown_release_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    with open_exports(workspace) as exports, pytest.raises(WorkspaceError, match="known are learners"):
        finalise(exports, NOBODY, workspace, "learner", today=LATER)


@pytest.mark.ci
def test_a_crash_between_certificate_and_verdict_leaves_the_old_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = published(tmp_path)
    (tmp_path / "exports" / "crm.csv").unlink()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("igmap.release.finalise.write_stage", crash)
        with pytest.raises(KeyboardInterrupt):
            looked(workspace)
    assert verdict(workspace).status == "provisional"
    assert looked(workspace).status == "final"


def test_records_past_their_term_of_who_was_released_are_listed_to_be_deleted(tmp_path: Path) -> None:
    workspace = published(tmp_path)
    (folder := workspace.private / "retention").mkdir()
    people = ["learner2@school.example", "LEARNER3@school.example", "other1@school.example"]
    due = pl.DataFrame({"record": [3, 4, 90], "person": people, "start": ["2020-01-01"] * 3})
    due.write_parquet(folder / "crm-due.parquet")
    one = DueList("crm.csv", "crm", "", 30, 3, 3, "mail", (), "crm-due.parquet")
    assert list_released(workspace, Manifest(TODAY, "register", "1", (one,))) == {"learners": 2}
    listed = pl.read_parquet(workspace.root / "private" / "dossiers" / "learners" / "due.parquet")
    assert listed["record"].to_list() == [3, 4]
    assert releases(workspace) == ["learners"]


@pytest.mark.ci
def test_the_command_says_what_stands_in_the_way_and_gives_status_3_until_nothing_does(tmp_path: Path) -> None:
    published(tmp_path)
    command = [sys.executable, "-m", "igmap", "finalise", str(tmp_path), "--lang", "en"]
    seen = subprocess.run(command, capture_output=True, text=True, check=False)
    assert seen.returncode == 3
    assert "crm.csv: 30 persons of the release are still in it" in seen.stdout
    (tmp_path / "exports" / "crm.csv").unlink()
    gone = subprocess.run([*command, "learners"], capture_output=True, text=True, check=False)
    assert (gone.returncode, "learners: final" in gone.stdout) == (0, True)
