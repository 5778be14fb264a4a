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
TESTED = {"test", "consent"}  # what a person has to do before data are used further


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


class Edition(NamedTuple):
    """A version with the days on which it is in force; None where that is open."""

    place: str
    version: str | None
    since: date | None
    until: date | None = None


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
        yield Draft(
            case.rule.effect if violated else case.rule.when_open, "violated" if violated else "open", figures=figures
        )


def older_data_reassessed_after_widening(case: Case) -> Iterator[Draft]:
    """R52: data of an earlier version, used for a purpose that became looser since, were assessed again."""
    beside = _beside(case)
    if beside is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    current = beside.policy.header.version
    older = [(d, b) for d, _, b in case.bound() if b.collected_under is None or b.collected_under != current]
    needs = [(dataset, binding.collected_under, _affected(beside, binding)) for dataset, binding in older]
    for dataset, under, one in needs:
        told = partial(Draft, dataset=dataset, item="collected_under")
        if under is not None and one is None:
            yield told(case.rule.when_open, "unknown_version", figures={"version": under})
        elif under is not None and one and one.needs[0] in TESTED:
            yield told(case.rule.effect, "looser", figures={"version": under, "why": _joined(one)})
    unrecorded = sum(under is None and one is not None and one.if_older[0] in TESTED for _, under, one in needs)
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
    undated = tuple(one.place for one in editions if one.since is None)
    if undated and len(editions) > 1:
        yield Draft(case.rule.when_open, "undated", figures={"files": undated})
    for one, other in combinations(editions, 2):
        words = _clash(one, other)
        if words:
            figures = {"file": one.place, "other": other.place, "version": one.version or "", "on": one.since}
            figures |= {"its_day": other.since, "until": one.until or other.until or ""}
            yield Draft(case.rule.effect, words, item=f"{one.place}|{other.place}", figures=figures)
    yield from _not_in_force(case, editions)


def _clash(one: Edition, other: Edition) -> str:
    """How two versions cannot both be as they say; "" when they can."""
    if one.since is None or other.since is None:
        return ""
    if one.version == other.version is not None:
        return "two_days" if one.since != other.since else ""
    if one.since == other.since:
        return "same_day" if one.version != other.version else ""
    former, latter = sorted((one, other), key=lambda edition: edition.since or date.min)
    return "overlap" if former.until and latter.since and former.until >= latter.since else ""


def _not_in_force(case: Case, editions: list[Edition]) -> Iterator[Draft]:
    """That policy.yaml was followed by another register, or is not in force yet."""
    current, *others = editions
    in_force = [(one.since, one.place) for one in others if one.since and one.since <= case.today]
    if current.since is None or not in_force:
        return
    latest, file = max(in_force)
    figures = {"file": file, "on": current.since, "its_day": latest}
    if current.since > case.today:
        yield Draft(case.rule.when_open, "not_yet", item="not_yet", figures=figures)
    elif latest > current.since:
        yield Draft(case.rule.effect, "followed", item="followed", figures=figures)


def _editions(beside: Beside) -> Iterator[Edition]:
    """Every version that a file or the history tells of; one that both tell of by its file."""
    for file, policy in beside.registers:
        yield Edition(file, _said(policy.header.version), _said(policy.header.effective_from))
    known = {_said(policy.header.version) for _, policy in beside.registers}
    for one in beside.policy.header.history:
        version = _said(one.version)
        if version is None or version not in known:
            until = _said(one.effective_until)
            yield Edition(f"{REGISTER}: history: {version or '?'}", version, _said(one.effective_from), until)


def _said(value: Any) -> Any:
    return None if isinstance(value, Open) else value


def _beside(case: Case) -> Beside | None:
    """The registers of the workspace as they were published; None while no workspace is open."""
    workspace = case.exports.workspace if case.exports else None
    if workspace is None or not workspace.policy.exists():
        return None
    return Beside(load_policy(workspace.policy), kept_registers(workspace))


def _history_without_registers(case: Case) -> Iterator[Draft]:
    versions = tuple(str(_said(one.version) or "?") for one in case.register.header.history)
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
