"""Versions of the register: changed under a number of its own, looser only when announced, reviewed, one in force."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.reading import load_policy
from igmap.policy.register import Policy
from igmap.policy.rules.periods import later
from igmap.policy.values import Open
from igmap.policy.versions import Affected, Kept, affected, announcement, diff, kept_registers, predecessor

REGISTER = "policy.yaml"
REVIEW_EVERY = "P1Y"


class Beside(NamedTuple):
    """The register as it was published, without answers, and the earlier ones in files beside it."""

    policy: Policy
    kept: tuple[Kept, ...]

    @property
    def registers(self) -> list[tuple[str, Policy]]:
        """All that can be read, with their files."""
        return [(REGISTER, self.policy), *((one.file, one.policy) for one in self.kept if one.policy)]

    def before(self) -> tuple[str, Policy] | None:
        """What the register is to be compared with: another content under its own version, or else its predecessor."""
        version = self.policy.header.version
        rewritten = [one for one in self.registers[1:] if one[1].header.version == version and one[1] != self.policy]
        if rewritten and isinstance(version, str):
            return rewritten[-1]
        found = predecessor(self.policy, self.kept)
        return (found.file, found.policy) if found and found.policy else None


def register_change_has_own_version(case: Case) -> Iterator[Draft]:
    """R50: no kept register has the version of policy.yaml and another content."""
    beside = _beside(case)
    if beside is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    for one in beside.kept:
        if one.policy is None:
            yield Draft(case.rule.when_open, "unreadable", item=one.file, figures={"file": one.file})
    before, version = beside.before(), beside.policy.header.version
    if not beside.kept:
        yield Draft(case.rule.when_open, "nothing_kept")
    elif before is not None:
        file, old = before
        figures = {"file": file, "points": len(diff(old, beside.policy).changes), "version": version}
        if isinstance(version, Open):
            yield Draft(case.rule.when_open, "no_version", item="version", figures=figures)
        elif old.header.version == version:
            yield Draft(case.rule.effect, "same_version", item="version", figures=figures)


def widening_announced_in_time(case: Case) -> Iterator[Draft]:
    """R51: what became looser since the version before was announced, by the notice that version promised."""
    beside = _beside(case)
    if beside is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    before = beside.before()
    if before is None:
        yield from _history_without_registers(case)
        return
    file, old = before
    looser = len(diff(old, beside.policy).of("widened"))
    told = announcement(old, beside.policy)
    if looser and told.outcome != "pass":
        violated = told.outcome == "violation"
        figures = {"points": looser, "file": file, "sentence": told.sentence}
        yield Draft(case.rule.effect if violated else case.rule.when_open, "violated" if violated else "open", figures=figures)


def older_data_reassessed_after_widening(case: Case) -> Iterator[Draft]:
    """R52: data of an earlier version, used for a purpose that became looser since, were assessed again."""
    beside = _beside(case)
    if beside is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    unrecorded = 0
    for dataset, _, binding in case.bound():
        under = binding.collected_under
        if under is not None and under == beside.policy.header.version:
            continue
        one = _affected(beside, binding)
        if one is None:
            if under is not None:
                yield Draft(case.rule.when_open, "unknown_version", dataset, figures={"version": under})
        elif under is None:
            unrecorded += one.needs == ("open",)
        elif one.needs[0] in {"test", "consent"}:
            figures = {"version": under, "why": _joined(one)}
            yield Draft(case.rule.effect, "looser", dataset, item="collected_under", figures=figures)
    if unrecorded:
        yield Draft(case.rule.when_open, "unrecorded", item="collected_under", figures={"datasets": unrecorded})


def register_under_review(case: Case) -> Iterator[Draft]:
    """R53: the policy was reviewed within a year."""
    review = case.register.review
    if review is None:
        yield Draft(case.rule.when_open, "unsaid")
        return
    told = partial(Draft, item="review.last_review", source=review.source)
    if isinstance(review.last_review, Open):
        yield told(case.rule.when_open, "open")
    elif review.last_review > case.today:
        yield told(case.rule.when_open, "future", figures={"on": review.last_review})
    elif later(review.last_review, REVIEW_EVERY) < case.today:
        yield told(case.rule.effect, "overdue", figures={"on": review.last_review})


def one_register_in_force(case: Case) -> Iterator[Draft]:
    """R54: of all versions that are known, one is in force on any day, and it is the one in policy.yaml."""
    beside = _beside(case)
    if beside is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    editions = [*_editions(beside)]
    undated = [file for file, _, effective in editions if effective is None]
    if undated and len(editions) > 1:
        yield Draft(case.rule.when_open, "undated", figures={"files": tuple(undated)})
    for (file, version, on), (other, its_version, its_day) in combinations(editions, 2):
        if None in (on, its_day):
            continue
        figures = {"file": file, "other": other, "on": on, "its_day": its_day, "version": version or ""}
        if on == its_day and version != its_version:
            yield Draft(case.rule.effect, "same_day", item=f"{file}|{other}", figures=figures)
        elif on != its_day and version == its_version is not None:
            yield Draft(case.rule.effect, "two_days", item=f"{file}|{other}", figures=figures)
    yield from _not_in_force(case, editions)


def _not_in_force(case: Case, editions: list[tuple[str, str | None, date | None]]) -> Iterator[Draft]:
    """That policy.yaml was followed by another register, or is not in force yet."""
    (_, _, on), *others = editions
    in_force = [(its_day, file) for file, _, its_day in others if its_day and its_day <= case.today]
    if on is None or not in_force:
        return
    latest, file = max(in_force)
    figures = {"file": file, "on": on, "its_day": latest}
    if on > case.today:
        yield Draft(case.rule.when_open, "not_yet", item="not_yet", figures=figures)
    elif latest > on:
        yield Draft(case.rule.effect, "followed", item="followed", figures=figures)


def _editions(beside: Beside) -> Iterator[tuple[str, str | None, date | None]]:
    """Every version that a file or the history tells of: where, its version, and the day it took effect."""
    for file, policy in beside.registers:
        yield file, _said(policy.header.version), _said(policy.header.effective_from)
    known = {policy.header.version for _, policy in beside.registers}
    for one in beside.policy.header.history:
        if one.version not in known:
            yield f"{REGISTER}: history: {one.version}", one.version, _said(one.effective_from)


def _said(value: Any) -> Any:
    return None if isinstance(value, Open) else value


def _beside(case: Case) -> Beside | None:
    """The registers of the workspace as they were published; None while no workspace is open."""
    workspace = case.exports.workspace if case.exports else None
    if workspace is None or not workspace.policy.exists():
        return None
    return Beside(load_policy(workspace.policy), kept_registers(workspace))


def _history_without_registers(case: Case) -> Iterator[Draft]:
    versions = tuple(one.version for one in case.register.header.history)
    if versions:
        yield Draft(case.rule.when_open, "history", item="policy.history", figures={"versions": versions})


def _affected(beside: Beside, binding: DatasetBinding) -> Affected | None:
    """What a binding needs, compared with the version it was collected under, or else the one before."""
    named = [one for one in beside.registers[1:] if one[1].header.version == binding.collected_under]
    before = beside.before() if binding.collected_under is None else named[-1] if named else None
    if before is None:
        return None
    return affected(diff(before[1], beside.policy), before[1], beside.policy, Decisions(datasets=(binding,)))[0]


def _joined(one: Affected) -> Words:
    return Words(*(" ".join(getattr(reason, lang) for reason in one.reasons) for lang in ("nl", "en")))
