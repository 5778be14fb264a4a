"""What became of a column in general terms: nothing here follows from values that were found in the data."""

from collections.abc import Iterator, Mapping
from typing import Any

from igmap.release.wording import say, texts

AGES = {"age"}


def changed(column: Mapping[str, Any], lang: str) -> str:
    """What was done to a column: the steps its values took, the form of its labels, and what the plan says of it.

    No parameter of a step is told: where values were cut off, or how much noise they got, helps an attacker.
    """
    return "; ".join(dict.fromkeys(filter(None, _parts(column, lang))))


def _parts(column: Mapping[str, Any], lang: str) -> Iterator[str]:
    for step in column.get("transform") or ():
        yield from (say(f"step.{name}", lang) if f"step.{name}" in texts() else name for name in step)
    if column["treatment"] == "generalise":
        yield form(column.get("hierarchy") or {}, column["category"], lang)
    yield (column.get("becomes") or {}).get(lang, "") or (say("kept", lang) if column["treatment"] == "keep" else "")


def form(hierarchy: Mapping[str, Any], category: str, lang: str) -> str:
    """The form of the labels of a hierarchy: bands of 5, 10 and 20 years; first characters; groups of a fixed list.

    Example:
        >>> form({"intervals": [5, 10], "top": 73}, "age", "en")
        'bands of 5, 10 years, or *'
    """
    builder = next((name for name in hierarchy if f"form.{name}" in texts()), "categorical")
    if builder == "intervals":
        unit = say("unit.years", lang) if category in AGES else ""
        return say("form.intervals", lang, steps=_listed(hierarchy["intervals"], lang), unit=unit)
    levels = hierarchy.get({"date": "date", "list": "levels"}.get(builder, ""))
    named = f"form.{builder}" if levels or builder not in {"list", "date"} else f"form.{builder}.plain"
    return say(named, lang, levels=_listed(levels or (), lang))


def _listed(levels: Any, lang: str) -> str:
    several = levels if isinstance(levels, list | tuple) else [levels]
    return ", ".join(say(f"level.{one}", lang) if f"level.{one}" in texts() else str(one) for one in several)
