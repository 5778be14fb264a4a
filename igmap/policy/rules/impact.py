"""Whether processing for a purpose needs a data protection impact assessment (GDPR Art. 35); criteria are data."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.paths import places
from igmap.policy.register import Purpose
from igmap.policy.values import Open
from igmap.report import number
from igmap.vocabulary import CATEGORIES, load_yaml

Criterion = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Serving:
    """A dataset that serves a purpose, with the fields of it that do."""

    dataset: DatasetInventory
    fields: tuple[Field, ...]
    binding: DatasetBinding


@dataclass(frozen=True, slots=True)
class Processing:
    """All that serves one purpose."""

    purpose: Purpose
    serving: tuple[Serving, ...]
    case: Case


def impact_assessed_where_needed(case: Case) -> Iterator[Draft]:
    """R26: purposes that meet at least two criteria and name no assessment."""
    known = load_yaml("igmap.policy", "dpia.yaml")
    for processing in _processings(case):
        purpose = processing.purpose
        told = tuple(words for criterion in known["criteria"] if (words := _met(criterion, processing)))
        if len(told) < known["least"] or isinstance(purpose.dpia, str):
            continue
        figures = {"label": purpose.label, "criteria": told, "count": len(told)}
        outcome, entry = (case.rule.when_open, "open") if isinstance(purpose.dpia, Open) else (case.rule.effect, "none")
        yield Draft(outcome, entry, purpose=purpose.id, figures=figures, source=purpose.source)


def _processings(case: Case) -> Iterator[Processing]:
    serving: dict[str, list[Serving]] = defaultdict(list)
    for dataset, fields, binding in case.bound():
        by_purpose: dict[str, list[Field]] = defaultdict(list)
        for field in fields:
            for purpose in case.purposes(dataset, binding, field.name):
                by_purpose[purpose.id].append(field)
        for name, own in by_purpose.items():
            serving[name].append(Serving(dataset, tuple(own), binding))
    yield from (Processing(p, tuple(serving[p.id]), case) for p in case.register.purposes if p.id in serving)


def _met(criterion: Criterion, processing: Processing) -> Words | None:
    """The criterion in words with what meets it, or None."""
    kind = next(key for key in MEASURES if key in criterion)
    found = MEASURES[kind](criterion, processing)
    if found is None:
        return None
    return Words(*(f"{criterion[lang]} ({getattr(found, lang)})" for lang in ("nl", "en")))


def _by_category(criterion: Criterion, processing: Processing) -> Words | None:
    wanted, beside = set(criterion["categories"]), set(criterion.get("with_any", ()))
    found = dict.fromkeys(
        field.category
        for one in processing.serving
        if not beside or beside & {field.category for field in one.fields}
        for field in one.fields
        if field.category in wanted or (criterion.get("special") and field.special != "none")
    )
    named = [CATEGORIES[name] for name in found]
    return Words(", ".join(one.nl for one in named), ", ".join(one.en for one in named)) if named else None


def _by_persons(criterion: Criterion, processing: Processing) -> Words | None:
    named = {name for one in processing.serving for name in one.binding.data_subjects}
    kinds = [kind for kind in processing.case.register.data_subjects if kind.id in named]
    found = [kind.label for kind in kinds if kind.child_possible is True or kind.iri in criterion["data_subjects"]]
    return Words(", ".join(one.nl for one in found), ", ".join(one.en for one in found)) if found else None


def _by_records(criterion: Criterion, processing: Processing) -> Words | None:
    records = sum(one.dataset.parsed for one in processing.serving)
    if records < criterion["records"]:
        return None
    nl, en = ((number(records, lang), number(criterion["records"], lang)) for lang in ("nl", "en"))
    return Words(f"{nl[0]} records; grens {nl[1]}", f"{en[0]} records; threshold {en[1]}")


def _by_origin(criterion: Criterion, processing: Processing) -> Words | None:
    own = processing.purpose.id
    others = [one.dataset.source for one in processing.serving if (one.binding.purposes or (own,))[0] != own]
    if len(others) < criterion["collected_elsewhere"]:
        return None
    return Words(f"{len(others)} bestanden", f"{len(others)} datasets")


def _by_register(criterion: Criterion, processing: Processing) -> Words | None:
    (place,) = places(processing.case.held.content, criterion["register"])
    told = isinstance(place.value, str) and place.state == "stated"
    return Words("volgens het register", "as the register says") if told else None


MEASURES: dict[str, Callable[[Criterion, Processing], Words | None]] = {
    "categories": _by_category,
    "data_subjects": _by_persons,
    "records": _by_records,
    "collected_elsewhere": _by_origin,
    "register": _by_register,
}
