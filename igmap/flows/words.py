"""What is shown to people, in both languages, and whether it is an answer or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from igmap.report import text


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Dutch and English.

    Args:
        nl: Dutch.
        en: English.
        open: True when these words say why the value is open, not what it is.
    """

    nl: str
    en: str
    open: bool = False

    @classmethod
    def of(cls, key: str, *, open: bool = False, **figures: Any) -> Self:  # noqa: A002 - the register's own word
        """The text of a key of the report room, in both languages; words among the figures are said in the same one."""
        nl, en = (
            {name: one.say(lang) if isinstance(one, Words) else one for name, one in figures.items()}
            for lang in ("nl", "en")
        )
        open_figures = any(isinstance(one, Words) and one.open for one in figures.values())
        return cls(text(key, "nl", **nl), text(key, "en", **en), open or open_figures)

    @classmethod
    def same(cls, content: object, *, open: bool = False) -> Self:  # noqa: A002 - the register's own word
        """A name or a sentence from a file, which has one language only."""
        return cls(str(content), str(content), open)

    def say(self, lang: str) -> str:
        """In one language."""
        return self.nl if lang == "nl" else self.en
