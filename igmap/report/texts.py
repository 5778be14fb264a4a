"""Texts for people, in Dutch and English, with numbers as each language writes them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

import yaml

from igmap.errors import nearest

Language = Literal["nl", "en"]
_DUTCH = str.maketrans(",.", ".,")


@cache
def texts() -> dict[str, dict[str, str]]:
    """All texts: key -> language -> template."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = files(__package__).joinpath("texts.yaml").read_bytes()
    content: dict[str, dict[str, str]] = yaml.load(source, Loader=loader)  # noqa: S506 - both are safe loaders
    return content


def text(key: str, lang: str, **figures: Any) -> str:
    """The text of a key with its figures filled in.

    Raises:
        KeyError: the key, the language or a figure is missing: a mistake in igmap, not in the data.

    Example:
        >>> text("reason.share", "en", detector="email", share=0.98)
        '98% of the distinct values are recognised as email'
    """
    try:
        template = texts()[key][lang]
    except KeyError:
        raise KeyError(f"no text {key!r} in {lang!r}{nearest(key, texts())}") from None
    return filled(template, lang, figures)


def filled(template: str, lang: str, figures: Mapping[str, Any]) -> str:
    """A text of any room with its figures filled in, as the language writes them.

    A figure with the format `%` is a share of 0-1 and is shown as a percentage; one with two words stands before the
    first when it is 1, and before the second when it is not.

    Example:
        >>> filled("{rows:row|rows}, {share:%}", "en", {"rows": 1, "share": 0.5})
        '1 row, 50%'
    """
    return _Localised(lang).vformat(template, (), figures)


def number(value: float, lang: str, spec: str = "") -> str:
    """The number with the language's separators: 1.234,5 in Dutch, 1,234.5 in English.

    Args:
        value: whole numbers stay whole, others get at most two decimals.
        lang: nl or en.
        spec: a format specification that overrules this.
    """
    english = format(value, spec or ("," if isinstance(value, int) else ",.2f"))
    if not spec and "." in english:
        english = english.rstrip("0").rstrip(".")
    return english.translate(_DUTCH) if lang == "nl" else english


def percentage(share: float, lang: str) -> str:
    """A share of 0-1 as a percentage that never rounds something to 0 or to 100."""
    if 0 < share < 0.0005:  # noqa: PLR2004 - less than the last digit shown
        return "<" + percentage(0.001, lang)
    if 0.9995 <= share < 1:  # noqa: PLR2004 - the same from above
        return ">" + percentage(0.999, lang)
    digits = number(round(share * 100, 1), lang)
    return digits + ("\N{NO-BREAK SPACE}%" if lang == "nl" else "%")


class _Localised(Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "%":
            return percentage(value, self.lang)
        if isinstance(value, date) and self.lang == "nl":
            return f"{value:%d-%m-%Y}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        one, with_noun, many = format_spec.partition("|")
        told = number(value, self.lang, "" if with_noun else format_spec)
        return f"{told} {one if value == 1 else many}" if with_noun else told
