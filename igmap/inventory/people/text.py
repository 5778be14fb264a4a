"""Persons in running text, by lists and the words before a name. Dutch first, English too.

A person is: a title or greeting followed by capitalised words; a given name followed by particles and a capitalised
word; or a given name alone that is no ordinary word.
"""

import re
from collections.abc import Iterator

from igmap.inventory.people.names import folded, name_set, not_names, particles, words_of

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?", re.UNICODE)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
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
    visible = [i for i in range(len(text)) if not INVISIBLE.match(text, i)] if INVISIBLE.search(text) else None
    if visible is None:
        return list(_spans(text, list(WORD.finditer(text))))
    plain = "".join(text[i] for i in visible)
    return [(visible[start], visible[end - 1] + 1) for start, end in _spans(plain, list(WORD.finditer(plain)))]


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
    before = folded(words[start - 1][0]) if start and _joined(text, words, start - 1) else ""
    is_given = first in name_set("given") and len(first) > 1 and first not in particles()
    if (
        first in words_of("titles")
        or first in words_of("greetings")
        or not (words[start][0][0].isupper() or is_given or before in words_of("titles"))
    ):
        return 0
    size = _run(text, words, start, any_case=not words[start][0][0].isupper())
    if not words[start][0][0].isupper():
        return _lower_case(words, start, size, before=before)
    initials = sum(len(word[0]) == 2 and word[0].endswith(".") for word in words[start : start + size])  # noqa: PLR2004 - a letter and its point
    introduced = before in words_of("titles") or (
        before in words_of("greetings") and (is_given or _is_family(words, start, size))
    )
    full = size > 1 and (
        (is_given and len(words[start + size - 1][0]) > 1)
        or (initials and (initials > 1 or _is_family(words, start, size)))
    )
    alone = size == 1 and len(first) > 2 and first in name_set("given", words=False) and first not in not_names()  # noqa: PLR2004 - two letters are too few
    return size if introduced or full or alone else 0


def _lower_case(words: list[re.Match[str]], start: int, size: int, *, before: str) -> int:
    """Without capitals only what is introduced, or a given name with a family name, one of them no ordinary word."""
    plain = [folded(word[0].rstrip(".")) for word in words[start : start + size]]
    family = next((i for i, word in enumerate(plain) if i and word in name_set("family")), 0)
    between = plain[1:family]
    if family and set(between) <= particles() and plain[0] in name_set("given"):
        sure = (
            (between and plain[0] in words_of("common"))
            or plain[0] in name_set("given", words=False)
            or plain[family] in name_set("family", words=False)
        )
        return family + 1 if sure else 0
    if before in words_of("titles"):
        last = next((i for i, word in enumerate(plain) if word not in particles()), 0)
        return last + 1 if plain[last] in name_set("family") or words[start + last][0][0].isupper() else 0
    return int(before in words_of("greetings") and plain[0] in name_set("given", words=False))


def _run(text: str, words: list[re.Match[str]], start: int, *, any_case: bool) -> int:
    """Words that belong together: capitalised ones (or any), with particles between them."""
    size, last = 1, 1
    while start + size < len(words) and size < MOST_WORDS and _joined(text, words, start + size - 1):
        word = words[start + size][0]
        if (any_case or word[0].isupper()) and folded(word) not in words_of("titles") | words_of("greetings"):
            last = size + 1
        elif word.lower() not in particles():
            break
        size += 1
    return last


def _joined(text: str, words: list[re.Match[str]], left: int) -> bool:
    """Whether only a space stands between two words; a point ends a sentence unless it ends an initial or a title."""
    word = words[left][0]
    ends = word.endswith(".") and len(word) > 2 and folded(word) not in words_of("titles")  # noqa: PLR2004 - an initial and its point
    return not ends and text[words[left].end() : words[left + 1].start()] in {" ", "\u00a0", ""}


def _is_family(words: list[re.Match[str]], start: int, size: int) -> bool:
    return folded(words[start + size - 1][0].rstrip(".")) in name_set("family")
