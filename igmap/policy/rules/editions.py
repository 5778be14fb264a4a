"""The register's own dates and language: whether one version is in force, since when, and in which words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from igmap.policy.case import Case, Draft
from igmap.policy.identity import Header, Version
from igmap.policy.languages import language_of, languages
from igmap.policy.quotes import quotes
from igmap.policy.register import Policy
from igmap.policy.values import Open

FIRST_YEAR, LAST_YEAR = 1995, 2200  # the first data protection directive; beyond the second nobody plans


class Edition(NamedTuple):
    """One version of the policy, with what is known of it."""

    path: str
    version: str | None
    announced: date | None
    start: date | None
    end: date | None


def editions(policy: Policy) -> list[Edition]:
    """The version this register is of, then those of its history."""
    own = policy.header
    earlier = [_edition(f"policy.history.{number}", one, one.effective_until) for number, one in enumerate(own.history)]
    return [_edition("policy", own, None), *earlier]


def _edition(path: str, said: Header | Version, end: Any) -> Edition:
    return Edition(path, _known(said.version), _known(said.announced), _known(said.effective_from), _known(end))


def _known(value: Any) -> Any:
    return None if isinstance(value, Open) else value


def version_dates_are_possible(case: Case) -> Iterator[Draft]:
    """R61: days that stand for no day (1900-01-01), and days that have not come yet."""
    review = case.register.review
    dated = [(f"{e.path}.{key}", day) for e in editions(case.register) for key, day in _dates(e)]
    reviewed = _known(review.last_review) if review else None
    dated += [("review.last_review", reviewed)] if reviewed else []
    for path, day in dated:
        figures = {"path": path, "day": day}
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Draft(case.rule.effect, "no_day", item=path, figures=figures)
        elif day > case.today:
            in_force = path == "policy.effective_from"
            yield Draft(
                "warning" if in_force else case.rule.effect,
                "ahead" if in_force else "later",
                item=path,
                figures=figures,
            )


def _dates(edition: Edition) -> list[tuple[str, date]]:
    """The days of a version that lie behind us when they are true; the last day of one may lie ahead."""
    named = (("announced", edition.announced), ("effective_from", edition.start))
    return [(key, day) for key, day in named if day is not None]


def one_version_at_a_time(case: Case) -> Iterator[Draft]:
    """R62: two versions that are in force on the same day, or the same version twice."""
    known = editions(case.register)
    by_name = defaultdict(list)
    for edition in known:
        if edition.version is not None:
            by_name[edition.version].append(edition)
    for version, named in by_name.items():
        if len(named) > 1:
            yield Draft(case.rule.effect, "twice", item=named[-1].path, figures={"version": version})
    for one, other in combinations([edition for edition in known if edition.start], 2):
        if words := _both_valid(one, other):
            figures = {"one": one.version or "?", "other": other.version or "?", "day": max(_start(one), _start(other))}
            yield Draft(case.rule.effect, words, item=f"{other.path}.effective_from", figures=figures)


def _both_valid(one: Edition, other: Edition) -> str:
    first, second = sorted((one, other), key=_start)
    if _start(one) == _start(other):
        return "same_day"
    if one.path == "policy" and second is one:
        return "overlap" if first.end and first.end >= _start(second) else ""
    if one.path == "policy":
        return "later_history"
    return "overlap" if first.end and first.end >= _start(second) else ""


def _start(edition: Edition) -> date:
    return edition.start or date.max


def register_is_in_its_language(case: Case) -> Iterator[Draft]:
    """R68: a language igmap cannot tell, or quotes in another one than the register says its policy is in."""
    stated = case.register.header.language
    told = language_of(" ".join(quote for _, quote in quotes(case.register)))
    figures = {"stated": stated, "told": told}
    if stated not in languages():
        yield Draft("open", "cannot_tell", item="policy.language", figures=figures)
    elif told and told != stated:
        yield Draft(case.rule.effect, "another", item="policy.language", figures=figures)
