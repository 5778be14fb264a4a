"""Which way a difference goes: more is done with data, or less, or neither, or a person has to judge."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal

from igmap.policy.rules.periods import later
from igmap.policy.versions.differences import Difference, entry_of, is_open
from igmap.vocabulary import load_yaml

Direction = Literal["widened", "narrowed", "unclear", "neutral"]
DIRECTIONS: tuple[Direction, ...] = ("widened", "narrowed", "unclear", "neutral")
OPPOSITE: dict[str, Direction] = {"widened": "narrowed", "narrowed": "widened"}
OPENINGS = {"reworded", "raised", "dropped", "renamed"}
FROM = (date(2096, 1, 1), date(2023, 1, 1))  # eight years with a year that is no leap year, and an ordinary five
DAYS = 3000
ENDLESS = {"session": -1, "persistent": 1}
TIMES, SECONDS = re.compile(r"(\d+)([HMS])"), {"H": 3600, "M": 60, "S": 1}
Sign = Literal["more", "less", "same"] | None
Sides = tuple[Mapping[str, Any], Mapping[str, Any]]


def weighed(difference: Difference, sides: Sides) -> tuple[Direction, Sign]:
    """What a difference means, and whether its value grew.

    Args:
        difference: of two registers.
        sides: the two registers as plain trees, old and new.
    """
    entry = entry_of(difference.pattern)
    if entry is None or difference.kind in OPENINGS:
        return "unclear" if entry is None else "neutral", None
    if difference.kind in {"answered", "opened"}:
        return _turned(entry.get("answered", "unclear"), "more" if difference.kind == "answered" else "less"), None
    sign = _sign(difference, entry, sides)
    if sign in {"more", "less"}:
        return _turned(entry.get("more", "unclear"), sign), sign
    return ("neutral", sign) if sign == "same" else (entry.get("changed", "unclear"), None)


def _turned(direction: Direction, sign: Sign) -> Direction:
    return OPPOSITE.get(direction, direction) if sign == "less" else direction


def _sign(difference: Difference, entry: Mapping[str, Any], sides: Sides) -> Sign:
    scale = entry.get("scale")
    if scale == "term" and difference.kind != "changed":
        return _of_term(difference, sides)
    if difference.kind in {"added", "removed"}:
        return "more" if difference.kind == "added" else "less"
    return _on(scale, difference.old, difference.new) if scale else None


def _on(scale: str | list[Any], old: Any, new: Any) -> Sign:
    if scale == "period":
        return compared(old, new)
    if scale == "day":
        return _signed((date.fromisoformat(new) - date.fromisoformat(old)).days)
    rungs = [rung_of_country(value) if scale == "country" else _rung(scale, value) for value in (old, new)]
    return None if None in rungs else _signed(rungs[1] - rungs[0])  # type: ignore[operator]


def _signed(difference: int) -> Sign:
    return "more" if difference > 0 else "less" if difference < 0 else "same"


def _rung(ladder: Iterable[Any], value: Any) -> int | None:
    rungs = [step if isinstance(step, list) else [step] for step in ladder]
    return next((place for place, step in enumerate(rungs) if value in step), None)


def rung_of_country(country: str) -> int:
    """How far protection reaches there: 0 in the EEA, 1 found adequate, 2 for some organisations, 3 neither."""
    known = load_yaml("igmap.policy", "countries.yaml")
    groups = ("eea", "adequate", "partly_adequate")
    return next((place for place, group in enumerate(groups) if country in known[group]), len(groups))


@cache
def compared(old: str, new: str) -> Sign:
    """Two periods, from every day on which they may start: a month may be longer than 30 days, or shorter; then None.

    A cookie may last for a session, which is less than any period, or for ever.

    Example:
        >>> compared("P12M", "P1Y"), compared("P28D", "P1M"), compared("P30D", "P1M")
        ('same', 'more', None)
    """
    if ENDLESS.keys() & {old, new}:
        return _signed(ENDLESS.get(new, 0) - ENDLESS.get(old, 0))
    starts = [first + timedelta(days=number) for first in FROM for number in range(DAYS)]
    signs = {_signed((_end(day, new) - _end(day, old)) // timedelta(seconds=1)) for day in starts} - {"same"}
    if len(signs) > 1:
        return None
    return signs.pop() if signs else "same"


def _end(day: date, period: str) -> datetime:
    """When a period ends that starts with a day; the hours of a cookie counted."""
    days, _, hours = period.partition("T")
    moved = later(day, days) if days != "P" else day
    return datetime.combine(moved, time()) + timedelta(
        seconds=sum(int(n) * SECONDS[u] for n, u in TIMES.findall(hours))
    )


def _of_term(difference: Difference, sides: Sides) -> Sign:
    """A term that comes: a limit where none was, unless its purpose came with it or a general term held before.

    A legal minimum makes data stay; any other term makes them go.
    """
    came = difference.kind == "added"
    term = difference.new if came else difference.old
    purposes = [{one["id"] for one in side.get("purposes") or ()} for side in sides]
    if not all(term["purpose"] in known for known in purposes):
        return "same"
    if is_open(term["period"]):
        return None
    general = (sides[not came].get("retention") or {}).get("default") or {}
    if not term["minimum"] and isinstance(general.get("period"), str):
        sign = compared(general["period"], term["period"])
        return sign if came or sign is None else {"more": "less", "less": "more", "same": "same"}[sign]  # type: ignore[return-value]
    return "more" if came == term["minimum"] else "less"
