"""The release room's texts with their figures filled in."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from igmap.report import number, percentage
from igmap.vocabulary import load_yaml

FILES = ("texts.yaml", "certificate.yaml", "free_text.yaml")


class _Figures(Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date):
            return value.strftime("%d-%m-%Y" if self.lang == "nl" else "%Y-%m-%d")
        if isinstance(value, str):
            return value
        return percentage(value, self.lang) if format_spec == "%" else number(value, self.lang)


def say(key: str, lang: str, **figures: Any) -> str:
    """The text of a key in nl or en; `{share:%}` becomes a percentage.

    Example:
        >>> say("rows", "nl", rows=29265)
        '29.265 rijen, in willekeurige volgorde.'
    """
    words: str = texts()[key][lang]
    return _Figures(lang).vformat(words, (), figures)


def texts() -> Mapping[str, Any]:
    """All texts by key, each in nl and en."""
    known: Mapping[str, Any] = _merged()
    return known


@cache
def _merged() -> dict[str, Any]:
    return {key: words for file in FILES for key, words in load_yaml("igmap.release", file).items()}
