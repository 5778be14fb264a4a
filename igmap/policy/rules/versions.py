"""Versions of the register: changed under a number of its own, looser only when announced, reviewed, one in force."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.rules.periods import later
from igmap.policy.values import Open
from igmap.policy.versions import Affected, Beside, affected, announcement, beside

REVIEW_EVERY = "P1Y"
TESTED = {"test", "consent"}  # what a person has to do before data are used further


class Edition(NamedTuple):
    """A register with its version and the day it took effect; None where that is open."""

    file: str
    version: str | None
    since: date | None


def register_change_has_own_version(case: Case) -> Iterator[Draft]:
    """R50: no kept register has the version of policy.yaml and another content."""
    held = beside(case.exports.workspace if case.exports else None)
    if held is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    for one in held.kept:
        if one.policy is None:
            yield Draft(case.rule.when_open, "unreadable", item=one.file, figures={"file": one.file})
    before, version = held.before(), held.policy.header.version
    if not held.kept:
        yield Draft(case.rule.when_open, "nothing_kept")
    elif before is not None:
        file, old = before
        figures = {"file": file, "points": len(held.since(file).changes), "version": version}
        if isinstance(version, Open):
            yield Draft(case.rule.when_open, "no_version", item="version", figures=figures)
        elif old.header.version == version:
            yield Draft(case.rule.effect, "same_version", item="version", figures=figures)


def widening_announced_in_time(case: Case) -> Iterator[Draft]:
    """R51: what became looser since the version before was announced, by the notice that version promised."""
    held = beside(case.exports.workspace if case.exports else None)
    if held is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    before = held.before()
    if before is None:
        yield from _history_without_registers(case)
        return
    file, old = before
    looser = len(held.since(file).of("widened"))
    told = announcement(old, held.policy)
    if looser and told.outcome != "pass":
        violated = told.outcome == "violation"
        figures = {"points": looser, "file": file, "sentence": told.sentence}
        yield Draft(
            case.rule.effect if violated else case.rule.when_open, "violated" if violated else "open", figures=figures
        )


def older_data_reassessed_after_widening(case: Case) -> Iterator[Draft]:
    """R52: data of an earlier version, used for a purpose that became looser since, were assessed again."""
    held = beside(case.exports.workspace if case.exports else None)
    if held is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    current = held.policy.header.version
    older = [(d, b) for d, _, b in case.bound() if b.collected_under is None or b.collected_under != current]
    needs = [(dataset, binding.collected_under, _affected(held, binding, case)) for dataset, binding in older]
    for dataset, under, one in needs:
        told = partial(Draft, dataset=dataset, item="collected_under")
        if under is not None and one is None:
            yield told(case.rule.when_open, "unknown_version", figures={"version": under})
        elif under is not None and one and one.needs[0] in TESTED:
            yield told(case.rule.effect, "looser", figures={"version": under, "why": _joined(one)})
    unrecorded = sum(under is None and one is not None and one.if_older[0] in TESTED for _, under, one in needs)
    if unrecorded:
        yield Draft(case.rule.when_open, "unrecorded", item="collected_under", figures={"datasets": unrecorded})


def _affected(held: Beside, binding: DatasetBinding, case: Case) -> Affected | None:
    """What a binding needs, compared with the version it was collected under, or else the one before."""
    named = [one for one in held.registers[1:] if one[1].header.version == binding.collected_under]
    before = held.before() if binding.collected_under is None else named[-1] if named else None
    if before is None:
        return None
    alone = Decisions(datasets=(binding,), assessments=case.decisions.assessments)
    return affected(held.since(before[0]), before[1], held.policy, alone)[0]


def _joined(one: Affected) -> Words:
    """Why a person has to do something before the data are used further."""
    asked = [reason.sentence for reason in one.reasons if reason.need in TESTED]
    return Words(*(" ".join(getattr(words, lang) for words in asked) for lang in ("nl", "en")))


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
    """R54: of the registers in files one is in force on any day, and it is policy.yaml; R62 judges its history."""
    held = beside(case.exports.workspace if case.exports else None)
    if held is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    editions = [Edition(f, _said(p.header.version), _said(p.header.effective_from)) for f, p in held.registers]
    undated = tuple(one.file for one in editions if one.since is None)
    if undated and len(editions) > 1:
        yield Draft(case.rule.when_open, "undated", figures={"files": undated})
    for one, other in combinations([edition for edition in editions if edition.since], 2):
        figures = {
            "file": one.file,
            "other": other.file,
            "version": one.version,
            "on": one.since,
            "its_day": other.since,
        }
        told = partial(Draft, case.rule.effect, item=f"{one.file}|{other.file}", figures=figures)
        if one.since == other.since and one.version != other.version:
            yield told("same_day")
        elif one.since != other.since and one.version == other.version is not None:
            yield told("two_days")
    yield from _not_in_force(case, editions)


def _not_in_force(case: Case, editions: list[Edition]) -> Iterator[Draft]:
    """That policy.yaml was followed by another register, or is not in force yet."""
    current, *others = editions
    in_force = [(one.since, one.file) for one in others if one.since and one.since <= case.today]
    if current.since is None or not in_force:
        return
    latest, file = max(in_force)
    figures = {"file": file, "on": current.since, "its_day": latest}
    if current.since > case.today:
        yield Draft(case.rule.when_open, "not_yet", item="not_yet", figures=figures)
    elif latest > current.since:
        yield Draft(case.rule.effect, "followed", item="followed", figures=figures)


def _said(value: Any) -> Any:
    return None if isinstance(value, Open) else value


def _history_without_registers(case: Case) -> Iterator[Draft]:
    versions = tuple(str(_said(one.version) or "?") for one in case.register.header.history)
    if versions:
        yield Draft(case.rule.when_open, "history", item="policy.history", figures={"versions": versions})
