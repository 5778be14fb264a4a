"""Runs and results for the tests of the log, the control report and today; and a small workspace that was checked."""

import atexit
import shutil
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from igmap.control.run import Detail, Result, Run
from igmap.workspace import Workspace
from tests.policy_cases import register
from tests.test_cli import call

BEGAN = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 1)
HOSTILE = '"><script>alert(1)</script>|# [x](y)'
MAILS = "kanarie1@nest.example", "kanarie2@nest.example"


def run(number: int = 0, **more: Any) -> Run:
    """A run that ended well with three violations."""
    counts = {"violation": 3, "open": 2, "warning": 1, "pass": 4}
    known: dict[str, Any] = {"exit_status": 4, "seconds": 1.5, "outcomes": counts, "policy": "example"}
    said = {"verb": "check", "began": BEGAN, "today": DAY, "version": "0.1.0", **known}
    return Run(number, **(said | more))


def result(name: str, outcome: Any = "violation", **more: Any) -> Result:
    """A result of R9."""
    known: dict[str, Any] = {
        "rule": "R9", "check": "bsn_requires_statute", "severity": "high", "dataset": "a.csv", "field": "bsn",
        "purpose": "", "records": 0, "accepted": False,
    }  # fmt: skip
    return Result(name, outcome=outcome, **(known | more))


def detail(*results: Result) -> Detail:
    """Results without anything else."""
    return Detail(results=results)


def checked(root: Path, *more: str, **decided: Any) -> Workspace:
    """A small workspace with a register, after `igmap check`; a new one is a copy when it is asked for again."""
    if (root / "exports" / "crm.csv").exists():
        if decided:
            (root / "decisions.yaml").write_text(yaml.safe_dump(decided), "utf-8")
        call("check", root, "--today", "2026-11-01", *more)
    else:
        shutil.copytree(_checked(more, yaml.safe_dump(decided)), root, dirs_exist_ok=True)
    return Workspace(root)


@cache
def _checked(more: tuple[str, ...], decided: str) -> Path:
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / "exports").mkdir()
    rows = "".join(f"{mail};2020-01-0{n + 1};Jan\n" for n, mail in enumerate(MAILS))
    (root / "exports" / "crm.csv").write_text(f"e-mail;done;voornaam\n{rows}", "utf-8")
    (root / "policy.yaml").write_text(yaml.safe_dump(register(), sort_keys=False), "utf-8")
    (root / "decisions.yaml").write_text(decided, "utf-8")
    call("check", root, "--today", "2026-11-01", *more)
    return root


def bound(**more: Any) -> dict[str, Any]:
    """A binding of everything to teaching."""
    said = {"by": "FG", "on": DAY, "why": "w"}
    start = {"start_columns": {"completed": "done"}}
    return {"id": "all", "files": "*", "role": "controller", "purposes": ["teaching"], **start, **said, **more}
