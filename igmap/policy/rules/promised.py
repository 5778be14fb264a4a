"""What the law wants a policy to tell and a register to hold, and where a policy deviates from the law.

Elements and deviations are data (elements.yaml): where the register says it, and under which article.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.paths import Place, places
from igmap.policy.rules.periods import later, spelled
from igmap.policy.values import PERIOD, Open, Source
from igmap.vocabulary import load_yaml

Element = Mapping[str, Any]
BY_WHAT_IS_SAID = ("stated", "open", "silent", "denied")


def article_13_told(case: Case) -> Iterator[Draft]:
    """R16: every element of Art. 13 and 14 that the register leaves open, does not mention, or denies."""
    yield from _untold(case)


def article_30_recorded(case: Case) -> Iterator[Draft]:
    """R17: what the record of Art. 30 needs beyond what a policy has to tell."""
    yield from _untold(case)


def law_followed(case: Case) -> Iterator[Draft]:
    """R18: places where the policy deviates from the law; a stricter promise is noted, an open one is open."""
    for element in _elements(case):
        found = [place for path in element["at"] for place in places(case.held.content, path)]
        opened = [place for place in found if place.state == "open"]
        if opened and "nl" in element:
            yield _draft(case.rule.when_open, "element_open", element, opened, opened)
        astray = [place for place in found if place.state != "open" and _deviates(element["deviates"], place)]
        if astray:
            yield _draft(element.get("outcome", case.rule.effect), element["id"], element, astray, found)


def _untold(case: Case) -> Iterator[Draft]:
    for element in _elements(case):
        found = min((places(case.held.content, path) for path in element["at"]), key=_rank)
        by_state = {state: [place for place in found if place.state == state] for state in BY_WHAT_IS_SAID}
        if by_state["denied"]:
            yield _draft(case.rule.effect, "element_denied", element, by_state["denied"], found)
        elif opened := by_state["open"]:
            some = "element_open" if len(found) == 1 else "element_open_some"
            yield _draft(case.rule.when_open, some, element, opened, found)
        elif by_state["silent"] or not found:
            yield _draft(case.rule.when_open, "element_silent", element, by_state["silent"], found)


def _rank(found: list[Place]) -> int:
    """How little these places say; where there are none, as little as silence."""
    return max((BY_WHAT_IS_SAID.index(place.state) for place in found), default=BY_WHAT_IS_SAID.index("silent"))


def _elements(case: Case) -> Iterator[Element]:
    """The elements of a check that the register gives cause to ask for."""
    for element in load_yaml("igmap.policy", "elements.yaml")[case.rule.check]:
        asked = places(case.held.content, element["only_if"]) if "only_if" in element else ()
        if "only_if" not in element or any(place.state != "silent" for place in asked):
            yield element


def _draft(outcome: Any, words: str, element: Element, told: list[Place], found: list[Place]) -> Draft:
    first = told[0] if told else None
    figures: dict[str, Any] = {"element": Words(element.get("nl", ""), element.get("en", ""))}
    figures |= {"count": len(told), "of": len(found), "items": tuple(map(_called, told))}
    if first is not None and first.state == "open":
        figures["why"] = Open.model_validate(first.value).why
    sources = {place.source for place in told}
    source = next(iter(sources)) if len(sources) == 1 else Source()
    return Draft(outcome, words, item=element["id"], figures=figures, source=source, law=(element["law"],))


def _called(place: Place) -> Any:
    """What a place is called for people: the text or label of the entry it stands in, or else what stands there."""
    entry = place.within[-1] if place.within and isinstance(place.within[-1], dict) else {}
    told = entry.get("text") or entry.get("label")
    if isinstance(told, dict) and {"nl", "en"} <= told.keys():
        return Words(told["nl"], told["en"])
    is_period = isinstance(place.value, str) and PERIOD.fullmatch(place.value)
    return spelled(place.value) if is_period else place.value


def _deviates(how: Mapping[str, Any], place: Place) -> bool:
    (kind, wanted), *_ = how.items()
    if kind == "missing":
        return place.state in {"silent", "denied"}
    return place.state == "stated" and place.value is not None and DEVIATIONS[kind](place.value, wanted)


@lru_cache(maxsize=256)
def _may_end_after(period: str, other: str) -> bool:
    """Whether a period may end after another one that starts on the same day of a common year."""
    days = (date(2027, 1, 1) + timedelta(days=count) for count in range(365))
    return any(later(day, period) > later(day, other) for day in days)


DEVIATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "longer_than": _may_end_after,
    "shorter_than": lambda value, law: value != law and not _may_end_after(value, law),
    "unlike": lambda value, pattern: not re.search(pattern, " ".join(value) if isinstance(value, list) else value),
    "present": lambda value, _: bool(value),
}
