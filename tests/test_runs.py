"""The log of runs: every run is in it, how it ended too, without a value; and what changed is told from it."""

import json
import os
import sqlite3
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from igmap.control import Runs, logged
from igmap.control.report import sections, write_control
from igmap.control.run import Detail, Run
from igmap.control.runs import FILE
from igmap.control.since import Since, compare, period, since_runs
from igmap.control.trend import trend
from igmap.errors import PolicyError, WorkspaceError
from igmap.job import Outcome
from igmap.workspace import Workspace
from tests.control_cases import BEGAN, DAY, HOSTILE, MAILS, bound, checked, detail, result, run
from tests.policy_cases import field, inventory
from tests.test_cli import call


def log(folder: Path) -> Runs:
    return Runs(folder / FILE)


def test_a_run_is_read_back_as_written_with_its_results_and_inventory(tmp_path: Path) -> None:
    runs, found = log(tmp_path), inventory(field("bsn", "bsn"))
    begun = runs.begin(run(exit_status=None, seconds=None, outcomes={}))
    assert (begun.number, runs.judged()) == (1, ())
    ended = replace(run(), number=begun.number)
    runs.end(ended, detail(result("a")), found)
    assert runs.all() == (ended,)
    assert runs.detail(ended) == detail(result("a"))
    assert runs.inventory(ended) == found


def test_an_inventory_that_did_not_change_is_kept_once(tmp_path: Path) -> None:
    runs = log(tmp_path)
    for _ in range(3):
        runs.end(runs.begin(run()), detail(), inventory(field("bsn", "bsn")))
    with sqlite3.connect(runs.path) as base:
        assert base.execute("SELECT count(*) FROM inventories").fetchone() == (1,)


def test_runs_at_the_same_time_each_get_a_number_and_an_end(tmp_path: Path) -> None:
    runs = log(tmp_path)

    def one(at: int) -> int:
        begun = runs.begin(run(past_term=at))
        runs.end(begun, detail(result(str(at))))
        return begun.number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(one, range(24)))
    assert sorted(numbers) == list(range(1, 25))
    assert all(runs.detail(each).results[0].id == str(each.past_term) for each in runs.all())


def test_a_run_that_was_killed_stays_without_an_end_and_the_next_goes_on(tmp_path: Path) -> None:
    runs = log(tmp_path)
    runs.begin(run(exit_status=None, seconds=None, outcomes={}))
    runs.end(runs.begin(run()), detail(result("a")))
    assert [one.exit_status for one in runs.all()] == [None, 4]
    assert [one.number for one in runs.judged()] == [2]


@pytest.mark.parametrize(("error", "status"), [(PolicyError("x"), 1), (WorkspaceError("x"), 2), (SystemExit(143), 143)])
def test_what_ends_badly_is_logged_with_its_status(tmp_path: Path, error: BaseException, status: int) -> None:
    ticks = iter((BEGAN, BEGAN + timedelta(seconds=2.25)))
    with pytest.raises(type(error)), logged(Workspace(tmp_path), "run", today=DAY, now=lambda: next(ticks)):
        raise error
    (one,) = log(tmp_path / "private").all()
    assert (one.verb, one.exit_status, one.seconds, one.judged) == ("run", status, 2.25, False)


@pytest.mark.parametrize("content", [b"no database" * 200, b""])
def test_a_damaged_log_is_an_error_that_says_what_to_do_and_an_empty_one_is_begun(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / FILE).write_bytes(content)
    if content:
        with pytest.raises(WorkspaceError, match=r"private/runs\.sqlite: is damaged.*move it"):
            log(tmp_path).begin(run())
    else:
        assert log(tmp_path).begin(run()).number == 1


def test_the_log_of_another_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("PRAGMA user_version = 9")
    with pytest.raises(WorkspaceError, match="another version"):
        log(tmp_path).begin(run())


@pytest.mark.ci
def test_check_logs_hashes_figures_and_results_and_no_value(tmp_path: Path) -> None:
    place = checked(tmp_path, datasets=[bound()])
    runs = log(tmp_path / "private")
    (one,) = runs.all()
    told = json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))
    results = runs.detail(one).results
    assert [each.id for each in results] == [finding["id"] for finding in told]
    assert (one.policy, one.policy_version, one.datasets, one.records, one.past_term) == ("example", "1", 1, 2, 2)
    assert (len(one.policy_sha256), len(one.decisions_sha256), one.exit_status) == (64, 64, 4)
    (source,) = runs.detail(one).inputs
    assert (source.source, source.rows, len(source.sha256), source.personal) == ("crm.csv", 2, 64, 2)
    with sqlite3.connect(place.private / FILE) as base:
        kept = [zlib.decompress(content) for (content,) in base.execute("SELECT content FROM inventories")]
    whole = (place.private / FILE).read_bytes() + b"".join(kept)
    assert not [mail for mail in MAILS if mail.encode() in whole]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name of a file is text")
def test_a_file_with_a_name_in_no_encoding_is_logged_and_shown(workspace: Path) -> None:
    path = Path(os.fsdecode(bytes(workspace / "exports") + b"/caf\xe9.csv"))
    path.write_text("mail\n" + "\n".join(MAILS), "utf-8")
    status, told = call("check", str(workspace), "--out", str(workspace / "findings.json"))
    assert status in {0, 3, 4}, told
    assert Runs(workspace / "private" / FILE).judged()


def test_an_unsound_register_is_logged_as_a_run_that_failed(tmp_path: Path) -> None:
    place = checked(tmp_path)
    place.policy.write_text("schema: igmap.policy/1\npurpses: []\n", "utf-8")
    assert call("check", tmp_path)[0] == 1
    assert [one.judged for one in log(tmp_path / "private").all()] == [True, False]


