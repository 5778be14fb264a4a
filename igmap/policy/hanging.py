"""What hangs on a value that the register leaves open: the rules and datasets that stay open because of it.

It is computed and not listed: every open value is filled with something of its form, then one after the other is
opened again; what the checks say less of then, hangs on it. So a new check counts from its first day. The stand-ins
decide nothing: only that something changes is kept, never how.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from igmap.errors import DecisionError
from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from igmap.policy.answers import filled, open_values, reopened
from igmap.policy.case import Case, Draft
from igmap.policy.catalogue import catalogue, rules_of
from igmap.policy.register import Policy, Rule
from igmap.vocabulary import CATEGORIES

Print = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """What stays open because of one value.

    Args:
        rules: their ids, each with the name of its check.
        datasets: sources, with the table after a `#`; of the inventory that was given.
    """

    rules: tuple[tuple[str, str], ...] = ()
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a register is held against: what was found, what was decided, on which day."""

    inventory: Inventory
    decisions: Decisions
    today: date


def hanging(policy: Policy, found: Found) -> dict[str, Hanging]:
    """What hangs on each open value, by its path.

    Args:
        policy: the register with a person's answers in it.
        found: the inventory may be empty; then only rules that look at the register alone are told.
    """
    opens = [one.path for one in open_values(policy)]
    full = policy
    for path in opens:
        full = _stood_in(full, path, found.today)
    rules = [
        rule for rule in rules_of(policy) if _prints(rule, policy, found).keys() - _prints(rule, full, found).keys()
    ]
    closed = {rule.id: _prints(rule, full, found) for rule in rules}
    return {path: _on(rules, closed, reopened(full, policy, path), found) for path in opens}


def _on(rules: list[Rule], closed: dict[str, dict[Print, Draft]], policy: Policy, found: Found) -> Hanging:
    told = [
        ((rule.id, rule.check), draft)
        for rule in rules
        for key, draft in _prints(rule, policy, found).items()
        if key not in closed[rule.id]
    ]
    datasets = {name for _, draft in told for name in _datasets(draft, found)}
    return Hanging(tuple(dict.fromkeys(rule for rule, _ in told)), tuple(sorted(datasets)))


def _prints(rule: Rule, policy: Policy, found: Found) -> dict[Print, Draft]:
    """What a rule says, told apart by everything but its figures."""
    case = Case(rule, found.inventory, policy, found.decisions, None, found.today)
    drafts = (draft for draft in catalogue()[rule.check].check(case) if draft.outcome != "pass")
    return {(d.words, d.outcome, _key(d), d.field, d.purpose, d.item): d for d in drafts}


def _key(draft: Draft) -> str:
    return f"{draft.dataset.source}#{draft.dataset.table}".removesuffix("#") if draft.dataset else ""


def _datasets(draft: Draft, found: Found) -> Iterator[str]:
    """The dataset a finding is about; else those that serve its purpose or go to its recipient."""
    if draft.dataset:
        yield _key(draft)
        return
    receiver = draft.item.removeprefix("recipients.") if draft.item.startswith("recipients.") else ""
    for dataset in found.inventory.datasets:
        binding = found.decisions.binding(dataset.source, dataset.table)
        served = binding is not None and (draft.purpose in (binding.purposes or ()) or receiver in binding.recipients)
        if served:
            yield f"{dataset.source}#{dataset.table}".removesuffix("#")


def _stood_in(policy: Policy, path: str, today: date) -> Policy:
    """The register with something of the right form in place of an open value."""
    for value in _stand_ins(policy, today):
        try:
            return filled(policy, path, value)
        except DecisionError:
            continue
    return policy


def _stand_ins(policy: Policy, today: date) -> Iterator[Any]:
    yield from ("-", "P1Y", "NL", "eu-gdpr:A6-1-b", "eu-gdpr:A9-2-a", "dpv:Purpose", today.isoformat(), False)
    yield [purpose.id for purpose in policy.purposes]
    yield [subject.id for subject in policy.data_subjects]
    yield list(CATEGORIES)
    yield from ({"email": "-"}, {"nl": "-"}, ["NL"], [])
