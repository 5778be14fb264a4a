"""Who a dataset is processed for, and messages that are used for nothing else (policy sections 3 and 7)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case, Draft
from igmap.policy.register import Purpose
from igmap.vocabulary import load_yaml


def communication_used_for_nothing_else(case: Case) -> Iterator[Draft]:
    """R21: a dataset that serves communication and another purpose, or a mailbox that serves another one only."""
    kinds = load_yaml("igmap.policy", "uses.yaml")["communication"]
    talking = [purpose for purpose in case.register.purposes if purpose.iri in kinds]
    places = case.located()
    for dataset, fields, binding in case.bound() if talking else ():
        served = served_by(case, dataset, fields, binding)
        others = tuple(purpose for purpose in served if purpose not in talking)
        place = places.get((dataset.source, dataset.table))
        is_mailbox = place is not None and place.dataset.kind == "mail"
        if others and (is_mailbox or len(others) < len(served)):
            figures = {"label": talking[0].label, "others": tuple(purpose.label for purpose in others)}
            words = "mailbox" if len(others) == len(served) else "mixed"
            source = talking[0].source
            yield Draft(case.rule.effect, words, dataset, purpose=others[0].id, figures=figures, source=source)


def served_by(
    case: Case, dataset: DatasetInventory, fields: Sequence[Field], binding: DatasetBinding
) -> tuple[Purpose, ...]:
    """The purposes of a dataset and of single fields in it, in the order of the register."""
    named = {name for field in fields for name in case.decided(dataset, field.name)}
    return case.held.named((*(binding.purposes or ()), *named))


def role_allows_the_purpose(case: Case) -> Iterator[Draft]:
    """R22: datasets without a role, with one that the register does not foresee, or as processor for one's own ends."""
    undeclared = sum(1 for dataset, _ in case.personal() if case.binding(dataset) is None)
    if undeclared:
        yield Draft(case.rule.when_undeclared, "undeclared", item="undeclared", figures={"datasets": undeclared})
    roles = Counter(b.role for dataset, _ in case.personal() if (b := case.binding(dataset)))
    for role, datasets in roles.items():
        if role not in case.register.controller.roles:
            figures = {"datasets": datasets, "role": role}
            yield Draft(case.rule.effect, "not_foreseen", item=f"controller.roles.{role}", figures=figures)
    own = load_yaml("igmap.policy", "uses.yaml")["own"]
    for dataset, fields, binding in case.bound():
        for purpose in served_by(case, dataset, fields, binding) if binding.role == "processor" else ():
            if purpose.iri in own:
                told = {"label": purpose.label}
                yield Draft(case.rule.effect, "own_purpose", dataset, purpose=purpose.id, figures=told)
