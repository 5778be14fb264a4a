"""Who is meant by a name, within a thread: `Lucas` is `Lucas Jans` where no other Lucas writes or is written of."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from igmap.inventory.people.names import folded, particles, words_of

WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(slots=True, eq=False, repr=False)
class Person:
    """One person of a thread.

    Args:
        key: tells the person apart in the whole result: the name as first met, an address, or a known number.
        words: of the fullest name that was met, folded, given names first.
    """

    key: str
    words: tuple[str, ...]


@dataclass(slots=True, repr=False)
class Thread:
    """The persons of one thread, as far as it was read."""

    persons: list[Person] = field(default_factory=list)
    _by_name: dict[str, Person] = field(default_factory=dict)
    _by_key: dict[str, Person] = field(default_factory=dict)

    def meet(self, names: Iterable[tuple[str, str]]) -> None:
        """Take in names with the key of the person, "" where it is not known; full names tell who short ones are."""
        for name, key in sorted(set(names), key=lambda one: (_fullness(words_in(one[0])), one), reverse=True):
            self.person(name, key)

    def person(self, name: str, key: str = "") -> Person:
        """The person that a name means; a new one where it means none yet, or may mean several.

        Args:
            name: as it is written.
            key: of the person where that is known: an address, for one.
        """
        found = self._by_key.get(key) if key else self._by_name.get(name)
        if found is None:
            words = words_in(name)
            found = self._meant(words) or self._new(key or " ".join(words), words)
            self._by_name[name] = found
        found.words = max(found.words, words_in(name), key=_fullness)
        if key:
            self._by_key[key] = found
        return found

    def holder(self, key: str) -> Person | None:
        """Whose address it is, where that was met."""
        return self._by_key.get(key)

    def _meant(self, words: tuple[str, ...]) -> Person | None:
        fitting = [one for one in self.persons if words and one.words and _is_one(words, one.words)]
        return fitting[0] if len(fitting) == 1 else None

    def _new(self, key: str, words: tuple[str, ...]) -> Person:
        self.persons.append(Person(key, words))
        return self.persons[-1]


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


def _fullness(words: tuple[str, ...]) -> tuple[int, int]:
    """More words are fuller, and of as many those without initials."""
    return len(words), sum(map(len, words))


def _is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every word of one of the names is in the other, an initial as the beginning of a word."""
    return _fits(one, other) or _fits(other, one)


def _fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(len(word) > 1 for word in short) and all(
        word in long or (len(word) == 1 and any(other.startswith(word) for other in long)) for word in short
    )


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
