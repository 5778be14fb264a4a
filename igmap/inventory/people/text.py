"""Persons in running text, by lists and the words before a name. Dutch first, English too.

A person is: a title or greeting followed by capitalised words; a given name followed by particles and a capitalised
word; or a given name alone that is no ordinary word.
"""

import re
from collections.abc import Iterator

from igmap.inventory.people.names import folded, name_set, particles

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?", re.UNICODE)
TITLES = frozenset(
    "dhr dhr. mevr mevr. mw mw. meneer mevrouw heer mr mr. mrs mrs. ms ms. dr dr. drs drs. ir ir. ing ing. prof prof. de heer".split()
)
GREETINGS = frozenset("beste hallo hoi hey hi dear geachte lieve dag groeten groet namens collega".split())
MOST_WORDS = 6


def find_persons(text: str) -> list[tuple[int, int]]:
    """Where persons are named.

    Args:
        text: any text, as it is.

    Returns:
        Character offsets (start, end) into the text, in order, not overlapping.

    Example:
        >>> text = "Beste Fatima, Jan-Willem de Vries belt morgen."
        >>> [text[a:b] for a, b in find_persons(text)]
        ['Fatima', 'Jan-Willem de Vries']
    """
    return list(_spans(text, list(WORD.finditer(text))))


def _spans(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    position = 0
    while position < len(words):
        size = _person_at(text, words, position)
        if size:
            end = words[position + size - 1]
            yield words[position].start(), end.end() - (end[0].endswith(".") and len(end[0]) > 2)  # noqa: PLR2004 - an initial keeps its point
        position += size or 1


def _person_at(text: str, words: list[re.Match[str]], start: int) -> int:
    """How many words from `start` name a person; 0 if they do not."""
    first = folded(words[start][0].rstrip("."))
    if not words[start][0][0].isupper() or first in TITLES or first in GREETINGS:
        return 0
    size = _run(text, words, start)
    before = folded(words[start - 1][0]) if start and _joined(text, words, start - 1) else ""
    given = first in name_set("given") or words[start][0].lower() in name_set("given")
    is_initial = len(first) == 1 and words[start][0].endswith(".")
    introduced = before in TITLES or (before in GREETINGS and (given or _is_family(words, start, size)))
    full = size > 1 and (given or (is_initial and _is_family(words, start, size)))
    alone = size == 1 and first in name_set("given", words=False) and len(first) > 2  # noqa: PLR2004 - two letters are too few
    return size if introduced or full or alone else 0


def _run(text: str, words: list[re.Match[str]], start: int) -> int:
    """Words that belong together: capitalised ones, with particles between them."""
    size, last = 1, 1
    while start + size < len(words) and size < MOST_WORDS and _joined(text, words, start + size - 1):
        word = words[start + size][0]
        if word[0].isupper() and folded(word) not in TITLES | GREETINGS:
            last = size + 1
        elif word.lower() not in particles():
            break
        size += 1
    return last


def _joined(text: str, words: list[re.Match[str]], left: int) -> bool:
    """Whether only a space stands between two words; a point ends a sentence unless it ends an initial or a title."""
    word = words[left][0]
    ends = word.endswith(".") and len(word) > 2 and folded(word) not in TITLES  # noqa: PLR2004 - an initial and its point
    return not ends and text[words[left].end() : words[left + 1].start()] in {" ", "\u00a0", ""}


def _is_family(words: list[re.Match[str]], start: int, size: int) -> bool:
    return folded(words[start + size - 1][0].rstrip(".")) in name_set("family")
