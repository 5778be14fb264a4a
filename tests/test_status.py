"""status: where a workspace stands and what to do first, at once and without opening its exports."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from igmap.cli import COMMANDS, GROUPS, app
from igmap.control import Runs, Status, status
from igmap.control.run import Detail, Drifted, Input
from igmap.control.runs import FILE
from igmap.inventory.decisions import Acceptance
from igmap.policy.accepting import Standing
from igmap.workspace import Workspace
from tests.control_cases import DAY, HOSTILE, bound, checked, result, run
from tests.policy_cases import register
from tests.test_accept import bsns
from tests.test_cli import RUNNER, call


def now(root: Path, today: date = DAY, lang: Any = "en") -> Status:
    return status(Workspace(root), today=today, lang=lang)


def keys(state: Status) -> list[str]:
    return [task.key for task in state.tasks]


def lines(root: Path, **more: Any) -> str:
    return "\n".join(now(root, **more).lines("en"))


def test_without_a_run_the_first_is_due(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    assert keys(now(tmp_path)) == ["first_run", "register"]
    assert "no run in the log" in lines(tmp_path)
    assert not (tmp_path / "private").exists()


def test_after_a_run_nothing_is_due_until_something_changes(tmp_path: Path) -> None:
    place = checked(tmp_path, datasets=[bound()])
    assert not now(tmp_path).moved
    (place.exports / "nieuw.csv").write_text("a\n1\n", "utf-8")
    with (place.exports / "crm.csv").open("a", encoding="utf-8") as crm:
        crm.write("kanarie3@nest.example;2026-01-01;Piet\n")
    assert now(tmp_path).moved.exports == (1, 1, 0)
    (place.exports / "crm.csv").unlink()
    assert now(tmp_path).moved.exports == (1, 0, 1)
    assert keys(now(tmp_path))[0] == "run"
    assert "exports (1 new, 0 changed, 1 gone)" in lines(tmp_path)


def test_a_file_that_was_only_copied_or_touched_makes_no_run_due(tmp_path: Path) -> None:
    crm = checked(tmp_path, datasets=[bound()]).exports / "crm.csv"
    os.utime(crm, (0, 0))
    assert not now(tmp_path).moved
    crm.write_bytes(crm.read_bytes().replace(b"Jan", b"Pim"))
    assert now(tmp_path).moved.exports == (0, 1, 0)


@pytest.mark.ci
def test_status_opens_none_of_what_reads_exports(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound()])
    script = "import sys; from igmap.cli import app; app(['status', sys.argv[1]], standalone_mode=False)"
    script = f"{script}\nraise SystemExit(bool({{'duckdb', 'polars', 'pandas', 'pyarrow'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 0


SIGNED = {"by": "FG", "on": DAY, "why": "w"}


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        ({"datasets": [bound(purposes=["teachin"])]}, "the register has no 'teachin'; did you mean 'teaching'"),
        ({"datasets": [bound()], "fields": [{"dataset": "crn.csv", "field": "e-mail", "category": "email"} | SIGNED]},
         "there is no dataset 'crn.csv'; did you mean 'crm.csv'"),
        ({"datasets": [bound()], "fields": [{"dataset": "crm.csv", "field": "email", "category": "email"} | SIGNED]},
         "crm.csv has no field 'email'; did you mean 'e-mail'"),
    ],
)  # fmt: skip
@pytest.mark.ci
def test_a_name_that_check_does_not_know_is_refused_by_status_and_retention_in_the_same_words(
    tmp_path: Path, decided: dict[str, Any], told: str
) -> None:
    checked(tmp_path, datasets=[bound()])
    call("discover", tmp_path)
    (tmp_path / "decisions.yaml").write_text(yaml.safe_dump(decided), "utf-8")
    verbs = ["check"], ["status"], ["retention", "show"]
    said = {str(RUNNER.invoke(app, [*verb, str(tmp_path)]).exception) for verb in verbs}
    assert len(said) == 1
    assert told in said.pop()


@pytest.mark.parametrize("file", ["policy.yaml", "decisions.yaml"])
def test_another_register_or_decision_makes_a_run_due(tmp_path: Path, file: str) -> None:
    checked(tmp_path, datasets=[bound()])
    with (tmp_path / file).open("a", encoding="utf-8") as text:
        text.write("# a word more\n")
    moved = now(tmp_path).moved
    assert (moved.policy, moved.decisions) == (file == "policy.yaml", file == "decisions.yaml")


def test_records_past_their_term_datasets_without_purpose_and_open_values_are_told(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound()])
    assert (now(tmp_path).past_term, now(tmp_path).unbound) == (2, ())
    (tmp_path / "decisions.yaml").write_text("{}", "utf-8")
    (tmp_path / "policy.yaml").write_text(
        yaml.safe_dump(register(purposes__0__legal_basis={"open": "not said"}), sort_keys=False), "utf-8"
    )
    state = now(tmp_path)
    assert [one.source for one in state.unbound] == ["crm.csv"]
    assert [one.path for one in state.opens] == ["purposes.teaching.legal_basis"]
    assert keys(state) == ["run", "past_term", "unbound", "opens"] or "undecided" in keys(state)
    assert "purposes.teaching.legal_basis" in lines(tmp_path)


def test_the_last_review_of_the_policy_is_told_when_the_register_has_its_date(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound()])
    assert now(tmp_path).reviewed is None
    held = register(review={"continuous": True, "last_review": date(2026, 3, 1)})
    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(held, sort_keys=False), "utf-8")
    assert "last reviewed on 2026-03-01" in lines(tmp_path)


def test_new_violations_and_what_moved_are_told_from_the_last_two_runs(tmp_path: Path) -> None:
    place = checked(tmp_path, datasets=[bound(purposes=["teaching"])])
    (place.exports / "crm.csv").write_text("e-mail;done;voornaam;bsn\na@b.example;2026-10-01;Jan;111222333\n", "utf-8")
    checked(tmp_path)
    state = now(tmp_path)
    assert state.since
    assert {one.rule for one in state.since.violations} >= {"R9"}
    assert "new_violations" in keys(state)
    assert state.last
    assert (state.last.drift.new, state.last.drift.is_personal) == (1, True)
    assert "Fields since that run: 1 new" in lines(tmp_path)


def test_the_term_of_the_workspace_goes_before_all_else(tmp_path: Path) -> None:
    said = {"by": "FG", "on": DAY, "why": "w"}
    checked(tmp_path, datasets=[bound()], workspace={"keep_until": date(2026, 11, 20), **said})
    assert "close" in keys(now(tmp_path, date(2026, 11, 21)))[:1]
    assert "close_soon" in keys(now(tmp_path))
    assert "close" not in " ".join(keys(now(tmp_path, date(2026, 10, 1))))


def standing(state: Any, until: date) -> Standing:
    held = Acceptance(finding="a" * 12, reason="r", until=until, by="FG", on=DAY, why="r")
    return Standing(state, held, bsns(6).items[0])


def test_acceptances_that_end_soon_ended_or_came_back_are_told() -> None:
    stands = (standing("holds", DAY + timedelta(days=10)), standing("holds", DAY + timedelta(days=90)),
              standing("returned", DAY), standing("ended", DAY), standing("gone", DAY))  # fmt: skip
    state = Status(Workspace(Path("w")), DAY, run(1), stands=stands)
    assert (len(state.ending), len(state.returned)) == (1, 2)
    assert keys(state) == ["returned", "ending"]


def test_at_most_five_tasks_and_the_most_pressing_first() -> None:
    state = Status(
        Workspace(Path("w")), DAY, run(1, undecided=3), findings=bsns(6), stands=(standing("ended", DAY),),
        unbound=(Input("a", "", 1, "", 1, 0),), opens=(object(), object()), keep_until=DAY - timedelta(days=1),  # type: ignore[arg-type]
    )  # fmt: skip
    assert keys(state) == ["close", "returned", "violations", "unbound", "opens"]
    assert all(task.command.startswith("igmap ") for task in state.tasks)


def test_every_command_that_is_named_is_one(tmp_path: Path) -> None:
    known = {command.__name__ for command in COMMANDS}
    known |= {f"{group} {one.__name__.split('_')[0]}" for group, members in GROUPS.items() for one in members}
    state = Status(
        Workspace(tmp_path), DAY, run(1, undecided=3), findings=bsns(6), stands=(standing("holds", DAY),),
        unbound=(Input("a", "", 1, "", 1, 0),), opens=(object(),), keep_until=DAY - timedelta(days=1),  # type: ignore[arg-type]
    )  # fmt: skip
    from igmap.control.first import _tasks

    named = [command.removeprefix("igmap ").split(" {root}")[0] for _, command, _ in _tasks(state)]
    assert set(named) <= known


def test_a_run_that_was_not_finished_is_told(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound()])
    Runs(tmp_path / "private" / FILE).begin(run(exit_status=None, seconds=None, outcomes={}))
    assert "not finished: 1" in lines(tmp_path)


def test_it_takes_less_than_a_second_with_thousands_of_findings_and_fields(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound(files="f_1*")])
    runs = Runs(tmp_path / "private" / FILE)
    inputs = tuple(Input(f"f_{n}.csv", "", 10, "0" * 64, 5, 1) for n in range(1000))
    for number in range(3):
        results = tuple(result(f"{n:012x}", records=n + number) for n in range(5000))
        runs.end(runs.begin(run()), Detail(inputs, (), results))
    began = time.process_time()
    state = now(tmp_path)
    page = state._repr_html_()
    assert time.process_time() - began < 1
    assert len(state.unbound) == 889
    assert "and 884 more" in page


def test_what_a_notebook_shows_escapes_every_name_and_keeps_none_in_its_repr(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound(files="x")])
    one = replace(now(tmp_path), unbound=(Input(HOSTILE, "", 1, "", 1, 0),), last=run(7, drift=Drifted(1, 0, 0)))
    assert "<script" not in one._repr_html_()
    assert "crm" not in repr(one)
    for lang in ("nl", "en"):
        assert now(tmp_path, lang=lang)._repr_html_()


def test_the_command_says_what_to_do_first_and_status_3(tmp_path: Path) -> None:
    checked(tmp_path, datasets=[bound()])
    code, said = call("status", tmp_path, "--today", "2026-11-01", "--lang", "en")
    assert code == 3
    assert "What to do first" in said
    assert "igmap retention due" in said


def test_without_a_register_there_is_something_to_do(tmp_path: Path) -> None:
    checked(tmp_path)
    (tmp_path / "policy.yaml").unlink()
    call("check", tmp_path, "--today", "2026-11-01")
    assert "register" in keys(now(tmp_path))
    assert "There is no register" in lines(tmp_path)
    assert "as far as can be judged: 0" in lines(tmp_path)
    assert call("status", tmp_path)[0] == 3
