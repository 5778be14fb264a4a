"""The check: every rule of the register held against what was found, what was decided, and the law."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from igmap.policy.answers import answered
from igmap.policy.case import Case, Check, Draft
from igmap.policy.findings import Accepted, Finding, Findings, Quote, Words, finding_id
from igmap.policy.named import refuse_unknown_fields, refuse_unknown_names
from igmap.policy.register import Policy, Rule
from igmap.policy.rules import cookies, publication, purposes, recipients, retention, special
from igmap.policy.words import words
from igmap.sources.exports import Exports
from igmap.vocabulary import load_yaml

CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        purposes.every_personal_field_has_purpose,
        purposes.field_category_in_purpose_categories,
        purposes.purpose_has_legal_basis,
        recipients.recipient_in_sharing_grounds,
        recipients.processor_has_agreement,
        recipients.recipient_country_known_and_covered,
        retention.age_within_retention,
        special.special_category_has_art9_condition,
        special.bsn_requires_statute,
        special.under_16_consent_by_guardian,
        special.secret_not_in_export,
        cookies.cookies_functional_only,
        purposes.reuse_compatible_or_anonymised,
        publication.anonymised_output_passes_risk_report,
        publication.policy_change_announced_before_effective,
    )
}
WITHOUT_REGISTER = frozenset(
    {
        "special_category_has_art9_condition",
        "bsn_requires_statute",
        "secret_not_in_export",
        "anonymised_output_passes_risk_report",
    }
)
OF_THE_REGISTER = frozenset(
    {
        "purpose_has_legal_basis",
        "recipient_in_sharing_grounds",
        "processor_has_agreement",
        "recipient_country_known_and_covered",
        "under_16_consent_by_guardian",
        "anonymised_output_passes_risk_report",
        "policy_change_announced_before_effective",
    }
)
BY_PURPOSE = frozenset(
    {"field_category_in_purpose_categories", "age_within_retention", "reuse_compatible_or_anonymised"}
)


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
        policy = answered(policy, decisions)
        refuse_unknown_names(decisions, policy)
    refuse_unknown_fields(decisions, inventory)
    rules = policy.rules if policy and policy.rules else _rules_of_law()
    cases = (Case(rule, inventory, policy, decisions, exports, today) for rule in rules)
    found = tuple(finding for case in cases for finding in _evaluated(case))
    return Findings(found, {rule.id: rule.check for rule in rules})


def _rules_of_law() -> tuple[Rule, ...]:
    """The rules for a workspace whose register lists none."""
    return tuple(Rule.model_validate(entry) for entry in load_yaml("igmap.policy", "rules.yaml"))


def _evaluated(case: Case) -> Iterator[Finding]:
    if case.policy is None and case.rule.check not in WITHOUT_REGISTER:
        yield _finding(case, Draft("open", "no_register"))
        return
    drafts = tuple(CHECKS[case.rule.check](case)) or (_nothing_wrong(case),)
    for draft in drafts:
        yield _finding(case, draft)


def _nothing_wrong(case: Case) -> Draft:
    """That the rule is kept; or that it is open, because there was nothing to judge it by."""
    if case.rule.check in OF_THE_REGISTER:
        return Draft("pass", "pass")
    if not case.inventory.datasets:
        return Draft("open", "no_data")
    purposeless = sum(1 for _ in case.purposeless())
    if case.rule.check in BY_PURPOSE and purposeless:
        return Draft(case.rule.when_undeclared, "datasets_undeclared", figures={"datasets": purposeless})
    return Draft("pass", "pass")


def _finding(case: Case, draft: Draft) -> Finding:
    rule = case.rule
    place = "" if draft.dataset is None else f"{draft.dataset.source}#{draft.dataset.table}".removesuffix("#")
    key = finding_id(rule.id, place, draft.field, draft.purpose, draft.item)
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
        law=(*rule.law, *((source.law,) if source.law else ())),
        accepted=_accepted(case, key),
        **told,
    )


def _accepted(case: Case, key: str) -> Accepted | None:
    found = (a for a in case.decisions.accepted if a.finding == key and a.until >= case.today)
    return next((Accepted(a.by, a.reason, a.until) for a in found), None)
