"""The check: every rule of the register held against what was found, what was decided, and the law."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from igmap.inventory.deciding.series import series_of
from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from igmap.policy.accepting import with_acceptances
from igmap.policy.case import Case, Draft
from igmap.policy.catalogue import catalogue, rules_of
from igmap.policy.findings import Finding, Findings, Quote, Words, finding_id, told_apart
from igmap.policy.held import held_together
from igmap.policy.named import refuse_unknown_fields, registered
from igmap.policy.register import Policy
from igmap.policy.words import words
from igmap.sources.exports import Exports


def check(
    inventory: Inventory, policy: Policy | None, decisions: Decisions, exports: Exports | None = None, *, today: date
) -> Findings:
    """Hold the inventory against the register and the law.

    Args:
        inventory: what was found.
        policy: the register; without one, the rules of law that need none are evaluated and the others are open.
        decisions: what a person confirmed; answers to open values are filled into the register first.
        exports: the tables, for ages and cookies; without them those rules are open.
        today: the day ages and acceptances are counted to.

    Returns:
        The findings; a rule that finds nothing wrong gives one that says so.

    Raises:
        DecisionError: a decision names what the register lacks, or answers what is not open.
    """
    if policy is not None:
        policy = registered(policy, decisions)
    refuse_unknown_fields(decisions, inventory)
    rules = rules_of(policy)
    held = held_together(inventory, policy, decisions, exports)
    cases = (Case(rule, inventory, policy, decisions, exports, today, held) for rule in rules)
    found = tuple(finding for case in cases for finding in _evaluated(case))
    findings = Findings(told_apart(found), {rule.id: rule.check for rule in rules})
    return with_acceptances(findings, decisions, today)


def _evaluated(case: Case) -> Iterator[Finding]:
    known = catalogue()[case.rule.check]
    if case.policy is None and known.needs != "data":
        yield _finding(case, Draft("open", "no_register"))
        return
    drafts = tuple(known.check(case)) or (_nothing_wrong(case),)
    for draft in drafts:
        yield _finding(case, draft)


def _nothing_wrong(case: Case) -> Draft:
    """That the rule is kept; or that it is open, because there was nothing to judge it by."""
    known = catalogue()[case.rule.check]
    if known.judges == "register":
        return Draft("pass", "pass")
    if not case.inventory.datasets:
        return Draft("open", "no_data")
    purposeless = sum(1 for _ in case.purposeless()) if known.needs == "purposes" else 0
    if purposeless:
        return Draft(case.rule.when_undeclared, "datasets_undeclared", figures={"datasets": purposeless})
    return Draft("pass", "pass")


def _finding(case: Case, draft: Draft) -> Finding:
    rule = case.rule
    place = "" if draft.dataset is None else f"{draft.dataset.source}#{draft.dataset.table}".removesuffix("#")
    series = "" if draft.dataset is None else _series(draft.dataset.source, draft.dataset.table)
    key = finding_id(rule.id, series, draft.field, draft.purpose, draft.item)
    source = draft.source if draft.source.quote or draft.source.law else rule.source
    told: dict[str, Any] = {
        "message": words(rule.check, draft.words, "message", draft.figures),
        "remedy": words(rule.check, draft.words, "remedy", draft.figures) if draft.outcome != "pass" else Words("", ""),
    }
    return Finding(
        id=key,
        rule=rule.id,
        outcome=draft.outcome,
        severity=rule.severity,
        dataset=place,
        field=draft.field,
        purpose=draft.purpose,
        policy=Quote(source.section, "" if source.law else source.quote),
        law=tuple(dict.fromkeys((*(draft.law or rule.law), *((source.law,) if source.law else ())))),
        **told,
    )


@lru_cache(maxsize=10_000)
def _series(source: str, table: str) -> str:
    """What a dataset is called in the ids of its findings: the same next month."""
    return "#".join(series_of(source, table)).removesuffix("#")
