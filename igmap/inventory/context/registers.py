"""Registers of things, totals and norms: what they tell is of nobody, though its words and forms are a person's.

A serial number tells of a person where that person has the device, an average where it is that of somebody's marks.
In a register of stock, a network or dishes, in totals per course, in what a job requires and in a timetable no field
names, reaches or numbers anybody but who serves there, and some fields have words of such a table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from igmap.inventory.context.companies import serves
from igmap.inventory.context.organisations import is_key
from igmap.inventory.context.table import Table, listed, lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import is_told
from igmap.inventory.votes import EVERYWHERE, Vote, share_of
from igmap.vocabulary.themes import headings, wholly
from igmap.vocabulary.tokens import name_tokens

LISTS = "registers.yaml"
NAMED = 0.02  # of the remarks: more names are of somebody
WEIGHT = -16.0  # log-odds: more than a header and its values together
Words = frozenset[str]  # of the name of a field
# What shows that somebody is in any table, whatever it registers.
SOMEBODY = frozenset({
    "name", "email", "phone", "username", "birth_date", "bsn", "address", "bank_account", "licence_plate",
    "payment_card", "invoice", "photo", "biometric", "document_number",
})  # fmt: skip


WHO = frozenset({"name", "email", "phone", "username", "account_id"})  # by which who keeps a record is known
TRAITS = frozenset({"gender", "age", "marital_status", "nationality", "education_level", "income"})
MOST_TRAITS = 2  # by which totals are told apart; more in a record are one person's


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of table of nobody.

    Args:
        words: in the names of its fields and in its title.
        least: how many of these have one.
        again: whether two may have the same one, as `aantal` is of all that is counted: what they stand in is nobody's.
        nobodys: categories that are not somebody's there.
        shown: categories, beside those of any table, that show that somebody is in it.
        unless: words that do, where they are not counted.
        titles: words of a title that says it without any of those; of totals one must stand in the table too.
    """

    words: re.Pattern[str]
    least: int
    again: bool
    nobodys: frozenset[str]
    shown: frozenset[str]
    unless: frozenset[str]
    titles: frozenset[str]

    def is_of(self, title: Words, names: Sequence[Words], whose: Sequence[tuple[Words, str]]) -> bool:
        """Whether a table is one by its title and names, and none of those `whose` records may be says so.

        Args:
            title: of the table.
            names: of the fields.
            whose: the name of each field that does not serve, with the category that was found of it or none.
        """
        held = {one: self.held(one) for one in (*names, title)}
        titled = bool(self.titles & title)
        told = {one if self.again else words for one, words in held.items() if words}
        shown = any(
            found in SOMEBODY - self.nobodys or (found in self.shown and not (self.again and held[one]))
            for one, found in whose
        )
        traits = TRAITS & {found for one, found in whose if not held[one]}
        asked = {one for one, _ in whose} if self.again else held  # who owns a house is no less than who lives in it
        told_of = any(self.is_somebodys(one) for one in asked if not held[one])
        somebody = told_of or (len(traits) > MOST_TRAITS and not titled)
        least = int(self.again) if titled else self.least
        return len(told) >= least and not shown and not somebody

    def held(self, name: Words) -> Words:
        """Its words among those of a name."""
        return frozenset(filter(self.words.match, name))

    def is_somebodys(self, name: Words) -> bool:
        """Whether it says whose a record is; `students` are many."""
        return any(f"{word}s" not in name - self.unless for word in name & self.unless)

    def is_nobodys(self, category: str, name: Words) -> bool:
        """Whether what such a name holds is of nobody: of what is counted or required whatever it be."""
        counted = self.again and category not in SOMEBODY | {"message_content"} and self.held(name)
        return category in self.nobodys or bool(counted)


def register_votes(table: Table, cast: Sequence[list[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table, with those against what is of nobody in a register of things.

    Args:
        table: as it was judged without.
        cast: the votes on each field.
    """
    names = list(map(_words, table.names))
    kinds = _kinds(table, names)
    return [
        [*votes, *(() if _keeps(field) else _against(name, votes, kinds, told=_is_told(field, counts)))]
        for name, votes, field, counts in zip(names, cast, table.fields, table.evidence, strict=True)
    ]


def _keeps(field: Field) -> bool:
    """Whether it is of who made or keeps the record, who is somebody whatever it is of."""
    return field.category in WHO and serves(field.name)


def _kinds(table: Table, names: Sequence[Words]) -> Sequence[Register]:
    """The kinds of register that a table is; none where somebody is in it but who serves there or is turned to."""
    title = _words(table.title) | {word for heading in headings(table.title) for word in heading.split()}
    told = zip(table.names, names, map(_told, table.fields, names, table.evidence), strict=True)
    whose = [(words, found) for name, words, found in told if not serves(name)]
    return [one for one in _registers() if one.is_of(title, names, whose)]


def _told(field: Field, name: Words, counts: Evidence) -> str:
    """What was found of a person in a field: no number of anything, firm called like one, desk, link or mere count."""
    numbers = field.category == "account_id"
    nobodys = (
        (numbers and (not is_key(field) or share_of(counts, "linked") > EVERYWHERE or _is_count(name)))
        or (field.category == "name" and name & listed(LISTS, "makers"))
        or (field.category == "email" and share_of(counts, "role_mailbox") > EVERYWHERE)
    )
    return "none" if nobodys or field.verdict != "found" else field.category


def _against(name: Words, cast: Sequence[Vote], kinds: Sequence[Register], *, told: bool) -> Iterator[Vote]:
    """The votes against whatever is of nobody there, and has a vote; what somebody `told` in a text stays theirs."""
    for category in dict.fromkeys(vote.category for vote in cast):
        made = category == "name" and bool(kinds) and bool(name & listed(LISTS, "makers"))
        nobodys = category != "none" and any(one.is_nobodys(category, name) for one in kinds)
        if made or (nobodys and not (category == "message_content" and told)):
            yield Vote(category, "registers", 1.0, {"code": "impersonal"}, unfitted=WEIGHT)


def _is_count(name: Words) -> bool:
    """Whether it says in one word how many there were: `visitors`, a visitor and their plural in one."""
    counted = listed(LISTS, "counted")
    return bool(name & counted) and len(name - counted) <= 1


def _is_told(field: Field, counts: Evidence) -> bool:
    """Whether somebody tells of somebody in it, or names them."""
    return field.free_text or is_told(counts) or share_of(counts, "text:name") > NAMED


def _words(name: str) -> Words:
    """The words of a name, those of many beside those of one; not of whom each has it (`kosten per cursist`)."""
    name = name.partition(" per ")[0]
    many = {word for heading in headings(name) for word in heading.split() if word.endswith("s")}
    words = name_tokens(name)
    return frozenset((*words, "".join(words), *many))


@cache
def _registers() -> tuple[Register, ...]:
    listed = lists(LISTS)
    return tuple(
        Register(
            wholly(one["words"]),
            one["least"],
            one.get("again", False),
            frozenset(one["nobodys"]),
            frozenset(one.get("shown", ())),
            frozenset(listed["unless"][one["unless"]]),
            frozenset(one.get("titles", ())),
        )
        for one in listed["registers"]
    )
