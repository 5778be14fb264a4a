"""What a word means among others: `gewicht` beside a diagnosis is a patient's, beside a price a parcel's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import MOST, Vote, share_of
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

SHORTEST_END = 6  # letters of a word that may be the end of a compound


@dataclass(frozen=True, slots=True)
class Company:
    """Words that are told of somebody where the table tells more of the kind.

    Args:
        category: what they then say.
        words: the words, spaced as `name_tokens` has them.
        ends: those that may end a compound.
        beside: categories of which another field of the table must be found to be,
        amid: or words of which the name of another field has one.
        dated: whether a field of dates counts.
    """

    category: str
    words: frozenset[str]
    ends: tuple[str, ...]
    beside: frozenset[str]
    amid: frozenset[str]
    dated: bool


def company_votes(names: Sequence[str], fields: Sequence[Field], evidence: Sequence[Evidence]) -> list[list[Vote]]:
    """For each field of a table that nothing was found of, what its name says among the others.

    Args:
        names: of the fields as the export prints them.
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    tokens = [name_tokens(name) for name in names]
    found = {at: field.category for at, field in enumerate(fields) if field.verdict == "found"}
    votes: list[list[Vote]] = [[] for _ in fields]
    for kind in _companies():
        told = [at for at, words in enumerate(tokens) if found.get(at) in kind.beside or kind.amid & set(words)]
        for at, words in enumerate(tokens) if told else ():
            other = next((one for one in told if one != at), None)
            if other is not None and at not in found and _says(kind, words, evidence[at]):
                reason = {"code": "neighbour", "field": fields[other].name}
                votes[at].append(Vote(kind.category, "neighbour:company", 1.0, reason))
    return votes


def _says(kind: Company, words: tuple[str, ...], counts: Evidence) -> bool:
    """Whether a name holds one of the words, and its values are neither codes nor, where they say nothing, dates or flags."""
    dated = not kind.dated and share_of(counts, "dates") > MOST
    if dated or words[-1:] == ("code",) or (kind.category != "health" and share_of(counts, "flag") > MOST):
        return False
    spaced = f" {' '.join(words)} "
    return any(f" {word} " in spaced for word in kind.words) or any(word.endswith(kind.ends) for word in words)


@cache
def _companies() -> tuple[Company, ...]:
    """The entries of `company.yaml`."""
    entries: list[dict[str, Any]] = load_yaml("igmap.vocabulary", "company.yaml")
    return tuple(_company(entry) for entry in entries)


def _company(entry: dict[str, Any]) -> Company:
    words = frozenset(" ".join(name_tokens(word)) for word in entry["words"])
    return Company(
        entry["category"],
        words,
        tuple(word for word in sorted(words) if " " not in word and len(word) >= SHORTEST_END),
        frozenset(entry.get("beside", ())),
        frozenset(entry.get("amid", ())),
        entry.get("dated", False),
    )
