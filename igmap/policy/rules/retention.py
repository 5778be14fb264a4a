"""Storage limitation: how many records are older than the term of their purpose (policy section 8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.inventory.labels import Located
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Outcome
from igmap.policy.limits import RetentionDefault, RetentionRule
from igmap.policy.register import Purpose
from igmap.policy.rules.ages import Ages, count_ages
from igmap.policy.rules.periods import earlier, spelled
from igmap.policy.values import Open
from igmap.sources import Dataset
from igmap.vocabulary import CATEGORIES


@dataclass(frozen=True, slots=True)
class Term:
    """A term that applies to categories of one dataset.

    Args:
        rule: of the register.
        path: where it stands there.
        categories: those it orders to end; what a legal minimum still holds is left out.
    """

    rule: RetentionRule | RetentionDefault
    path: str
    categories: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Bound:
    """A dataset with what was declared about it and where its table is."""

    dataset: DatasetInventory
    binding: DatasetBinding
    place: Located | None


def age_within_retention(case: Case) -> Iterator[Draft]:
    """R7: per dataset, purpose and term the number of records that are past it, or why that cannot be told."""
    places = case.located()
    for dataset, fields, binding in case.bound():
        place = places.get((dataset.source, dataset.table))
        for purpose, categories in _served(case, dataset, fields, binding):
            terms = applicable(case, purpose, binding, categories)
            covered = {name for term in terms for name in term.categories}
            left = [name for name in categories if name not in covered and name not in held(case, binding)]
            if left or not terms:
                named = tuple(CATEGORIES[name] for name in left or categories)
                figures = {"label": purpose.label, "categories": named}
                yield Draft(case.rule.when_open, "no_term", dataset, purpose=purpose.id, figures=figures)
            for term in terms:
                yield from _judged(case, Bound(dataset, binding, place), purpose, term)


def _served(
    case: Case, dataset: DatasetInventory, fields: Sequence[Field], binding: DatasetBinding
) -> Iterator[tuple[Purpose, tuple[str, ...]]]:
    """The purposes that fields of a dataset serve, with the categories of those fields."""
    serving = [(field.category, {p.id for p in case.purposes(dataset, binding, field.name)}) for field in fields]
    for purpose in case.register.purposes:
        categories = tuple(dict.fromkeys(category for category, purposes in serving if purpose.id in purposes))
        if categories:
            yield purpose, categories


def applicable(case: Case, purpose: Purpose, binding: DatasetBinding, categories: tuple[str, ...]) -> list[Term]:
    """The terms of a purpose for the categories of a dataset.

    A rule that names categories goes before one that names none. A legal minimum, of any purpose the dataset serves,
    takes its categories out: they may not be deleted before it ends. What no rule names falls under the default.
    """
    rules = case.register.retention.rules
    left = [name for name in categories if name not in held(case, binding)]
    terms = []
    for rule in sorted((r for r in rules if r.purpose == purpose.id and not r.minimum), key=lambda r: not r.categories):
        covered = tuple(name for name in left if name in rule.categories or not rule.categories)
        left = [name for name in left if name not in covered]
        if covered:
            terms.append(Term(rule, f"retention.rules.{rule.id}", covered))
    default = case.register.retention.default
    if left and default:
        terms.append(Term(default, "retention.default", tuple(left)))
    return terms


def held(case: Case, binding: DatasetBinding) -> frozenset[str]:
    """The categories that a legal minimum keeps for the purposes of a dataset."""
    rules = case.register.retention.rules
    return frozenset(n for r in rules if r.minimum and r.purpose in (binding.purposes or ()) for n in r.categories)


def _judged(case: Case, bound: Bound, purpose: Purpose, term: Term) -> Iterator[Draft]:
    rule = term.rule
    figures = {"label": purpose.label, "categories": tuple(CATEGORIES[name] for name in term.categories)}
    told = partial(Draft, dataset=bound.dataset, purpose=purpose.id, item=term.path, source=rule.source)
    if isinstance(rule.period, Open) or isinstance(rule.start, Open):
        yield told(case.rule.when_open, "no_term" if isinstance(rule.period, Open) else "no_start", figures=figures)
        return
    column = bound.binding.start_columns.get(rule.start, "")
    figures |= {"event": rule.start, "column": column, "period": spelled(rule.period)}
    told = partial(told, field=column)
    if case.exports is None or bound.place is None:
        yield told(case.rule.when_open, "not_read", figures=figures)
    elif (at := bound.place.columns.get(column)) is None:
        yield told(case.rule.when_open, "column_absent" if column else "no_start_column", figures=figures)
    elif at.table != bound.place.dataset.name:
        yield told(case.rule.when_open, "in_list", figures=figures)
    else:
        values = case.exports.engine.values(at.table, at.column)
        ages = count_ages(values, before=earlier(case.today, rule.period), today=case.today)
        for outcome, words, item, counts in _counted(case, bound.place.dataset, term, ages):
            yield told(outcome, words, item=item, figures=figures | counts)


def _counted(
    case: Case, dataset: Dataset, term: Term, ages: Ages
) -> Iterator[tuple[Outcome, str, str, dict[str, int]]]:
    """What is past the term for certain, and what nobody can tell: the date is blank, unreadable or in quarantine."""
    of = {"of": dataset.rows}
    if ages.past:
        yield case.rule.effect, f"past_{term.rule.at_end}", term.path, of | {"records": ages.past}
    if dataset.rows > ages.judged:
        told = "ambiguous" if ages.ambiguous else "unjudged"
        why = {"blank": dataset.parsed - ages.filled, "quarantined": dataset.quarantined}
        counts = {"records": dataset.rows - ages.judged, "unread": ages.filled - ages.judged}
        yield case.rule.when_open, told, f"{term.path}.unjudged", of | why | counts
