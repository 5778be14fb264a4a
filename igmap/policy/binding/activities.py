"""What a dataset and a purpose are about, in the same words: the activities of activities.yaml."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NamedTuple

from igmap.inventory.kinships.subjects import phrases, plain
from igmap.policy.binding.known import Sight
from igmap.policy.register import Purpose
from igmap.vocabulary import load_yaml

PROFILE, KIND, TITLE, FILE, FOLDER, HOLDS, DOUBT = 4.0, 3.0, 4.0, 3.0, 2.0, 1.5, 1.0
TERM, WORD, WIDER = 1.0, 0.8, 0.5


class Sign(NamedTuple):
    """What says that a dataset is about something.

    Args:
        code: of the reason.
        cue: our own word for it.
    """

    code: str
    cue: str


def activities() -> dict[str, dict[str, Any]]:
    """Every activity with its cues."""
    found: dict[str, dict[str, Any]] = load_yaml("igmap.policy.binding", "activities.yaml")
    return found


def about(sight: Sight) -> dict[str, dict[Sign, float]]:
    """The activities a dataset shows signs of, with the weight of each sign.

    The name of table or file and the kind of export weigh most, then the folder, then categories that come together.
    """
    found: dict[str, dict[Sign, float]] = {}
    for activity, sign, weight in _signs(sight):
        signs = found.setdefault(activity, {})
        signs[sign] = max(weight, signs.get(sign, 0.0))
    return found


def shares(found: dict[str, dict[Sign, float]]) -> dict[str, float]:
    """How much of all signs speaks for each activity, 0-1, with a share left for doubt."""
    totals = {activity: sum(signs.values()) for activity, signs in found.items()}
    total = sum(totals.values()) + DOUBT
    return {activity: weight / total for activity, weight in totals.items()}


def _signs(sight: Sight) -> Iterator[tuple[str, Sign, float]]:
    for weight, code, names in titles_of(sight):
        for phrase in phrases(names):
            for activity in _by_word("names").get(phrase, ()):
                yield activity, Sign(code, phrase), weight
    yield from _signs_of_content(sight)


def _signs_of_content(sight: Sight) -> Iterator[tuple[str, Sign, float]]:
    for activity, entry in activities().items():
        if sight.profile in entry.get("profiles", ()):
            yield activity, Sign("profile", sight.profile), PROFILE
        if sight.kind in entry.get("kinds", ()):
            yield activity, Sign("kind", sight.kind), KIND
        for held in entry.get("holds", ()):
            if set(held) <= set(sight.categories):
                yield activity, Sign("holds", " ".join(held)), HOLDS


def titles_of(sight: Sight) -> Iterator[tuple[float, str, list[str]]]:
    """The names of a dataset: a table says more of itself than the file it is in."""
    folder, _, file = sight.dataset.source.rpartition("/")
    name = file.rpartition(".")[0] or file
    if sight.dataset.table:
        yield TITLE, "title", [sight.dataset.table]
        yield FOLDER, "file", [name]
    else:
        yield FILE, "file", [name]
    yield FOLDER, "folder", [folder]


def serves(purpose: Purpose) -> dict[str, tuple[float, Sign]]:
    """The activities a purpose of the register stands for, by its DPV terms and the words of its id and labels."""
    found: dict[str, tuple[float, Sign]] = {}
    for activity, weight, sign in _meanings(purpose):
        if weight > found.get(activity, (0.0, sign))[0]:
            found[activity] = (weight, sign)
    return found


def _meanings(purpose: Purpose) -> Iterator[tuple[str, float, Sign]]:
    words = set(phrases([purpose.id, purpose.label.nl, purpose.label.en]))
    for activity, entry in activities().items():
        for term in (term for term in (purpose.iri, *purpose.also) if isinstance(term, str)):
            if _is_among(term, entry["terms"]):
                yield activity, TERM, Sign("term", term)
            elif _is_among(term, entry.get("also", ())):
                yield activity, WIDER, Sign("wider_term", term)
    for word in sorted(words):
        for activity in _by_word("labels").get(word, ()):
            yield activity, WORD, Sign("label", word)


def _is_among(term: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(term, pattern) for pattern in patterns)


@cache
def _by_word(key: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for activity, entry in activities().items():
        for word in entry.get(key, ()):
            found[plain(word)] = (*found.get(plain(word), ()), activity)
    return found
