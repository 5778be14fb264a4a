"""A name seen once with certainty is found everywhere in the same text."""

import re
from collections import Counter

from igmap.inventory.people.names import particles
from igmap.inventory.people.tagger.kinds import closed
from igmap.inventory.people.tagger.spans import Found

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SURE = 0.8  # how likely a name of several words must be to vouch for its parts, and what it vouches for
TWICE = 2  # mentions of a bare name that vouch for the others
MOSTLY = 0.5  # of all places where the word stands
SHORTEST = 3


def everywhere(text: str, found: list[Found], doubted: list[Found]) -> list[Found]:
    """The persons found, and further mentions of names that are surely persons.

    Args:
        text: the text they are in.
        found: in order, not overlapping.
        doubted: single words that may be persons; they count as mentions of a name, no more.
    """
    sure = _vouched(text, found, doubted)
    if not sure:
        return found
    taken = iter([*found, Found(len(text) + 1, len(text) + 1, 0)])
    upcoming, all_found = next(taken), []
    for word in WORD.finditer(text):
        while upcoming.end <= word.start():
            all_found.append(upcoming)
            upcoming = next(taken)
        if word[0] in sure and word.end() <= upcoming.start:
            start = word.start() - len(sure[word[0]])
            before = all_found[-1].end if all_found else 0
            with_particle = start >= before and text[start : word.start()].lower() == sure[word[0]]
            all_found.append(Found(start if with_particle else word.start(), word.end(), SURE))
    return sorted({*found, *all_found})


def turned(text: str, found: list[Found]) -> list[Found]:
    """The same with `Vries, Anna de` as one person: a family name, and behind a comma what ends with its particle."""
    joined: list[Found] = []
    for one in found:
        behind = joined and text[joined[-1].end : one.start] == ", "
        if behind and text[one.start : one.end].lower().split()[-1] in particles():
            joined[-1] = Found(joined[-1].start, one.end, max(joined[-1].score, one.score))
        else:
            joined.append(one)
    return joined


def _vouched(text: str, found: list[Found], doubted: list[Found]) -> dict[str, str]:
    """Words that name a person wherever they stand, each with the particles before it."""
    alone = Counter(text[one.start : one.end] for one in doubted)
    sure: dict[str, str] = {}
    for person in found:
        words = WORD.findall(text[person.start : person.end])
        if len(words) == 1:
            alone[words[0]] += 1
        elif words and person.score > SURE:
            before = [word for word in words[1:-1] if word.lower() in particles()]
            sure |= dict.fromkeys(words[:1], "")
            sure[words[-1]] = "".join(f"{word.lower()} " for word in before)
    twice = {word: count for word, count in alone.items() if count >= TWICE and word not in sure}
    if twice:
        all_of = Counter(WORD.findall(text))
        sure |= {word: "" for word, count in twice.items() if count >= MOSTLY * all_of[word]}
    return {word: before for word, before in sure.items() if _is_name(word)}


def _is_name(word: str) -> bool:
    lower = word.lower()
    return len(word) >= SHORTEST and word[0].isupper() and lower not in particles() and lower not in closed()
