"""Texts redacted: what is mentioned in them is found at once, and replaced in the way that is asked for."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import polars as pl

from igmap.inventory.mentions import mentions_in
from igmap.inventory.people.known import Known
from igmap.redaction.generalising import coarser
from igmap.redaction.persons import Numbers, Person, Thread
from igmap.redaction.settings import GENERALISE, SURROGATE, Redaction, placeholders
from igmap.redaction.surrogates import Surrogates
from igmap.redaction.swaps import Swap

PERSON, EMAIL = "name", "email"
HOST = "example.nl"


class Passage(NamedTuple):
    """A text in its thread: within one, a person has one placeholder.

    Args:
        thread: whatever tells threads apart.
        text: any text.
    """

    thread: Hashable
    text: str


class Mention(NamedTuple):
    """Something that is mentioned in a text."""

    start: int
    end: int
    kind: str
    key: str


class Redactor:
    """What is known while one result is made: who is in which thread, and what stands for whom.

    Args:
        settings: the ways.
        surrogates: what is made up where a way is surrogate.
    """

    def __init__(self, settings: Redaction, surrogates: Surrogates) -> None:
        """Nobody is met yet."""
        self.settings, self.surrogates = settings, surrogates
        self._known: list[tuple[Known, Sequence[str]]] = []
        self.numbers = Numbers(settings.numbered)
        self._threads: dict[Hashable, Thread] = {}
        self.originals: dict[str, dict[str, None]] = {}  # by what stands for them; empty unless a key is kept

    @property
    def known(self) -> tuple[Known, ...]:
        """The persons who are looked for by name."""
        return tuple(known for known, _ in self._known)

    def look_for(self, known: Known, keys: Sequence[str] = ()) -> None:
        """Look for known persons, whatever else tells that they are meant.

        Args:
            known: persons by their names.
            keys: what tells each of them apart in the whole result; by default their numbers.
        """
        told = keys or [f"{len(self._known)}#{number}" for number in range(known.persons)]
        self._known.append((known, told))

    def thread(self, name: Hashable) -> Thread:
        """The persons of a thread."""
        return self._threads.setdefault(name, Thread())

    def forget(self) -> None:
        """Forget who was met: the next texts are of other threads."""
        self._threads.clear()
        if not self.settings.numbered:
            self.numbers = Numbers()

    def swaps(self, passages: Iterable[Passage]) -> Mapping[Passage, tuple[Swap, ...]]:
        """What is replaced in each passage, in order; each in its thread, all of them together."""
        asked = list(dict.fromkeys(passages))
        mentioned = self._mentions(asked)
        for thread, members in groupby(sorted(asked, key=lambda one: str(one.thread)), key=lambda one: one.thread):
            names = [
                (one.text[m.start : m.end], m.key)
                for one in members
                for m in mentioned.get(one, ())
                if m.kind == PERSON
            ]
            self.thread(thread).meet(names)
        return {one: tuple(self._swapped(one, mentioned.get(one, ()))) for one in asked}

    def _mentions(self, asked: Sequence[Passage]) -> Mapping[Passage, Sequence[Mention]]:
        """The mentions of each passage that has any, in order; who is surely named is one in all of the thread."""
        values = pl.Series("value", [one.text for one in asked], dtype=pl.String)
        numbers = {thread: number for number, thread in enumerate(dict.fromkeys(one.thread for one in asked))}
        threads = pl.Series("thread", [numbers[one.thread] for one in asked], dtype=pl.Int64)
        first, keys = self._known[0] if self._known else (None, ())
        told = _told(mentions_in(values, self.settings.kinds, known=first, threads=threads), keys)
        for known, others in self._known[1:] if PERSON in self.settings.kinds else ():
            for row, mentions in _told(known.places(values).with_columns(kind=pl.lit(PERSON)), others).items():
                held = told.setdefault(row, [])
                held += [one for one in mentions if all(one.end <= m.start or one.start >= m.end for m in held)]
        return {asked[row]: sorted(mentions) for row, mentions in told.items()}

    def _swapped(self, passage: Passage, mentions: Sequence[Mention]) -> Iterator[Swap]:
        for start, end, kind, key in mentions:
            said = passage.text[start:end]
            new = self._new(passage.thread, kind, said, key)
            if self.settings.numbered:
                self.originals.setdefault(new, {})[said] = None
            yield Swap(start, end, kind, new)

    def _new(self, thread: Hashable, kind: str, said: str, key: str) -> str:
        way, people = self.settings.way_of(kind), self.thread(thread)
        if way == SURROGATE and kind == PERSON:
            return self.surrogates.name(people.person(said, key), said)
        if way == SURROGATE and kind == EMAIL:
            return self.surrogates.mail(people.holder(address_of(said)) or Person(address_of(said), ()))
        made = None
        if way == GENERALISE:
            made = coarser(kind, said, self.settings.language)
        elif way == SURROGATE:
            made = self.surrogates.made(kind, said)
        return made or self._placeholder(thread, kind, said, key)

    def _placeholder(self, thread: Hashable, kind: str, said: str, key: str) -> str:
        word = word_of(kind, self.settings.language)
        if kind == PERSON:
            return f"[{word}-{self.numbers.of(thread, kind, self.thread(thread).person(said, key).key)}]"
        if self.settings.numbered:
            return f"[{word}-{self.numbers.of(thread, kind, said.lower())}]"
        return f"[{word}]"

    def meet(self, thread: Hashable, name: str, address: str) -> None:
        """Take in a mailbox: who has it gets the next number of the thread."""
        self.numbers.of(thread, PERSON, self.thread(thread).person(name, address_of(address)).key)

    def mailbox(self, thread: Hashable, name: str, address: str) -> tuple[str, str]:
        """What stands for the name and the address of a mailbox; they stay what they are where they are not asked for.

        A name of more than a person is one all the same.
        """
        person = self.thread(thread).person(name, address_of(address))
        word = word_of(PERSON, self.settings.language)
        number = self.numbers.of(thread, PERSON, person.key)
        names = name and (self.surrogates.name(person, name) if self._is_made(PERSON) else f"[{word}-{number}]")
        mail = self.surrogates.mail(person) if self._is_made(EMAIL) else f"{word.lower()}-{number}@{HOST}"
        new = (names if PERSON in self.settings.kinds else name, mail if EMAIL in self.settings.kinds else address)
        if self.settings.numbered:
            for said, now in zip((name, address), new, strict=True):
                if said != now:
                    self.originals.setdefault(now, {})[said] = None
        return new

    def _is_made(self, kind: str) -> bool:
        return self.settings.way_of(kind) == SURROGATE

    def identifier(self, said: str) -> str:
        """What stands for the identifier of a message: the same for the same."""
        return f"<{self.surrogates.draw('message', said.strip().strip('<>')):032x}@{HOST}>"


def word_of(kind: str, language: str) -> str:
    """The word of a placeholder."""
    said = placeholders().get(kind)
    return said[language] if said else kind.replace("_", " ").upper()


def _told(found: pl.DataFrame, keys: Sequence[str]) -> dict[int, list[Mention]]:
    """Mentions by row, with the keys of known persons; "" for a name that several have."""
    rows = found.sort("row", "start").select("row", "start", "end", "kind", "who").iter_rows()
    told: dict[int, list[Mention]] = {}
    for row, start, end, kind, who in rows:
        key = keys[who] if who is not None and who < len(keys) else ""
        told.setdefault(row, []).append(Mention(start, end, kind, key))
    return told


def address_of(said: str) -> str:
    """An address as it is compared."""
    return said.strip().lower()
