"""What the law itself guards: special categories, criminal data, the BSN, secrets, children. Most need no register."""

from collections.abc import Iterator
from functools import partial

from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.register import Purpose
from igmap.policy.rules.purposes import CONSENT
from igmap.policy.values import Open
from igmap.vocabulary import CATEGORIES


def special_category_has_art9_condition(case: Case) -> Iterator[Draft]:
    """R8: fields of Art. 9 or 10 without a condition; words about them in free text are a warning with counts."""
    for dataset in case.inventory.datasets:
        for field in dataset.fields:
            if field.special in {"art9", "art10"}:
                yield from _unpermitted(case, dataset, field)
            elif field.free_text or field.verdict != "found":
                yield from _words_elsewhere(dataset, field)


def _unpermitted(case: Case, dataset: DatasetInventory, field: Field) -> Iterator[Draft]:
    entry = case.policy.data_category(field.category) if case.policy else None
    permit = (entry.condition if field.special == "art9" else entry.statute) if entry else None
    figures = {"category": CATEGORIES[field.category]}
    if isinstance(permit, Open):
        yield Draft(case.rule.when_open, f"{field.special}_open", dataset, field.name, figures=figures)
    elif permit is None:
        yield Draft(case.rule.effect, field.special, dataset, field.name, figures=figures)


def _words_elsewhere(dataset: DatasetInventory, field: Field) -> Iterator[Draft]:
    found = {CATEGORIES[name]: count for name, count in _detected(field).items()}
    spoken = {category: count for category, count in found.items() if category.special in {"art9", "art10"}}
    if spoken:
        told = tuple(
            Words(f"{category.nl} ({count})", f"{category.en} ({count})") for category, count in spoken.items()
        )
        yield Draft("warning", "words", dataset, field.name, item="words", figures={"found": told})


def _detected(field: Field) -> dict[str, int]:
    """Records per category: a detector is named for what it finds, `special:health` for words on health.

    Where a person said what a column is, other finds are none; unless it is free text, which may hold anything.
    """
    named = (
        ("password" if d.detector in {"secret", "digest"} else d.detector.removeprefix("special:"), d)
        for d in field.detections
    )
    confirmed = any(reason["code"] == "confirmed" for reason in field.reasons)
    settled = confirmed and not (field.free_text or CATEGORIES[field.category].free_text)
    return {name: d.count for name, d in named if name in CATEGORIES and (name == field.category or not settled)}


def bsn_requires_statute(case: Case) -> Iterator[Draft]:
    """R9: a BSN, as a column or inside another one, with the number of records."""
    entry = case.policy.data_category("bsn") if case.policy else None
    if entry and isinstance(entry.statute, str):
        return
    left_open = entry is not None and isinstance(entry.statute, Open)
    outcome = case.rule.when_open if left_open else case.rule.effect
    for dataset in case.inventory.datasets:
        for field in dataset.fields:
            records = _detected(field).get("bsn", 0)
            if field.category == "bsn" or records:
                words = "column" if field.category == "bsn" else "elsewhere"
                yield Draft(outcome, words, dataset, field.name, figures={"records": records or dataset.parsed})


def secret_not_in_export(case: Case) -> Iterator[Draft]:
    """R11: a password or token, as a column or inside another one."""
    for dataset in case.inventory.datasets:
        for field in dataset.fields:
            found = {name: count for name, count in _detected(field).items() if CATEGORIES[name].secret}
            if field.secret:
                yield Draft(
                    case.rule.effect, "column", dataset, field.name, figures={"category": CATEGORIES["password"]}
                )
            elif found:
                yield Draft(
                    case.rule.effect, "elsewhere", dataset, field.name, figures={"records": max(found.values())}
                )


def under_16_consent_by_guardian(case: Case) -> Iterator[Draft]:
    """R10: a purpose on consent, or on a basis left open, whose persons may be under 16 (UAVG Art. 5)."""
    for purpose in case.register.purposes:
        children = _children(case, purpose)
        told = partial(Draft, purpose=purpose.id, source=purpose.source, figures={"label": purpose.label})
        if isinstance(purpose.legal_basis, Open):
            if any(possible is True or isinstance(possible, Open) for possible in children):
                yield told(case.rule.when_open, "basis_open")
        elif purpose.legal_basis != CONSENT:
            continue
        elif True in children:
            yield told(case.rule.effect, "guardian")
        elif not children or any(possible is not False for possible in children):
            yield told(case.rule.when_open, "children_open")


def _children(case: Case, purpose: Purpose) -> list[bool | Open | None]:
    named = () if isinstance(purpose.data_subjects, Open) else purpose.data_subjects
    return [subject.child_possible for name in named if (subject := case.register.data_subject(name))]
