"""The register held against itself: what contradicts, what goes round in a circle, what is missing.

These are findings and no errors: the register can be read, every other check runs, and a person has to choose.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import combinations, product
from typing import Any

from igmap.policy.answers import silent_parts
from igmap.policy.case import Case, Draft
from igmap.policy.events import events, words_for
from igmap.policy.limits import RetentionDefault, RetentionRule
from igmap.policy.messages import messages
from igmap.policy.register import Purpose, Rule
from igmap.policy.rules.periods import later, spelled
from igmap.policy.values import Open
from igmap.vocabulary import CATEGORIES, load_yaml

ANY_DAY = date(2001, 1, 1)


def retention_rules_agree(case: Case) -> Iterator[Draft]:
    """R60: two terms for the same data from the same event; a legal minimum that is longer than the term."""
    rules = case.register.retention.rules
    for one, other in combinations([rule for rule in rules if not rule.minimum], 2):
        if _same_data(one, other) and _differ(one, other):
            yield _about_terms(case.rule.effect, "two_terms", one, other)
    minimums = [rule for rule in rules if rule.minimum]
    for least, term in product(minimums, [rule for rule in rules if not rule.minimum]):
        shared = set(least.categories) & set(term.categories)
        alike = shared or (least.purpose == term.purpose and least.categories == term.categories)
        if alike and isinstance(least.period, str) and isinstance(term.period, str) and _days(least) > _days(term):
            yield _about_terms("warning", "longer_minimum", term, least)


def _same_data(one: RetentionRule, other: RetentionRule) -> bool:
    """Whether neither is the more specific one, and a category falls under both."""
    shared = set(one.categories) & set(other.categories) or one.categories == other.categories
    return one.purpose == other.purpose and bool(shared) and one.start == other.start


def _differ(one: RetentionRule, other: RetentionRule) -> bool:
    """Whether they say different things; a term that is still open says nothing yet."""
    known = isinstance(one.period, str) and isinstance(other.period, str)
    return (known and _days(one) != _days(other)) or one.at_end != other.at_end


def _days(rule: RetentionRule) -> int:
    return (later(ANY_DAY, str(rule.period)) - ANY_DAY).days


def _about_terms(outcome: Any, words: str, one: RetentionRule, other: RetentionRule) -> Draft:
    told = load_yaml("igmap.policy", "register_words.yaml")["at_end"]
    figures: dict[str, Any] = {"one": one.id, "other": other.id}
    for name, rule in (("one", one), ("other", other)):
        known = isinstance(rule.period, str)
        figures[f"{name}_period"] = spelled(str(rule.period)) if known else _words(messages()["terms"]["open"])
        figures[f"{name}_end"] = _words(told[rule.at_end])
    source = one.source if one.source.quote else other.source
    return Draft(outcome, words, item=f"retention.rules.{one.id}+{other.id}", figures=figures, source=source)


def _words(told: Mapping[str, str]) -> Any:
    from igmap.policy.findings import Words

    return Words(told["nl"], told["en"])


def purposes_are_not_circular(case: Case) -> Iterator[Draft]:
    """R63: purposes that declare each other compatible in a circle, or one that is compatible with itself.

    Reuse is judged from the purpose the data were collected for (Art. 6(4)); in a circle there is no such purpose, and
    data for any of them may be used for all.
    """
    onward = {purpose.id: _compatible(purpose) for purpose in case.register.purposes}
    told: set[frozenset[str]] = set()
    for purpose in case.register.purposes:
        reached = _reached(purpose.id, onward)
        circle = frozenset(name for name in reached if purpose.id in _reached(name, onward))
        if purpose.id in reached and circle not in told:
            told.add(circle)
            labels = tuple(p.label for p in case.register.purposes if p.id in circle)
            words = "circle" if len(circle) > 1 else "itself"
            figures = {"purposes": labels}
            item = f"purposes.{purpose.id}.compatible_with"
            yield Draft(case.rule.effect, words, purpose=purpose.id, item=item, figures=figures, source=purpose.source)


def _compatible(purpose: Purpose) -> tuple[str, ...]:
    return () if isinstance(purpose.compatible_with, Open) else purpose.compatible_with


def _reached(start: str, onward: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    ahead = list(onward.get(start, ()))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += onward.get(name, ())
    return found


def terms_have_a_start(case: Case) -> Iterator[Draft]:
    """R64: a term that starts with nothing, or with an event that igmap and the register do not know."""
    retention = case.register.retention
    known = [word.lower() for event in events(retention).values() for word in words_for(event)]
    named: list[tuple[str, RetentionRule | RetentionDefault]] = [
        *((f"retention.rules.{rule.id}", rule) for rule in retention.rules),
        *((("retention.default", retention.default),) if retention.default else ()),
    ]
    for item, rule in named:
        figures: dict[str, Any] = {"rule": item.rpartition(".")[2]}
        if isinstance(rule.start, Open):
            if isinstance(rule.period, str):
                figures["period"] = spelled(rule.period)
                yield Draft(case.rule.effect, "no_start", item=item, figures=figures, source=rule.source)
        elif rule.start.lower() not in known:
            close = get_close_matches(rule.start, known, n=1)
            figures |= {"event": rule.start, "nearest": close[0] if close else ""}
            words = "near_event" if close else "unknown_event"
            yield Draft(case.rule.effect, words, item=f"{item}.start", figures=figures, source=rule.source)


def needed_data_are_not_forbidden(case: Case) -> Iterator[Draft]:
    """R65: a category the policy promises not to process and a purpose needs; a term for data its purpose does not."""
    forbidden = {entry.id for entry in case.register.data_categories if entry.forbidden}
    for purpose in case.register.purposes:
        needed = () if isinstance(purpose.data_categories, Open) else purpose.data_categories
        for name in (name for name in needed if name in forbidden):
            figures = {"category": CATEGORIES[name], "label": purpose.label}
            item = f"purposes.{purpose.id}.data_categories.{name}"
            yield Draft(case.rule.effect, "both", purpose=purpose.id, item=item, figures=figures, source=purpose.source)
    for rule in case.register.retention.rules:
        served = case.register.purpose(rule.purpose)
        if served is None or rule.minimum or isinstance(served.data_categories, Open):
            continue
        stray = tuple(CATEGORIES[name] for name in rule.categories if name not in served.data_categories)
        if stray:
            figures = {"rule": rule.id, "categories": stray, "label": served.label}
            item = f"retention.rules.{rule.id}.categories"
            yield Draft("warning", "not_needed", purpose=served.id, item=item, figures=figures, source=rule.source)


def forbidden_data_are_absent(case: Case) -> Iterator[Draft]:
    """R67: a field that holds what the policy promises not to process."""
    forbidden = {entry.id: entry for entry in case.register.data_categories if entry.forbidden}
    for dataset, fields in case.personal():
        for field in fields:
            if entry := forbidden.get(field.category):
                figures = {"category": CATEGORIES[field.category]}
                yield Draft(case.rule.effect, "found", dataset, field.name, figures=figures, source=entry.source)


def rules_do_not_contradict(case: Case) -> Iterator[Draft]:
    """R66: two rules of the register for the same check that say different things of the same breach."""
    by_check: dict[str, list[Rule]] = defaultdict(list)
    for rule in case.register.rules:
        by_check[rule.check].append(rule)
    for rules in by_check.values():
        said = {(rule.effect, rule.when_open, rule.when_undeclared, rule.severity) for rule in rules}
        if len(said) > 1:
            figures = {"rules": tuple(rule.id for rule in rules)}
            yield Draft(
                case.rule.effect, "differ", item=f"rules.{rules[0].id}", figures=figures, source=rules[0].source
            )


def register_is_complete(case: Case) -> Iterator[Draft]:
    """R69: parts that a register has to have and this one is silent on; an empty list of recipients says: none."""
    told = load_yaml("igmap.policy", "register_words.yaml")["missing"]
    for part in silent_parts(case.register):
        yield Draft(case.rule.effect, "missing", item=part, figures={"part": _words(told[part])})
