"""What a plan has to change when it does not meet its thresholds: tried, not guessed, and told by what it costs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from igmap.anonymisation import Plan, PlannedColumn, anonymise, write_plan
from igmap.errors import TargetError
from igmap.found import find
from igmap.job import Settings, release, run
from igmap.release import prove
from igmap.remedies import Remedies, find_remedies
from igmap.sources import Exports
from igmap.workspace import open_workspace
from tests.release_cases import AGE, Row, opened, plan, quasi
from tests.test_publish import TODAY

ROWS: list[Row] = [(str(20 + n % 3), str(n % 4), "xy"[n % 2]) for n in range(24)]
COLUMNS = ["age", "grade", "group"]
GRADE = PlannedColumn("grade", "measure", "keep", type="integer")
GROUP = quasi("group", {"categorical": True})


def risky(limit: float = 0.1, **changes: object) -> Plan:
    """A plan whose smallest class has 4 of 24 persons, a risk of 0.25."""
    made = plan(quasi("age", AGE), GRADE, GROUP, k=3, limit=0.0)
    return replace(made, thresholds={"highest_risk": limit}, **changes)  # type: ignore[arg-type] # each its own type


@pytest.fixture(scope="module")
def exports() -> Iterator[Exports]:
    with opened(COLUMNS, ROWS) as tables:
        yield tables


@pytest.fixture(scope="module")
def told(exports: Exports, tmp_path_factory: pytest.TempPathFactory) -> Remedies:
    folder = tmp_path_factory.mktemp("trials")
    found = find_remedies(exports, risky(), folder)
    assert list(folder.iterdir()) == []  # trials leave nothing in staging
    return found


def kinds(told: Remedies) -> list[list[tuple[str, object]]]:
    return [[(change.kind, change.figures.get("column")) for change in one.changes] for one in told.found]


@pytest.mark.ci
def test_the_cheapest_change_comes_first_and_its_loss_is_what_the_columns_then_lose(
    told: Remedies,
) -> None:
    assert kinds(told)[0] == [("coarser", "age")]
    assert [one.loss for one in told.found] == sorted(one.loss for one in told.found)
    assert told.found[0].loss == pytest.approx(1 / 3)  # 20-24 is all ages there are: one of three columns says nothing
    assert told.share == 1


@pytest.mark.ci  # six seconds
def test_every_change_that_is_told_meets_everything_when_it_is_carried_out(
    exports: Exports, told: Remedies, tmp_path: Path
) -> None:
    assert told.found
    for remedy in told.found:
        assert prove(exports, anonymise(exports, remedy.plan, tmp_path / "again")).met


@pytest.mark.ci
def test_looser_thresholds_are_told_only_when_no_change_of_the_data_helps(tmp_path: Path) -> None:
    with opened(COLUMNS, ROWS[:6]) as few:
        told = find_remedies(few, risky(0.1), tmp_path)
    assert kinds(told) == [[("thresholds", None)]]
    assert any("looser thresholds" in line for line in told.lines("en"))


@pytest.mark.ci
def test_two_changes_are_tried_together_where_one_does_not_help(tmp_path: Path) -> None:
    rows: list[Row] = [(str(20 + 20 * (n % 3)), "1", "xy"[n % 2]) for n in range(24)]
    with opened(COLUMNS, rows) as apart:
        told = find_remedies(apart, risky(0.07), tmp_path)
    assert told.found
    assert {len(one.changes) for one in told.found} == {2}


def test_when_time_is_up_it_is_said_what_was_not_tried(exports: Exports, tmp_path: Path) -> None:
    told = find_remedies(exports, risky(), tmp_path, seconds=-1)
    assert (told.found, told.tried) == ((), 0)
    assert told.left
    assert "were not" in told.lines("en")[-1]
    assert "geprobeerd" in told._repr_html_()


@pytest.mark.ci  # six seconds
def test_the_changes_are_told_in_both_languages(told: Remedies) -> None:
    assert "- maak age een stap grover (least_level) (verlies 33,3\N{NO-BREAK SPACE}%)" in told.lines("nl")
    assert "- make age one step coarser (least_level) (loss 33.3%)" in told.lines("en")


@pytest.mark.ci
@pytest.mark.parametrize(("lang", "words"), [("nl", "maak age een stap grover"), ("en", "make age one step coarser")])
def test_the_refusal_names_thresholds_figures_and_changes(tmp_path: Path, lang: str, words: str) -> None:
    (tmp_path / "exports").mkdir()
    lines = "\n".join(",".join(str(cell) for cell in row) for row in [COLUMNS, *ROWS])
    (tmp_path / "exports" / "t.csv").write_text(lines + "\n", "utf-8")
    workspace = open_workspace(tmp_path)
    write_plan(workspace.plan, replace(risky(), source="t.csv"))
    with find(workspace, today=TODAY) as found, pytest.raises(TargetError) as refused:
        release(found, lang="nl" if lang == "nl" else "en")
    assert "highest_risk 0.25 (set: 0.1)" in str(refused.value)
    assert words in str(refused.value)
    assert isinstance(refused.value.remedies, Remedies)
    assert not list((tmp_path / "out" / "releases").glob("*")) if (tmp_path / "out").exists() else True


@pytest.mark.ci
def test_the_report_of_a_run_tells_them_too(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    lines = "\n".join(",".join(str(cell) for cell in row) for row in [COLUMNS, *ROWS])
    (tmp_path / "exports" / "t.csv").write_text(lines + "\n", "utf-8")
    workspace = open_workspace(tmp_path)
    write_plan(workspace.plan, replace(risky(), source="t.csv"))
    outcome = run(workspace, Settings(TODAY, "en"))
    assert "make age one step coarser" in outcome.report.read_text("utf-8")
