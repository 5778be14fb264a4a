"""The main job: exports walk through every room, and one report tells what was seen.

Each step takes what the last one made. What a step cannot do is told in the report; the other steps are done.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Literal, Unpack

from igmap.anonymisation import (
    DEFAULT_K,
    Plan,
    Release,
    anonymise,
    check_against,
    choose_dataset,
    draft_plan,
    load_plan,
    write_plan,
)
from igmap.anonymisation.draft import Settings as Drafting
from igmap.anonymisation.purposes import permitted
from igmap.control import logged
from igmap.errors import IgmapError, PlanError, ReleaseExistsError, TargetError, WorkspaceError
from igmap.flows import write_record
from igmap.found import Found, find, has_quasi_identifiers
from igmap.inventory import DatasetInventory
from igmap.inventory.kinships import relate
from igmap.policy import Findings, check
from igmap.progress import Step, silent
from igmap.release import Proof, prove, publish
from igmap.release.free_text import Scanned, scanned_release
from igmap.release.publish import check_met
from igmap.remedies import find_remedies
from igmap.stages import write_stage
from igmap.summary import Beside, Released, run_report
from igmap.workspace import Workspace, write_file


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
class Outcome:
    """What one run made.

    Args:
        findings: what the checks say.
        released: the release, or why there is none.
        report: the page.
        exit_status: 1 when the analyst's plan failed, 5 when some input could not be read, else 4, 3 or 0 by the
            findings.
    """

    findings: Findings
    released: Released
    report: Path
    exit_status: int


def run(workspace: Workspace, settings: Settings, *, step: Step = silent) -> Outcome:
    """Discover, relate, check, plan, anonymise, prove, publish, draw and report.

    Args:
        workspace: with its exports; register, decisions and plan are read where they are there.
        settings: language, day, k.
        step: told the name of each step as it begins.

    Raises:
        IgmapError: register or decisions are not sound; nothing was written but that to the log of runs.
    """
    with (
        logged(workspace, "run", today=settings.today) as log,
        find(workspace, today=settings.today, step=step) as found,
    ):
        write_stage(workspace.out / "inventory.json", found.inventory)
        step("locate")
        found.keep_locations()
        step("relate")
        related = relate(found.exports, found.inventory)
        write_stage(workspace.out / "relations.json", related)
        released = _try_release(found, settings)
        step("check")
        findings = check(found.inventory, found.policy, found.decisions, found.exports, today=settings.today)
        findings.write(workspace.out / "findings.json")
        step("draw")
        write_record(found.record, workspace.out / "record", settings.lang, on=settings.today)
        step("report")
        status = IgmapError.exit_status if released.failed else found.exit_status or findings.exit_status
        log.saw(found, findings, status)
        page = run_report(found, findings, released, settings.lang, beside=Beside(related, log.since))
        report = write_file(workspace.out / "report.html", page)
    return Outcome(findings, released, report, status)


def _try_release(found: Found, settings: Settings) -> Released:
    """Anonymise, prove and publish; or why not. Only a plan or k of the analyst's own that fails makes the run fail."""
    written = found.workspace.plan.exists()
    if not written and not any(map(has_quasi_identifiers, found.inventory.datasets)):
        return Released()
    try:
        plan = _planned(found, None, settings.k)
        proof, published = _publish(found, plan, settings.lang)
    except IgmapError as error:
        return Released(refused=str(error), failed=written or settings.k is not None)
    if not written:
        write_plan(found.workspace.plan, plan)
    return Released(proof, published)


def release(
    found: Found, plan_file: Path | None = None, *, k: int | None = None, lang: Literal["nl", "en"] = "nl"
) -> tuple[Proof, Path]:
    """Carry out a plan, prove the result and publish it.

    Args:
        found: the opened workspace.
        plan_file: the plan; by default the workspace's, or a draft when there is none yet.
        k: persons per combination, in place of the plan's.
        lang: of certificate and codebook.

    Raises:
        PlanError: the plan is not sound or does not fit the data.
        HierarchyError: a hierarchy lacks a value.
        TargetError: a threshold is not met; nothing was published.
    """
    return _publish(found, _planned(found, plan_file, k), lang)


