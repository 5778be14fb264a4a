"""The main job: exports walk through every room, and one report tells what was seen.

Each step takes what the last one made. What a step cannot do is told in the report; the other steps are done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Literal

from igmap.anonymise import DEFAULT_K, Plan, anonymise, choose_dataset, draft_plan, load_plan, write_plan
from igmap.errors import IgmapError, SourceError
from igmap.flows import FlowMap, Record, article_30, map_flows, write_record
from igmap.inventory import DatasetInventory, Decisions, Inventory, discover, load_decisions
from igmap.policy import Findings, Policy, answered, check, load_policy
from igmap.release import Proof, prove, publish
from igmap.sources import Exports, open_exports
from igmap.stages import write_stage
from igmap.summary import run_report
from igmap.workspace import Workspace, write_file

Step = Callable[[str], None]
EMPTY = {"empty file", "empty sheet"}


def silent(_: str) -> None:
    """A step that nobody is told of."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between two runs over the same exports.

    Args:
        lang: of report, record, pictures and certificate.
        today: the day against which ages and terms are reckoned.
        k: persons per combination, for a plan that is drafted; None takes the draft's own.
    """

    today: date
    lang: Literal["nl", "en"] = "nl"
    k: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An opened workspace with what was found in it, while its exports are open.

    Args:
        workspace: where it lies.
        exports: its tables.
        inventory: what was found.
        policy: the register as published; None when the workspace has none.
        decisions: of a person.
        today: the day everything is reckoned to.
    """

    workspace: Workspace
    exports: Exports
    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    today: date

    @property
    def exit_status(self) -> int:
        """5 when some input could not be read, else 0."""
        return SourceError.exit_status if unreadable(self.inventory) else 0

    @property
    def register(self) -> Policy | None:
        """The register with the answers a person gave to its open values."""
        return answered(self.policy, self.decisions) if self.policy else None

    @property
    def flows(self) -> FlowMap:
        """Datasets, categories, purposes, recipients."""
        return map_flows(self.inventory, self.register, self.decisions)

    @property
    def record(self) -> Record:
        """The record of GDPR Article 30."""
        return article_30(self.inventory, self.register, self.decisions)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run made of what it found.

    Args:
        findings: what the checks say.
        proof: of the release; None when none could be made.
        published: the release's folder; None when it was not published.
        refused: why there is no published release; "" when there is one, or no dataset that suits.
        report: the page.
        exit_status: 1 when a release was refused, 5 when some input could not be read, else 4, 3 or 0 by the findings.
    """

    findings: Findings
    proof: Proof | None
    published: Path | None
    refused: str
    report: Path
    exit_status: int


@contextmanager
def find(workspace: Workspace, *, today: date, step: Step = silent) -> Iterator[Found]:
    """Open a workspace and discover what is in it; the staged copies go when the block ends.

    Raises:
        PolicyError: the register is not sound.
        DecisionError: the decisions are not sound, or do not fit the register.
    """
    policy = load_policy(workspace.policy) if workspace.policy.exists() else None
    decisions = load_decisions(workspace.decisions)
    step("open")
    with open_exports(workspace) as exports:
        step("discover")
        yield Found(workspace, exports, discover(exports, decisions, today=today), policy, decisions, today)


def run(workspace: Workspace, settings: Settings, *, step: Step = silent) -> Outcome:
    """Discover, check, plan, anonymise, prove, publish, draw and report.

    Args:
        workspace: with its exports; register, decisions and plan are read where they are there.
        settings: language, day, k.
        step: told the name of each step as it begins.

    Raises:
        IgmapError: register or decisions are not sound; nothing was written.
    """
    with find(workspace, today=settings.today, step=step) as found:
        write_stage(workspace.out / "inventory.json", found.inventory)
        step("anonymise")
        proof, published, refused = _try_release(found, settings)
        step("check")
        findings = check(found.inventory, found.policy, found.decisions, found.exports, today=settings.today)
        findings.write(workspace.out / "findings.json")
        step("draw")
        write_record(found.record, workspace.out / "record", settings.lang, on=settings.today)
        status = IgmapError.exit_status if refused else found.exit_status or findings.exit_status
        outcome = Outcome(findings, proof, published, refused, workspace.out / "report.html", status)
        step("report")
        write_file(outcome.report, run_report(found, outcome, settings.lang))
    return outcome


def _try_release(found: Found, settings: Settings) -> tuple[Proof | None, Path | None, str]:
    """Anonymise, prove and publish; or why not. A folder without quasi-identifiers has nothing to release."""
    if not found.workspace.plan.exists() and not any(map(has_quasi_identifiers, found.inventory.datasets)):
        return None, None, ""
    try:
        proof, published = release(found, k=settings.k, lang=settings.lang)
    except IgmapError as error:
        return None, None, str(error)
    return proof, published, ""


def release(
    found: Found, plan_file: Path | None = None, *, k: int | None = None, lang: Literal["nl", "en"] = "nl"
) -> tuple[Proof, Path]:
    """Carry out a plan, prove the result and publish it.

    Args:
        found: the opened workspace.
        plan_file: the plan; by default the workspace's, which is drafted when there is none yet.
        k: persons per combination, in place of the plan's.
        lang: of certificate and codebook.

    Raises:
        PlanError: the plan is not sound or does not fit the data.
        HierarchyError: a hierarchy lacks a value.
        TargetError: a threshold is not met; nothing was published.
    """
    path = plan_file or found.workspace.plan
    if not plan_file and not path.exists():
        write_plan(path, drafted(found, k=k))
    plan = load_plan(path)
    made = anonymise(found.exports, replace(plan, k=k) if k else plan, found.workspace.private / "staging")
    try:
        proof = prove(found.exports, made)
        return proof, publish(made, proof, found.workspace, today=found.today, lang=lang)
    finally:
        rmtree(made.folder, ignore_errors=True)


def drafted(found: Found, source: str = "", table: str = "", *, k: int | None = None) -> Plan:
    """A plan for one dataset, by default the most suited one.

    Raises:
        SourceError: there is no such dataset.
        PlanError: no dataset can be anonymised.
    """
    if not source:
        chosen = choose_dataset(found.exports, found.inventory, found.decisions)
        source, table = chosen.source, chosen.table
    return draft_plan(
        found.inventory, found.decisions, exports=found.exports, source=source, table=table, k=k or DEFAULT_K
    )


def has_quasi_identifiers(dataset: DatasetInventory) -> bool:
    """Whether it holds anything to generalise."""
    return any(field.identifiability == "quasi" for field in dataset.fields)


def unreadable(inventory: Inventory) -> int:
    """How many exports could not be read: no field came out, and they are not empty."""
    return sum(not d.fields and any(p.problem not in EMPTY for p in d.problems) for d in inventory.datasets)
