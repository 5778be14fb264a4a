"""Whose data a dataset holds, from the words of its names and the kinds of its fields; nothing when nothing says so."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from igmap.inventory.kinships.members import Group
from igmap.inventory.kinships.relations import Reason, Subject
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

TITLE, FOLDER, FIELD, WHOLE, HOLDS = 4.0, 2.0, 1.0, 2.0, 1.5
LEAST, SHARE, DOUBT = 1.0, 0.34, 1.0
LONGEST = 3


def subjects(group: Group) -> tuple[Subject, ...]:
    """The kinds of data subjects, the likeliest first.

    The name of file or table weighs most, then its folder, a field of a known export, kinds of fields that only come
    together in one kind of data, and a field that names somebody. A dataset without personal data has none.

    Args:
        group: the dataset.
    """
    categories = {member.field.category for member in group.members if member.field.verdict == "found"} - {"none"}
    if not categories:
        return ()
    weights: dict[str, dict[tuple[str, str], float]] = {}
    for kind, weight, reason in _votes(group, categories):
        told = weights.setdefault(kind, {})
        told[reason] = max(weight, told.get(reason, 0.0))
    totals = {kind: sum(told.values()) for kind, told in weights.items()}
    total = sum(totals.values()) + DOUBT
    ranked = sorted(totals, key=lambda kind: (-totals[kind], kind))
    return tuple(
        Subject(kind, round(totals[kind] / total, 3), tuple(_reasons(weights[kind])))
        for kind in ranked
        if totals[kind] >= LEAST and totals[kind] >= SHARE * totals[ranked[0]]
    )


def _reasons(told: dict[tuple[str, str], float]) -> Iterator[Reason]:
    for code, cue in sorted(told, key=lambda reason: (-told[reason], reason)):
        yield {"code": code, "cue": cue}


def _votes(group: Group, categories: set[str]) -> Iterator[tuple[str, float, tuple[str, str]]]:
    table, file = group.titles
    folder = group.located.dataset.source.rpartition("/")[0]
    for weight, code, names in (
        (TITLE, "title", [table, file.rpartition(".")[0] or file]),
        (FOLDER, "folder", [folder]),
        (FIELD, "field", [m.column.name for m in group.members if m.field.verdict != "none"]),
    ):
        for phrase in phrases(names):
            for kind in _by_word().get(phrase, ()):
                yield kind, weight, (code, phrase)
    wholes = {" ".join(name_tokens(member.column.name)) for member in group.members}
    for kind, entry in _content().items():
        for phrase in wholes.intersection(map(plain, entry.get("fields", ()))):
            yield kind, WHOLE, ("field", phrase)
        for held in entry.get("holds", ()):
            if categories.issuperset(held):
                yield kind, HOLDS, ("holds", " ".join(held))


def phrases(names: Iterable[str]) -> Iterator[str]:
    """Every run of up to three words of names of files, tables or fields; folders may stand before them."""
    for name in names:
        words = name_tokens(name.replace("/", " "))
        for length in range(1, LONGEST + 1):
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])


def _content() -> dict[str, Any]:
    content: dict[str, Any] = load_yaml("igmap.inventory.kinships", "subjects.yaml")
    return content


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, entry in _content().items():
        for word in entry["names"]:
            found[plain(word)] = (*found.get(plain(word), ()), kind)
    return found


def plain(phrase: str) -> str:
    """A phrase in the words that names are split into."""
    return " ".join(name_tokens(str(phrase))) or str(phrase)
