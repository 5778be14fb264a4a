"""Registers of things and tables of totals: what they tell of is no person, though its words and forms are a person's.

A serial number or an IP address tells of a person where that person has the device, a sex where somebody has it. In a
register of machines, goods, dishes or buildings, or a report of advertisements, nobody is named, reached or numbered,
and some fields have words of one kind of such a table.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from igmap.inventory.context.table import lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import is_told
from igmap.inventory.votes import EVERYWHERE, Vote, is_free_text, share_of
from igmap.vocabulary.themes import is_staff
from igmap.vocabulary.tokens import name_tokens

WEIGHT = -16.0  # log-odds: more than a header and its values together
NAMED = 0.02  # of the remarks: more names are of somebody
# What shows that somebody is in any table, whatever it registers.
SOMEBODY = frozenset({
    "name", "email", "phone", "username", "birth_date", "bsn", "bank_account", "user_agent", "licence_plate",
    "payment_card", "invoice", "biometric", "document_number",
})  # fmt: skip


def register_votes(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """The votes against what is of a thing in a register of things, by position.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    tokens = [frozenset((*(words := name_tokens(field.name)), "".join(words))) for field in fields]
    told = [field.category if field.verdict == "found" else field.runner_up for field in fields]
    found = {one.category for one, counts in zip(fields, evidence, strict=True) if _tells_of_somebody(one, counts)}
    kinds = [kind for kind in _registers() if kind.is_of(tokens, found)]
    nobodys = {category for kind in kinds for category in kind.nobodys}
    for at, (category, counts) in enumerate(zip(told, evidence, strict=True)):
        held = category in nobodys and (category != "message_content" or _is_of_things(counts))
        if held or (kinds and category == "name" and tokens[at] & _words("makers")):
            yield at, Vote(category, "registers", 1.0, {"code": "impersonal"}, unfitted=WEIGHT)


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of table of things.

    Args:
        words: in the names of its fields, by what it registers.
        least: how many fields have one, each another.
        nobodys: categories that are of the things in it.
        shown: categories that show that somebody is in it.
        unless: words that do.
    """

    words: Sequence[frozenset[str]]
    least: int
    nobodys: frozenset[str]
    shown: frozenset[str]
    unless: frozenset[str]

    def is_of(self, tokens: Sequence[frozenset[str]], found: Collection[str]) -> bool:
        """Whether a table with such names is of the kind: enough fields have a word, and nobody was found."""
        if not self.shown.isdisjoint(found) or any(not one.isdisjoint(self.unless) for one in tokens):
            return False
        return any(len({one & words for one in tokens} - {frozenset()}) >= self.least for words in self.words)


def _tells_of_somebody(field: Field, counts: Evidence) -> bool:
    """Whether what was found is a person's, and not of staff, a firm (`Van Dale`), desks, a count or links."""
    words = name_tokens(field.name)
    return (
        field.verdict == "found"
        and not is_staff(field.name)
        and not (field.category == "name" and _words("makers") & set(words))
        and not (field.category == "email" and share_of(counts, "role_mailbox") > EVERYWHERE)
        and not (field.category == "account_id" and _words("counted") & set(words) and len(words) == 1)
        and not (field.category == "account_id" and share_of(counts, "linked") > EVERYWHERE)
    )


def _is_of_things(counts: Evidence) -> bool:
    """Whether remarks are short, hold no names and do not tell of somebody."""
    return not is_free_text(counts) and not is_told(counts) and share_of(counts, "text:name") <= NAMED


@cache
def _registers() -> tuple[Register, ...]:
    return tuple(
        Register(
            words=[_spelled(words) for words in kind["words"].values()],
            least=kind["least"],
            nobodys=frozenset(kind["nobodys"]),
            shown=SOMEBODY - set(kind["nobodys"]) | set(kind["shown"]),
            unless=_spelled(kind["unless"]),
        )
        for kind in lists("registers.yaml")["kinds"].values()
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return _spelled(lists("registers.yaml")[kind])


def _spelled(words: Iterable[str]) -> frozenset[str]:
    """Words as those of names are spelled, in one piece: `visitors` as one of them."""
    return frozenset("".join(name_tokens(str(word))) or str(word) for word in words)
