"""Findings: what the checks say, rule by rule, with the policy's sentence and the law behind each."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from igmap.policy.messages import term
from igmap.report import Badge, Badges, Block, Cell, Table, fragment
from igmap.stages import read_stage, write_stage

Language = Literal["nl", "en"]
Outcome = Literal["pass", "violation", "warning", "open"]
Severity = Literal["low", "medium", "high"]
OUTCOMES: tuple[Outcome, ...] = ("violation", "open", "warning", "pass")
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
VIOLATED, LEFT_OPEN = 4, 3


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Dutch and English."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence of the policy a finding rests on; both empty when the policy says nothing."""

    section: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """That the organisation lives with a finding: who said so, why, until when."""

    by: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check says.

    Args:
        id: the same from run to run, made of rule, dataset, field, purpose and item of the register, never of a value.
        rule: R1 … R15.
        outcome: pass, violation, warning, or open when the data or the register do not allow a judgement.
        severity: how much the rule matters to the organisation.
        dataset: its source, with the table after a `#`; "" for the register as a whole.
        field: its name as the inventory shows it, or "".
        purpose: its id, or "".
        message: what was found, with figures.
        policy: the sentence behind it.
        law: the articles behind it.
        remedy: what to do.
        accepted: set while the organisation accepts it.
    """

    id: str
    rule: str
    outcome: Outcome
    severity: Severity
    dataset: str
    field: str
    purpose: str
    message: Words
    policy: Quote
    law: tuple[str, ...]
    remedy: Words
    accepted: Accepted | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of one check, in the order of the rules.

    Args:
        items: the findings.
        checks: what each rule asks, by its name in the register; not in findings.json, so empty when read back.
    """

    items: tuple[Finding, ...]
    checks: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __iter__(self) -> Iterator[Finding]:
        """One finding after the other."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.items)

    def of(self, rule: str) -> tuple[Finding, ...]:
        """The findings of one rule."""
        return tuple(finding for finding in self.items if finding.rule == rule)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many of each outcome, accepted findings left out."""
        counted = Counter(finding.outcome for finding in self.items if finding.accepted is None)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def exit_status(self) -> int:
        """What the command line returns: 4 violated, 3 open, 0 neither; accepted findings do not count."""
        counts = self.counts
        return VIOLATED if counts["violation"] else LEFT_OPEN if counts["open"] else 0

    def write(self, path: Path) -> Path:
        """Write findings.json: the bare list of findings."""
        return write_stage(path, self.items, tuple[Finding, ...])

    def __repr__(self) -> str:
        """Counts only."""
        return f"Findings({', '.join(f'{count} {outcome}' for outcome, count in self.counts.items())})"

    def blocks(self, *languages: Language) -> tuple[Block, ...]:
        """For a page of the report: the counts, and a table of what did not pass, worst first.

        Args:
            languages: the messages appear in each of them, the headers in the first.
        """
        first = languages[0]
        badges = tuple(Badge(outcome, term(outcome, first), count) for outcome, count in self.counts.items())
        failed = [finding for finding in self.items if finding.outcome != "pass"]
        failed.sort(key=lambda f: (OUTCOMES.index(f.outcome), SEVERITIES.index(f.severity)))
        heads = tuple(term(head, first) for head in ("rule", "outcome", "place", "finding", "basis", "remedy"))
        return Badges(badges), Table(heads, tuple(self._row(group, languages) for group in _alike(failed)))

    def _row(self, alike: Sequence[Finding], languages: tuple[Language, ...]) -> tuple[Cell, ...]:
        """One row for findings that differ in their field only: each field with what was found."""
        one = alike[0]
        place = tuple(part for part in (one.dataset, one.purpose) if part)
        quoted = (f"{one.policy.section}: “{one.policy.quote}”",) if one.policy.quote else ()
        accepted = (f"{term('accepted', languages[0])} {one.accepted.until.isoformat()}",) if one.accepted else ()
        outcome = (Badge(one.outcome, term(one.outcome, languages[0])), *accepted)
        message = tuple(_of_field(finding, lang) for lang in languages for finding in alike)
        return (
            f"{one.rule} – {term(self.checks[one.rule], languages[0])}" if one.rule in self.checks else one.rule,
            outcome,
            place,
            message,
            (*quoted, *one.law),
            tuple(getattr(one.remedy, lang) for lang in languages),
        )

    def _repr_html_(self) -> str:
        """Counts and findings in Dutch and English, everything escaped by the report."""
        return fragment(self.blocks("nl", "en"), lang="nl")


def read_findings(path: Path) -> Findings:
    """Read back what `Findings.write` wrote, equal."""
    return Findings(read_stage(path, tuple[Finding, ...]))


def finding_id(*parts: str) -> str:
    """The stable id of rule, dataset, field, purpose and item."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _alike(findings: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    """The findings in groups that differ in their field only, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for one in findings:
        groups[one.rule, one.outcome, one.dataset, one.purpose, one.accepted, one.remedy].append(one)
    yield from groups.values()


def _of_field(finding: Finding, language: Language) -> str:
    message = getattr(finding.message, language)
    return f"{finding.field}: {message}" if finding.field else str(message)
