"""Words of the register itself in the names of a dataset: what a purpose, or whom it is about, is called there."""

from collections.abc import Iterator

from igmap.policy.binding.activities import Sign, titles_of
from igmap.policy.binding.known import Sight
from igmap.policy.register import Policy, Purpose
from igmap.policy.values import Open
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

SHORTEST, MOST_PURPOSES, OF_SUBJECT = 4, 2, 0.5


def own_signs(sight: Sight, policy: Policy) -> dict[str, dict[Sign, float]]:
    """Per id of a purpose the words that its register and the names of the dataset share, with their weight.

    A word that many purposes have tells none of them apart and counts for none; one for persons counts half.
    """
    telling = _telling(policy)
    found: dict[str, dict[Sign, float]] = {}
    for weight, _, names in titles_of(sight):
        for word in {word for name in names for word in name_tokens(name.replace("/", " "))}:
            for purpose, part in telling.get(word, {}).items():
                signs = found.setdefault(purpose, {})
                signs[Sign("own_word", word)] = max(weight * part, signs.get(Sign("own_word", word), 0.0))
    return found


def _telling(policy: Policy) -> dict[str, dict[str, float]]:
    words: dict[str, dict[str, float]] = {}
    for purpose in policy.purposes:
        for word, part in _words(purpose, policy):
            held = words.setdefault(word, {})
            held[purpose.id] = max(part, held.get(purpose.id, 0.0))
    few = {word: held for word, held in words.items() if len(held) <= MOST_PURPOSES}
    return {word: {purpose: part / len(held) for purpose, part in held.items()} for word, held in few.items()}


def _words(purpose: Purpose, policy: Policy) -> Iterator[tuple[str, float]]:
    """The words of a purpose and of whom it is about, without those that stand for nothing."""
    general = set(load_yaml("igmap.policy.binding", "roles.yaml")["general"])
    subjects = () if isinstance(purpose.data_subjects, Open) else purpose.data_subjects
    about = [one for one in policy.data_subjects if one.id in subjects]
    for part, items in ((1.0, [purpose]), (OF_SUBJECT, about)):
        for name in (text for one in items for text in (one.id, one.label.nl, one.label.en)):
            yield from ((word, part) for word in name_tokens(name) if len(word) >= SHORTEST and word not in general)
