"""Persons as a result knows them, and the numbers of what is replaced."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from igmap.inventory.people.names import folded, particles, words_of

WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


class Person(NamedTuple):
    """One person.

    Args:
        key: tells the person apart: the fullest name, or an address.
        words: of that name, folded, given names first.
    """

    key: str
    words: tuple[str, ...]


def words_in(name: str) -> tuple[str, ...]:
    """The words of a name that tell who it is: folded, without titles and particles; initials are letters.

    What stands last is the family name, though there are particles of that name (`Boven`).

    Example:
        >>> words_in("dhr. J. de Vries"), words_in("Vries, Jan de")
        (('j', 'vries'), ('jan', 'vries'))
    """
    family, comma, given = name.partition(",")
    found = [folded(word) for word in WORD.findall(f"{given} {family}" if comma else name)]
    telling = [word for word in found[:-1] if word not in particles() | words_of("titles")] + found[-1:]
    return tuple(telling)


@dataclass(slots=True, repr=False)
class Numbers:
    """The numbers of what is replaced: in each thread from 1, or through the whole result."""

    throughout: bool = False
    _given: dict[Hashable, int] = field(default_factory=dict)
    _last: dict[Hashable, int] = field(default_factory=dict)

    def of(self, thread: Hashable, kind: str, key: str) -> int:
        """The number of something of a kind; the next one where it has none."""
        room = (None if self.throughout else thread, kind)
        if (room, key) not in self._given:
            self._last[room] = self._last.get(room, 0) + 1
            self._given[room, key] = self._last[room]
        return self._given[room, key]
