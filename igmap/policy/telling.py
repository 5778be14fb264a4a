"""The findings as people read them: worst first, and nothing told twice. findings.json keeps every one of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from igmap.policy.evidence import records_of, skeleton_of
from igmap.policy.findings import OUTCOMES, SEVERITIES, Finding, Findings
from igmap.policy.messages import messages, term
from igmap.report import Badge, Badges, Block, Cell, Paragraph, Table, text
from igmap.vocabulary import load_yaml

Language = Literal["nl", "en"]
MOST_LINES = 12  # of a cell, when very many datasets share a finding


@dataclass(frozen=True, slots=True)
class Told:
    """Findings that are one thing to who reads them.

    Args:
        findings: of one rule and outcome, alike but for field or dataset; in order.
        beside: findings of other rules about the same fields, which say the same less badly.
    """

    findings: tuple[Finding, ...]
    beside: tuple[Finding, ...] = ()

    @property
    def first(self) -> Finding:
        """One of them, for what all share."""
        return self.findings[0]

    @property
    def datasets(self) -> tuple[str, ...]:
        """Where they are; empty for the register as a whole."""
        return tuple(dict.fromkeys(one.dataset for one in self.findings if one.dataset))

    @property
    def records(self) -> int:
        """How many records they are about: per dataset those of the largest, since two may be about the same record."""
        largest: dict[str, int] = {}
        for one in self.findings:
            largest[one.dataset] = max(largest.get(one.dataset, 0), records_of(one))
        return sum(largest.values())

    @property
    def rank(self) -> tuple[object, ...]:
        """Where it stands among others: accepted last, then by outcome, severity, records and fields."""
        one = self.first
        worst = OUTCOMES.index(one.outcome), SEVERITIES.index(one.severity)
        return one.accepted is not None, *worst, -self.records, -len(self.findings)

    def lines(self, language: Language) -> tuple[str, ...]:
        """What was found, per field and dataset where these differ; the rest of very many is counted."""
        at: dict[str, list[str]] = defaultdict(list)
        for one in self.findings:
            message = getattr(one.message, language)
            at[f"{one.field}: {message}" if one.field else message].append(one.dataset)
        everywhere = all(len(set(places)) == len(self.datasets) for places in at.values())
        if everywhere or len(self.datasets) < 2:  # noqa: PLR2004 - one place needs no name before each line
            return shortened(tuple(at), language)
        return shortened(tuple(f"{place} – {line}" for line, places in at.items() for place in places), language)


def told_together(findings: Findings, *, passes: bool = False) -> tuple[Told, ...]:
    """What the findings come down to, worst first.

    Fields of one dataset, or purposes of the register, with the same remedy come together; so do datasets in which the
    same is found of the same fields. A field that two rules say should not be there is told by the worse of the two.

    Args:
        findings: of one check.
        passes: whether rules that are kept are told too.
    """
    shown = [one for one in findings if passes or one.outcome != "pass"]
    beside = _told_beside(shown, findings.checks)
    hidden = {one.id for others in beside.values() for one in others}
    rows = _siblings(_fields([one for one in shown if one.id not in hidden]))
    whole = (Told(row, tuple(other for one in row for other in beside.get(one.id, ()))) for row in rows)
    return tuple(sorted(whole, key=lambda one: one.rank))


def _told_beside(findings: Sequence[Finding], checks: Mapping[str, str]) -> dict[str, tuple[Finding, ...]]:
    """By the id of the worst finding about a field, those that say the same of it."""
    presence = set(alike("presence"))
    names = checks or _catalogued()
    about: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for one in findings:
        if one.field and names.get(one.rule) in presence:
            about[one.dataset, one.field, one.outcome, one.accepted is None].append(one)
    order = alike("presence")
    for group in about.values():
        group.sort(key=lambda one: (SEVERITIES.index(one.severity), order.index(names[one.rule])))
    return {worst.id: tuple(others) for worst, *others in about.values() if others}


def _fields(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """Findings of one dataset that differ in their field only; those of the register may differ in their purpose."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for one in findings:
        place = (one.dataset, one.purpose if one.dataset else "")
        groups[one.rule, one.outcome, one.severity, place, one.accepted, one.remedy].append(one)
    return [tuple(group) for group in groups.values()]


