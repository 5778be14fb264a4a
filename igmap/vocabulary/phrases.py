"""The phrases and lists of `headers.yaml`, as the words of a field's name are compared with them."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from igmap.vocabulary.tokens import header_words, name_tokens

KINDS = ("person", "thing", "paper", "deed", "site")
SHORTEST = 3  # first part of a compound
NUMBERS = ("nummer", "number", "nr", "no", "num")


@cache
def phrases() -> dict[str, str]:
    """Every phrase with its category; phrases win over combinations, and what stands later wins."""
    words = header_words()
    plain = {kind: [_plain(word) for word in words[f"{kind}s"]] for kind in KINDS}
    combined = {
        phrase: category
        for category, forms in words["combinations"].items()
        for form in forms
        for phrase in _combined(form, plain)
    }
    said = combined | {_plain(phrase): category for category, forms in words["phrases"].items() for phrase in forms}
    ended = ((*phrase.rpartition(" "), category) for phrase, category in said.items())
    numbered = ((of, category) for of, _, last, category in ended if last in NUMBERS and len(of) >= SHORTEST)
    return {f"{of} {one}": category for of, category in numbered for one in NUMBERS} | said


def glued(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Two words that the lists write as one, `opleidings niveau` and `kunden nr`; the tokens as they are without."""
    for at, (first, last) in enumerate(pairwise(tokens)):
        if len(first) < SHORTEST or f"{first} {last}" in phrases():
            continue
        compounds = (f"{first}{link}{'nummer' if last in NUMBERS else last}" for link in ("", "s"))
        if word := next((one for one in compounds if one in phrases()), None):
            return (*tokens[:at], word, *tokens[at + 2 :])
    return tokens


def _combined(form: str, plain: dict[str, list[str]]) -> Iterator[str]:
    """The form with each word in it; what stands around the word is taken apart once."""
    kind = next(kind for kind in KINDS if f"{{{kind}}}" in form)
    before, _, after = form.partition(f"{{{kind}}}")
    first = f"{_plain(before)} " if before.strip() else ""
    last = f" {_plain(after)}" if after.strip() else ""
    yield from (f"{first}{word}{last}" for word in plain[kind])


@cache
def contexts() -> frozenset[str]:
    """Words that may stand before a bare `naam` or `nummer` and leave it a person's."""
    words = header_words()
    listed = (*words["contexts"], *words["qualifiers"], *words["persons"])
    return frozenset(part for word in listed for part in _plain(str(word)).split())


@cache
def attributes() -> frozenset[str]:
    """Categories that are told of somebody, so that `woonplaats naam` is a city and `geslacht klant` a gender."""
    return frozenset(header_words()["attributes"])


@cache
def listed(name: str) -> frozenset[str]:
    """The phrases of one of the lists, such as `animals`, which say of a table that animals are in it."""
    return frozenset(_plain(word) for word in header_words()[name])


def _plain(phrase: str) -> str:
    return " ".join(name_tokens(str(phrase))) or str(phrase)
