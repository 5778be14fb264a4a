"""Names of fields that ask: a yes or no holds nothing of what it asks about, an open question what somebody answers."""

from collections.abc import Sequence
from functools import cache

from igmap.vocabulary.categories import CATEGORIES
from igmap.vocabulary.tokens import header_words

UNMEASURED = frozenset({"income", "health", "learning_result", "learning_activity"})  # `bedrag boete` is money
FLAGS = frozenset({"is", "has"})
SHORTEST_QUESTION = 4  # words


def is_asked(tokens: Sequence[str], category: str) -> bool:
    """Whether its first words ask whether or how much of what follows, so that it holds none of it: `hs_is_contact`."""
    measured = tokens[0] in _words("measures") and category not in UNMEASURED
    measured |= tokens[0] in _words("kinds") and CATEGORIES[category].special == "none" and category != "income"
    flagged = tokens[1] in FLAGS and tokens[0] not in _words("asking")
    return measured or ((flagged or tokens[0] in _words("openings")) and _is_key(category))


def is_question(tokens: Sequence[str]) -> bool:
    """Whether it asks openly, so that what is written under it is an answer: `Wat vond u van de locatie?`."""
    return len(tokens) >= SHORTEST_QUESTION and tokens[0] in _words("asking")


def _is_key(category: str) -> bool:
    """Whether a flag about it (`HasOptedOutOfEmail`) holds nothing of it, as `is_gehuwd` does."""
    return CATEGORIES[category].identifiability in {"direct", "key"} or CATEGORIES[category].secret


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(map(str, header_words()[kind]))
