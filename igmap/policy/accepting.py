"""Findings that the organisation lives with: who said so, until when, and which of them come back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from igmap.errors import DecisionError, nearest
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.decisions import Acceptance, Decisions
from igmap.policy.evidence import evidence_of, named_finding
from igmap.policy.findings import Accepted, Finding, Findings, Language
from igmap.report import Badge, Cell, Table, text
from igmap.workspace import Workspace

State = Literal["holds", "returned", "ended", "gone"]
MOST_YEARS = 5  # further away is another way of writing: for ever
YEAR = timedelta(days=366)
_BADGES: dict[State, Literal["pass", "violation", "warning", "open", "note"]] = {
    "holds": "note",
    "returned": "warning",
    "ended": "warning",
    "gone": "pass",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of an acceptance.

    Args:
        state: holds; returned, because what the finding rests on changed; ended by its date; or gone, with its finding.
        acceptance: as decisions.yaml has it.
        finding: that it is about; None when it is gone or passes.
    """

    state: State
    acceptance: Acceptance
    finding: Finding | None = None

    def line(self, lang: str) -> str:
        """What became of it, in a sentence."""
        name, was = named_finding(self.acceptance.finding)
        said = {"finding": name, "until": self.acceptance.until, "by": self.acceptance.by}
        now = evidence_of(self.finding) if self.finding else ""
        return text(f"accept.{self.state}", lang, **said, reason=self.acceptance.reason, was=was or "", now=now)

    def ends_within(self, days: int, today: date) -> bool:
        """Whether it still holds, and not for long."""
        return self.state == "holds" and self.acceptance.until <= today + timedelta(days=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person says who accepts findings.

    Args:
        by: who.
        why: on what ground.
        until: the last day it holds.
        on: the day it is said.
        whatever: also when what a finding rests on gets worse.
    """

    by: str
    why: str
    until: date
    on: date
    whatever: bool = False


def standings(findings: Findings, decisions: Decisions, today: date) -> tuple[Standing, ...]:
    """What became of every acceptance, in their order; one that was given anew hides those before it."""
    current = {finding.id: finding for finding in findings if finding.outcome != "pass"}
    latest: dict[str, Standing] = {}
    for acceptance in sorted(decisions.accepted, key=lambda one: one.on):
        name, _ = named_finding(acceptance.finding)
        one = _standing(acceptance, current.get(name), today)
        before = latest.get(name)
        latest[name] = before if before and before.state == "holds" != one.state else one
    return tuple(one for one in map(latest.get, _names(decisions)) if one)


def _names(decisions: Decisions) -> Iterable[str]:
    return dict.fromkeys(named_finding(one.finding)[0] for one in decisions.accepted)


def _standing(acceptance: Acceptance, finding: Finding | None, today: date) -> Standing:
    if finding is None:
        return Standing("gone", acceptance)
    if acceptance.until < today:
        return Standing("ended", acceptance, finding)
    evidence = named_finding(acceptance.finding)[1]
    state: State = "holds" if evidence is None or evidence.covers(evidence_of(finding)) else "returned"
    return Standing(state, acceptance, finding)


def with_acceptances(findings: Findings, decisions: Decisions, today: date) -> Findings:
    """The findings, each with the acceptance that holds for it, and what became of the other acceptances."""
    stands = standings(findings, decisions, today)
    holding = {one.finding.id: one.acceptance for one in stands if one.finding and one.state == "holds"}
    items = tuple(_taken(finding, holding.get(finding.id)) for finding in findings)
    return replace(findings, items=items, stands=stands)


def _taken(finding: Finding, acceptance: Acceptance | None) -> Finding:
    accepted = Accepted(acceptance.by, acceptance.reason, acceptance.until) if acceptance else None
    return finding if finding.accepted == accepted else replace(finding, accepted=accepted)


def acceptances(findings: Findings, ids: Iterable[str], consent: Consent) -> tuple[Acceptance, ...]:
    """What a person accepts, as entries for decisions.yaml.

    Args:
        findings: of the last check.
        ids: of findings among them.
        consent: who accepts them, why and until when.

    Raises:
        DecisionError: a finding is unknown, with the nearest, or passes; or nobody, no reason, or no such day is given.
    """
    _refuse(consent)
    return tuple(_entries(findings, ids, consent))


def accept_findings(
    workspace: Workspace, findings: Findings, ids: Iterable[str], consent: Consent
) -> tuple[Acceptance, ...]:
    """Write acceptances into decisions.yaml, where the rest stays as it was written.

    Raises:
        DecisionError: as `acceptances`; or decisions.yaml was changed in the meantime.
    """
    written = acceptances(findings, ids, consent)
    open_ledger(workspace.decisions).with_added(written)
    return written


def standing_table(stands: Iterable[Standing], lang: Language) -> Table:
    """What became of acceptances, as a table."""
    heads = tuple(text(f"accept.{key}", lang) for key in ("finding", "state", "until", "by", "why", "what"))
    return Table(heads, tuple(_row(one, lang) for one in stands), text("accept.caption", lang))


def _row(one: Standing, lang: Language) -> tuple[Cell, ...]:
    what: tuple[str, ...] = ()
    if one.finding:
        place = " / ".join(part for part in (one.finding.rule, one.finding.dataset, one.finding.field) if part)
        what = (place, getattr(one.finding.message, lang))
    state = Badge(_BADGES[one.state], text(f"accept.state_{one.state}", lang))
    name, _ = named_finding(one.acceptance.finding)
    return name, state, text("told.day", lang, day=one.acceptance.until), one.acceptance.by, one.acceptance.reason, what


def _entries(findings: Findings, ids: Iterable[str], consent: Consent) -> Iterator[Acceptance]:
    known = {finding.id: finding for finding in findings}
    for name in ids:
        finding = known.get(named_finding(name)[0])
        if finding is None:
            raise DecisionError(f"out/findings.json has no finding {name!r}{nearest(name, known)}")
        if finding.outcome == "pass":
            raise DecisionError(f"finding {finding.id} passes: there is nothing to accept")
        yield Acceptance(
            finding=finding.id if consent.whatever else f"{finding.id}-{evidence_of(finding)}",
            reason=consent.why.strip(),
            until=consent.until,
            by=consent.by.strip(),
            on=consent.on,
            why=consent.why.strip(),
        )


def _refuse(consent: Consent) -> None:
    for name in ("by", "why"):
        if not getattr(consent, name).strip():
            raise DecisionError(f"an acceptance says by whom and why: fill in --{name}")
    if consent.until < consent.on:
        raise DecisionError(f"--until {consent.until} is past: choose a day from {consent.on} on")
    if consent.until > consent.on + MOST_YEARS * YEAR:
        raise DecisionError(f"--until {consent.until} is as good as for ever: choose a day within {MOST_YEARS} years")
