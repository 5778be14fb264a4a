"""In which language a text is, by its commonest small words."""

import re
from collections import Counter

from igmap.vocabulary import load_yaml

FEWEST_WORDS = 8
CLEAR_SHARE = 0.6


def languages() -> frozenset[str]:
    """The languages that can be told."""
    return frozenset(load_yaml("igmap.policy", "languages.yaml"))


def language_of(text: str) -> str:
    """The code of the language a text is in, or nothing where it is too short or mixed to tell.

    Example:
        >>> language_of("Wij delen uw gegevens niet met een ander, en ook deze zijn niet voor het verkopen.")
        'nl'
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    known = {word: code for code, listed in load_yaml("igmap.policy", "languages.yaml").items() for word in listed}
    counted = Counter(known[word] for word in words if word in known)
    code, count = counted.most_common(1)[0] if counted else ("", 0)
    return code if count >= FEWEST_WORDS and count >= CLEAR_SHARE * counted.total() else ""
