"""Registers of things, totals and norms: what they tell is of nobody, though its words and forms are a person's.

A serial number tells of a person where that person has the device, an average where it is that of somebody's marks.
In a register of stock, a network or dishes, in totals per course, in what a job requires and in a timetable no field
names, reaches or numbers anybody but who serves there, and some fields have words of such a table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from igmap.inventory.context.table import lists
from igmap.inventory.inventory import Field
from igmap.inventory.votes import Vote
from igmap.vocabulary.themes import is_staff, wholly
from igmap.vocabulary.tokens import name_tokens

WEIGHT = -16.0  # log-odds: more than a header and its values together
Words = frozenset[str]  # of the name of a field
# What shows that somebody is in any table, whatever it registers.
SOMEBODY = frozenset({
    "name", "email", "phone", "username", "birth_date", "bsn", "address", "bank_account", "licence_plate",
    "payment_card", "invoice", "photo", "biometric", "document_number",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of table of nobody.

    Args:
        words: in the names of its fields.
        least: how many fields have one.
        again: whether two fields may have the same one, as `aantal` is of all that is counted.
        nobodys: categories that are not somebody's there.
        shown: categories, beside those of any table, that show that somebody is in it.
        unless: words that do, where they are not counted.
    """

    words: re.Pattern[str]
    least: int
    again: bool
    nobodys: frozenset[str]
    shown: frozenset[str]
    unless: frozenset[str]

    def is_of(self, names: Sequence[Words], found: frozenset[str]) -> bool:
        """Whether fields with such names, of which these categories were found, are of such a table."""
        held = {one: frozenset(filter(self.words.match, one)) for one in names}
        told = {one if self.again else words for one, words in held.items() if words}
        others = (one for one, words in held.items() if not words)
        return len(told) >= self.least and not (found & self.shown or any(one & self.unless for one in others))


def register_votes(fields: Sequence[Field]) -> Iterator[tuple[int, Vote]]:
    """The votes against what is of nobody in a register of things, by position.

    Args:
        fields: as they were judged by themselves.
    """
    found = frozenset(field.category for field in fields if field.verdict == "found" and not is_staff(field.name))
    if found & SOMEBODY:
        return
    names = [frozenset(name_tokens(field.name)) for field in fields]
    nobodys = {category for one in _registers() if one.is_of(names, found) for category in one.nobodys}
    for at, field in enumerate(fields):
        told = field.category if field.verdict == "found" else field.runner_up
        for category in nobodys if told in nobodys else ():
            if not (category == "message_content" and field.free_text):
                yield at, Vote(category, "registers", 1.0, {"code": "impersonal"}, unfitted=WEIGHT)


@cache
def _registers() -> tuple[Register, ...]:
    listed = lists("registers.yaml")
    return tuple(
        Register(
            wholly(one["words"]),
            one["least"],
            one.get("again", False),
            frozenset(one["nobodys"]),
            frozenset(one.get("shown", ())),
            frozenset(listed["unless"][one["unless"]]),
        )
        for one in listed["registers"]
    )
