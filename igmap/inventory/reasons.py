"""Reasons of a verdict in words: codes and figures go into the inventory, people read sentences."""

from collections.abc import Iterable, Mapping

from igmap.report import text
from igmap.report.texts import texts
from igmap.vocabulary import CATEGORIES
from igmap.vocabulary.themes import theme_name

OF_CATEGORIES = ("category", "list", "otherwise", "found")  # figures that name a category
OF_DETECTORS = ("detector", "second")


def told(reason: Mapping[str, str | int | float], lang: str) -> str:
    """One reason as a sentence, in Dutch or English.

    Example:
        >>> told({"code": "closed_list", "list": "gender", "share": 1.0}, "en")
        '100% of the distinct values are in the list gender'
        >>> told({"code": "share", "detector": "imei", "share": 1.0}, "en")
        '100% of the distinct values are recognised as IMEI number'
    """
    figures = {key: _named(key, value, lang) for key, value in reason.items() if key != "code"}
    return text(f"reason.{reason['code']}", lang, **figures)


def all_told(reasons: Iterable[Mapping[str, str | int | float]], lang: str) -> tuple[str, ...]:
    """All reasons, in their order."""
    return tuple(told(reason, lang) for reason in reasons)


def kind_label(kind: str, lang: str) -> str:
    """What a category or a detector is called; one of the user's own keeps its id.

    Example:
        >>> kind_label("education_number", "nl"), kind_label("bsn", "en")
        ('onderwijsnummer', 'citizen service number (BSN)')
    """
    if f"detector.{kind}" in texts():
        return text(f"detector.{kind}", lang)
    return str(getattr(CATEGORIES[kind], lang)) if kind in CATEGORIES else kind


def _named(key: str, value: str | float, lang: str) -> str | float:
    if key in OF_DETECTORS or (key in OF_CATEGORIES and value in CATEGORIES):
        return kind_label(str(value), lang)
    if key == "theme":
        return theme_name(str(value), lang)
    kind = "evidence" if value == "undecided" else key
    return text(f"{kind}.{value}", lang) if f"{kind}.{value}" in texts() else value
