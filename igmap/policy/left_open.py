"""What the organisation still has to fill in: every open value with its question, and what hangs on it."""

from dataclasses import dataclass
from typing import Any

from igmap.policy.answers import open_values
from igmap.policy.asking import question
from igmap.policy.case import Case
from igmap.policy.catalogue import catalogue
from igmap.policy.hanging import Found, Hanging, hanging
from igmap.policy.held import held_together
from igmap.policy.register import Policy
from igmap.policy.rules.register import register_is_complete
from igmap.policy.values import Text
from igmap.policy.words import words


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """One thing that is open.

    Args:
        path: where it stands in the register; a part that is missing altogether by its key.
        question: what is asked.
        why: the register's reason.
        suggest: what the answer might be; no check uses it.
        hanging: the rules and datasets that stay open because of it.
    """

    path: str
    question: Text
    why: Text
    suggest: tuple[Any, ...]
    hanging: Hanging


def left_open(policy: Policy, found: Found) -> list[LeftOpen]:
    """Everything the register leaves open and is silent on; that on which most datasets and rules hang comes first.

    Args:
        policy: the register with a person's answers in it.
        found: what it is held against; with an empty inventory no datasets are told.
    """
    consequences = hanging(policy, found)
    values = [
        LeftOpen(one.path, question(policy, one.path), one.why, one.suggest, consequences[one.path])
        for one in open_values(policy)
    ]
    return sorted([*values, *_missing(policy, found)], key=lambda one: _weight(one.hanging), reverse=True)


def _weight(hanging: Hanging) -> tuple[int, int]:
    return len(hanging.datasets), len(hanging.rules)


def _missing(policy: Policy, found: Found) -> list[LeftOpen]:
    """The parts that a register needs and this one lacks."""
    rule = catalogue()["register_is_complete"].rule
    held = held_together(found.inventory, policy, found.decisions)
    drafts = register_is_complete(Case.of(rule, found.today, held))
    said = ((draft.item, words(rule.check, draft.words, "message", draft.figures)) for draft in drafts)
    on_it = Hanging(((rule.id, rule.check),))
    return [LeftOpen(part, question(policy, part), Text(nl=told.nl, en=told.en), (), on_it) for part, told in said]


def unbound(found: Found) -> tuple[int, int]:
    """How many datasets with personal data serve no declared purpose, and how many fields are undecided."""
    held = held_together(found.inventory, None, found.decisions)
    undeclared = [
        dataset
        for dataset, _ in held.personal
        if (binding := held.bindings.get((dataset.source, dataset.table))) is None or binding.purposes is None
    ]
    undecided = sum(field.verdict == "undecided" for dataset in found.inventory.datasets for field in dataset.fields)
    return len(undeclared), undecided
