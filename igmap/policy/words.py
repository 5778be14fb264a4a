"""The words of a finding: templates in messages/, filled with figures as each language writes them."""

from collections.abc import Mapping
from typing import Any, Literal

from igmap.policy.findings import Words
from igmap.policy.messages import messages
from igmap.report import number, percentage

Language = Literal["nl", "en"]


def words(check: str, entry: str, part: Literal["message", "remedy"], figures: Mapping[str, Any]) -> Words:
    """The message or remedy of one entry, in both languages.

    Args:
        check: name of the check.
        entry: of that check in messages/, or one that all checks share.
        part: which of the two.
        figures: numbers, shares (floats), names, words in two languages (attributes nl and en); or a tuple of them.
    """
    told = messages()
    templates = (told[check].get(entry) or told["every_check"][entry])[part]
    return Words(*(templates[language].format_map(_localised(figures, language)) for language in ("nl", "en")))


def _localised(figures: Mapping[str, Any], language: Language) -> dict[str, str]:
    return {name: _written(value, language) for name, value in figures.items()}


def _written(value: Any, language: Language) -> str:
    if isinstance(value, tuple):
        return ", ".join(_written(part, language) for part in value)
    if hasattr(value, language):
        return str(getattr(value, language))
    if isinstance(value, float):
        return percentage(value, language)
    return number(value, language) if isinstance(value, int) else _named(str(value), language)


def _named(value: str, language: Language) -> str:
    """A word of the checks' own vocabulary in the reader's language; any other word as it is."""
    known: dict[str, dict[str, str]] = messages()["terms"]
    return known[value][language] if value in known else value
