"""How texts speak of special categories: words, compounds, and the phrases in which somebody is meant."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from igmap.vocabulary.files import load_yaml

VOCABULARY = "igmap.vocabulary"
ENDINGS = "(?:s|n|en|ën|sen|e)?"
LINKS = "(?:s|en|e|n)?-?"


@cache
def institutions() -> str:
    """Names that begin with a word of a special category: written as names are, with a capital behind it too."""
    begun = "|".join(re.escape(stem.capitalize()) for stem in _word_stems() if stem.isalpha())
    return rf"\b(?:{begun})\p{{L}}*\s+(?:(?:de|den|het|sint|st\.)\s+)?\p{{Lu}}\p{{Ll}}+"


@cache
def special_stems() -> list[str]:
    """How words that speak of a special category begin, and the heads of compounds."""
    return [*_word_stems(), *(head for kinds in _compounds().values() for kind in kinds for head in kind["heads"])]


@cache
def special_parts() -> str:
    """A pattern that every text has which speaks of a special category: of a word its longest part, heads of compounds.

    Of `van * afkomst` every text with `van ` holds the first part.
    """
    words = (word for listed in load_yaml(VOCABULARY, "special.yaml").values() for word in listed)
    parts = {max(map(str.strip, str(word).split("*")), key=len) for word in words}
    parts |= {head for kinds in _compounds().values() for kind in kinds for head in kind["heads"]}
    return "|".join(map(re.escape, sorted(parts)))


@cache
def special_patterns() -> dict[str, str]:
    """One pattern per category of words that speak of it, for lower-cased text; a star is any rest of a word."""
    lists = load_yaml(VOCABULARY, "special.yaml")
    return {category: rf"\b(?:{'|'.join(_expressions(category, words))})\b" for category, words in lists.items()}


def _expressions(category: str, words: list[str]) -> Iterator[str]:
    yield from (re.escape(word).replace(r"\*", "[a-zà-ÿ-]*") for word in words)
    for kind in _compounds().get(category, ()):
        first = "|".join(kind["of"]) if "of" in kind else "[a-zà-ÿ-]{3,}"
        yield rf"(?:{first}){kind.get('by') or LINKS}(?:{'|'.join(kind['heads'])}){ENDINGS}"


@cache
def saying() -> tuple[str, str]:
    """Patterns for lower-cased text: a phrase that says something of somebody, and a question or a title that asks."""
    told = load_yaml(VOCABULARY, "saying.yaml")
    said, asked = ("|".join(map(re.escape, told[key])) for key in ("said", "asked"))
    return rf"^(?:\S+ )?(?:{said})\s", rf"^(?:{asked})\b"


def _compounds() -> dict[str, list[dict[str, Any]]]:
    known: dict[str, list[dict[str, Any]]] = load_yaml(VOCABULARY, "compounds.yaml")
    return known


@cache
def _word_stems() -> list[str]:
    lists = load_yaml(VOCABULARY, "special.yaml")
    return [str(word).partition("*")[0] for words in lists.values() for word in words]
