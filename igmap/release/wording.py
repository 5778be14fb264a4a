"""The release room's texts with their figures filled in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from igmap.report import filled
from igmap.vocabulary import load_yaml

FILES = ("texts.yaml", "certificate.yaml", "free_text.yaml")


def say(key: str, lang: str, **figures: Any) -> str:
    """The text of a key in nl or en; `{share:%}` becomes a percentage.

    Example:
        >>> say("rows", "nl", rows=29265)
        '29.265 rijen, in willekeurige volgorde.'
    """
    words: str = texts()[key][lang]
    return filled(words, lang, figures)


def texts() -> Mapping[str, Any]:
    """All texts by key, each in nl and en."""
    known: Mapping[str, Any] = _merged()
    return known


@cache
def _merged() -> dict[str, Any]:
    return {key: words for file in FILES for key, words in load_yaml("igmap.release", file).items()}