@contextmanager
def texts_to_mark(found: Found, plan_file: Path | None = None) -> Iterator[Scanned]:
    """The free text of a plan as it would be released, for somebody to look at; nothing is published.

    Args:
        found: the opened workspace.
        plan_file: the plan; by default the workspace's.

    Raises:
        PlanError: the plan is not sound or does not fit the data.
    """
    made = anonymise(found.exports, _planned(found, plan_file, None), found.workspace.staging)
    try:
        yield scanned_release(found.exports, made)
    finally:
        rmtree(made.folder, ignore_errors=True)


def _planned(found: Found, plan_file: Path | None, k: int | None) -> Plan:
    path = plan_file or found.workspace.plan
    if not plan_file and not path.exists():
        return drafted(found, k=k or DEFAULT_K)
    plan = load_plan(path)
    return check_against(replace(plan, k=k) if k else plan, found.inventory)


def _publish(found: Found, plan: Plan, lang: Literal["nl", "en"]) -> tuple[Proof, Path]:
    """Make, prove and publish a release; under a name with the day where one of its name came from other data."""
    later = (f"{plan.name}-{found.today}{suffix}" for suffix in ("", *(f"-{number}" for number in range(2, 100))))
    for name in (plan.name, *later):
        with _proved(found, replace(plan, name=name), lang) as (made, proof), suppress(ReleaseExistsError):
            return proof, publish(made, proof, found.workspace, today=found.today, lang=lang)
    raise WorkspaceError(f"{plan.name}: a hundred releases of that name exist; choose another name in the plan")


@contextmanager
def _proved(found: Found, plan: Plan, lang: Literal["nl", "en"]) -> Iterator[tuple[Release, Proof]]:
    """A release in staging that meets its thresholds; what does not is refused with the changes that would help."""
    made, proof = None, None
    try:
        try:
            found.step("anonymise")
            made = anonymise(found.exports, plan, found.workspace.staging)
            proof = prove(found.exports, made, step=found.step)
            check_met(proof, lang)
        except TargetError as error:
            if proof and all(name.startswith("free_text") for name in proof.unmet):
                raise  # no other plan would do: somebody has to look at the texts
            told = find_remedies(found.exports, plan, found.workspace.staging, step=found.step)
            raise TargetError("\n".join([str(error), *told.lines(lang)]), told) from None
        yield made, proof
    finally:
        if made:
            rmtree(made.folder, ignore_errors=True)


def drafted(found: Found, source: str = "", table: str = "", **settings: Unpack[Drafting]) -> Plan:
    """A plan for one dataset, by default the most suited one; what may not be there by the checks is left out.

    Args:
        found: the opened workspace.
        source: the dataset's file; "" for the most suited one.
        table: its sheet or table.
        settings: k and what else a draft may be given.

    Raises:
        SourceError: there is no such dataset.
        PlanError: no dataset can be anonymised.
    """
    findings = check(found.inventory, found.policy, found.decisions, today=found.today)
    if not source:
        chosen = _most_suited(found, findings)
        source, table = chosen.source, chosen.table
    given: Drafting = {"policy": found.register, "findings": findings, **settings}
    return draft_plan(found.inventory, found.decisions, exports=found.exports, source=source, table=table, **given)


def _most_suited(found: Found, findings: Findings) -> DatasetInventory:
    """By what may be in it, or, where that leaves nothing, by what is."""
    try:
        return choose_dataset(found.exports, permitted(found.inventory, findings, found.policy), found.decisions)
    except PlanError:
        return choose_dataset(found.exports, found.inventory, found.decisions)
