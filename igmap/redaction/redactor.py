"""Texts redacted: what is mentioned in them is found at once, and replaced in the way that is asked for."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

import polars as pl

from igmap.inventory.people.known import Known
from igmap.inventory.people.known.people import all_of, full_names
from igmap.inventory.people.known.resolving import Company
from igmap.redaction.generalising import coarser
from igmap.redaction.persons import Numbers, Person, words_in
from igmap.redaction.reading import PERSON, Head, Mention, Passage, Reading, Told
from igmap.redaction.settings import GENERALISE, SURROGATE, Redaction, placeholders
from igmap.redaction.surrogates import Surrogates
from igmap.redaction.swaps import Swap

EMAIL, USERNAME = "email", "username"
HOST = "example.nl"


class Redactor:
    """What is known while one result is made: who is in which thread, and what stands for whom.

    Args:
        settings: the ways.
        surrogates: what is made up where a way is surrogate.
    """

    def __init__(self, settings: Redaction, surrogates: Surrogates) -> None:
        """Nobody is met yet."""
        self.settings, self.surrogates = settings, surrogates
        self.known: list[Known] = []  # who is looked for by name
        self.numbers = Numbers(settings.numbered)
        self.originals: dict[str, dict[str, None]] = {}  # by what stands for them; empty unless a key is kept
        self._table: Known | None = None
        self._elsewhere = pl.Series(dtype=pl.String)
        self._holders: dict[tuple[Hashable, str, str], Person] = {}

    def look_for(self, known: Known) -> None:
        """Look for the persons of tables, whatever else tells that they are meant; nobody is given a name of theirs."""
        self.surrogates.avoid(known.names)
        self._table = all_of(self._table.names.append(known.names)) if self._table is not None else known
        self.known.append(known)

    def learn(self, passages: Iterable[Passage]) -> None:
        """Remember who is surely named in texts that are not at hand when others are redacted."""
        reading = Reading.of(passages, self.settings.kinds)
        self._elsewhere = full_names(self._elsewhere.append(reading.looked.met()["name"]))

    def forget(self) -> None:
        """Forget the numbers: the next texts are of other threads."""
        if not self.settings.numbered:
            self.numbers = Numbers()

    def swaps(
        self, passages: Iterable[Passage], heads: Sequence[Head] = (), told: Told = lambda _done, _of: None
    ) -> Mapping[Passage, tuple[Swap, ...]]:
        """What is replaced in each passage, in order; each in its thread, all of them together.

        Args:
            passages: texts; whole threads.
            heads: of the messages that they are of.
            told: is called with how many texts are read, and of how many, as it goes on.
        """
        reading = Reading.of([*passages, *(head.passage for head in heads)], self.settings.kinds, told)
        held = reading.held(heads)
        company = Company.of(reading.met(held), self._table, self._elsewhere)
        self._meet(held, reading, company)
        mentioned = reading.mentions(company, held)
        return {one: tuple(self._swapped(one, mentioned.get(one, ()))) for one in reading.asked}

    def _meet(self, held: pl.DataFrame, reading: Reading, company: Company) -> None:
        """Take in mailboxes: who has one gets the next number of the thread."""
        if not len(held):
            return
        named = held.select("thread", name=pl.coalesce("holder", "address"))
        told = held.with_columns(meant=company.meant(named))
        for row, name, address, holder, meant in told.select("row", "name", "address", "holder", "meant").iter_rows():
            thread = reading.asked[row].thread
            person = person_of(meant) if holder else Person(address_of(address) or name, ())
            self._holders.setdefault((thread, "", address_of(address)), person)
            self._holders[thread, name, address_of(address)] = person
            self.numbers.of(thread, PERSON, person.key)
        self.known.append(Known.of(held["holder"].drop_nulls().unique(maintain_order=True)))

    def _swapped(self, passage: Passage, mentions: Sequence[Mention]) -> Iterator[Swap]:
        for start, end, kind, who in mentions:
            said = passage.text[start:end]
            new = self._new(passage.thread, kind, said, who)
            if self.settings.numbered:
                self.originals.setdefault(new, {})[said] = None
            yield Swap(start, end, kind, new)

    def _new(self, thread: Hashable, kind: str, said: str, who: str) -> str:
        way = self.settings.way_of(kind)
        if way == SURROGATE and kind == PERSON:
            return self.surrogates.name(person_of(who), said)
        if way == SURROGATE and kind == EMAIL:
            return self.surrogates.mail(self._holder(thread, "", said, who))
        if way == SURROGATE and kind == USERNAME:
            return self.surrogates.handle(person_of(who) if who else Person(said.lower().removeprefix("@"), ()), said)
        made = None
        if way == GENERALISE:
            made = coarser(kind, said, self.settings.language)
        elif way == SURROGATE:
            made = self.surrogates.made(kind, said)
        return made or self._placeholder(thread, kind, said, who)

    def _placeholder(self, thread: Hashable, kind: str, said: str, who: str) -> str:
        word = word_of(kind, self.settings.language)
        if kind == PERSON:
            return f"[{word}-{self.numbers.of(thread, kind, person_of(who).key)}]"
        if self.settings.numbered:
            return f"[{word}-{self.numbers.of(thread, kind, said.lower())}]"
        return f"[{word}]"

    def _holder(self, thread: Hashable, name: str, address: str, who: str = "") -> Person:
        """Whose mailbox it is; that of `who`, where nobody was met with it."""
        key = address_of(address)
        met = self._holders.get((thread, name, key)) or self._holders.get((thread, "", key))
        return met or (person_of(who) if who else Person(key or name, ()))

    def mailbox(self, thread: Hashable, name: str, address: str) -> tuple[str, str]:
        """What stands for the name and the address of a mailbox; they stay what they are where they are not asked for.

        A name of more than a person is one all the same.
        """
        person = self._holder(thread, name, address)
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


def address_of(said: str) -> str:
    """An address as it is compared."""
    return said.strip().lower()


def person_of(name: str) -> Person:
    """The person of that fullest name."""
    return Person(name.lower(), words_in(name))
