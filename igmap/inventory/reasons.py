"""Reasons of a verdict in words: codes and figures go into the inventory, people read sentences."""

from collections.abc import Iterable, Mapping

from igmap.report import text
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.themes import theme_name

OF_CATEGORIES = ("category", "list", "otherwise", "found")  # figures that name a category


def told(reason: Mapping[str, str | int | float], lang: str) -> str:
    """One reason as a sentence, in Dutch or English.

    Example:
        >>> told({"code": "closed_list", "list": "gender", "share": 1.0}, "en")
        '100% of the distinct values are in the list gender'
    """
    figures = {key: _named(key, value, lang) for key, value in reason.items() if key != "code"}
    return text(f"reason.{reason['code']}", lang, **figures)


def all_told(reasons: Iterable[Mapping[str, str | int | float]], lang: str) -> tuple[str, ...]:
    """All reasons, in their order."""
    return tuple(told(reason, lang) for reason in reasons)


def _named(key: str, value: str | float, lang: str) -> str | float:
    if key in OF_CATEGORIES and value in CATEGORIES:
        return str(getattr(CATEGORIES[str(value)], lang))
    if key == "theme":
        return theme_name(str(value), lang)
    if key == "evidence" or value == "undecided":
        return text(f"evidence.{value}", lang)
    return value
