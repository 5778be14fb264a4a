"""Names in decisions.yaml that nothing answers to: a slip of the pen must not hide what a rule would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igmap.errors import DecisionError, nearest
from igmap.inventory.deciding.series import is_pattern, unnumbered
from igmap.policy.answers import answered
from igmap.policy.events import events, words_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igmap.inventory.decisions import Decisions
    from igmap.inventory.inventory import Inventory
    from igmap.policy.register import Policy


def registered(policy: Policy, decisions: Decisions) -> Policy:
    """The register with a person's answers in it, when every name that the decisions use stands there.

    Raises:
        DecisionError: an answer that does not fit, or a name the register lacks.
    """
    register = answered(policy, decisions)
    refuse_unknown_names(decisions, register)
    return register


def refuse_unknown_names(decisions: Decisions, policy: Policy) -> None:
    """Every name a decision uses has to stand in the register.

    Raises:
        DecisionError: with the nearest name that does.
    """
    known = {
        "purposes": [item.id for item in policy.purposes],
        "data_subjects": [item.id for item in policy.data_subjects],
        "recipients": [item.id for item in policy.recipients],
        "start_columns": _starts(policy),
    }
    for place, key, name in _named(decisions):
        if name not in known[key]:
            raise DecisionError(
                f"decisions.yaml: {place}: {key}: the register has no {name!r}{nearest(name, known[key])}"
            )


def _starts(policy: Policy) -> list[str]:
    """The events that a column may supply: those the register's terms start with first, then all that are known."""
    default = policy.retention.default
    starts = [*(rule.start for rule in policy.retention.rules), *([default.start] if default else [])]
    used = [start for start in starts if isinstance(start, str)]
    return [*used, *(word for event in events(policy.retention).values() for word in words_for(event))]


def _named(decisions: Decisions) -> Iterator[tuple[str, str, str]]:
    for binding in decisions.bindings:
        yield from ((binding.id, "purposes", name) for name in binding.purposes or ())
        yield from ((binding.id, "data_subjects", name) for name in binding.data_subjects)
        yield from ((binding.id, "recipients", name) for name in binding.recipients)
        yield from ((binding.id, "start_columns", name) for name in binding.start_columns)
    for one in decisions.assessments:
        yield from (("assessments", "purposes", name) for name in (one.collected_for, one.used_for))
    for field in decisions.fields:
        yield from ((f"{field.dataset}: {field.field}", "purposes", name) for name in field.purposes)


def refuse_unknown_fields(decisions: Decisions, inventory: Inventory) -> None:
    """Every decision about a field has to reach one; what holds for a pattern or a binding may be absent this month.

    Raises:
        DecisionError: with the nearest dataset or field.
    """
    bound = [binding.id for binding in decisions.datasets]
    for decision in decisions.fields:
        if is_pattern(decision.dataset):
            continue
        alone = decisions.model_copy(update={"fields": (decision,)})
        meant = [d for d in inventory.datasets if alone.field(d.source, d.table, decision.field)]
        if not meant and decision.dataset not in bound:
            hint = nearest(decision.dataset, [*bound, *(d.source for d in inventory.datasets)])
            raise DecisionError(f"decisions.yaml: fields: there is no dataset {decision.dataset!r}{hint}")
        names = [field.name for dataset in meant for field in dataset.fields]
        if meant and decision.field not in {*names, *map(unnumbered, names)}:
            hint = nearest(decision.field, names)
            raise DecisionError(f"decisions.yaml: fields: {decision.dataset} has no field {decision.field!r}{hint}")
