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
    _by_number: dict[int, Person] = field(default_factory=dict)
    _by_address: dict[str, Person] = field(default_factory=dict)

    def meet(self, names: Iterable[tuple[str, int | None]]) -> None:
        """Take in names with the number of the person where it is known; full names tell who short ones are."""
        for name, who in sorted(set(names), key=lambda one: (-len(words_in(one[0])), one[0], one[1] or 0)):
            self.person(name, who)

    def person(self, name: str, who: int | None = None) -> Person:
        """The person that a name means; a new one where it means none yet, or may mean several."""
        known = self._by_number.get(who) if who is not None else self._by_name.get(name)
        if known is None:
            words = words_in(name)
            known = self._meant(words) or self._new(f"#{who}" if who is not None else " ".join(words), words)
            known.words = max(known.words, words, key=len)
            self._by_name[name] = known
            if who is not None:
                self._by_number[who] = known
        return known

    def mailbox(self, name: str, address: str) -> Person:
        """The person behind an address, whatever name stands beside it."""
        plain = address.strip().lower()
        known = self._by_address.get(plain)
        if known is None:
            known = self._meant(words_in(name)) or self._new(plain, words_in(name))
            self._by_address[plain] = known
        if name and len(words_in(name)) > len(known.words):
            known.words = words_in(name)
        return known

    def holder(self, address: str) -> Person | None:
        """Whose address it is, where that was met."""
        return self._by_address.get(address.strip().lower())

    def _meant(self, words: tuple[str, ...]) -> Person | None:
        fitting = [one for one in self.persons if words and one.words and _is_one(words, one.words)]
        return fitting[0] if len(fitting) == 1 else None

    def _new(self, key: str, words: tuple[str, ...]) -> Person:
        self.persons.append(Person(key, words))
        return self.persons[-1]


def words_in(name: str) -> tuple[str, ...]:
    """The words of a name that tell who it is: folded, without titles and particles; initials are letters.

    Example:
        >>> words_in("dhr. J. de Vries"), words_in("Vries, Jan de")
        (('j', 'vries'), ('jan', 'vries'))
    """
    family, comma, given = name.partition(",")
    found = [folded(word) for word in WORD.findall(f"{given} {family}" if comma else name)]
    telling = [word for word in found if word not in particles() | words_of("titles")]
    return tuple(telling or found)


def _is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every word of the shorter name is in the longer one, an initial as the beginning of a word."""
    short, long = sorted((one, other), key=len)
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
