"""Phrases as people list them: whole words, `*` for the rest of a word, `…` for words in between, `(a|b)`, `[sz]`."""

import re
from functools import cache
from typing import Any

from igmap.vocabulary import load_yaml

PACKAGE = "igmap.policy.drafting"
TOKEN = re.compile(r"\s*…\s*|\*|\s+|\[\w+\]|[()|?]|.")
GAP = r"\b[^;]{0,120}?"
NOTHING = re.compile(r"(?!)")


def language() -> dict[str, Any]:
    """What is known of Dutch and English."""
    known: dict[str, Any] = load_yaml(PACKAGE, "language.yaml")
    return known


@cache
def pattern(phrases: str) -> re.Pattern[str]:
    """What finds any of the phrases, which stand behind one another with `;` between them.

    Example:
        >>> bool(pattern("recht op …inzage; inzien").search("U hebt recht op kosteloze inzage."))
        True
    """
    alternatives = [_expression(phrase) for phrase in filter(None, map(str.strip, phrases.split(";")))]
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else NOTHING


def _expression(phrase: str) -> str:
    before = "" if phrase.startswith("*") else r"(?<![\w-])"
    after = "" if phrase.endswith("*") else r"(?!\w)"
    tokens = TOKEN.findall(phrase)
    inner = "".join(_token(token, following) for token, following in zip(tokens, [*tokens[1:], ""], strict=True))
    return f"{before}(?:{inner}){after}"


def _token(token: str, following: str) -> str:
    if token.strip() == "…":
        return GAP + (r"(?<!\w)" if following[:1].isalnum() or following == "(" else "")
    meant = {"*": r"\w*", "(": "(?:"}.get(token) or (r"\s+" if token.isspace() else "")
    return meant or (token if token in set(")|?") or token[1:] else re.escape(token))


def one_of(words: list[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
