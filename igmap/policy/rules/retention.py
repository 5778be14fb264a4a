"""Storage limitation: how many records are older than the term of their purpose (policy section 8)."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from igmap.policy.case import UNSAID, Case, Draft
from igmap.policy.events import called
from igmap.policy.findings import Words
from igmap.policy.keeping.days import Reason
from igmap.policy.keeping.judging import Judged, judge
from igmap.policy.keeping.telling import ages_in_short, evidence, why_untold
from igmap.policy.rules.periods import spelled
from igmap.report import text
from igmap.vocabulary import CATEGORIES

NOTHING = Words("", "")


def age_within_retention(case: Case) -> Iterator[Draft]:
    """R7: per dataset and term the records that are past it, or why that cannot be told.

    What the register or a binding does not say is told once for all datasets of the binding; what nobody can tell of a
    column once for all terms that start with it.
    """
    told: set[object] = set()
    for alike in _alike(list(judge(case))):
        if alike[0].state == "counted":
            yield from _counted(case, alike[0], told)
        else:
            yield _uncounted(case, alike)


def _alike(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    """What was judged, in order; what could not be counted together with its like of the same binding."""
    groups: dict[object, list[Judged]] = {}
    for place, one in enumerate(judged):
        binding = one.bound.binding.id if one.state != "counted" else place
        groups.setdefault((binding, one.state, one.term.purpose.id, one.term.path, one.column), []).append(one)
    yield from groups.values()


def _uncounted(case: Case, alike: Sequence[Judged]) -> Draft:
    first = alike[0]
    categories = dict.fromkeys(name for one in alike for name in one.term.categories)
    more = len(alike) - 1
    figures: dict[str, Any] = _figures(first) | {
        "categories": tuple(CATEGORIES[name] for name in categories),
        "ages": NOTHING if more else ages_in_short(first, case.today),
        "more": _said("retention.more", len(alike) if more else 0),
    }
    return _draft(first)(case.rule.when_open, first.state, item=first.term.path, figures=figures)


def _counted(case: Case, one: Judged, told: set[object]) -> Iterator[Draft]:
    """What is past the term for certain, and what nobody can tell, if it was not told of the column before."""
    count, draft = one.count, _draft(one)
    if count is None:
        return
    figures = _figures(one) | {"of": count.rows, "evidence": evidence(one)}
    if count.past:
        past = figures | {"records": count.past, "held": _said("retention.held", count.held)}
        words = "past_minimum" if one.term.minimum else f"past_{one.term.at_end}"
        yield draft(case.rule.effect, words, item=one.term.path, figures=past)
    unsaid = (
        one.bound.dataset.source,
        one.bound.dataset.table,
        one.column,
        tuple(count.undatable.items()),
        count.quarantined,
    )
    if count.untold and unsaid not in told:
        told.add(unsaid)
        words = "ambiguous" if Reason.AMBIGUOUS in count.undatable else "unjudged"
        figures |= {"records": count.untold, "why": why_untold(count)}
        yield draft(case.rule.when_open, words, item=f"{one.term.path}.unjudged", figures=figures)


def _draft(one: Judged) -> partial[Draft]:
    source = one.term.rule.source if one.term.rule else UNSAID
    return partial(Draft, dataset=one.bound.dataset, purpose=one.term.purpose.id, field=one.column, source=source)


def _figures(one: Judged) -> dict[str, Any]:
    return {
        "label": one.term.purpose.label,
        "categories": tuple(CATEGORIES[name] for name in one.term.categories),
        "event": called(one.event) if one.event else NOTHING,
        "period": spelled(one.term.period) if one.term.period else NOTHING,
        "column": one.column,
    }


def _said(key: str, count: int) -> Words:
    """A sentence behind a message, or nothing where there is nothing to count."""
    return Words(*(" " + text(key, lang, count=count) for lang in ("nl", "en"))) if count else NOTHING
