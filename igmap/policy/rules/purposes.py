"""Purpose limitation and minimisation: every field has a purpose, and the purpose needs its category."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from igmap.inventory import DatasetInventory, Field
from igmap.policy.case import Case, Draft
from igmap.policy.register import Purpose
from igmap.policy.values import Open
from igmap.vocabulary import CATEGORIES, load_yaml

CONSENT, LEGAL_OBLIGATION, LEGITIMATE_INTEREST = "eu-gdpr:A6-1-a", "eu-gdpr:A6-1-c", "eu-gdpr:A6-1-f"


def every_personal_field_has_purpose(case: Case) -> Iterator[Draft]:
    """R1: one finding per dataset whose purposes are not declared, or declared as none; fields may have their own."""
    for dataset, fields in case.personal():
        binding = case.binding(dataset)
        left = [field for field in fields if not case.decided(dataset, field.name)]
        figures = {"fields": len(left)}
        if not left:
            continue
        if binding is None or binding.purposes is None:
            yield Draft(case.rule.when_undeclared, "undeclared", dataset, figures=figures)
        elif not binding.purposes:
            yield Draft(case.rule.effect, "none_declared", dataset, figures=figures)


def field_category_in_purpose_categories(case: Case) -> Iterator[Draft]:
    """R2: a field whose category no declared purpose needs; open when a purpose does not say what it needs.

    Secrets are left to R11: no purpose needs a password in an export.
    """
    yield from _undecided(case)
    for dataset, fields, binding in case.bound():
        needed = [(field, case.purposes(dataset, binding, field.name)) for field in fields if not field.secret]
        stray = [(field, purposes) for field, purposes in needed if purposes and not _needed(field.category, purposes)]
        open_to = [field for field, purposes in stray if any(isinstance(p.data_categories, Open) for p in purposes)]
        for field, purposes in stray:
            if field not in open_to:
                yield _outside(case, dataset, field, purposes)
        if open_to:
            words = tuple(CATEGORIES[name] for name in dict.fromkeys(field.category for field in open_to))
            figures = {"fields": len(open_to), "categories": words}
            yield Draft(case.rule.when_open, "categories_open", dataset, figures=figures)


def _needed(category: str, purposes: Sequence[Purpose]) -> bool:
    """Whether one of the purposes says it needs a category."""
    return any(not isinstance(p.data_categories, Open) and category in p.data_categories for p in purposes)


def _outside(case: Case, dataset: DatasetInventory, field: Field, purposes: Sequence[Purpose]) -> Draft:
    """Outside what its purposes need; where they need something coarser, that is said."""
    coarser = load_yaml("igmap.policy", "uses.yaml")["coarser"].get(field.category, ())
    enough = tuple(CATEGORIES[name] for name in coarser if _needed(name, purposes))
    figures = {"category": CATEGORIES[field.category], "purposes": tuple(purpose.label for purpose in purposes)}
    figures |= {"enough": enough}
    first, words = purposes[0], "finer" if enough else "outside"
    return Draft(case.rule.effect, words, dataset, field.name, first.id, figures=figures, source=first.source)


def _undecided(case: Case) -> Iterator[Draft]:
    for dataset in case.inventory.datasets:
        undecided = sum(field.verdict == "undecided" for field in dataset.fields)
        if undecided:
            yield Draft("open", "undecided", dataset, item="undecided", figures={"fields": undecided})


def purpose_has_legal_basis(case: Case) -> Iterator[Draft]:
    """R3: a purpose without legal basis, or without the record that consent or a legitimate interest asks for."""
    for purpose in case.register.purposes:
        told = partial(
            Draft, case.rule.when_open, purpose=purpose.id, source=purpose.source, figures={"label": purpose.label}
        )
        if isinstance(purpose.legal_basis, Open):
            yield told("no_basis")
        elif purpose.legal_basis == CONSENT and not isinstance(purpose.consent_record, str):
            yield told("no_consent_record")
        elif purpose.legal_basis == LEGITIMATE_INTEREST and not isinstance(purpose.balancing_test, str):
            yield told("no_balancing_test")


def reuse_compatible_or_anonymised(case: Case) -> Iterator[Draft]:
    """R13: a dataset's first purpose is what it was collected for; every further one is reuse (GDPR Art. 6(4))."""
    for dataset, _, binding in case.bound():
        purposes = [p for name in binding.purposes or () if (p := case.register.purpose(name))]
        for purpose in purposes[1:]:
            yield from _reused(case, dataset, purposes[0], purpose)


def _reused(case: Case, dataset: DatasetInventory, first: Purpose, purpose: Purpose) -> Iterator[Draft]:
    """Whether reuse is permitted: by consent or law, by the register, or by a person's assessment; or else not."""
    listed = () if isinstance(first.compatible_with, Open) else first.compatible_with
    figures: dict[str, Any] = {"first": first.label, "label": purpose.label}
    told = partial(Draft, dataset=dataset, purpose=purpose.id)
    made = case.decisions.assessment(dataset.source, dataset.table, first.id, purpose.id)
    if made is not None:
        missing = tuple(f"question_{name}" for name in made.unanswered)
        figures |= {"by": made.by, "on": made.on, "missing": missing}
        if missing:
            yield told(case.rule.when_open, "assessment_unfinished", figures=figures)
        elif made.outcome == "incompatible":
            yield told("violation", "incompatible", figures=figures)
    elif purpose.legal_basis in {CONSENT, LEGAL_OBLIGATION} or purpose.id in listed:
        return
    elif purpose.prefer_anonymised:
        yield told(case.rule.effect, "anonymise", figures=figures)
    else:
        yield told(case.rule.when_open, "not_assessed", figures=figures)