def _siblings(rows: Sequence[tuple[Finding, ...]]) -> list[tuple[Finding, ...]]:
    """Rows of several datasets in which the same is said of the same fields."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for row in rows:
        one, said = row[0], frozenset((finding.field, skeleton_of(finding)) for finding in row)
        groups[one.rule, one.outcome, one.severity, one.purpose, one.accepted, one.remedy, said].extend(row)
    return [tuple(group) for group in groups.values()]


def alike(kind: Literal["presence", "past_term"]) -> tuple[str, ...]:
    """The checks of one kind in alike.yaml, in its order."""
    return tuple(load_yaml("igmap.policy", "alike.yaml")[kind])


@cache
def _catalogued() -> dict[str, str]:
    """Checks by the id of their rule, for findings that were read back and whose register may be gone."""
    return {entry["id"]: entry["check"] for entry in load_yaml("igmap.policy", "rules.yaml")}


def asked(findings: Findings, rule: str, language: Language) -> str:
    """A rule with what it asks."""
    return titled_rule(rule, (findings.checks or _catalogued()).get(rule, ""), language)


def titled_rule(rule: str, check: str, language: Language) -> str:
    """A rule with what its check asks; the rule alone when this igmap knows no such check, as in an old log."""
    return f"{rule} – {term(check, language)}" if check in messages() else rule


def past_term(findings: Findings) -> int:
    """How many records are past a term: per dataset those of the largest finding, as one record may be past several."""
    checks, counting = findings.checks or _catalogued(), set(alike("past_term"))
    past = tuple(
        one for one in findings if one.outcome in {"violation", "warning"} and checks.get(one.rule) in counting
    )
    return Told(past).records


def told(findings: Findings, *languages: Language) -> tuple[Block, ...]:
    """The blocks of a page: counts, what did not pass, and what became of acceptances.

    Args:
        findings: of one check.
        languages: the messages appear in each of them, the headers in the first.
    """
    first = languages[0]
    counts = findings.counts.items()
    badges = Badges(tuple(Badge(outcome, term(outcome, first, count), count) for outcome, count in counts))
    heads = tuple(term(head, first) for head in ("rule", "outcome", "place", "finding", "basis", "remedy"))
    rows = told_together(findings)
    whole = sum(len(row.findings) + len(row.beside) for row in rows)
    note = [Paragraph(text("told.rows", first, rows=len(rows), findings=whole))] if whole > len(rows) else []
    table = Table(heads, tuple(_row(row, findings, languages) for row in rows))
    return badges, *(Paragraph(line) for line in _stood(findings, first)), *note, table


def _stood(findings: Findings, language: Language) -> Iterator[str]:
    for one in findings.stands:
        if one.state != "holds":
            yield one.line(language)


def _row(row: Told, findings: Findings, languages: tuple[Language, ...]) -> tuple[Cell, ...]:
    first, one = languages[0], row.first
    purposes = dict.fromkeys(finding.purpose for finding in row.findings if finding.purpose)
    place = shortened((*row.datasets, *purposes), first)
    quoted = (f"{one.policy.section}: “{one.policy.quote}”",) if one.policy.quote else ()
    return (
        (asked(findings, one.rule, first), *shortened(tuple(finding.id for finding in row.findings), first)),
        (Badge(one.outcome, term(one.outcome, first)), *_marks(row, findings, first)),
        place,
        tuple(line for language in languages for line in (*row.lines(language), *_beside(row, findings, language))),
        (*quoted, *one.law),
        tuple(getattr(one.remedy, language) for language in languages),
    )


def _marks(row: Told, findings: Findings, language: Language) -> Iterator[str]:
    """How bad it is, and whether it is or was accepted."""
    one = row.first
    yield text(f"told.{one.severity}", language)
    if one.accepted:
        yield text("told.accepted", language, until=one.accepted.until, by=one.accepted.by)
    ids = {finding.id for finding in row.findings}
    for stand in findings.stands:
        if stand.finding and stand.finding.id in ids and stand.state in {"returned", "ended"}:
            yield text(f"told.was_{stand.state}", language, until=stand.acceptance.until, by=stand.acceptance.by)


def _beside(row: Told, findings: Findings, language: Language) -> Iterator[str]:
    for rule in dict.fromkeys(one.rule for one in row.beside):
        yield text("told.beside", language, rule=asked(findings, rule, language))


def shortened(lines: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The lines, or as many as a cell has room for and how many more there are."""
    if len(lines) <= MOST_LINES:
        return lines
    return *lines[: MOST_LINES - 1], text("told.more", language, count=len(lines) - MOST_LINES + 1)
