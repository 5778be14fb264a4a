"""What is kept of a run: what was held against what, and what came of it. Counts, names and hashes; no value."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime  # noqa: TC003 - read back by pydantic
from typing import TYPE_CHECKING, Any

from igmap.policy import open_values
from igmap.policy.evidence import records_of
from igmap.policy.findings import Outcome, Severity  # noqa: TC001 - read back by pydantic
from igmap.policy.telling import past_term
from igmap.policy.values import Open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from igmap.found import Found
    from igmap.policy import Findings, Policy
    from igmap.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Input:
    """One table that was looked at, under the name that may be shown."""

    source: str
    table: str
    rows: int
    sha256: str
    personal: int
    undecided: int


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of exports/ as it lay there: enough to see that it was changed."""

    path: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Result:
    """A finding without its words."""

    id: str
    rule: str
    check: str
    outcome: Outcome
    severity: Severity
    dataset: str
    field: str
    purpose: str
    records: int
    accepted: bool

    @property
    def counts(self) -> bool:
        """Whether it asks for something: it does not pass, and nobody accepted it."""
        return self.outcome != "pass" and not self.accepted


@dataclass(frozen=True, slots=True)
class Drifted:
    """How far the inventory moved since the run before."""

    new: int = 0
    gone: int = 0
    changed: int = 0
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run in figures.

    Args:
        number: 1, 2, … in the workspace.
        verb: run or check.
        began: when.
        today: the day that ages were reckoned to.
        version: of igmap.
        policy: id of the register; "" without one.
        policy_version: "" when the register leaves it open.
        policy_sha256: of policy.yaml.
        decisions_sha256: of decisions.yaml.
        seconds: how long it took; None while it goes on, or when it was killed.
        exit_status: None in the same cases.
        outcomes: how many findings of each outcome, accepted ones left out; empty when it did not come so far.
        accepted: findings that were accepted.
        past_term: records that are past their term.
        open_values: of the register.
        undecided: fields nobody decided.
        datasets: tables that were looked at.
        records: in them.
        personal: fields with personal data.
        drift: since the run before it.
    """

    number: int
    verb: str
    began: datetime
    today: date
    version: str
    policy: str = ""
    policy_version: str = ""
    policy_sha256: str = ""
    decisions_sha256: str = ""
    seconds: float | None = None
    exit_status: int | None = None
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    accepted: int = 0
    past_term: int = 0
    open_values: int = 0
    undecided: int = 0
    datasets: int = 0
    records: int = 0
    personal: int = 0
    drift: Drifted = Drifted()

    @property
    def judged(self) -> bool:
        """Whether it came as far as findings."""
        return bool(self.outcomes)


@dataclass(frozen=True, slots=True)
class Detail:
    """What stands behind the figures of a run."""

    inputs: tuple[Input, ...] = ()
    files: tuple[ExportFile, ...] = ()
    results: tuple[Result, ...] = ()


def figures_of(found: Found, findings: Findings) -> dict[str, Any]:
    """The figures that a check gives to its run."""
    fields = [one for dataset in found.inventory.datasets for one in dataset.fields]
    register = found.register
    return {
        **named(found.policy),
        "outcomes": findings.counts,
        "accepted": sum(one.accepted is not None for one in findings),
        "past_term": past_term(findings),
        "open_values": len(open_values(register)) if register else 0,
        "undecided": sum(one.verdict == "undecided" for one in fields),
        "datasets": len(found.inventory.datasets),
        "records": sum(one.rows for one in found.inventory.datasets),
        "personal": sum(one.verdict == "found" for one in fields),
    }


def named(policy: Policy | None) -> dict[str, str]:
    """Which register it is."""
    if policy is None:
        return {}
    version = "" if isinstance(policy.version, Open) else str(policy.version)
    return {"policy": policy.header.id, "policy_version": version}


def detail_of(found: Found, findings: Findings, files: tuple[ExportFile, ...]) -> Detail:
    """Inputs and results of a check."""
    inputs = tuple(
        Input(one.source, one.table, one.rows, one.sha256, verdicts["found"], verdicts["undecided"])
        for one in found.inventory.datasets
        for verdicts in [Counter(each.verdict for each in one.fields)]
    )
    results = tuple(
        Result(
            one.id, one.rule, findings.checks.get(one.rule, ""), one.outcome, one.severity, one.dataset, one.field,
            one.purpose, records_of(one), one.accepted is not None,
        )
        for one in findings
    )  # fmt: skip
    return Detail(inputs, files, results)


def files_of(workspace: Workspace) -> tuple[ExportFile, ...]:
    """The files of exports/ as they lie there now; a moment's work, since none is opened."""
    return tuple(_files(workspace))


def _files(workspace: Workspace) -> Iterator[ExportFile]:
    for path, where in workspace.files():
        with suppress(OSError):  # it went away while we looked
            known = where.lstat()
            yield ExportFile(path, known.st_size, known.st_mtime_ns)


def sha256_of(path: Path) -> str:
    """Of a file; "" when there is none, or it cannot be read: who needs it says so."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
