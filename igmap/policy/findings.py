"""Findings: what the checks say, rule by rule, with the policy's sentence and the law behind each."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from igmap.report import Block, fragment
from igmap.stages import read_stage, write_stage

if TYPE_CHECKING:
    from igmap.policy.accepting import Standing

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
        id: the same from run to run and from month to month, made of rule, series of files, field, purpose and item of
            the register, never of a value.
        rule: its id in the register or the catalogue.
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
        stands: what became of the acceptances in decisions.yaml; not in findings.json either.
    """

    items: tuple[Finding, ...]
    checks: Mapping[str, str] = field(default_factory=dict, compare=False)
    stands: "tuple[Standing, ...]" = field(default=(), compare=False)

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
        """For a page of the report: the counts, and a table of what did not pass, worst first, nothing told twice.

        Args:
            languages: the messages appear in each of them, the headers in the first.
        """
        from igmap.policy.telling import told

        return told(self, *languages)

    def _repr_html_(self) -> str:
        """Counts and findings in Dutch and English, everything escaped by the report."""
        return fragment(self.blocks("nl", "en"), lang="nl")


def read_findings(path: Path) -> Findings:
    """Read back what `Findings.write` wrote, equal."""
    return Findings(read_stage(path, tuple[Finding, ...]))


def finding_id(*parts: str) -> str:
    """The stable id of rule, dataset, field, purpose and item."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def told_apart(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with no id twice: where files of one series are here together, all but the first name the file."""
    taken: set[str] = set()
    apart = []
    for one in findings:
        key, number = one.id, 1
        while key in taken:
            key, number = finding_id(one.id, one.dataset, str(number)), number + 1
        taken.add(key)
        apart.append(one if key == one.id else replace(one, id=key))
    return tuple(apart)