def test_two_equal_runs_differ_in_nothing() -> None:
    same = detail(result("a"), result("b", "pass"), result("c", accepted=True))
    assert compare(run(1), run(2), same, same) == Since(run(1), run(2))


def test_new_worse_solved_and_accepted_are_told_apart() -> None:
    old = detail(
        result("new", "pass"), result("worse", records=3), result("grown out", "open"), result("better", records=9),
        result("gone"), result("solved"), result("lived with"), result("ended", accepted=True),
    )  # fmt: skip
    new = detail(
        result("new"), result("worse", records=4), result("grown out"), result("better", records=2),
        result("solved", "pass"), result("lived with", accepted=True), result("ended"), result("fresh", "open"),
    )  # fmt: skip
    found = compare(run(1), run(2), old, new)
    names = {key: {one.id for one in getattr(found, key)} for key in ("new", "worse", "solved", "accepted")}
    assert names == {
        "new": {"new", "ended", "fresh"},
        "worse": {"worse", "grown out"},
        "solved": {"gone", "solved"},
        "accepted": {"lived with"},
    }
    assert {one.id for one in found.violations} == {"new", "ended", "worse", "grown out"}


@pytest.mark.parametrize(
    ("since", "numbers"),
    [
        (1, [4, 5]),
        (2, [3, 4, 5]),
        (99, [1, 2, 3, 4, 5]),
        (date(2026, 11, 3), [3, 4, 5]),
        (date(2026, 10, 1), [1, 2, 3, 4, 5]),
        (date(2027, 1, 1), [5]),
    ],
)
def test_a_period_goes_from_the_run_of_a_day_or_so_many_back_to_the_last(since: date | int, numbers: list[int]) -> None:
    runs = tuple(run(n, began=BEGAN + timedelta(days=n - 1)) for n in range(1, 6))
    assert [one.number for one in period(runs, since)] == numbers


def told(folder: Path, *more: Run) -> tuple[Runs, tuple[Run, ...], Since]:
    runs = log(folder)
    for one in (run(), *more):
        runs.end(runs.begin(one), detail(result(HOSTILE, dataset=HOSTILE, records=1234)), inventory(field("x", "bsn")))
    shown = runs.judged()
    compared = since_runs(runs, shown)
    assert compared
    return runs, shown, compared


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("suffix", ["html", "md", "json"])
def test_a_report_is_a_page_a_text_or_data_and_hostile_names_are_names(tmp_path: Path, suffix: str, lang: Any) -> None:
    runs, shown, compared = told(tmp_path, run(policy_sha256="other"))
    whole = sections(runs, shown, compared, lang)
    content = write_control(tmp_path / f"c.{suffix}", whole, compared, shown, lang).read_text("utf-8")
    if suffix == "json":
        assert [one["number"] for one in json.loads(content)["runs"]] == [1, 2]
    else:
        assert "<script" not in content
        assert {"nl": "Het register is in die tijd gewijzigd", "en": "The register was changed"}[lang] in content
        assert {"nl": "2 van 2 runs", "en": "2 of 2 runs"}[lang] in content


def test_a_check_that_this_igmap_does_not_know_any_more_is_told_by_its_rule(tmp_path: Path) -> None:
    runs = log(tmp_path)
    for name in ("a", "b"):
        runs.end(runs.begin(run()), detail(result(name, rule="R99", check="long_gone")), inventory(field("x", "bsn")))
    shown = runs.judged()
    compared = since_runs(runs, shown)
    assert compared
    whole = sections(runs, shown, compared, "en")
    content = write_control(tmp_path / "c.md", whole, compared, shown, "en").read_text("utf-8")
    assert "| R99 |" in content


def test_a_report_of_another_kind_is_refused(tmp_path: Path) -> None:
    runs, shown, compared = told(tmp_path)
    with pytest.raises(WorkspaceError, match=r"\.html, \.md or \.json"):
        write_control(tmp_path / "c.pdf", sections(runs, shown, compared, "nl"), compared, shown, "nl")


def test_the_trend_writes_its_first_and_last_figures_and_marks_another_register() -> None:
    runs = [run(1, past_term=2613), run(2, past_term=2000), run(3, past_term=513, policy_sha256="b")]
    words = [text.get_text() for text in trend(runs, "nl").axes[0].texts]
    assert "2.613 → 513" in words
    assert "register gewijzigd" in words
    alone = [text.get_text() for text in trend(runs[:1], "en").axes[0].texts]
    assert "2,613" in alone
    assert any("first run" in word for word in alone)


@pytest.mark.ci
def test_the_command_says_of_a_first_run_that_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    assert call("report", tmp_path)[0] == 1
    checked(tmp_path)
    status, first = call("report", tmp_path, "--lang", "en")
    assert (status, "nothing to compare with" in first) == (0, True)
    checked(tmp_path, datasets=[bound()])
    status, second = call("report", tmp_path, "--since", "1", "--lang", "en", "--out", tmp_path / "c.md")
    assert (status, "Since run 1 of" in second) == (0, True)
    assert "solved" in second
    for wrong in ("gisteren", "2026-13-01"):
        assert call("report", tmp_path, "--since", wrong)[0] == 2


def test_the_sample_run_is_logged_and_its_page_says_that_it_is_the_first(sample_run: tuple[Path, Outcome]) -> None:
    root, outcome = sample_run
    runs = log(root / "private")
    one = runs.judged()[0]
    assert one.outcomes == outcome.findings.counts
    assert len(runs.detail(one).results) == len(outcome.findings)
    assert len(runs.detail(one).inputs) == one.datasets
    page = outcome.report.read_text("utf-8")
    assert "Sinds de vorige run" in page
    assert "eerste run in het logboek" in page
    assert isinstance(runs.detail(one), Detail)
